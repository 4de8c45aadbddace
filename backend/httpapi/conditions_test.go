package httpapi_test

import (
	"strings"
	"testing"
)

// TestReadingAgain: whoever has the newest answer gets 304, also when a limit
// changed by nothing but time.
func TestReadingAgain(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	for _, path := range []string{"/customer", "/customer/" + john, channelsOf(john) + "s", "/customer/" + john + "/revision"} {
		tag := g.do("GET", path, "").wants(200).header.Get("ETag")
		for _, same := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			if a := g.do("GET", path, "", "If-None-Match", same); a.status != 304 || len(a.raw) > 0 || a.header.Get("ETag") != tag {
				t.Errorf("%s with %s: %d %q", path, same, a.status, a.raw)
			}
		}
		g.do("GET", path, "", "If-None-Match", `"x"`).wants(200)
	}
	g.do("PUT", "/customer/username", `{"email": "pinghome@gmail.com"}`).wants(200)
	tag := g.do("GET", "/customer", "").header.Get("ETag")
	g.wait(24 * 60 * 60e9)
	g.do("GET", "/customer", "", "If-None-Match", tag).wants(200)
}

// TestDecidedOnAnOlderState: a command with If-Match changes nothing once
// somebody else was there.
func TestDecidedOnAnOlderState(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	tag := g.do("GET", "/customer", "").header.Get("ETag")
	channels := g.do("GET", channelsOf(john)+"s", "").header.Get("ETag")
	next := g.do("PATCH", "/customer", `{"name": "John"}`, "If-Match", tag).wants(200).header.Get("ETag")
	for _, old := range []string{tag, channels, `"nonsense"`, "W/" + next, `""`, ",", `"-1"`, `"0"`, tag + ", " + channels} {
		g.do("PATCH", "/customer", `{"name": "Jack"}`, "If-Match", old).refuses(412, "precondition_failed")
		g.do("PUT", channelsOf(john)+"/enabled", `{"enabled": false, "priority": 1}`, "If-Match", old).refuses(412, "precondition_failed")
		g.do("DELETE", "/customer", `{"reason": "other"}`, "If-Match", old).refuses(412, "precondition_failed")
	}
	g.do("GET", "/customer", "").is(`"John"`, "data", "customer", "name")
	g.do("PATCH", "/customer", `{"name": "Jack"}`, "If-Match", tag+", "+next).wants(200)
	g.do("PATCH", "/customer", `{"name": "Jim"}`, "If-Match", "*").wants(200)
}

// TestRepeatedCommands: the same key with the same request is carried out
// once, under whichever prefix it comes.
func TestRepeatedCommands(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	body := `{"type": "sms", "value": "+994551234567"}`
	first := g.do("POST", channelsOf(john), body, "Idempotency-Key", "one").wants(201)
	for _, prefix := range prefixes {
		g.prefix = prefix
		if again := g.do("POST", channelsOf(john), body, "Idempotency-Key", "one").wants(201); string(again.raw) != string(first.raw) {
			t.Errorf("first %s, again %s", first.raw, again.raw)
		}
	}
	if n := len(h.sender.Sent()); n != 1 {
		t.Errorf("%d codes were sent", n)
	}
	g.do("POST", channelsOf(john), body, "Idempotency-Key", "two").refuses(409, "duplicate_channel")
	g.do("POST", channelsOf(john), strings.Replace(body, "67", "68", 1), "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")
	g.do("PUT", channelsOf(john)+"/enabled", `{"enabled": false, "priority": 1}`, "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")

	g.do("DELETE", channelsOf(john)+"?priority=2", "", "Idempotency-Key", "three").wants(200)
	g.do("DELETE", channelsOf(john)+"?priority=2", "", "Idempotency-Key", "three").wants(200).is("[2]", "data", "deleted")
	g.do("DELETE", channelsOf(john)+"?priority=1", "", "Idempotency-Key", "three").refuses(422, "idempotency_key_reused")

	g.channel("sms", "+994551234569", false)
	code := h.code("+994551234569")
	for range 3 { // a try at a code is counted once, too
		g.do("PATCH", channelsOf(john)+"/verification", `{"priority": 2, "code": "`+wrong(code)+`"}`, "Idempotency-Key", "four").
			refuses(422, "code_invalid", "code").is("4", "attempts_left")
	}
	messages := g.do("GET", "/customer/"+john+"/messages", "").at("data", "messages").([]any)
	for n, message := range messages[:2] { // two messages are two requests
		a := g.do("PATCH", "/customer/"+john+"/messages/"+message.(map[string]any)["id"].(string), `{"read": true}`, "Idempotency-Key", "five")
		if n == 0 {
			a.wants(200)
		} else {
			a.refuses(422, "idempotency_key_reused")
		}
	}
	// Keys of two customers have nothing to do with each other.
	h.guest(anna).do("POST", channelsOf(anna), body, "Idempotency-Key", "one").wants(201)

	op, mary := h.operator(), `{"name": "Mary", "surname": "Major", "email": "mary@example.org"}`
	made := op.do("POST", "/customers", mary, "Idempotency-Key", "one").wants(201)
	if again := op.do("POST", "/customers", mary, "Idempotency-Key", "one").wants(201); string(again.raw) != string(made.raw) {
		t.Errorf("first %s, again %s", made.raw, again.raw)
	}
	op.do("POST", "/customers", mary, "Idempotency-Key", "two").refuses(409, "email_taken")
	op.do("POST", "/customers", strings.Replace(mary, "mary@", "other@", 1), "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")

	for _, key := range []string{"", "a b", "é", strings.Repeat("k", 256)} {
		g.do("PATCH", "/customer", `{"name": ""}`, "Idempotency-Key", key).refuses(422, "invalid", "name", "Idempotency-Key")
	}
}
