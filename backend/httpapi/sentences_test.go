package httpapi_test

import (
	"strings"
	"testing"
)

// TestARefusalShowsWhatWouldBeRight, for that field and for that request.
func TestARefusalShowsWhatWouldBeRight(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	for _, c := range []struct{ method, path, body, field, says string }{
		{"PATCH", "/customer", `{"name": 1}`, "name", `Send a text in quotes, such as "John".`},
		{"DELETE", "/customer", `{"reason": true}`, "reason", `such as "poor-features".`},
		{"PUT", "/customer/username", `{"email": []}`, "email", `such as "pinghome@gmail.com".`},
		{"PATCH", "/customer/username", `{"code": 293479}`, "code", `such as "293479".`},
		{"POST", channelsOf(john), `{"type": 1, "value": "x"}`, "type", `such as "sms".`},
		{"POST", channelsOf(john) + "/receipt", `{"word": 1, "priority": 1}`, "word", `such as "heron".`},
		{"POST", channelsOf(john), `[]`, "body", `Send an object, such as {"type": "sms", "value": "+994551234567"}.`},
		{"PUT", channelsOf(john) + "/enabled", `1`, "body", `such as {"enabled": true, "priority": 1}.`},
		{"DELETE", "/customer/" + john + "/messages", `{"ids": "1"}`, "ids", `Send a list of texts, such as ["`},
		{"DELETE", "/customer/" + john + "/messages", `{"ids": [1]}`, "ids", `Send a list of texts, such as ["`},
		{"DELETE", "/customer/" + john + "/messages", ``, "ids", `as "ids" in the body, or as ?id= in the address`},
		{"GET", "/customer/feedback?limit=99999999999", ``, "limit", `from 0 to 1000; this is "99999999999"`},
	} {
		a := g.do(c.method, c.path, c.body).refuses(422, "invalid", c.field)
		said, _ := a.at("errors", c.field).([]any)
		if first, _ := said[0].(string); !strings.Contains(first, c.says) {
			t.Errorf("%s: %s says %q, want %q", a.what, c.field, first, c.says)
		}
	}
	a := g.do("PATCH", "/customer", "\ufeff"+`{"name": "John"}`).refuses(400, "bad_json")
	if detail, _ := a.at("detail").(string); !strings.Contains(detail, "byte order mark") {
		t.Errorf("a byte order mark: %s", detail)
	}
}

// TestEveryBodyHasAnExample that the document allows.
func TestEveryBodyHasAnExample(t *testing.T) {
	doc, _ := described()
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody == nil {
				continue
			}
			schema := op.RequestBody.Value.Content["application/json"].Schema
			body := map[string]any{}
			for name, property := range schema.Value.Properties {
				if property.Value.Example == nil {
					t.Errorf("%s %s: %s has no example", method, path, name)
				}
				body[name] = property.Value.Example
			}
			if err := schema.Value.VisitJSON(body); err != nil {
				t.Errorf("%s %s: %v", method, path, err)
			}
		}
	}
}
