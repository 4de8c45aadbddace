package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// channelsOf is where a customer's channels are.
func channelsOf(id string) string { return "/customer/" + id + "/notification-channel" }

// wrongValues are requests with the fields that are wrong in them.
var wrongValues = []struct{ method, path, body, fields string }{
	{"PATCH", "/customer", `{}`, "name"},
	{"PATCH", "/customer", `{"nom": "John"}`, "name"},
	{"PATCH", "/customer", `{"name": null}`, "name"},
	{"PATCH", "/customer", `{"name": "", "surname": 5}`, "name surname"},
	{"PATCH", "/customer", `{"name": "` + strings.Repeat("x", 101) + `", "surname": "a\u202eb"}`, "name surname"},
	{"PATCH", "/customer", `{"name": "a\u0000b"}`, "name"},
	{"PATCH", "/customer", `{"name": "half \ud800"}`, "name"},
	{"DELETE", "/customer", `{}`, "reason"},
	{"DELETE", "/customer", ``, "reason"},
	{"DELETE", "/customer", `{"reason": "Poor Features"}`, "reason"},
	{"DELETE", "/customer", `{"reason": 1}`, "reason"},
	{"DELETE", "/customer?reason=Poor", ``, "reason"},
	{"DELETE", "/customer?reason=", ``, "reason"},
	{"DELETE", "/customer?reason=ok", `{"reason": null}`, "reason"},
	{"PUT", "/customer/username", `{}`, "email"},
	{"PUT", "/customer/username", `{"email": "john"}`, "email"},
	{"PUT", "/customer/username", `{"email": ["a@example.org"]}`, "email"},
	{"PATCH", "/customer/username", `{"code": 293479}`, "code"},
	{"PATCH", "/customer/username", `{"code": "29347"}`, "code"},
	{"PATCH", "/customer/username", `{"code": ""}`, "code"},
	{"POST", "/customer/feedback", `{"feedback": "  "}`, "feedback"},
	{"POST", "/customer/feedback", `{"feedback": "` + strings.Repeat("é", 5001) + `"}`, "feedback"},
	{"POST", "/customer/feedback", `{"feedback": true}`, "feedback"},
	{"POST", channelsOf(john), `{}`, "type value"},
	{"POST", channelsOf(john), `{"type": "fax", "value": 5}`, "type value"},
	{"POST", channelsOf(john), `{"type": "fax", "value": ""}`, "type value"},
	{"POST", channelsOf(john), `{"type": "", "value": " "}`, "type value"},
	{"POST", channelsOf(john), `{"type": "sms", "value": "055"}`, "value"},
	{"POST", channelsOf(john), `{"type": "webhook", "value": "http://example.org/"}`, "value"},
	{"POST", channelsOf(john), `{"type": "webhook", "value": "https://a:b@example.org/"}`, "value"},
	{"POST", channelsOf(john), `{"type": null, "value": "x"}`, "type"},
	{"GET", channelsOf(john) + "s?include_types=fax", ``, "include_types"},
	{"GET", channelsOf(john) + "s?include_types=sms,fax&exclude_types=pigeon", ``, "include_types exclude_types"},
	{"GET", channelsOf(john) + "s?include_types=sms;email", ``, "query"},
	{"PUT", channelsOf(john), `{}`, "value priority"},
	{"PUT", channelsOf(john), `{"value": 1, "priority": "1"}`, "value priority"},
	{"PUT", channelsOf(john), `{"value": "not an address", "priority": 1}`, "value"},
	{"PATCH", channelsOf(john) + "/verification", `{"code": 87608, "priority": "1"}`, "code priority"},
	{"PATCH", channelsOf(john) + "/verification", `{"code": "08760", "priority": 0}`, "code priority"},
	{"DELETE", channelsOf(john), ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=1,x", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=1&priority=1.5", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=1&priority=-2", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=0", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=01", ``, "priority"},
	{"DELETE", channelsOf(john) + "?priority=99999999999999999999", ``, "priority"},
	{"DELETE", channelsOf(john) + "?1", ``, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": 1.5}`, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": 1.0}`, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": 1e0}`, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": true}`, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": null}`, "priority"},
	{"POST", channelsOf(john) + "/test", `{"priority": 99999999999999999999}`, "priority"},
	{"PUT", channelsOf(john) + "/enabled", `{"enabled": "true", "priority": -1}`, "enabled priority"},
	{"PUT", channelsOf(john) + "/enabled", `{"enabled": 1, "priority": 1}`, "enabled"},
	{"PUT", channelsOf(john) + "/enabled", `{"enabled": null}`, "enabled priority"},
	{"GET", channelsOf(john) + "/attempts", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=&limit=-1", ``, "priority limit"},
	{"GET", channelsOf(john) + "/attempts?priority=1,2", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=1&priority=1", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=0", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=01", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=%201", ``, "priority"},
	{"GET", channelsOf(john) + "/attempts?priority=1;2", ``, "query priority"},
	{"POST", channelsOf(john) + "/receipt", `{}`, "word priority"},
	{"POST", channelsOf(john) + "/receipt", `{"word": 5, "priority": "1"}`, "word priority"},
	{"POST", channelsOf(john) + "/receipt", `{"word": null, "priority": 1}`, "word"},
	{"POST", channelsOf(john) + "/receipt", `{"word": ["heron"], "priority": 9}`, "word"},
	{"POST", channelsOf(john) + "/receipt", `{"word": " \t", "priority": 9}`, "word"},
	{"POST", channelsOf(john) + "/receipt", `{"word": "\ud800", "priority": 9}`, "word"},
	{"POST", channelsOf(john) + "/secret", `{}`, "priority"},
	{"POST", channelsOf(john) + "/secret", `{"priority": "1"}`, "priority"},
	{"POST", channelsOf(john) + "/secret", `{"priority": 0}`, "priority"},
	{"GET", "/customer/feedback?limit=many", ``, "limit"},
	{"GET", "/customer/" + john + "/journal?limit=-1", ``, "limit"},
	{"GET", "/customer/" + john + "/messages?limit=1.5", ``, "limit"},
	{"GET", "/customer/" + john + "/messages?limit=1001", ``, "limit"},
	{"GET", "/customer/" + john + "/journal?limit=99999999999", ``, "limit"},
	{"GET", "/customer/feedback?limit=%205", ``, "limit"},
	{"GET", "/customer/feedback?limit=%2B5", ``, "limit"},
	{"GET", "/customer/feedback?limit=05", ``, "limit"},
	{"PATCH", "/customer/" + john + "/messages/1", `{"read": "yes"}`, "read"},
	{"DELETE", "/customer/" + john + "/messages", ``, "ids"},
	{"DELETE", "/customer/" + john + "/messages", `{"ids": "1"}`, "ids"},
	{"DELETE", "/customer/" + john + "/messages", `{"ids": [1]}`, "ids"},
}

// TestWrongValues: what is wrong by itself is a 422 that names every field,
// whatever the state.
func TestWrongValues(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	before := h.state()
	for _, c := range wrongValues {
		t.Run(c.method+" "+c.path+" "+c.body[:min(30, len(c.body))], func(t *testing.T) {
			g := &guest{&site{T: t, url: h.url}, g.secret, g.prefix}
			g.do(c.method, c.path, c.body).refuses(422, "invalid", strings.Fields(c.fields)...)
		})
	}
	if h.state() != before {
		t.Error("a refusal changed something")
	}
}

// TestBodiesThatAreNoJSON are 400, in every operation that takes a body.
func TestBodiesThatAreNoJSON(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
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

// TestStates: valid, but not now.
func TestStates(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	path := channelsOf(john)
	g.do("PATCH", "/customer/username", `{"code": "293479"}`).refuses(409, "no_pending_change")
	g.do("DELETE", "/customer/username", "").refuses(409, "no_pending_change")
	g.do("PUT", "/customer/username", `{"email": "6fb4e64f@example.org"}`).refuses(409, "email_unchanged")
	g.do("PUT", "/customer/username", `{"email": "C03B02EC@example.org"}`).refuses(409, "email_taken")
	g.do("PATCH", path+"/verification", `{"code": "087608", "priority": 1}`).refuses(409, "already_verified")
	g.do("POST", path, `{"type": "email", "value": "6fb4e64f@example.org"}`).refuses(409, "duplicate_channel")

	g.channel("sms", "+994551234567", false)
	g.do("POST", path+"/test", `{"priority": 2}`).refuses(409, "channel_not_verified")
	g.do("PUT", path+"/enabled", `{"enabled": true, "priority": 2}`).refuses(409, "channel_not_verified")
	g.do("PUT", path+"/enabled", `{"enabled": false, "priority": 2}`).wants(200)

	for _, e := range []struct{ method, path, body string }{
		{"PUT", "", `{"value": "x@example.org", "priority": 9}`}, {"PATCH", "/verification", `{"code": "087608", "priority": 9}`},
		{"POST", "/test", `{"priority": 9}`}, {"PUT", "/enabled", `{"enabled": false, "priority": 9}`}, {"DELETE", "?priority=9", ""},
	} {
		g.do(e.method, path+e.path, e.body).refuses(404, "not_found")
	}
	g.do("DELETE", path+"?priority=1,8,9", "").refuses(404, "not_found").is("[8,9]", "missing")
	g.do("PATCH", "/customer/"+john+"/messages/nothing", `{"read": true}`).refuses(404, "not_found")
	g.do("DELETE", "/customer/"+john+"/messages?id=nothing", "").refuses(404, "not_found")

	for n := range 8 {
		g.wait(time.Minute)
		g.channel("webhook", fmt.Sprintf("https://example.org/%d", n), false)
	}
	g.do("POST", path, `{"type": "webhook", "value": "https://example.org/9"}`).refuses(409, "limit_reached")
}

// TestCodesAndWaits: wrong, expired, exhausted and locked are four answers.
func TestCodesAndWaits(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	path, value := channelsOf(john), "+994551234567"
	enter := func(code string) received {
		return g.do("PATCH", path+"/verification", `{"priority": 2, "code": "`+code+`"}`)
	}
	g.channel("sms", value, false)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).refuses(429, "rate_limited").is("60", "retry_after")
	for left := 4; left >= 0; left-- {
		enter(wrong(h.code(value))).refuses(422, "code_invalid", "code").is(fmt.Sprint(left), "attempts_left")
	}
	a := enter(h.code(value)).refuses(429, "code_exhausted")
	if after := a.header.Get("Retry-After"); after != "" { // no wait brings this code back
		t.Errorf("Retry-After: %s", after)
	}
	g.wait(time.Minute)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).wants(200).is("false", "data", "changed").is("true", "data", "code_sent")
	for range 5 {
		enter(wrong(h.code(value))).refuses(422, "code_invalid", "code")
	}
	enter(h.code(value)).refuses(429, "code_locked").is("86400", "retry_after")
	if list := g.do("GET", path+"s", "").wants(200).at("data").([]any); list[1].(map[string]any)["verification"].(map[string]any)["locked_until"] == nil {
		t.Errorf("no lock in %v", list[1])
	}

	g.wait(25 * time.Hour)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).wants(200)
	g.wait(10 * time.Minute)
	enter(h.code(value)).refuses(422, "code_expired")

	for range 20 {
		g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).wants(201)
	}
	g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).refuses(429, "rate_limited").is("86400", "retry_after")
}
