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

// brief are timeouts that a test can wait out.
var brief = httpapi.Timeouts{Connect: time.Second, Read: time.Second, Command: time.Second}

const html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 37\r\nConnection: close\r\n\r\n<html><body>Log in first</body></html>"

// said is a whole answer of something between.
func said(status, headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), headers, body)
}

// theFaults are the ways in which a connection goes wrong.
var theFaults = map[string]fault{
	"reset":                  {isReset: true},
	"deaf":                   {isDeaf: true},
	"half open":              {isSilent: true},
	"request cut at once":    {isRequestCut: true},
	"request cut in headers": {isRequestCut: true, cutRequest: 50},
	"request cut late":       {isRequestCut: true, cutRequest: 150},
	"answer cut at once":     {isAnswerCut: true},
	"answer cut in status":   {isAnswerCut: true, cutAnswer: 9},
	"answer cut in headers":  {isAnswerCut: true, cutAnswer: 60},
	"answer cut in body":     {isAnswerCut: true, cutAnswer: 400},
	"no HTTP":                {answer: "SSH-2.0-OpenSSH_9.9\r\n"},
	"a page":                 {answer: html},
	"half a JSON":            {answer: said("200 OK", "Content-Type: application/json\r\n", `{"message":"Done","da`)},
	"a number":               {answer: said("200 OK", "Content-Type: application/json\r\n", `42`)},
	"a yes that is a no":     {answer: said("200 OK", "", `{"error":"database is down"}`)},
	"bad gateway":            {answer: said("502 Bad Gateway", "Content-Type: text/html\r\n", "<h1>nginx</h1>")},
	"gateway timeout":        {answer: said("504 Gateway Timeout", "", "")},
	"unavailable":            {answer: said("503 Service Unavailable", "", "busy")},
	"unavailable, come back": {answer: said("503 Service Unavailable", "Retry-After: 1\r\n", "")},
	"too many":               {answer: said("429 Too Many Requests", "Retry-After: 1\r\n", `{"message":"Slow down"}`)},
	"a fault":                {answer: said("500 Internal Server Error", "", "panic: runtime error")},
	"elsewhere":              {answer: said("302 Found", "Location: https://example.com/\r\n", "")},
}

// foreign hides from a client that a server is ours.
func foreign(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/openapi.json") {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// visitor is somebody whose way to the server leads through a proxy.
type visitor struct {
	*testing.T
	*house
	*proxy
	backend.Backend
	id string
}

func openVisitor(t *testing.T, wrap func(http.Handler) http.Handler, wait func(context.Context, time.Duration) error) *visitor {
	t.Helper()
	h := openHouse(t, wrap)
	p := openProxy(t, h.Server)
	id, secret := h.member(t, "john@example.org")
	r := dial(t, httpapi.ClientOptions{Server: p.URL(), Layout: httpapi.LayoutV2, Token: bearing(secret), Now: h.Now, Wait: wait, Timeouts: brief})
	return &visitor{t, h, p, open(t, r, ""), id}
}

// notes counts the effects at the server of what was sent, once it is at rest.
func (v *visitor) notes() map[string]int {
	v.Helper()
	v.plan(fault{})
	v.house.Server.Close() // waits for what it has begun
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

// judge holds what the client said of each command to what the server did:
// done is done once, refused is not done, and only "unknown" may be either.
func (v *visitor) judge(told map[string]error) {
	v.Helper()
	notes := v.notes()
	for text, err := range told {
		switch n := notes[text]; {
		case n > 1:
			v.Errorf("%s: done %d times", text, n)
		case err == nil && n == 0:
			v.Errorf("%s: said to be done, and was not", text)
		case err != nil && backend.ErrorCode(err) != backend.CodeUnknown && n > 0:
			v.Errorf("%s: said to be refused (%v), and was done", text, err)
		}
	}
}

func TestNoCommandIsDoneTwiceOrTakenForDone(t *testing.T) {
	for who, wrap := range map[string]func(http.Handler) http.Handler{"ours": nil, "foreign": foreign} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			v, told := openVisitor(t, wrap, nil), map[string]error{}
			send := func(text string, last fault, next ...fault) {
				v.plan(last, next...)
				v.house.Advance(75 * time.Minute) // twenty notes a day; a key lives longer than what is still on its way
				_, told[text] = v.SendFeedback(t.Context(), text)
				if who == "foreign" && v.connections() > 1 {
					t.Errorf("%s: sent %d times to a server that may not know keys", text, v.connections())
				}
			}
			for name, f := range theFaults {
				send(name+", once", fault{}, f)
				send(name+", always", f)
				send(name+", then reset", fault{isReset: true}, f)
			}
			send("half open, twice", theFaults["half open"])
			send("answer cut, then half open", theFaults["half open"], theFaults["answer cut in body"])
			send("deaf, then a page", theFaults["a page"], theFaults["deaf"])
			for n := int64(0); n < 700; n += 23 {
				send(fmt.Sprintf("request cut after %d", n), fault{isRequestCut: true, cutRequest: n})
				send(fmt.Sprintf("answer cut after %d", n), fault{}, fault{isAnswerCut: true, cutAnswer: n})
				send(fmt.Sprintf("answer always cut after %d", n), fault{isAnswerCut: true, cutAnswer: n})
			}
			v.judge(told)
		})
	}
}

