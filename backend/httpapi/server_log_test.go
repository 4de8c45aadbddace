package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
)

// TestLogOfRequests: the log has a line for each request, and no values.
func TestLogOfRequests(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	g.channel("sms", "+994551234567", true)
	g.do("PUT", "/customer/username", `{"email": "pinghome@gmail.com"}`, "X-Request-Id", "req-1").wants(200)
	g.do("PATCH", "/customer/username?secret=word", `{"code": "29347x"}`).refuses(422, "invalid", "code")
	g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).wants(201)
	g.do("GET", "/customer/"+john+"/hidden", "").refuses(404, "not_found")
	g.do("GET", "/customer", "", "Authorization", "Bearer "+g.token+"x").refuses(401, "unauthorized")

	log := h.log.String()
	for _, hidden := range []string{g.token, "ph_", john, "994551234567", "gmail", "29347", "Good", "word", "hidden", "the caller"} {
		if strings.Contains(log, hidden) {
			t.Errorf("the log has %q in it:\n%s", hidden, log)
		}
	}
	lines := strings.Split(strings.TrimSpace(log), "\n")
	if len(lines) != 7 {
		t.Fatalf("%d lines for 7 requests:\n%s", len(lines), log)
	}
	var line struct {
		RequestID            string `json:"request_id"`
		Method, Route, Token string
		Status, Bytes        int
		MS                   *float64
	}
	if err := json.Unmarshal([]byte(lines[2]), &line); err != nil {
		t.Fatal(err)
	}
	if line.RequestID != "req-1" || line.Method != "PUT" || line.Route != "/default/v1/customer/username" || line.Status != 200 || line.Bytes == 0 || line.MS == nil || line.Token == "" {
		t.Errorf("the line is %s", lines[2])
	}
}

// TestLogOfFaultsHasNoValues: providers repeat addresses in their errors, and
// libraries what they could not parse. The code and the rest of the cause stay.
func TestLogOfFaultsHasNoValues(t *testing.T) {
	refused := backend.Errorf(backend.CodeDeliveryFailed, "The test was not delivered. mail.example: 550 <ada@work.example> user unknown.")
	_, unread := strconv.Atoi("ada@work.example")
	_, unparsed := time.Parse(time.RFC3339, "ada@work.example")
	for cause, c := range map[error]struct{ has, hasNot string }{
		refused:  {`"code":"delivery_failed"`, `"error"`},
		unread:   {"strconv.Atoi: parsing", "ada@"},
		unparsed: {"parsing time", "ada@"},
		&backend.Error{Code: backend.CodeInternal, Err: fmt.Errorf(`name "note": converting %q: %w`, "for \"ada@work.example\"", unread)}: {`"code":"internal"`, "ada@"},
	} {
		log := &logBuffer{}
		view := backendtest.Stub{TestChannelFunc: func(context.Context, int) (backend.Test, error) { return backend.Test{}, cause }}
		sendTo(t, fakes{view: view}, log, "POST", channelPath(john)+"/test", `{"priority": 1}`)
		if line := log.String(); !strings.Contains(line, c.has) || strings.Contains(line, c.hasNot) || strings.Contains(line, "work.example") {
			t.Errorf("%v is logged as %s", cause, line)
		}
	}
	log := &logBuffer{}
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { panic(unread) }}
	sendTo(t, fakes{view: view}, log, "GET", "/customer", "").refuses(500, "internal")
	if line := log.String(); strings.Contains(line, "ada@") || !strings.Contains(line, "strconv.Atoi") {
		t.Errorf("a panic is logged as %s", line)
	}
}

func TestPanicIsAnsweredAndLogged(t *testing.T) {
	log := &logBuffer{}
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { panic("oh no") }}
	a := sendTo(t, fakes{view: view}, log, "GET", "/customer", "").refuses(500, "internal")
	if line := log.String(); !strings.Contains(line, "oh no") || !strings.Contains(line, "server_log_test.go") || !strings.Contains(line, `"status":500`) {
		t.Errorf("the log is %s", line)
	}
	if strings.Contains(string(a.raw), "oh no") {
		t.Errorf("the answer is %s", a.raw)
	}
}
