package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

const htmlAnswer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 37\r\nConnection: close\r\n\r\n<html><body>Log in first</body></html>"

// rawAnswer is a whole HTTP answer, as from a gateway.
func rawAnswer(status, headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), headers, body)
}

// faults are the ways in which a connection fails.
var faults = map[string]fault{
	"reset":                    {isReset: true},
	"deaf":                     {isDeaf: true},
	"half open":                {isSilent: true},
	"request cut at once":      {isRequestCut: true},
	"request cut in headers":   {isRequestCut: true, cutRequest: 50},
	"request cut late":         {isRequestCut: true, cutRequest: 150},
	"answer cut at once":       {isAnswerCut: true},
	"answer cut in status":     {isAnswerCut: true, cutAnswer: 9},
	"answer cut in headers":    {isAnswerCut: true, cutAnswer: 60},
	"answer cut in body":       {isAnswerCut: true, cutAnswer: 400},
	"no HTTP":                  {answer: "SSH-2.0-OpenSSH_9.9\r\n"},
	"HTML":                     {answer: htmlAnswer},
	"half a JSON":              {answer: rawAnswer("200 OK", "Content-Type: application/json\r\n", `{"message":"Done","da`)},
	"a number":                 {answer: rawAnswer("200 OK", "Content-Type: application/json\r\n", `42`)},
	"success with an error":    {answer: rawAnswer("200 OK", "", `{"error":"database is down"}`)},
	"bad gateway":              {answer: rawAnswer("502 Bad Gateway", "Content-Type: text/html\r\n", "<h1>nginx</h1>")},
	"gateway timeout":          {answer: rawAnswer("504 Gateway Timeout", "", "")},
	"unavailable":              {answer: rawAnswer("503 Service Unavailable", "", "busy")},
	"unavailable, retry later": {answer: rawAnswer("503 Service Unavailable", "Retry-After: 1\r\n", "")},
	"not known": {answer: rawAnswer("503 Service Unavailable", "Retry-After: 1\r\nContent-Type: application/problem+json\r\n",
		`{"status":503,"code":"unknown_outcome","retry_after":1}`)},
	"too many": {answer: rawAnswer("429 Too Many Requests", "Retry-After: 1\r\n", `{"message":"Slow down"}`)},
	"a fault":  {answer: rawAnswer("500 Internal Server Error", "", "panic: runtime error")},
	"redirect": {answer: rawAnswer("302 Found", "Location: https://example.com/\r\n", "")},
}