// TestALostAnswerIsFetchedFromOurServer: the one careful repeat.
func TestALostAnswerIsFetchedFromOurServer(t *testing.T) {
	t.Parallel()
	v := openVisitor(t, nil, nil)
	for _, name := range []string{"deaf", "half open", "request cut late", "answer cut at once", "answer cut in body", "no HTTP", "a page", "bad gateway", "unavailable"} {
		v.plan(fault{}, theFaults[name])
		if _, err := v.SendFeedback(t.Context(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, n := range v.notes() {
		if n != 1 {
			t.Errorf("%s: done %d times", text, n)
		}
	}
}

func TestWhatIsSaidOfALostCommand(t *testing.T) {
	t.Parallel()
	v := openVisitor(t, foreign, nil)
	for name, want := range map[string]backend.Code{
		"half open": backend.CodeUnknown, "answer cut in body": backend.CodeUnknown, "a page": backend.CodeUnknown, "half a JSON": backend.CodeUnknown,
		"a yes that is a no": backend.CodeUnknown, "bad gateway": backend.CodeUnknown, "unavailable": backend.CodeUnknown, "a fault": backend.CodeUnknown,
		"too many": backend.CodeRateLimited, "unavailable, come back": backend.CodeUnavailable, "elsewhere": backend.CodeUnavailable,
	} {
		v.plan(theFaults[name])
		_, err := v.SendFeedback(t.Context(), name)
		e := wantCode(t, err, want, "")
		if want == backend.CodeUnknown && e.Message != "It is not known whether this was done. Look before doing it again." {
			t.Errorf("%s: %s", name, e.Message)
		}
		if strings.ContainsAny(e.Message, "<>") || (want == backend.CodeRateLimited) != (e.RetryAfter == time.Second && e.Message == "Slow down") {
			t.Errorf("%s: %+v", name, e)
		}
	}
	v.plan(fault{})
	v.Listener.Close()
	_, err := v.SendFeedback(t.Context(), "nobody there")
	wantCode(t, err, backend.CodeOffline, "nobody answers there")
}

func TestReadingsRecover(t *testing.T) {
	t.Parallel()
	v := openVisitor(t, nil, nil)
	for name, f := range theFaults {
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
	for name, f := range theFaults {
		if f.isDeaf || f.isSilent {
			continue // each attempt takes its time: see below
		}
		v.plan(f)
		_, err := v.Profile(t.Context())
		if code := backend.ErrorCode(err); code != backend.CodeOffline && code != backend.CodeUnavailable && code != backend.CodeRateLimited {
			t.Errorf("%s, always: %v", name, err)
		}
		if v.connections() > 5+5 { // four repeats; net/http itself may try a dead one twice
			t.Errorf("%s: %d connections", name, v.connections())
		}
	}
}

func TestReadingsWaitAsLongAsTheyAreAsked(t *testing.T) {
	t.Parallel()
	var waits []time.Duration
	v := openVisitor(t, nil, func(ctx context.Context, d time.Duration) error {
		waits = append(waits, d)
		return ctx.Err()
	})
	at := v.house.Now().Add(3 * time.Second).UTC().Format(http.TimeFormat)
	waits = nil
	v.plan(fault{}, fault{answer: said("429 Too Many Requests", "Retry-After: 2\r\n", "")}, fault{answer: said("503 Service Unavailable", "Retry-After: "+at+"\r\n", "")})
	if _, err := v.Profile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(waits) != 2 || waits[0] < 2*time.Second || waits[1] < 3*time.Second || waits[1] > 4*time.Second {
		t.Fatalf("waited %v", waits)
	}
	v.plan(fault{answer: said("429 Too Many Requests", "Retry-After: 3600\r\n", "")})
	_, err := v.Profile(t.Context())
	if e := wantCode(t, err, backend.CodeRateLimited, "wait"); e.RetryAfter != time.Hour || v.connections() != 1 {
		t.Fatalf("%+v after %d connections", e, v.connections())
	}
}

func TestWhoGivesUpIsHeardAtOnce(t *testing.T) {
	t.Parallel()
	v := openVisitor(t, nil, nil)
	for len(v.heard) > 0 {
		<-v.heard
	}
	v.plan(fault{isSilent: true})
	giveUp := func() context.Context {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-v.heard
			cancel()
		}()
		return ctx
	}
	_, err := v.Profile(giveUp())
	if wantCode(t, err, backend.CodeBusy, "cancelled"); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	_, err = v.SendFeedback(giveUp(), "given up")
	if wantCode(t, err, backend.CodeUnknown, ""); errors.Is(err, context.Canceled) {
		t.Fatal("a console would not show this")
	}
	if v.connections() != 2 {
		t.Fatalf("%d connections", v.connections())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = v.SendFeedback(ctx, "never")
	wantCode(t, err, backend.CodeBusy, "nothing was changed")
	_, err = v.Profile(t.Context()) // half of the patience for each of two attempts
	wantCode(t, err, backend.CodeOffline, "did not answer in time")
	v.judge(map[string]error{"never": err})
}
