package httpapi_test

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestDeletingSeveral: every way of writing a list means the same.
func TestDeletingSeveral(t *testing.T) {
	for _, query := range []string{"priority=3,4", "priority=3&priority=4", "priority=4&priority=3", "priority=3%2C4", "priority=3%264", "priority=3&4",
		"priority=3,+4", "priority=%203%20,%204%20", "priority=3+4", "priority[]=3&priority[]=4", "priority%5B%5D=3&priority%5B%5D=4",
		"priority=3,4,3&priority=4", "priority=3,,4,", "priority=&priority=3,4", "priority=3&priority[]=4&x=y&=z"} {
		t.Run(query, func(t *testing.T) {
			h := openSite(t)
			g := h.guest(john)
			for n := range 4 {
				g.channel("webhook", fmt.Sprintf("https://example.org/%d", n), false)
			}
			g.do("DELETE", channelsOf(john)+"?"+query+"&priority=9", "").refuses(404, "not_found").is("[9]", "missing")
			g.do("DELETE", channelsOf(john)+"?"+query, "").wants(200).is("[3,4]", "data", "deleted").is("null", "warning")
			g.do("GET", channelsOf(john)+"s", "").has("priority", 1, 2, 5)
		})
	}
}

func TestDeletingTheLastThatReaches(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	g.channel("webhook", "https://example.org/", false)
	g.do("DELETE", channelsOf(john)+"?priority=1", `{"priority": 2}`, "Content-Type", "text/plain").wants(200).is(`"no_reachable_channel"`, "warning").is("[1]", "data", "deleted")
	g.do("DELETE", channelsOf(john)+"?priority=2", "").wants(200).is(`"no_reachable_channel"`, "warning")
	g.do("GET", channelsOf(john)+"s", "").wants(200).is("[]", "data")
}

// TestChoosingByType: include, or everything, minus exclude.
func TestChoosingByType(t *testing.T) {
	h := openSite(t)
	g := h.guest(john) // 1 is an email
	g.channel("sms", "+994551234567", false)
	g.channel("push-notification", "https://push.example/", false)
	g.channel("webhook", "https://hook.example/", false)
	for query, want := range map[string][]int{
		"": {1, 2, 3, 4}, "?include_types=&exclude_types=": {1, 2, 3, 4}, "?include_types=sms,email&exclude_types=push-notification": {1, 2},
		"?include_types=sms&include_types=email": {1, 2}, "?include_types[]=sms&include_types[]=webhook": {2, 4}, "?exclude_types=sms,+email": {3, 4},
		"?exclude_types=sms&exclude_types=email&exclude_types=webhook&exclude_types=push-notification": {}, "?include_types=sms&exclude_types=sms": {},
		"?include_types=,sms,": {2}, "?include_types=sms%20email": {1, 2}, "?types=sms": {1, 2, 3, 4},
	} {
		g.do("GET", channelsOf(john)+"s"+query, "").has("priority", want...)
	}
}

// has expects a list whose members have these numbers.
func (a received) has(key string, want ...int) {
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

// TestExtensions: what this program adds.
func TestExtensions(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	g.do("GET", "/customer/feedback", "").wants(200).is("[]", "data")
	g.do("POST", "/customer/feedback", `{"feedback": " Good\r\nexperience "}`).wants(201).is(`"Good\nexperience"`, "data", "feedback")
	if list := g.do("GET", "/customer/feedback", "").wants(200).at("data").([]any); len(list) != 1 {
		t.Errorf("history: %v", list)
	}
	g.do("PUT", "/customer/username", `{"email": "pinghome@gmail.com"}`).wants(200).is(`"pinghome@gmail.com"`, "data", "customer", "pending", "email").
		is(`"2026-03-14T09:36:53Z"`, "data", "customer", "pending", "expires_at").is("5", "data", "customer", "pending", "attempts_left")
	g.do("DELETE", "/customer/username", "").wants(200).is("null", "data", "customer", "pending").is("null", "data", "customer", "pending_email")

	box := g.do("GET", "/customer/"+john+"/messages", "").wants(200).is("1", "data", "total").is("1", "data", "unread")
	message := box.at("data", "messages").([]any)[0].(map[string]any)
	id := message["id"].(string)
	if message["code"] != h.code("pinghome@gmail.com") {
		t.Errorf("the message is %v", message)
	}
	g.do("PATCH", "/customer/"+john+"/messages/"+id, `{"read": true}`).wants(200)
	g.do("GET", "/customer/"+john+"/messages?limit=0", "").wants(200).is("0", "data", "unread").is("[]", "data", "messages")
	h.guest(anna).do("PATCH", "/customer/"+anna+"/messages/"+id, `{"read": true}`).refuses(404, "not_found")
	g.do("DELETE", "/customer/"+john+"/messages", `{"ids": ["`+id+`", "other"]}`).refuses(404, "not_found")
	g.do("DELETE", "/customer/"+john+"/messages", `{"ids": ["`+id+`"]}`).wants(200)
	g.do("GET", "/customer/"+john+"/messages", "").is("0", "data", "total")

	if list := g.do("GET", "/customer/"+john+"/journal?limit=3", "").wants(200).at("data").([]any); len(list) != 3 {
		t.Errorf("journal: %v", list)
	}
	revision := g.do("GET", "/customer/"+john+"/revision", "").wants(200).at("data", "revision").(float64)
	if p := g.do("GET", "/customer", "").at("data", "revision").(float64); p != revision {
		t.Errorf("revision %v in the profile, %v alone", p, revision)
	}
}

// TestBodiesOfEveryJSONType and none declared at all are read; nothing else is.
func TestBodiesOfEveryJSONType(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
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
