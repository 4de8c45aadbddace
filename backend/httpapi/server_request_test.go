package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

const unknownID = "00000000-0000-4000-8000-000000000000"

// TestChecksRunInOrder: when everything is wrong, the first check answers. Each
// request has one thing less wrong than the one before.
func TestChecksRunInOrder(t *testing.T) {
	h := startServer(t)
	g, unknown := h.as(john), &caller{h, "ph_nonsense", "/v1"}
	g.channel("sms", "+994551234567", false)
	before := h.state()

	unknown.do("PUT", channelPath(unknownID), `{`, "Content-Type", "text/plain").refuses(401, "unauthorized")
	g.do("PUT", channelPath(unknownID), `{`, "Content-Type", "text/plain").refuses(404, "not_found")
	g.do("PUT", channelPath(unknownID), strings.Repeat(" ", 70_000)).refuses(404, "not_found")
	g.do("PUT", channelPath(john), `{`, "Content-Type", "text/plain").refuses(415, "unsupported_media_type")
	g.do("PUT", channelPath(john), strings.Repeat(" ", 70_000), "Content-Type", "text/plain").refuses(413, "body_too_large")
	g.do("PUT", channelPath(john), `{"value": 5, "value": 6}`).refuses(400, "bad_json")
	g.do("PUT", channelPath(john), `{"value": 5, "priority": 9}`, "If-Match", `"999"`).refuses(422, "invalid", "value")
	g.do("PUT", channelPath(john), `{"value": "+994551234567", "priority": 9}`).refuses(404, "not_found")
	g.do("PUT", channelPath(john), `{"value": "+994551234567", "priority": 2}`, "If-Match", `"999"`).refuses(412, "precondition_failed")
	g.do("PUT", channelPath(john), `{"value": "+994551234567", "priority": 2}`).refuses(429, "rate_limited")

	if h.state() != before {
		t.Error("a refusal changed something")
	}
}

