package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// TestTheLogSaysWhatWasAskedAndNothingOfWhatWasSent.
func TestTheLogSaysWhatWasAskedAndNothingOfWhatWasSent(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	g.channel("sms", "+994551234567", true)
	g.do("PUT", "/customer/username", `{"email": "pinghome@gmail.com"}`, "X-Request-Id", "req-1").wants(200)
	g.do("PATCH", "/customer/username?secret=word", `{"code": "29347x"}`).refuses(422, "invalid", "code")
	g.do("POST", "/customer/feedback", `{"feedback": "Good experience"}`).wants(201)
	g.do("GET", "/customer/"+john+"/hidden", "").refuses(404, "not_found")
	g.do("GET", "/customer", "", "Authorization", "Bearer "+g.secret+"x").refuses(401, "unauthorized")

	log := h.log.String()
	for _, secret := range []string{g.secret, "ph_", john, "994551234567", "gmail", "29347", "Good", "word", "hidden", "guest"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has %q in it:\n%s", secret, log)
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

// fakes are a server's parts without a store: one token, one customer.
type fakes struct {
	backend.Accounts
	backend.Tokens
	view backend.Backend
	err  error
}

func (f fakes) Authenticate(context.Context, string) (backend.Token, error) {
	return backend.Token{ID: "t1", Customer: john, Scope: backend.ScopeOperator}, f.err
}
func (f fakes) View(string) backend.Backend { return f.view }
func (f fakes) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return f.view, backend.AccountSummary{}, f.err
}

// ask sends one request to a server made of fakes.
func ask(t *testing.T, f fakes, log *lines, method, path, body string) received {
	t.Helper()
	r := httptest.NewRequest(method, "/v1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer t")
	w := httptest.NewRecorder()
	httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, Log: log.logger()}).ServeHTTP(w, r)
	a := received{t: t, what: method + " " + path, status: w.Code, header: w.Header(), raw: w.Body.Bytes()}
	if err := json.Unmarshal(a.raw, &a.body); err != nil {
		t.Fatalf("%s: %v", a.raw, err)
	}
	compare(t, r, body, a)
	return a
}

// TestFaults: whatever the store says, the answer names no file and no cause,
// and the log does.
func TestFaults(t *testing.T) {
	cause := errors.New("disk I/O error")
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{&backend.Error{Code: backend.CodeBusy, Message: "/srv/accounts.db is busy", Err: cause}, 503, "busy"},
		{&backend.Error{Code: backend.CodeUnavailable, Message: "/srv/accounts.db is damaged", Err: cause}, 503, "unavailable"},
		{&backend.Error{Code: backend.CodeReadOnly, Message: "/srv/accounts.db is read-only", Err: cause}, 503, "read_only"},
		{&backend.Error{Code: backend.CodeInternal, Message: "/srv/accounts.db", Err: cause}, 500, "internal"},
		{errors.New("/srv/accounts.db: disk I/O error"), 500, "internal"},
	} {
		log := &lines{}
		view := backendtest.Stub{UpdateNameFunc: func(context.Context, backend.NameChange) (backend.Profile, error) { return backend.Profile{}, c.err }}
		a := ask(t, fakes{view: view}, log, "PATCH", "/customer", `{"name": "John"}`).refuses(c.status, c.code)
		if strings.Contains(string(a.raw), "/srv") || strings.Contains(string(a.raw), "disk") {
			t.Errorf("the answer is %s", a.raw)
		}
		if line := log.String(); !strings.Contains(line, "disk I/O error") || !strings.Contains(line, `"level":"ERROR"`) {
			t.Errorf("the log is %s", line)
		}
	}
	busy := backend.Errorf(backend.CodeBusy, "This request is being carried out already.")
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { return backend.Profile{}, busy }}
	ask(t, fakes{view: view}, &lines{}, "GET", "/customer", "").refuses(503, "busy").is("1", "retry_after").is(`"This request is being carried out already."`, "detail")
	ask(t, fakes{err: busy}, &lines{}, "GET", "/customer", "").refuses(503, "busy")
	delivery := backend.Errorf(backend.CodeDelivery, "The test was not delivered. mail: 550 no such user.")
	view = backendtest.Stub{TestChannelFunc: func(context.Context, int) (backend.Test, error) { return backend.Test{}, delivery }}
	ask(t, fakes{view: view}, &lines{}, "POST", channelsOf(john)+"/test", `{"priority": 1}`).refuses(502, "delivery_failed").is(`"`+delivery.Message+`"`, "detail")
}

