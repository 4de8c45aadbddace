package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestContentTypes: JSON types and no type are accepted, and nothing else.
func TestContentTypes(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	for _, kind := range []string{"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8", "application/vnd.api+json",
		"application/merge-patch+json", "text/x+json", ""} {
		g.do("PATCH", "/customer", `{"name": "John"}`, "Content-Type", kind).wants(200)
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
		"application/json;;", "json", "application/xml", "application/jsonp"} {
		g.do("PATCH", "/customer", `{"name": "Jack"}`, "Content-Type", kind).refuses(415, "unsupported_media_type")
	}
	g.do("PATCH", "/customer", `{"name": "Jack"}`, "Content-Encoding", "gzip").refuses(415, "unsupported_media_type")
	g.do("GET", "/customer", "", "Content-Type", "text/plain").wants(200).is(`"John"`, "data", "customer", "name")
	g.do("DELETE", "/customer", `{"reason": "poor-features"}`, "Content-Type", "text/plain").refuses(415, "unsupported_media_type")
	g.do("DELETE", "/customer?reason=poor-features", "", "Content-Type", "text/plain").wants(200)
}

// TestBadJSON is a 400, in every operation that takes a body.
func TestBadJSON(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	before := h.state()
	for _, body := range []string{
		`{`, `{"name"}`, `{"name": }`, `{"name": "John",}`, `{'name': 'John'}`, `{name: "John"}`, `John`, `name=John`, `{"name": "John"} x`,
		`{"name": "John"}{"name": "Jim"}`, `{"name": "John"}]`, `{"name": "John", "name": "Jim"}`, `{"name": "John", "n\u0061me": "Jim"}`,
		`{"name": "John", "more": {"a": 1, "a": 2}}`, `{"name": "John", "more": [{"a": {}, "b": [], "a": 2}]}`, `{"name": "Jo` + "\n" + `hn"}`,
		"{\"name\": \"Jo\xffhn\"}", `{"name": "John", "priority": 01}`, `{"name": "John", "priority": +1}`, `{"name": NaN}`, "\ufeff{}", " ", "\x00",
		strings.Repeat("[", 20_000), strings.Repeat(`{"a":`, 10_100) + "1" + strings.Repeat("}", 10_100),
	} {
		for _, e := range examples[1:] {
			if e.body != "" {
				g.do(e.method, strings.Replace(e.path, anna, john, 1), body).refuses(400, "bad_json")
			}
		}
	}
	for _, body := range []string{`[]`, `null`, `"name"`, `5`, `true`, `[{"name": "John"}]`} {
		g.do("PATCH", "/customer", body).refuses(422, "invalid", "body")
	}
	g.do("PATCH", "/customer", "").refuses(400, "bad_json")
	if h.state() != before {
		t.Error("a refusal changed something")
	}
	g.do("PATCH", "/customer", ` {"more": {"a": [1, {"b": null}], "c": 1}, "name": "J\u00f6rg \ud83d\ude00", "": 0}`+"\n").wants(200).is(`"Jörg 😀"`, "data", "customer", "name")
}

func TestBodySize(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	fits := `{"name": "John", "more": "` + strings.Repeat("x", 64<<10-len(`{"name": "John", "more": ""}`)) + `"}`
	g.do("PATCH", "/customer", fits).wants(200)
	g.do("PATCH", "/customer", fits+" ").refuses(413, "body_too_large")
	g.do("DELETE", "/customer", fits+" ").refuses(413, "body_too_large")
	r, err := http.NewRequest("PATCH", g.url+"/v1/customer", struct{ *strings.Reader }{strings.NewReader(fits + " ")}) // sent in chunks, without a Content-Length
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+g.token)
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 413 {
		t.Errorf("a long body of unknown length: %d", response.StatusCode)
	}
}