// withoutDocument hides the OpenAPI document, so that a client does not know that
// the server is ours.
func withoutDocument(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/openapi.json") {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// proxiedClient is a client that reaches its server through a proxy.
type proxiedClient struct {
	*testing.T
	*emptyServer
	*proxy
	backend.Backend
	id string
}

func dialThroughProxy(t *testing.T, wrap func(http.Handler) http.Handler, wait func(context.Context, time.Duration) error) *proxiedClient {
	t.Helper()
	h := startEmptyServer(t, wrap)
	p := startProxy(t, h.Server)
	id, token := h.addAccount(t, "john@example.org")
	r := dial(t, httpapi.ClientOptions{Server: p.URL(), Layout: httpapi.LayoutV2, Token: tokenSource(token), Now: h.Now, Wait: wait, Timeouts: shortTimeouts})
	return &proxiedClient{t, h, p, open(t, r, ""), id}
}

// feedbackByText stops the server and counts the feedback that it has, by text.
func (v *proxiedClient) feedbackByText() map[string]int {
	v.Helper()
	v.plan(fault{})
	v.emptyServer.Server.Close() // waits for the requests that have begun
	view, _, err := v.accounts.Open(context.Background(), v.id)
	if err != nil {
		v.Fatal(err)
	}
	list, err := view.FeedbackHistory(context.Background(), 1000)
	if err != nil {
		v.Fatal(err)
	}
	count := map[string]int{}
	for _, n := range list {
		count[n.Text]++
	}
	return count
}

// check compares the result of each command with what the server has: a success
// was done once, a refusal was not done, and only an unknown outcome may be
// either.
func (v *proxiedClient) check(results map[string]error) {
	v.Helper()
	counts := v.feedbackByText()
	for text, err := range results {
		switch n := counts[text]; {
		case n > 1:
			v.Errorf("%s: done %d times", text, n)
		case err == nil && n == 0:
			v.Errorf("%s: reported as done, and was not", text)
		case err != nil && backend.ErrorCode(err) != backend.CodeUnknownOutcome && n > 0:
			v.Errorf("%s: reported as refused (%v), and was done", text, err)
		}
	}
}

func TestNoCommandIsDoneTwiceOrReportedWrongly(t *testing.T) {
	for who, wrap := range map[string]func(http.Handler) http.Handler{"ours": nil, "foreign": withoutDocument} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			v, results := dialThroughProxy(t, wrap, nil), map[string]error{}
			send := func(text string, last fault, next ...fault) {
				v.plan(last, next...)
				v.emptyServer.Advance(75 * time.Minute) // twenty texts a day are allowed; a key lives longer than a request
				_, results[text] = v.SendFeedback(t.Context(), text)
				if who == "foreign" && v.connections() > 1 {
					t.Errorf("%s: sent %d times to a server that may not know keys", text, v.connections())
				}
			}
			for name, f := range faults {
				send(name+", once", fault{}, f)
				send(name+", always", f)
				send(name+", then reset", fault{isReset: true}, f)
			}
			send("half open, twice", faults["half open"])
			send("answer cut, then half open", faults["half open"], faults["answer cut in body"])
			send("deaf, then a page", faults["HTML"], faults["deaf"])
			for n := int64(0); n < 700; n += 23 {
				send(fmt.Sprintf("request cut after %d", n), fault{isRequestCut: true, cutRequest: n})
				send(fmt.Sprintf("answer cut after %d", n), fault{}, fault{isAnswerCut: true, cutAnswer: n})
				send(fmt.Sprintf("answer always cut after %d", n), fault{isAnswerCut: true, cutAnswer: n})
			}
			v.check(results)
		})
	}
}

