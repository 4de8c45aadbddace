package httpapi_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/delivery"
)

// TestRefusedMessage: every attempt is listed, the channel shows the failure, and
// the message can be sent again.
func TestRefusedMessage(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	path, messages := channelPath(john), "/customer/"+john+"/messages"
	h.sender.Fail(&delivery.Error{Kind: delivery.Temporary, Provider: "sms gateway", Status: "503 come back later"})
	g.channel("sms", "+994551234567", false)

	message := g.do("GET", messages, "").wants(200).at("data", "messages").([]any)[0].(map[string]any)
	if message["state"] != "queued" || message["attempts"] != 1.0 || message["next_at"] == nil || message["code"] != nil {
		t.Errorf("the queued message is %v", message)
	}
	one := messages + "/" + message["id"].(string)
	tried := g.do("GET", one+"/attempts", "").wants(200)
	if list := tried.at("data").([]any); len(list) != 1 {
		t.Errorf("attempts: %s", tried.raw)
	} else if a := list[0].(map[string]any); a["outcome"] != "delayed" || a["status"] != "503 come back later" || a["provider"] != "sms gateway" ||
		a["kind"] != "verification" || a["message_id"] != message["id"] {
		t.Errorf("the attempt is %v", a)
	}

	h.advance(time.Minute)
	h.sender.Fail(nil)
	g.do("POST", one+"/resend", "", "If-Match", `"999"`).refuses(412, "precondition_failed")
	sent := g.do("POST", one+"/resend", "", "Idempotency-Key", "again").wants(200).is(`"`+message["id"].(string)+`"`, "data", "id")
	if again := g.do("POST", one+"/resend", "", "Idempotency-Key", "again"); string(again.raw) != string(sent.raw) {
		t.Errorf("first %s, again %s", sent.raw, again.raw)
	}
	if n := len(h.sender.Sent()); n != 1 {
		t.Errorf("it went %d times", n)
	}
	g.do("GET", one+"/attempts", "").hasTexts("outcome", "delayed", "held")
	g.do("GET", path+"/attempts?priority=2", "").hasTexts("outcome", "held", "delayed")
	g.do("GET", path+"/attempts?priority=2&limit=1", "").hasTexts("outcome", "held")
	g.do("GET", path+"/attempts?priority=2&limit=0", "").hasTexts("outcome")
	g.do("GET", path+"/attempts?priority=1", "").hasTexts("outcome")
	g.do("POST", one+"/resend", `{`, "Content-Type", "text/plain").refuses(409, "not_resendable")
	g.do("PATCH", path+"/verification", `{"priority": 2, "code": "`+h.code("+994551234567")+`"}`).wants(200).
		is("null", "data", "failure").is(`"test-carrier"`, "data", "proof", "accepted_by")

	checkFailedTest(t, h)
	for _, gone := range []string{"GET " + path + "/attempts?priority=9", "GET " + messages + "/nothing/attempts", "POST " + messages + "/nothing/resend",
		"GET /customer/" + john + "/messages/%2e%2e/attempts"} {
		method, path, _ := strings.Cut(gone, " ")
		g.do(method, path, "").refuses(404, "not_found")
	}
	other := h.as(anna)
	other.do("GET", strings.Replace(one, john, anna, 1)+"/attempts", "").refuses(404, "not_found")
	other.do("POST", strings.Replace(one, john, anna, 1)+"/resend", "").refuses(404, "not_found")
}

// checkFailedTest: channel 2 shows that its last test message failed.
func checkFailedTest(t *testing.T, h *testServer) {
	t.Helper()
	g, path := h.as(john), channelPath(john)
	h.sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "sms gateway", Status: "410 no such number"})
	g.do("POST", path+"/test", `{"priority": 2}`).refuses(502, "delivery_failed")
	failed, _ := g.do("GET", path+"s", "").wants(200).at("data").([]any)[1].(map[string]any)["failure"].(map[string]any)
	if failed["status"] != "410 no such number" || failed["kind"] != "test" || failed["at"] == nil {
		t.Errorf("the failure is %v", failed)
	}
}

