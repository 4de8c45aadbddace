package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// The thirteen operations of the public documentation, the first of them with two paths.
var documented = []string{
	"GET /customer/{customer_id}", "GET /customer", "PATCH /customer", "DELETE /customer", "PUT /customer/username", "PATCH /customer/username",
	"POST /customer/feedback", "POST /customer/{customer_id}/notification-channel", "GET /customer/{customer_id}/notification-channels",
	"PUT /customer/{customer_id}/notification-channel", "PATCH /customer/{customer_id}/notification-channel/verification",
	"DELETE /customer/{customer_id}/notification-channel", "POST /customer/{customer_id}/notification-channel/test",
	"PUT /customer/{customer_id}/notification-channel/enabled",
}

func TestDocumentIsValidAndMarksExtensions(t *testing.T) {
	doc, _ := document()
	if err := doc.Validate(context.Background()); err != nil {
		t.Error(err)
	}
	if len(doc.Servers) != len(prefixes) {
		t.Errorf("%d servers", len(doc.Servers))
	}
	left := map[string]bool{}
	for _, name := range documented {
		left[name] = true
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := method + " " + path
			ours, _ := op.Extensions["x-pinghome-extension"].(bool)
			if left[name] == ours {
				t.Errorf("%s: marked as an extension: %v", name, ours)
			}
			delete(left, name)
		}
	}
	if len(left) > 0 {
		t.Errorf("not described: %v", left)
	}
}

func TestDocumentIsUnderEveryPrefix(t *testing.T) {
	h := startServer(t)
	for _, prefix := range append([]string{""}, prefixes...) {
		response, err := http.Get(h.url + prefix + "/openapi.json")
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ OpenAPI string }
		if err := json.NewDecoder(response.Body).Decode(&doc); err != nil || response.StatusCode != 200 || doc.OpenAPI != "3.1.0" {
			t.Errorf("%q: %d %v %+v", prefix, response.StatusCode, err, doc)
		}
		response.Body.Close()
	}
}

// TestUndocumentedAnswersAreFound: what the other tests compare with the document is compared
// in every part.
func TestUndocumentedAnswersAreFound(t *testing.T) {
	const refused = `{"type":"urn:x","title":"No","status":404,"detail":"No.","code":"not_found","message":"No.","request_id":"1"}`
	request := func(method, path string) *http.Request {
		r, err := http.NewRequest(method, "/v1"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	jsonAnswer := http.Header{"X-Request-Id": {"1"}, "Content-Type": {"application/json"}}
	problemAnswer := http.Header{"X-Request-Id": {"1"}, "Content-Type": {"application/problem+json"}}
	revision := "/customer/" + john + "/revision"
	for _, c := range []struct {
		why, method, path, body string
		status                  int
		header                  http.Header
		raw                     string
	}{
		{"", "GET", revision, "", 200, jsonAnswer, `{"message":"m","data":{"revision":1}}`},
		{"", "GET", revision, "", 404, problemAnswer, refused},
		{"", "PATCH", "/customer/username", `{"code":"1"}`, 404, problemAnswer, refused},
		{"a number in quotes", "GET", revision, "", 200, jsonAnswer, `{"message":"m","data":{"revision":"1"}}`},
		{"null", "GET", revision, "", 200, jsonAnswer, `{"message":"m","data":null}`},
		{"a member is missing", "GET", revision, "", 200, jsonAnswer, `{"message":"m","data":{}}`},
		{"no message", "GET", revision, "", 200, jsonAnswer, `{"data":{"revision":1}}`},
		{"a part of JSON", "GET", revision, "", 200, jsonAnswer, `{"message":"m"`},
		{"another type", "GET", revision, "", 200, http.Header{"X-Request-Id": {"1"}, "Content-Type": {"text/html"}}, `{"message":"m","data":{"revision":1}}`},
		{"a header more", "GET", revision, "", 200, http.Header{"X-Request-Id": {"1"}, "Content-Type": {"application/json"}, "X-More": {"1"}}, `{"message":"m","data":{"revision":1}}`},
		{"no id", "GET", revision, "", 404, http.Header{"Content-Type": {"application/problem+json"}}, refused},
		{"a status", "GET", revision, "", 418, problemAnswer, refused},
		{"another code", "GET", revision, "", 401, problemAnswer, refused},
		{"a code of no refusal", "GET", revision, "", 404, problemAnswer, strings.Replace(refused, "not_found", "lost", 1)},
		{"no time", "POST", "/customer/feedback", `{"feedback":"f"}`, 201, jsonAnswer, `{"message":"m","data":{"id":"1","feedback":"f","sent_at":"now"}}`},
		{"a body with a wrong field", "POST", "/customer/feedback", `{"feedback":1}`, 201, jsonAnswer, `{"message":"m","data":{"id":"1","feedback":"f","sent_at":"2026-11-20T14:05:00Z"}}`},
		{"no body", "POST", "/customer/feedback", ``, 201, jsonAnswer, `{"message":"m","data":{"id":"1","feedback":"f","sent_at":"2026-11-20T14:05:00Z"}}`},
		{"a body where there is none", "GET", revision, "", 304, jsonAnswer, `{}`},
		{"a parameter", "GET", "/customer/feedback?limit=2000", "", 200, jsonAnswer, `{"message":"m","data":[]}`},
		{"an address", "GET", "/customer/nothing/there", "", 200, jsonAnswer, `{"message":"m","data":[]}`},
	} {
		faults := undocumented(request(c.method, c.path), c.body, received{status: c.status, header: c.header, raw: []byte(c.raw)})
		if (c.why == "") != (len(faults) == 0) {
			t.Errorf("%q: %v", c.why, faults)
		}
	}
}