// TestTokens: every token that is not valid gets the same answer.
func TestTokens(t *testing.T) {
	h := startServer(t)
	ctx := t.Context()
	g := h.as(john)
	for _, header := range []string{"", "Bearer", "Bearer ", "Basic am9objpqb2hu", g.token, "Bearer " + g.token[:len(g.token)-1], "Bearer " + g.token + "a",
		"Bearer " + strings.ToUpper(g.token), "Bearer " + g.token + ", Bearer " + g.token, "Bearer ph_", "Bearer \xff", "Bearer a b"} {
		a := (&caller{h, "", "/v1"}).do("GET", "/customer", "", "Authorization", header).refuses(401, "unauthorized")
		if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Bearer ") {
			t.Errorf("%q: WWW-Authenticate is %q", header, a.header.Get("WWW-Authenticate"))
		}
	}
	(&caller{h, "", "/v1"}).do("GET", "/customer?access_token="+g.token, "").refuses(401, "unauthorized")
	g.do("GET", "/customer", "", "Authorization", "bearer  "+g.token).wants(200)

	_, short, err := h.accounts.CreateToken(ctx, backend.NewToken{Account: john, Scope: backend.ScopeSelf, Expires: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	s := &caller{h, short, "/v1"}
	s.do("GET", "/customer", "").wants(200)
	h.advance(time.Hour)
	s.do("GET", "/customer", "").refuses(401, "unauthorized")

	list, err := h.accounts.ListTokens(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range list {
		if err := h.accounts.RevokeToken(ctx, token.ID); err != nil {
			t.Fatal(err)
		}
	}
	g.do("GET", "/customer", "").refuses(401, "unauthorized")
}

// TestOtherAccountsLookUnknown: an account that a token may not see gets exactly
// the answer of one that does not exist.
func TestOtherAccountsLookUnknown(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	before := h.state()
	var first string
	for _, id := range []string{anna, strings.ToUpper(anna), unknownID, "x", "c03b02ec@example.org", "%20", "%2e%2e", "urn:uuid:" + john, "{" + john + "}", strings.ReplaceAll(john, "-", "")} {
		for n, e := range examples {
			if !strings.Contains(e.path, "/customer/c03b") && n != 8 {
				continue
			}
			path := strings.NewReplacer(anna, id, "{id}", id).Replace(e.path)
			a := g.do(e.method, path, e.body, "X-Request-Id", "same").refuses(404, "not_found")
			if id == "%2e%2e" {
				continue // ServeMux takes it for a path
			}
			if first == "" {
				first = string(a.raw)
			}
			if string(a.raw) != first {
				t.Errorf("%s says %s, another %s", a.what, a.raw, first)
			}
		}
		for _, ext := range []string{"", "/journal", "/messages", "/revision", "/messages/1/attempts", "/notification-channel/attempts?priority=x", "/settings?at=x"} {
			g.do("GET", "/customer/"+id+ext, "").refuses(404, "not_found")
		}
		for _, ext := range []string{"/messages/1/resend", "/notification-channel/receipt", "/notification-channel/secret", "/journal/undo", "/journal/redo"} {
			g.do("POST", "/customer/"+id+ext, `{`).refuses(404, "not_found")
		}
		for _, ext := range []string{"/notification-channels/enabled", "/notification-channel/order"} {
			g.do("PUT", "/customer/"+id+ext, `{`).refuses(404, "not_found")
		}
	}
	g.do("GET", "/customer", "", "Pinghome-Customer", anna).refuses(404, "not_found")
	g.do("DELETE", "/customer", `{"reason": "other"}`, "Pinghome-Customer", anna).refuses(404, "not_found")
	g.do("GET", "/customers", "").refuses(404, "not_found").
		is(`"There is nothing at this address for a token of scope self; it needs one of scope operator."`, "detail")
	g.do("POST", "/customers", `{`).refuses(404, "not_found")
	if h.state() != before {
		t.Error("a refusal changed something")
	}
	g.do("GET", "/customer/"+strings.ToUpper(john), "").wants(200)
	g.do("GET", "/customer", "", "Pinghome-Customer", john).wants(200)
}

func TestOperator(t *testing.T) {
	h := startServer(t)
	op := h.operator()
	op.do("GET", "/customer", "").wants(200).is(`"`+anna+`"`, "data", "customer", "id")
	op.do("GET", "/customer/"+john, "").wants(200)
	op.do("GET", "/customer", "", "Pinghome-Customer", strings.ToUpper(john)).wants(200).is(`"`+john+`"`, "data", "customer", "id")
	for _, id := range []string{unknownID, "", "x", "6fb4e64f@example.org", john + "," + anna} {
		op.do("GET", "/customer", "", "Pinghome-Customer", id).refuses(404, "not_found")
	}
	op.do("GET", "/customer/"+unknownID, "").refuses(404, "not_found")
	op.do("PATCH", "/customer", `{"name": "Jack"}`, "Pinghome-Customer", john).wants(200)
	op.do("PATCH", "/customer", `{"name": "Ann"}`).wants(200)
	for id, actor := range map[string]string{john: "operator:", anna: "api:"} {
		list := op.do("GET", "/customer/"+id+"/journal?limit=1", "").wants(200).at("data").([]any)
		if got := list[0].(map[string]any)["actor"].(string); !strings.HasPrefix(got, actor) || len(got) == len(actor) {
			t.Errorf("the journal of %s names %s", id, got)
		}
	}

	made := op.do("POST", "/customers", `{"name": "Åsa", "surname": "Berg", "email": "asa@north.example", "plan": "business"}`).wants(201)
	op.do("POST", "/customers", `{"name": "Åsa", "surname": "Berg", "email": "ASA@north.example"}`).refuses(409, "email_taken")
	op.do("POST", "/customers", `{"name": "", "email": "x", "plan": "gold", "team": 5}`).refuses(422, "invalid", "name", "surname", "email", "plan", "team")
	id := made.at("data", "id").(string)
	op.do("GET", "/customer/"+id, "").wants(200).is(`"business"`, "data", "organization", "plan")
	if list := op.do("GET", "/customers?match=berg+%C3%A5sa&limit=5", "").wants(200).at("data").([]any); len(list) != 1 {
		t.Errorf("found %v", list)
	}
	op.do("DELETE", "/customer?reason=other", "", "Pinghome-Customer", id).wants(200)
	op.do("GET", "/customer/"+id, "").refuses(404, "not_found")
}