// TestLostAnswerIsFetchedWithTheSameKey: our server is asked a second time.
func TestLostAnswerIsFetchedWithTheSameKey(t *testing.T) {
	t.Parallel()
	v := dialThroughProxy(t, nil, nil)
	for _, name := range []string{"deaf", "half open", "request cut late", "answer cut at once", "answer cut in body", "no HTTP", "HTML", "bad gateway", "unavailable", "not known"} {
		v.plan(fault{}, faults[name])
		if _, err := v.SendFeedback(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, n := range v.feedbackByText() {
		if n != 1 {
			t.Errorf("%s: done %d times", text, n)
		}
	}
}

func TestErrorsOfLostCommands(t *testing.T) {
	t.Parallel()
	v := dialThroughProxy(t, withoutDocument, nil)
	for name, want := range map[string]backend.Code{
		"half open": backend.CodeUnknownOutcome, "answer cut in body": backend.CodeUnknownOutcome, "HTML": backend.CodeUnknownOutcome, "half a JSON": backend.CodeUnknownOutcome,
		"success with an error": backend.CodeUnknownOutcome, "bad gateway": backend.CodeUnknownOutcome, "unavailable": backend.CodeUnknownOutcome, "a fault": backend.CodeUnknownOutcome, "not known": backend.CodeUnknownOutcome,
		"too many": backend.CodeRateLimited, "unavailable, retry later": backend.CodeUnavailable, "redirect": backend.CodeUnavailable,
	} {
		v.plan(faults[name])
		_, err := v.SendFeedback(t.Context(), name)
		e := wantCode(t, err, want, "")
		if want == backend.CodeUnknownOutcome && e.Message != "It is not known whether this was done. Look before doing it again." {
			t.Errorf("%s: %s", name, e.Message)
		}
		if strings.ContainsAny(e.Message, "<>") || (want == backend.CodeRateLimited) != (e.RetryAfter == time.Second && e.Message == "Slow down") {
			t.Errorf("%s: %+v", name, e)
		}
	}
	v.plan(fault{})
	v.Listener.Close()
	_, err := v.SendFeedback(t.Context(), "no server")
	wantCode(t, err, backend.CodeOffline, "nothing answers there")
}

func TestQueriesRecover(t *testing.T) {
	t.Parallel()
	v := dialThroughProxy(t, nil, nil)
	for name, f := range faults {
		v.plan(fault{}, f)
		p, err := v.Profile(t.Context())
		isPassing := f.answer == "" || name == "no HTTP" || strings.Contains(f.answer[:15], " 50") || strings.Contains(f.answer[:15], " 429")
		switch {
		case isPassing && (err != nil || p.Customer.ID != v.id):
			t.Errorf("%s: %v", name, err)
		case !isPassing && (err == nil || v.connections() > 1):
			t.Errorf("%s: %+v after %d connections", name, p, v.connections())
		}
	}
	for name, f := range faults {
		if f.isDeaf || f.isSilent {
			continue // each attempt takes as long as its timeout; TestCancelReturnsAtOnce has those
		}
		v.plan(f)
		_, err := v.Profile(t.Context())
		if code := backend.ErrorCode(err); code != backend.CodeOffline && code != backend.CodeUnavailable && code != backend.CodeRateLimited {
			t.Errorf("%s, always: %v", name, err)
		}
		if v.connections() > 5+5 { // four repeats; net/http itself may try a dead connection twice
			t.Errorf("%s: %d connections", name, v.connections())
		}
	}
}

func TestQueriesWaitForRetryAfter(t *testing.T) {
	t.Parallel()
	var waits []time.Duration
	v := dialThroughProxy(t, nil, func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	})
	at := v.emptyServer.Now().Add(3 * time.Second).UTC().Format(http.TimeFormat)
	waits = nil
	v.plan(fault{}, fault{answer: rawAnswer("429 Too Many Requests", "Retry-After: 2\r\n", "")}, fault{answer: rawAnswer("503 Service Unavailable", "Retry-After: "+at+"\r\n", "")})
	if _, err := v.Profile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(waits) != 2 || waits[0] < 2*time.Second || waits[1] < 3*time.Second || waits[1] > 4*time.Second {
		t.Fatalf("waited %v", waits)
	}
	v.plan(fault{answer: rawAnswer("429 Too Many Requests", "Retry-After: 3600\r\n", "")})
	_, err := v.Profile(t.Context())
	if e := wantCode(t, err, backend.CodeRateLimited, "wait"); e.RetryAfter != time.Hour || v.connections() != 1 {
		t.Fatalf("%+v after %d connections", e, v.connections())
	}
}

// TestADatabaseThatIsAway is told after one repeat, since the server has waited for it, and also where the time for
// the repeat is over.
func TestADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	waited := func() {}
	v := dialThroughProxy(t, nil, func(context.Context, time.Duration) error {
		waited()
		return nil
	})
	away := fault{answer: rawAnswer("503 Service Unavailable", "Retry-After: 2\r\nContent-Type: application/problem+json\r\n",
		`{"status":503,"code":"database_away","retry_after":2}`)}
	v.plan(fault{}, away, away)
	_, err := v.Profile(ctx)
	if wantCode(t, err, backend.CodeDatabaseAway, ""); v.connections() != 2 {
		t.Errorf("%d connections", v.connections())
	}
	waited = cancel
	v.plan(fault{}, away)
	_, err = v.Profile(ctx)
	wantCode(t, err, backend.CodeDatabaseAway, "")
}

func TestCancelReturnsAtOnce(t *testing.T) {
	t.Parallel()
	v := dialThroughProxy(t, nil, nil)
	for len(v.requests) > 0 {
		<-v.requests
	}
	v.plan(fault{isSilent: true})
	giveUp := func() context.Context {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-v.requests
			cancel()
		}()
		return ctx
	}
	_, err := v.Profile(giveUp())
	if wantCode(t, err, backend.CodeBusy, "cancelled"); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	_, err = v.SendFeedback(giveUp(), "given up")
	if wantCode(t, err, backend.CodeUnknownOutcome, ""); errors.Is(err, context.Canceled) {
		t.Fatal("a console would not show this")
	}
	if v.connections() != 2 {
		t.Fatalf("%d connections", v.connections())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = v.SendFeedback(ctx, "never")
	wantCode(t, err, backend.CodeBusy, "nothing was changed")
	_, err = v.Profile(t.Context()) // half of the timeout for each of two attempts
	wantCode(t, err, backend.CodeOffline, "did not answer in time")
	v.check(map[string]error{"never": err})
}
