package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
)

// TestConflicts: values that are right, but not in the present state.
func TestConflicts(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	path := channelPath(john)
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
		g.advance(time.Minute)
		g.channel("webhook", fmt.Sprintf("https://example.org/%d", n), false)
	}
	g.do("POST", path, `{"type": "webhook", "value": "https://example.org/9"}`).refuses(409, "limit_reached")
}

// TestCodesAndWaits: a code that is wrong, expired, exhausted or locked gets four
// different answers.
func TestCodesAndWaits(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	path, value := channelPath(john), "+994551234567"
	enter := func(code string) received {
		return g.do("PATCH", path+"/verification", `{"priority": 2, "code": "`+code+`"}`)
	}
	g.channel("sms", value, false)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).refuses(429, "rate_limited").is("60", "retry_after")
	for left := 4; left >= 0; left-- {
		enter(wrong(h.code(value))).refuses(422, "code_invalid", "code").is(fmt.Sprint(left), "attempts_left")
	}
	a := enter(h.code(value)).refuses(429, "code_exhausted")
	if after := a.header.Get("Retry-After"); after != "" { // waiting does not help with an exhausted code
		t.Errorf("Retry-After: %s", after)
	}
	g.advance(time.Minute)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).wants(200).is("false", "data", "changed").is("true", "data", "code_sent")
	for range 5 {
		enter(wrong(h.code(value))).refuses(422, "code_invalid", "code")
	}
	enter(h.code(value)).refuses(429, "code_locked").is("86400", "retry_after")
	if list := g.do("GET", path+"s", "").wants(200).at("data").([]any); list[1].(map[string]any)["verification"].(map[string]any)["locked_until"] == nil {
		t.Errorf("no lock in %v", list[1])
	}

	g.advance(25 * time.Hour)
	g.do("PUT", path, `{"priority": 2, "value": "+994551234567"}`).wants(200)
	g.advance(10 * time.Minute)
	enter(h.code(value)).refuses(422, "code_expired")

	for range 20 {
		g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).wants(201)
	}
	g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).refuses(429, "rate_limited").is("86400", "retry_after")
}

// TestFaults: of an error of the store the answer shows neither a file nor the
// cause, and the log does.
func TestFaults(t *testing.T) {
	cause := errors.New("disk I/O error")
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{&backend.Error{Code: backend.CodeBusy, Message: "/srv/accounts.db is busy", Err: cause}, 503, "busy"},
		{&backend.Error{Code: backend.CodeDatabaseAway, Message: "/srv/accounts.db is away", Err: cause}, 503, "database_away"},
		{&backend.Error{Code: backend.CodeUnavailable, Message: "/srv/accounts.db is damaged", Err: cause}, 503, "unavailable"},
		{&backend.Error{Code: backend.CodeReadOnly, Message: "/srv/accounts.db is read-only", Err: cause}, 503, "read_only"},
		{&backend.Error{Code: backend.CodeInternal, Message: "/srv/accounts.db", Err: cause}, 500, "internal"},
		{errors.New("/srv/accounts.db: disk I/O error"), 500, "internal"},
	} {
		log := &logBuffer{}
		view := backendtest.Stub{UpdateNameFunc: func(context.Context, backend.NameChange) (backend.Profile, error) { return backend.Profile{}, c.err }}
		a := sendTo(t, fakes{view: view}, log, "PATCH", "/customer", `{"name": "John"}`).refuses(c.status, c.code)
		if strings.Contains(string(a.raw), "/srv") || strings.Contains(string(a.raw), "disk") {
			t.Errorf("the answer is %s", a.raw)
		}
		if id := a.header.Get("X-Request-Id"); strings.Contains(string(a.raw), "Tell the operator") && !strings.Contains(string(a.raw), "the request_id "+id+"; it is in the log") {
			t.Errorf("without %s: %s", id, a.raw)
		}
		if line := log.String(); !strings.Contains(line, "disk I/O error") || !strings.Contains(line, `"level":"ERROR"`) {
			t.Errorf("the log is %s", line)
		}
	}
	busy := backend.Errorf(backend.CodeBusy, "This request is being carried out already.")
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { return backend.Profile{}, busy }}
	sendTo(t, fakes{view: view}, &logBuffer{}, "GET", "/customer", "").refuses(503, "busy").is("1", "retry_after").is(`"This request is being carried out already."`, "detail")
	sendTo(t, fakes{err: busy}, &logBuffer{}, "GET", "/customer", "").refuses(503, "busy")
	delivery := backend.Errorf(backend.CodeDeliveryFailed, "The test was not delivered. mail: 550 no such user.")
	view = backendtest.Stub{TestChannelFunc: func(context.Context, int) (backend.Test, error) { return backend.Test{}, delivery }}
	sendTo(t, fakes{view: view}, &logBuffer{}, "POST", channelPath(john)+"/test", `{"priority": 1}`).refuses(502, "delivery_failed").is(`"`+delivery.Message+`"`, "detail")
}
