package httpapi_test

import (
	"strings"
	"testing"
)

// The thirteen example requests of the public documentation, unchanged except
// for the host (and for {id}, which example 8 leaves open).
var examples = []struct{ method, path, body string }{
	1:  {"GET", "/customer/6fb4e64f-ad18-46e3-920c-92639adb137c", ""},
	2:  {"PATCH", "/customer", `{"name":"John","surname":"Smith"}`},
	3:  {"DELETE", "/customer", `{"reason":"poor-features"}`},
	4:  {"PUT", "/customer/username", `{"email":"pinghome@gmail.com"}`},
	5:  {"PATCH", "/customer/username", `{"code":"293479"}`},
	6:  {"POST", "/customer/feedback", `{"feedback":"Good experience"}`},
	7:  {"POST", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel", `{"value":"+994551234567","type":"sms"}`},
	8:  {"GET", "/customer/{id}/notification-channels?include_types=sms,email&exclude_types=push-notification", ""},
	9:  {"PUT", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel", `{"value":"new.email@ping-home.org","priority":1}`},
	10: {"PATCH", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel/verification", `{"code":"087608","priority":1}`},
	11: {"DELETE", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel?priority=3,4", ""},
	12: {"POST", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel/test", `{"priority":1}`},
	13: {"PUT", "/customer/c03b02ec-244f-4d2c-8f68-3910071ed5c8/notification-channel/enabled", `{"enabled":true,"priority":1}`},
}

// sendExample sends one of the examples. replace has pairs of texts to replace in
// it.
func (g *caller) sendExample(n int, replace ...string) received {
	g.Helper()
	e := examples[n]
	r := strings.NewReplacer(append(replace, "{id}", john)...)
	return g.do(e.method, r.Replace(e.path), r.Replace(e.body), "Content-Type", "application/json")
}

func TestDocumentedExamplesUnderEveryPrefix(t *testing.T) {
	for _, prefix := range prefixes {
		t.Run(strings.Trim(prefix, "/"), func(t *testing.T) {
			h := startServer(t)
			j, a := h.as(john), h.as(anna)
			j.prefix, a.prefix = prefix, prefix

			j.sendExample(1).wants(200).is(`"`+john+`"`, "data", "customer", "id").is("null", "data", "customer", "pending_email")
			j.sendExample(2).wants(200).is(`"John Smith"`, "data", "customer", "full_name")
			j.sendExample(4).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "pending_email")
			if code := h.code("pinghome@gmail.com"); code != "293479" {
				j.sendExample(5).refuses(422, "code_invalid", "code").is("4", "attempts_left")
				j.sendExample(5, "293479", code).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "email")
			}
			j.sendExample(6).wants(201).is(`"Good experience"`, "data", "feedback")
			if list, _ := j.sendExample(8).wants(200).at("data").([]any); len(list) != 1 {
				t.Errorf("channels: %v", list)
			}

			a.sendExample(7).wants(201).is("2", "data", "priority").is(`"pending"`, "data", "status").is("null", "data", "last_test")
			a.sendExample(9).wants(200).is("true", "data", "changed").is("false", "data", "verified").is(`"c03b02ec@example.org"`, "data", "active_value")
			if code := h.code("new.email@ping-home.org"); code != "087608" {
				a.sendExample(10).refuses(422, "code_invalid", "code")
				a.sendExample(10, "087608", code).wants(200).is(`"active"`, "data", "status")
			}
			a.sendExample(12).wants(200).is("true", "data", "ok").is(`"250 kept for you"`, "data", "provider_status")
			a.sendExample(13).wants(200).is("true", "data", "enabled")
			a.sendExample(11).refuses(404, "not_found").is("[3,4]", "missing")
			for _, value := range []string{"https://a.example/x", "https://b.example/x"} {
				a.do("POST", "/customer/"+anna+"/notification-channel", `{"type":"webhook","value":"`+value+`"}`).wants(201)
			}
			a.sendExample(11).wants(200).is("[3,4]", "data", "deleted").is("null", "warning")

			j.sendExample(3).wants(200).is("null", "data")
			j.sendExample(1).refuses(401, "unauthorized")
			a.do("GET", "/customer", "").wants(200).is(`"`+anna+`"`, "data", "customer", "id")
		})
	}
}

// TestExtensions: the operations that this program adds.
func TestExtensions(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	g.do("GET", "/customer/feedback", "").wants(200).is("[]", "data")
	g.do("POST", "/customer/feedback", `{"feedback": " Good\r\nexperience "}`).wants(201).is(`"Good\nexperience"`, "data", "feedback")
	if list := g.do("GET", "/customer/feedback", "").wants(200).at("data").([]any); len(list) != 1 {
		t.Errorf("history: %v", list)
	}
	g.do("PUT", "/customer/username", `{"email": "pinghome@gmail.com"}`).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "pending", "email").
		is(`"2026-03-14T09:36:53Z"`, "data", "customer", "pending", "expires_at").is("5", "data", "customer", "pending", "attempts_left")
	g.do("DELETE", "/customer/username", "").wants(200).is("null", "data", "customer", "pending").is("null", "data", "customer", "pending_email")

	inbox := g.do("GET", "/customer/"+john+"/messages", "").wants(200).is("1", "data", "total").is("1", "data", "unread")
	message := inbox.at("data", "messages").([]any)[0].(map[string]any)
	id := message["id"].(string)
	if message["code"] != h.code("pinghome@gmail.com") {
		t.Errorf("the message is %v", message)
	}
	g.do("PATCH", "/customer/"+john+"/messages/"+id, `{"read": true}`).wants(200)
	g.do("GET", "/customer/"+john+"/messages?limit=0", "").wants(200).is("0", "data", "unread").is("[]", "data", "messages")
	h.as(anna).do("PATCH", "/customer/"+anna+"/messages/"+id, `{"read": true}`).refuses(404, "not_found")
	g.do("DELETE", "/customer/"+john+"/messages", `{"ids": ["`+id+`", "other"]}`).refuses(404, "not_found")
	g.do("DELETE", "/customer/"+john+"/messages", `{"ids": ["`+id+`"]}`).wants(200)
	g.do("GET", "/customer/"+john+"/messages", "").is("0", "data", "total")

	if list := g.do("GET", "/customer/"+john+"/journal?limit=3", "").wants(200).at("data").([]any); len(list) != 3 {
		t.Errorf("journal: %v", list)
	}
	g.do("GET", "/customer/"+john+"/settings?at=2099-01-01T00:00:00Z", "").refuses(422, "invalid", "at")
	h.as(anna).do("DELETE", "/customer/"+anna+"/notification-channel?priority=1", "").wants(200)
	h.as(anna).do("GET", "/customer/"+anna+"/settings?at=2026-03-14T09:26:53Z", "").wants(200).is("[]", "data", "channels")
	revision := g.do("GET", "/customer/"+john+"/revision", "").wants(200).at("data", "revision").(float64)
	if p := g.do("GET", "/customer", "").at("data", "revision").(float64); p != revision {
		t.Errorf("revision %v in the profile, %v alone", p, revision)
	}
}
