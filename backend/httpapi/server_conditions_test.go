package httpapi_test

import (
	"strings"
	"testing"
)

// TestIfNoneMatch: a caller that has the current answer gets 304. A limit that
// changed only because time passed is another answer.
func TestIfNoneMatch(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	for _, path := range []string{"/customer", "/customer/" + john, channelPath(john) + "s", "/customer/" + john + "/revision"} {
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
	g.advance(24 * 60 * 60e9)
	g.do("GET", "/customer", "", "If-None-Match", tag).wants(200)
}

// TestIfMatch: a command with If-Match changes nothing once something else was
// changed.
func TestIfMatch(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	tag := g.do("GET", "/customer", "").header.Get("ETag")
	channels := g.do("GET", channelPath(john)+"s", "").header.Get("ETag")
	next := g.do("PATCH", "/customer", `{"name": "John"}`, "If-Match", tag).wants(200).header.Get("ETag")
	for _, old := range []string{tag, channels, `"nonsense"`, "W/" + next, `""`, ",", `"-1"`, `"0"`, tag + ", " + channels} {
		g.do("PATCH", "/customer", `{"name": "Jack"}`, "If-Match", old).refuses(412, "precondition_failed")
		g.do("PUT", channelPath(john)+"/enabled", `{"enabled": false, "priority": 1}`, "If-Match", old).refuses(412, "precondition_failed")
		g.do("DELETE", "/customer", `{"reason": "other"}`, "If-Match", old).refuses(412, "precondition_failed")
	}
	g.do("GET", "/customer", "").is(`"John"`, "data", "customer", "name")
	g.do("PATCH", "/customer", `{"name": "Jack"}`, "If-Match", tag+", "+next).wants(200)
	g.do("PATCH", "/customer", `{"name": "Jim"}`, "If-Match", "*").wants(200)
}

// TestIdempotencyKey: the same key with the same request is carried out once,
// under any prefix.
func TestIdempotencyKey(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	body := `{"type": "sms", "value": "+994551234567"}`
	first := g.do("POST", channelPath(john), body, "Idempotency-Key", "one").wants(201)
	for _, prefix := range prefixes {
		g.prefix = prefix
		if again := g.do("POST", channelPath(john), body, "Idempotency-Key", "one").wants(201); string(again.raw) != string(first.raw) {
			t.Errorf("first %s, again %s", first.raw, again.raw)
		}
	}
	if n := len(h.sender.Sent()); n != 1 {
		t.Errorf("%d codes were sent", n)
	}
	g.do("POST", channelPath(john), body, "Idempotency-Key", "two").refuses(409, "duplicate_channel")
	g.do("POST", channelPath(john), strings.Replace(body, "67", "68", 1), "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")
	g.do("PUT", channelPath(john)+"/enabled", `{"enabled": false, "priority": 1}`, "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")

	g.do("DELETE", channelPath(john)+"?priority=2", "", "Idempotency-Key", "three").wants(200)
	g.do("DELETE", channelPath(john)+"?priority=2", "", "Idempotency-Key", "three").wants(200).is("[2]", "data", "deleted")
	g.do("DELETE", channelPath(john)+"?priority=1", "", "Idempotency-Key", "three").refuses(422, "idempotency_key_reused")

	g.channel("sms", "+994551234569", false)
	code := h.code("+994551234569")
	for range 3 { // a repeated attempt at a code is counted once
		g.do("PATCH", channelPath(john)+"/verification", `{"priority": 2, "code": "`+wrong(code)+`"}`, "Idempotency-Key", "four").
			refuses(422, "code_invalid", "code").is("4", "attempts_left")
	}
	messages := g.do("GET", "/customer/"+john+"/messages", "").at("data", "messages").([]any)
	for n, message := range messages[:2] { // the message is part of the request
		a := g.do("PATCH", "/customer/"+john+"/messages/"+message.(map[string]any)["id"].(string), `{"read": true}`, "Idempotency-Key", "five")
		if n == 0 {
			a.wants(200)
		} else {
			a.refuses(422, "idempotency_key_reused")
		}
	}
	// Every customer has keys of its own.
	h.as(anna).do("POST", channelPath(anna), body, "Idempotency-Key", "one").wants(201)
	checkKeysOfOperators(t, h)

	for _, key := range []string{"", "a b", "é", strings.Repeat("k", 256)} {
		g.do("PATCH", "/customer", `{"name": ""}`, "Idempotency-Key", key).refuses(422, "invalid", "name", "Idempotency-Key")
	}
}

// checkKeysOfOperators: they have keys of their own, for creating accounts.
func checkKeysOfOperators(t *testing.T, h *testServer) {
	t.Helper()
	op, mary := h.operator(), `{"name": "Mary", "surname": "Major", "email": "mary@example.org"}`
	made := op.do("POST", "/customers", mary, "Idempotency-Key", "one").wants(201)
	if again := op.do("POST", "/customers", mary, "Idempotency-Key", "one").wants(201); string(again.raw) != string(made.raw) {
		t.Errorf("first %s, again %s", made.raw, again.raw)
	}
	op.do("POST", "/customers", mary, "Idempotency-Key", "two").refuses(409, "email_taken")
	op.do("POST", "/customers", strings.Replace(mary, "mary@", "other@", 1), "Idempotency-Key", "one").refuses(422, "idempotency_key_reused")
}
