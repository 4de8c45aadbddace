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

// TestAServerThatIsAwayAtFirst: a console starts without it, and goes on when it is there.
func TestAServerThatIsAwayAtFirst(t *testing.T) {
	h := openHouse(t, nil)
	id, secret := h.member(t, "john@example.org")
	p := openProxy(t, h.Server)
	p.plan(fault{isReset: true})
	r := dial(t, httpapi.ClientOptions{Server: p.URL(), Token: bearing(secret), Timeouts: brief})
	_, _, err := r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "cannot be reached")
	p.plan(fault{})
	b, found, err := r.Open(t.Context(), "")
	if err != nil || found.ID != id || b.Lacks(backend.FeatureJournal) != "" || b.Lacks(backend.FeatureAccounts) == "" {
		t.Fatalf("%+v, %v", found, err)
	}
}

// TestAServerThatIsAwayIsKnownAtOnce: Dial does not ask again who refuses the
// connection, and takes a server that asks to wait for one that is away.
func TestAServerThatIsAwayIsKnownAtOnce(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	never := func(context.Context, time.Duration) error {
		t.Error("it waited to ask again")
		return nil
	}
	r := dial(t, httpapi.ClientOptions{Server: "http://" + nobody.Addr().String(), Token: bearing("t"), Wait: never})
	_, _, err = r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "nobody answers")

	slowly := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "30")
		tells(429, `{"message": "slow down"}`)(w, r)
	}
	w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){"GET https://example.org/v1/openapi.json": slowly}}
	r = dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: bearing("t"), HTTP: &http.Client{Transport: w}, Wait: never})
	_, _, err = r.Open(t.Context(), "")
	if e := wantCode(t, err, backend.CodeRateLimited, "slow down"); e.RetryAfter != 30*time.Second {
		t.Errorf("to wait: %v", e.RetryAfter)
	}
}

// TestTheFirstOpenBelievesWhatDialHasJustSeen: the repeats of two searches for a
// server that is away add up to five seconds before a console can say so.
func TestTheFirstOpenBelievesWhatDialHasJustSeen(t *testing.T) {
	for name, test := range map[string]struct {
		later time.Duration
		opens []bool // whether each Open finds the server, which is back after Dial
	}{
		"at once":       {0, []bool{false, true}},
		"in a second":   {time.Second, []bool{false, true}},
		"after a while": {time.Second + 1, []bool{true, true}},
	} {
		now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json": tells(502, ""),
			"GET https://example.org/v1/customer":     tells(200, someone),
		}}
		r := dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: bearing("t"), HTTP: &http.Client{Transport: w}, Now: func() time.Time { return now }})
		delete(w.answers, "GET https://example.org/v1/openapi.json")
		now = now.Add(test.later)
		for i, isFound := range test.opens {
			before := len(w.asked)
			switch _, _, err := r.Open(t.Context(), ""); {
			case isFound && err != nil:
				t.Errorf("%s: Open %d: %v", name, i+1, err)
			case !isFound && len(w.asked) > before:
				t.Errorf("%s: it asked %v", name, w.asked[before:])
			case !isFound:
				wantCode(t, err, backend.CodeOffline, "")
			}
		}
	}
}
