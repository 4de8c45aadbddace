package httpapi_test

import (
	"strings"
	"testing"
)

// The requests of the public documentation's thirteen examples, letter by
// letter but for the host (and for {id}, which example 8 leaves open).
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

// example sends one of them, with other codes where codes are given.
func (g *guest) example(n int, replace ...string) received {
	g.Helper()
	e := examples[n]
	r := strings.NewReplacer(append(replace, "{id}", john)...)
	return g.do(e.method, r.Replace(e.path), r.Replace(e.body), "Content-Type", "application/json")
}

func TestTheDocumentedExamplesInEveryLayout(t *testing.T) {
	for _, prefix := range prefixes {
		t.Run(strings.Trim(prefix, "/"), func(t *testing.T) {
			h := openSite(t)
			j, a := h.guest(john), h.guest(anna)
			j.prefix, a.prefix = prefix, prefix

			j.example(1).wants(200).is(`"`+john+`"`, "data", "customer", "id").is("null", "data", "customer", "pending_email")
			j.example(2).wants(200).is(`"John Smith"`, "data", "customer", "full_name")
			j.example(4).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "pending_email")
			if code := h.code("pinghome@gmail.com"); code != "293479" {
				j.example(5).refuses(422, "code_invalid", "code").is("4", "attempts_left")
				j.example(5, "293479", code).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "email")
			}
			j.example(6).wants(201).is(`"Good experience"`, "data", "feedback")
			if list, _ := j.example(8).wants(200).at("data").([]any); len(list) != 1 {
				t.Errorf("channels: %v", list)
			}

			a.example(7).wants(201).is("2", "data", "priority").is(`"pending"`, "data", "status").is("null", "data", "last_test")
			a.example(9).wants(200).is("true", "data", "changed").is("false", "data", "verified").is(`"c03b02ec@example.org"`, "data", "active_value")
			if code := h.code("new.email@ping-home.org"); code != "087608" {
				a.example(10).refuses(422, "code_invalid", "code")
				a.example(10, "087608", code).wants(200).is(`"active"`, "data", "status")
			}
			a.example(12).wants(200).is("true", "data", "ok").is(`"250 kept for you"`, "data", "provider_status")
			a.example(13).wants(200).is("true", "data", "enabled")
			a.example(11).refuses(404, "not_found").is("[3,4]", "missing")
			for _, value := range []string{"https://a.example/x", "https://b.example/x"} {
				a.do("POST", "/customer/"+anna+"/notification-channel", `{"type":"webhook","value":"`+value+`"}`).wants(201)
			}
			a.example(11).wants(200).is("[3,4]", "data", "deleted").is("null", "warning")

			j.example(3).wants(200).is("null", "data")
			j.example(1).refuses(401, "unauthorized")
			a.do("GET", "/customer", "").wants(200).is(`"`+anna+`"`, "data", "customer", "id")
		})
	}
}
