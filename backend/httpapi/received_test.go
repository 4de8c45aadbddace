package httpapi_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// received is an answer, read.
type received struct {
	t      *testing.T
	what   string
	status int
	header http.Header
	raw    []byte
	body   map[string]any
}

// wants expects a success with a sentence in it.
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
			a.t.Fatalf("%s says nothing of %s: %s", a.what, f, a.raw)
		}
	}
	if code == "invalid" && len(errs) != len(fields) {
		a.t.Fatalf("%s has errors %v, want %v", a.what, errs, fields)
	}
	return a
}

// isProblem expects what every refusal has.
func (a received) isProblem() {
	a.t.Helper()
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		a.t.Fatalf("%s is %s", a.what, kind)
	}
	for _, word := range []string{"type", "title", "detail", "code", "request_id"} {
		if text, _ := a.body[word].(string); text == "" {
			a.t.Fatalf("%s has no %s: %s", a.what, word, a.raw)
		}
	}
	if a.body["message"] != a.body["detail"] || a.body["request_id"] != a.header.Get("X-Request-Id") || a.body["status"] != float64(a.status) {
		a.t.Fatalf("%s: %s", a.what, a.raw)
	}
}

// at follows keys into an answer.
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

// is expects a value, written as JSON.
func (a received) is(want string, keys ...string) received {
	a.t.Helper()
	if got, _ := json.Marshal(a.at(keys...)); string(got) != want {
		a.t.Fatalf("%s: %v is %s, want %s", a.what, keys, got, want)
	}
	return a
}