// TestConfirmReceipt: the word of a test message proves that a person saw it.
func TestConfirmReceipt(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	receipt := channelPath(john) + "/receipt"
	confirm := func(word string) received { return g.do("POST", receipt, `{"priority": 1, "word": "`+word+`"}`) }
	confirm("heron").refuses(409, "no_open_test")
	g.do("POST", channelPath(john)+"/test", `{"priority": 1}`).wants(200)
	word := h.sender.Sent()[0].Word
	message := g.do("GET", "/customer/"+john+"/messages", "").at("data", "messages").([]any)[0].(map[string]any)
	if word == "" || message["word"] != word { // the test's sender holds messages in the inbox
		t.Errorf("the word %q came as %v", word, message)
	}
	if sent, _ := g.do("GET", channelPath(john)+"s", "").wants(200).at("data").([]any)[0].(map[string]any)["proof"].(map[string]any); sent["word_sent_at"] != "2026-03-14T09:26:53Z" || sent["seen_at"] != nil {
		t.Errorf("while it waits for its word: %v", sent)
	}
	confirm(word+"s").refuses(422, "word_wrong", "word").is("4", "attempts_left")
	h.advance(time.Hour)
	confirm(" "+strings.ToUpper(word)+" ").wants(200).is(`"2026-03-14T10:26:53Z"`, "data", "proof", "seen_at").is(`"2026-06-12T10:26:53Z"`, "data", "proof", "stale_at").
		is(`"test-carrier"`, "data", "proof", "accepted_by").is("null", "data", "proof", "word_sent_at")
	confirm(word).refuses(409, "no_open_test")

	g.do("POST", channelPath(john)+"/test", `{"priority": 1}`).wants(200)
	for left := 4; left >= 0; left-- {
		body, _ := json.Marshal(left)
		confirm("heron").refuses(422, "word_wrong", "word").is(string(body), "attempts_left")
	}
	confirm(h.sender.Sent()[1].Word).refuses(409, "no_open_test")
	g.do("POST", receipt, `{"priority": 9, "word": "heron"}`).refuses(404, "not_found")
	for _, hidden := range []string{word, "heron", strings.ToUpper(word)} {
		if strings.Contains(h.log.String(), hidden) {
			t.Errorf("the log has %q in it", hidden)
		}
	}
}

// TestSigningSecretIsShownOnce: in the answer to the command that made it and to its
// repeat, and in no query and no log.
func TestSigningSecretIsShownOnce(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	path, body := channelPath(john), `{"type": "webhook", "value": "https://hook.example/"}`
	first, _ := g.do("POST", path, body, "Idempotency-Key", "one").wants(201).at("data", "signing_secret").(string)
	if !strings.HasPrefix(first, "whsec_") {
		t.Fatalf("the secret is %q", first)
	}
	g.do("POST", path, body, "Idempotency-Key", "one").wants(201).is(`"`+first+`"`, "data", "signing_secret")
	g.do("POST", path, `{"type": "sms", "value": "+994551234567"}`).wants(201).is("null", "data", "signing_secret")
	g.do("PATCH", path+"/verification", `{"priority": 2, "code": "`+h.code("https://hook.example/")+`"}`).wants(200).is("null", "data", "signing_secret")

	made := g.do("POST", path+"/secret", `{"priority": 2}`, "Idempotency-Key", "two").wants(200).is(`"2026-03-15T09:26:53Z"`, "data", "old_until")
	second, _ := made.at("data", "secret").(string)
	if !strings.HasPrefix(second, "whsec_") || second == first || made.header.Get("Cache-Control") != "no-store" {
		t.Errorf("rotated to %s with %v", made.raw, made.header)
	}
	g.do("POST", path+"/secret", `{"priority": 2}`, "Idempotency-Key", "two").wants(200).is(`"`+second+`"`, "data", "secret")
	g.do("POST", path+"/secret", `{"priority": 3}`, "Idempotency-Key", "two").refuses(422, "idempotency_key_reused")
	g.do("POST", path+"/secret", `{"priority": 3}`).refuses(409, "not_webhook")
	g.do("POST", path+"/secret", `{"priority": 9}`).refuses(404, "not_found")
	g.do("POST", path+"/secret", `{"priority": 2, "overlap": "no"}`).refuses(422, "invalid", "overlap")
	g.do("POST", path+"/secret", `{"priority": 2, "overlap": true}`).wants(200).is(`"2026-03-15T09:26:53Z"`, "data", "old_until")
	g.do("POST", path+"/secret", `{"priority": 2, "overlap": false}`).wants(200).is("null", "data", "old_until")
	g.do("POST", path+"/secret", `{"priority": 2}`, "If-Match", `"1"`).refuses(412, "precondition_failed")

	shown := h.log.String() + h.state()
	for _, reading := range []string{path + "s", path + "/attempts?priority=2", "/customer/" + john + "/messages", "/customer/" + john + "/journal"} {
		shown += string(g.do("GET", reading, "").wants(200).raw)
	}
	if strings.Contains(shown, "whsec_") || strings.Contains(shown, first[6:]) || strings.Contains(shown, second[6:]) {
		t.Errorf("a secret is in %s", shown)
	}
}