// TestTheLogOfAFaultHasNoValues: a provider repeats the address in its words,
// and a library what it could not read. The code and the rest of the cause stay.
func TestTheLogOfAFaultHasNoValues(t *testing.T) {
	refused := backend.Errorf(backend.CodeDelivery, "The test was not delivered. mail.example: 550 <ada@work.example> user unknown.")
	_, unread := strconv.Atoi("ada@work.example")
	_, unparsed := time.Parse(time.RFC3339, "ada@work.example")
	for cause, c := range map[error]struct{ says, hides string }{
		refused:  {`"code":"delivery_failed"`, `"error"`},
		unread:   {"strconv.Atoi: parsing", "ada@"},
		unparsed: {"parsing time", "ada@"},
		&backend.Error{Code: backend.CodeInternal, Err: fmt.Errorf(`name "note": converting %q: %w`, "for \"ada@work.example\"", unread)}: {`"code":"internal"`, "ada@"},
	} {
		log := &lines{}
		view := backendtest.Stub{TestChannelFunc: func(context.Context, int) (backend.Test, error) { return backend.Test{}, cause }}
		ask(t, fakes{view: view}, log, "POST", channelsOf(john)+"/test", `{"priority": 1}`)
		if line := log.String(); !strings.Contains(line, c.says) || strings.Contains(line, c.hides) || strings.Contains(line, "work.example") {
			t.Errorf("%v is logged as %s", cause, line)
		}
	}
	log := &lines{}
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { panic(unread) }}
	ask(t, fakes{view: view}, log, "GET", "/customer", "").refuses(500, "internal")
	if line := log.String(); strings.Contains(line, "ada@") || !strings.Contains(line, "strconv.Atoi") {
		t.Errorf("a panic is logged as %s", line)
	}
}

func TestAPanicIsAnAnswerAndALogLine(t *testing.T) {
	log := &lines{}
	view := backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { panic("oh no") }}
	a := ask(t, fakes{view: view}, log, "GET", "/customer", "").refuses(500, "internal")
	if line := log.String(); !strings.Contains(line, "oh no") || !strings.Contains(line, "service_test.go") || !strings.Contains(line, `"status":500`) {
		t.Errorf("the log is %s", line)
	}
	if strings.Contains(string(a.raw), "oh no") {
		t.Errorf("the answer is %s", a.raw)
	}
}

// TestAHandlerHasTenSeconds, on a clock that only this test waits for; one that
// answers what a provider says has the provider's fifteen, and two to record them.
func TestAHandlerHasTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		view := backendtest.Stub{ProfileFunc: func(ctx context.Context) (backend.Profile, error) {
			<-ctx.Done()
			return backend.Profile{}, &backend.Error{Code: backend.CodeBusy, Err: ctx.Err()}
		}, TestChannelFunc: func(ctx context.Context, _ int) (backend.Test, error) {
			<-ctx.Done()
			return backend.Test{}, backend.Errorf(backend.CodeDelivery, "The test was not delivered: no answer in time.")
		}}
		ask(t, fakes{view: view}, &lines{}, "GET", "/customer", "").refuses(503, "busy")
		if took := time.Since(begun); took != 10*time.Second {
			t.Errorf("it took %v", took)
		}
		ask(t, fakes{view: view}, &lines{}, "POST", channelsOf(john)+"/test", `{"priority": 1}`).refuses(502, "delivery_failed")
		if took := time.Since(begun); took != 27*time.Second {
			t.Errorf("both took %v", took)
		}
	})
}

