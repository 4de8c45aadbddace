package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// fakeNetwork answers in place of the network: each "METHOD address" as it says,
// and 404 for everything else.
type fakeNetwork struct {
	answers  map[string]func(http.ResponseWriter, *http.Request)
	mu       sync.Mutex
	requests []string // in order, as "METHOD address"
	tokens   []string // the same requests' Authorization
}

func (w *fakeNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	name := r.Method + " " + r.URL.Scheme + "://" + r.URL.Host + r.URL.Path
	w.mu.Lock()
	w.requests, w.tokens = append(w.requests, name), append(w.tokens, r.Header.Get("Authorization"))
	answer := w.answers[name]
	w.mu.Unlock()
	rec := httptest.NewRecorder()
	if answer == nil {
		writeJSON(rec, 404, `{"message":"Not Found"}`)
	} else {
		answer(rec, r)
	}
	return rec.Result(), nil
}

const profileJSON = `{"message":"Here it is.","data":{"customer":{"id":"` + documentedID + `","email":"john@example.org","name":"John"},"organization":{"plan":"team"}}}`

func respond(status int, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, status, body) }
}

// tokenSource returns the same token every time.
func tokenSource(token string) func(context.Context) (backend.Credential, error) {
	return func(context.Context) (backend.Credential, error) { return backend.Credential(token), nil }
}

// noWait waits for no time.
func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func dial(t *testing.T, o httpapi.ClientOptions) *httpapi.Remote {
	t.Helper()
	if o.Wait == nil {
		o.Wait = noWait
	}
	r, err := httpapi.Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t *testing.T, r *httpapi.Remote, idOrEmail string) backend.Backend {
	t.Helper()
	b, _, err := r.Open(t.Context(), idOrEmail)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wantCode(t *testing.T, err error, code backend.Code, part string) *backend.Error {
	t.Helper()
	e := &backend.Error{}
	ok := errors.As(err, &e)
	if !ok || e.Code != code || !strings.Contains(e.Error(), part) {
		t.Fatalf("got %v (%s), want %s with %q", err, backend.ErrorCode(err), code, part)
	}
	return e
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// shortTimeouts are short enough for a test to wait for.
var shortTimeouts = httpapi.Timeouts{Connect: time.Second, Read: time.Second, Command: time.Second}

func writeJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}
