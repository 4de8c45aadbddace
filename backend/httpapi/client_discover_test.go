package httpapi_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// TestServerThatIsAwayAtFirst: a console starts without its server, and opens
// the account when the server is there.
func TestServerThatIsAwayAtFirst(t *testing.T) {
	h := startEmptyServer(t, nil)
	id, token := h.addAccount(t, "john@example.org")
	p := startProxy(t, h.Server)
	p.plan(fault{isReset: true})
	r := dial(t, httpapi.ClientOptions{Server: p.URL(), Token: tokenSource(token), Timeouts: shortTimeouts})
	_, _, err := r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "cannot be reached")
	p.plan(fault{})
	b, found, err := r.Open(t.Context(), "")
	if err != nil || found.ID != id || b.Lacks(backend.FeatureJournal) != "" || b.Lacks(backend.FeatureAccounts) == "" {
		t.Fatalf("%+v, %v", found, err)
	}
}

// TestDialSendsOnceToADeadServer: Dial does not repeat a request whose connection
// is refused, nor one that a server asks to repeat much later.
func TestDialSendsOnceToADeadServer(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	never := func(context.Context, time.Duration) error {
		t.Error("it waited to try again")
		return nil
	}
	r := dial(t, httpapi.ClientOptions{Server: "http://" + closed.Addr().String(), Token: tokenSource("t"), Wait: never})
	_, _, err = r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "nothing answers")

	askToWait := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "30")
		respond(429, `{"message": "slow down"}`)(w, r)
	}
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){"GET https://example.org/v1/openapi.json": askToWait}}
	r = dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}, Wait: never})
	_, _, err = r.Open(t.Context(), "")
	if e := wantCode(t, err, backend.CodeRateLimited, "slow down"); e.RetryAfter != 30*time.Second {
		t.Errorf("to wait: %v", e.RetryAfter)
	}
}

// TestFirstOpenReturnsTheErrorOfDial: otherwise the repeats of Dial and of Open
// add up to five seconds before a console can say that a server is away.
func TestFirstOpenReturnsTheErrorOfDial(t *testing.T) {
	for name, test := range map[string]struct {
		later time.Duration
		opens []bool // whether each Open finds the server, which is back after Dial
	}{
		"at once":       {0, []bool{false, true}},
		"in a second":   {time.Second, []bool{false, true}},
		"after a while": {time.Second + 1, []bool{true, true}},
	} {
		now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json": respond(502, ""),
			"GET https://example.org/v1/customer":     respond(200, profileJSON),
		}}
		r := dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}, Now: func() time.Time { return now }})
		delete(w.answers, "GET https://example.org/v1/openapi.json")
		now = now.Add(test.later)
		for i, isFound := range test.opens {
			before := len(w.requests)
			switch _, _, err := r.Open(t.Context(), ""); {
			case isFound && err != nil:
				t.Errorf("%s: Open %d: %v", name, i+1, err)
			case !isFound && len(w.requests) > before:
				t.Errorf("%s: it sent %v", name, w.requests[before:])
			case !isFound:
				wantCode(t, err, backend.CodeOffline, "")
			}
		}
	}
}

func TestErrorsOfDial(t *testing.T) {
	get := func(path string) string { return "GET https://example.org" + path }
	for name, test := range map[string]struct {
		answers map[string]func(http.ResponseWriter, *http.Request)
		code    backend.Code
		part    string
	}{
		"nothing there":     {nil, backend.CodeUnavailable, "None of the known layouts"},
		"a site":            {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): respond(200, "<html>Welcome</html>")}, backend.CodeUnavailable, "None of the known layouts"},
		"a refused token":   {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): respond(401, `{"message":"Unauthorized"}`)}, backend.CodeUnauthorized, "does not accept the token"},
		"a forbidden token": {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): respond(403, `{"message":"Forbidden"}`)}, backend.CodeUnauthorized, "does not accept the token"},
		"another method":    {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): respond(405, "")}, "", ""},
	} {
		_, err := httpapi.Dial(t.Context(), httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), Wait: noWait, HTTP: &http.Client{Transport: &fakeNetwork{answers: test.answers}}})
		if test.code == "" && err == nil {
			continue
		}
		t.Log(name)
		wantCode(t, err, test.code, test.part)
	}
}

// TestDialChecksANamedAddress: an error in the layout or in the base addresses is
// returned by Dial, before an account is opened.
func TestDialChecksANamedAddress(t *testing.T) {
	page, isOpen := respond(404, "<!DOCTYPE HTML><title>Error response</title>"), backend.Code("")
	for name, test := range map[string]struct {
		answer     func(http.ResponseWriter, *http.Request)
		dial, open backend.Code
		part       string
	}{
		"a server of files": {page, backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"a site":            {respond(200, "<html>Welcome</html>"), backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"another API":       {respond(200, `{"message":"Hello."}`), backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"a refused token":   {respond(401, `{"message":"Unauthorized"}`), backend.CodeUnauthorized, isOpen, "does not accept the token"},
		"no such account":   {respond(404, `{"message":"Not Found"}`), "", backend.CodeNotFound, ""},
		"a malformed id":    {respond(400, `{"message":"Bad id"}`), "", isOpen, ""},
		"the account":       {respond(200, profileJSON), "", isOpen, ""},
	} {
		for _, o := range []httpapi.ClientOptions{{Server: "https://example.org", Layout: httpapi.LayoutV1b}, {Server: "https://example.org/v1"},
			{Query: "https://example.org/v1", Command: "https://example.org/v1"}} {
			for _, id := range []string{"", documentedID} {
				t.Logf("%s as %+v", name, id)
				w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){"GET https://example.org/v1/openapi.json": page,
					"GET https://example.org/v1/customer": test.answer, "GET https://example.org/v1/customer/" + documentedID: test.answer}}
				o.Customer, o.Token, o.Wait, o.HTTP = id, tokenSource("t"), noWait, &http.Client{Transport: w}
				r, err := httpapi.Dial(t.Context(), o)
				if test.dial != "" {
					wantCode(t, err, test.dial, test.part)
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if _, _, err := r.Open(t.Context(), ""); test.open != "" {
					wantCode(t, err, test.open, map[bool]string{true: "Name the account with --account", false: "no account"}[id == ""])
				}
			}
		}
	}
}
