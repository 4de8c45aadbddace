package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// received is an answer that was read.
type received struct {
	t      *testing.T
	what   string
	status int
	header http.Header
	raw    []byte
	body   map[string]any
}

// wants expects a status, and a message in a success.
func (a received) wants(status int) received {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s answered %d, want %d: %s", a.what, a.status, status, a.raw)
	}
	if message, _ := a.body["message"].(string); message == "" && status < 300 {
		a.t.Fatalf("%s has no message: %s", a.what, a.raw)
	}
	return a
}

// refuses expects a problem of one code, with sentences for exactly the fields named.
func (a received) refuses(status int, code string, fields ...string) received {
	a.t.Helper()
	if a.wants(status); a.body["code"] != code {
		a.t.Fatalf("%s has code %v, want %s: %s", a.what, a.body["code"], code, a.raw)
	}
	a.isProblem()
	errs, _ := a.body["errors"].(map[string]any)
	for _, f := range fields {
		if list, _ := errs[f].([]any); len(list) == 0 {
			a.t.Fatalf("%s has no error of %s: %s", a.what, f, a.raw)
		}
	}
	if code == "invalid" && len(errs) != len(fields) {
		a.t.Fatalf("%s has errors %v, want %v", a.what, errs, fields)
	}
	return a
}

// isProblem expects the members that every refusal has.
func (a received) isProblem() {
	a.t.Helper()
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		a.t.Fatalf("%s is %s", a.what, kind)
	}
	for _, name := range []string{"type", "title", "detail", "code", "request_id"} {
		if text, _ := a.body[name].(string); text == "" {
			a.t.Fatalf("%s has no %s: %s", a.what, name, a.raw)
		}
	}
	if a.body["message"] != a.body["detail"] || a.body["request_id"] != a.header.Get("X-Request-Id") || a.body["status"] != float64(a.status) {
		a.t.Fatalf("%s: %s", a.what, a.raw)
	}
}

// at is the value under keys, one in the other.
func (a received) at(keys ...string) any {
	a.t.Helper()
	var v any = a.body
	for _, key := range keys {
		inner, ok := v.(map[string]any)
		if !ok {
			a.t.Fatalf("%s has no %v: %s", a.what, keys, a.raw)
		}
		v = inner[key]
	}
	return v
}

// is expects the value under keys to be this, as JSON.
func (a received) is(want string, keys ...string) received {
	a.t.Helper()
	if got, _ := json.Marshal(a.at(keys...)); string(got) != want {
		a.t.Fatalf("%s: %v is %s, want %s", a.what, keys, got, want)
	}
	return a
}

// hasTexts expects a list whose members have these texts under a key.
func (a received) hasTexts(key string, want ...string) {
	a.t.Helper()
	got := []string{}
	for _, member := range a.wants(200).at("data").([]any) {
		got = append(got, member.(map[string]any)[key].(string))
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		a.t.Errorf("%s has %v, want %v", a.what, got, want)
	}
}

// hasNumbers expects a list whose members have these numbers under a key.
func (a received) hasNumbers(key string, want ...int) {
	a.t.Helper()
	got := []int{}
	list, ok := a.wants(200).at("data").([]any)
	for _, member := range list {
		got = append(got, int(member.(map[string]any)[key].(float64)))
	}
	w, _ := json.Marshal(append([]int{}, want...))
	if g, _ := json.Marshal(got); string(g) != string(w) || !ok {
		a.t.Errorf("%s has %s, want %s", a.what, g, w)
	}
}
