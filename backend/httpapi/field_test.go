package httpapi_test

import (
	"strings"
	"testing"
)

// TestRefusalShowsAnExample of that field in that request.
func TestRefusalShowsAnExample(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	for _, c := range []struct{ method, path, body, field, sentence string }{
		{"PATCH", "/customer", `{"name": 1}`, "name", `Send a text in quotes, such as "John".`},
		{"DELETE", "/customer", `{"reason": true}`, "reason", `such as "poor-features".`},
		{"PUT", "/customer/username", `{"email": []}`, "email", `such as "pinghome@gmail.com".`},
		{"PATCH", "/customer/username", `{"code": 293479}`, "code", `such as "293479".`},
		{"POST", channelPath(john), `{"type": 1, "value": "x"}`, "type", `such as "sms".`},
		{"POST", channelPath(john) + "/receipt", `{"word": 1, "priority": 1}`, "word", `such as "heron".`},
		{"POST", channelPath(john), `[]`, "body", `Send an object, such as {"label": "pager", "type": "sms", "value": "+994551234567"}.`},
		{"PUT", channelPath(john) + "/enabled", `1`, "body", `such as {"enabled": true, "priority": 1}.`},
		{"DELETE", "/customer/" + john + "/messages", `{"ids": "1"}`, "ids", `Send a list of texts, such as ["`},
		{"DELETE", "/customer/" + john + "/messages", `{"ids": [1]}`, "ids", `Send a list of texts, such as ["`},
		{"DELETE", "/customer/" + john + "/messages", ``, "ids", `as "ids" in the body, or as ?id= in the address`},
		{"GET", "/customer/feedback?limit=99999999999", ``, "limit", `from 0 to 1000; this is "99999999999"`},
	} {
		a := g.do(c.method, c.path, c.body).refuses(422, "invalid", c.field)
		said, _ := a.at("errors", c.field).([]any)
		if first, _ := said[0].(string); !strings.Contains(first, c.sentence) {
			t.Errorf("%s: %s says %q, want %q", a.what, c.field, first, c.sentence)
		}
	}
	a := g.do("PATCH", "/customer", "\ufeff"+`{"name": "John"}`).refuses(400, "bad_json")
	if detail, _ := a.at("detail").(string); !strings.Contains(detail, "byte order mark") {
		t.Errorf("a byte order mark: %s", detail)
	}
}

// wrongValues are requests with wrong values, and the fields that are wrong.
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
	{"POST", channelPath(john), `{}`, "type value"},
	{"POST", channelPath(john), `{"type": "fax", "value": 5}`, "type value"},
	{"POST", channelPath(john), `{"type": "fax", "value": ""}`, "type value"},
	{"POST", channelPath(john), `{"type": "", "value": " "}`, "type value"},
	{"POST", channelPath(john), `{"type": "sms", "value": "055"}`, "value"},
	{"POST", channelPath(john), `{"type": "webhook", "value": "http://example.org/"}`, "value"},
	{"POST", channelPath(john), `{"type": "webhook", "value": "https://a:b@example.org/"}`, "value"},
	{"POST", channelPath(john), `{"type": null, "value": "x"}`, "type"},
	{"GET", channelPath(john) + "s?include_types=fax", ``, "include_types"},
	{"GET", channelPath(john) + "s?include_types=sms,fax&exclude_types=pigeon", ``, "include_types exclude_types"},
	{"GET", channelPath(john) + "s?include_types=sms;email", ``, "query"},
	{"PUT", channelPath(john), `{}`, "value priority"},
	{"PUT", channelPath(john), `{"value": 1, "priority": "1"}`, "value priority"},
	{"PUT", channelPath(john), `{"value": "not an address", "priority": 1}`, "value"},
	{"PATCH", channelPath(john) + "/verification", `{"code": 87608, "priority": "1"}`, "code priority"},
	{"PATCH", channelPath(john) + "/verification", `{"code": "08760", "priority": 0}`, "code priority"},
	{"DELETE", channelPath(john), ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=1,x", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=1&priority=1.5", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=1&priority=-2", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=0", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=01", ``, "priority"},
	{"DELETE", channelPath(john) + "?priority=99999999999999999999", ``, "priority"},
	{"DELETE", channelPath(john) + "?1", ``, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": 1.5}`, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": 1.0}`, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": 1e0}`, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": true}`, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": null}`, "priority"},
	{"POST", channelPath(john) + "/test", `{"priority": 99999999999999999999}`, "priority"},
	{"PUT", channelPath(john) + "/enabled", `{"enabled": "true", "priority": -1}`, "enabled priority"},
	{"PUT", channelPath(john) + "/enabled", `{"enabled": 1, "priority": 1}`, "enabled"},
	{"PUT", channelPath(john) + "/enabled", `{"enabled": null}`, "enabled priority"},
	{"GET", channelPath(john) + "/attempts", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=&limit=-1", ``, "priority limit"},
	{"GET", channelPath(john) + "/attempts?priority=1,2", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=1&priority=1", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=0", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=01", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=%201", ``, "priority"},
	{"GET", channelPath(john) + "/attempts?priority=1;2", ``, "query priority"},
	{"POST", channelPath(john) + "/receipt", `{}`, "word priority"},
	{"POST", channelPath(john) + "/receipt", `{"word": 5, "priority": "1"}`, "word priority"},
	{"POST", channelPath(john) + "/receipt", `{"word": null, "priority": 1}`, "word"},
	{"POST", channelPath(john) + "/receipt", `{"word": ["heron"], "priority": 9}`, "word"},
	{"POST", channelPath(john) + "/receipt", `{"word": " \t", "priority": 9}`, "word"},
	{"POST", channelPath(john) + "/receipt", `{"word": "\ud800", "priority": 9}`, "word"},
	{"POST", channelPath(john) + "/secret", `{}`, "priority"},
	{"POST", channelPath(john) + "/secret", `{"priority": "1"}`, "priority"},
	{"POST", channelPath(john) + "/secret", `{"priority": 0}`, "priority"},
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

// TestWrongValues: wrong values are a 422 that names every field, in every
// state of the account.
func TestWrongValues(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	before := h.state()
	for _, c := range wrongValues {
		t.Run(c.method+" "+c.path+" "+c.body[:min(30, len(c.body))], func(t *testing.T) {
			g := &caller{&testServer{T: t, url: h.url}, g.token, g.prefix}
			g.do(c.method, c.path, c.body).refuses(422, "invalid", strings.Fields(c.fields)...)
		})
	}
	if h.state() != before {
		t.Error("a refusal changed something")
	}
}