func TestTooManyRequests(t *testing.T) {
	h := openSite(t, func(o *httpapi.ServerOptions) { o.TokenRate = httpapi.Rate{PerSecond: 0.5, Burst: 3} })
	g, other := h.guest(john), h.guest(anna)
	for range 3 {
		g.do("GET", "/customer", "").wants(200)
	}
	if a := g.do("GET", "/customer", "").refuses(429, "rate_limited").is("2", "retry_after"); a.header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After: %s", a.header.Get("Retry-After"))
	}
	other.do("GET", "/customer", "").wants(200)
	h.wait(2 * time.Second)
	g.do("GET", "/customer", "").wants(200)
	g.do("GET", "/customer", "").refuses(429, "rate_limited")
	g.do("PUT", channelsOf(nobody), `{`).refuses(429, "rate_limited") // before all that is wrong with the request
	(&guest{h, "ph_nonsense", "/v1"}).do("GET", "/customer", "").refuses(401, "unauthorized")
}

// TestTooManyRequestsFromAnAddress: an IPv6 network counts as one, and this
// machine not at all, since all the world may come through a proxy here.
func TestTooManyRequestsFromAnAddress(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	f := still()
	h := httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, AddressRate: httpapi.Rate{PerSecond: 1, Burst: 2}, Now: func() time.Time { return now }})
	from := func(address string, status int) {
		t.Helper()
		r := httptest.NewRequest("GET", "/v1/customer", nil) // without a token
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != status {
			t.Errorf("%s got %d, want %d", address, w.Code, status)
		}
	}
	for range 3 {
		from("127.0.0.1:1", 401)
		from("[::1]:1", 401)
	}
	from("192.0.2.1:1", 401)
	from("[::ffff:192.0.2.1]:2", 401)
	from("192.0.2.1:3", 429)
	from("192.0.2.2:1", 401)
	from("[2001:db8::1]:1", 401)
	from("[2001:db8::2]:1", 401)
	from("[2001:db8::3]:1", 429)
	from("[2001:db8:0:1::3]:1", 401)
	for n := range 30_000 { // more addresses than are counted: the newcomers share
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", n>>16, n>>8&255, n&255)
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	from("203.0.113.9:1", 429)
	now = now.Add(time.Minute)
	from("203.0.113.9:1", 401)
}

func TestSizes(t *testing.T) {
	h := openSite(t)
	g := h.guest(john)
	fits := `{"name": "John", "more": "` + strings.Repeat("x", 64<<10-len(`{"name": "John", "more": ""}`)) + `"}`
	g.do("PATCH", "/customer", fits).wants(200)
	g.do("PATCH", "/customer", fits+" ").refuses(413, "body_too_large")
	g.do("DELETE", "/customer", fits+" ").refuses(413, "body_too_large")
	r, err := http.NewRequest("PATCH", g.url+"/v1/customer", struct{ *strings.Reader }{strings.NewReader(fits + " ")}) // chunked: its length is not known
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+g.secret)
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 413 {
		t.Errorf("a long body of unknown length: %d", response.StatusCode)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	for _, tls := range []bool{false, true} {
		h := openSite(t, func(o *httpapi.ServerOptions) { o.TLS = tls })
		g := h.guest(john)
		for _, path := range []string{"/customer", "/nothing", "/customer/" + nobody, "/openapi.json"} {
			header := g.do("GET", path, "", "X-Request-Id", "abc.DEF-1_2").header
			if header.Get("Cache-Control") != "no-store" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("X-Request-Id") != "abc.DEF-1_2" ||
				(header.Get("Strict-Transport-Security") != "") != tls {
				t.Errorf("%s: %v", path, header)
			}
		}
		for _, id := range []string{"", "a b", "é", `"`, strings.Repeat("x", 65)} {
			if got := g.do("GET", "/customer", "", "X-Request-Id", id).header.Get("X-Request-Id"); got == id || len(got) != 36 {
				t.Errorf("%q became %q", id, got)
			}
		}
	}
}
