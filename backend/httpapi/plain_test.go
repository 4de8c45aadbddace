package httpapi

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// TestAPlainRequestIsSentAsItIs, with the token; an answer of any status comes back.
func TestAPlainRequestIsSentAsItIs(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.Header().Set("X-Said", "yes")
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte("short"))
	}))
	defer server.Close()
	o := ClientOptions{Server: server.URL, Token: func(context.Context) (backend.Credential, error) { return "ph_token", nil }}
	answer, err := SendPlain(t.Context(), o, PlainRequest{Method: "PATCH", Path: "/v1/customer?a=b", Body: []byte("{}"), Customer: "someone"})
	if err != nil || answer.Status != http.StatusTeapot || string(answer.Body) != "short" {
		t.Fatalf("%+v, %v", answer, err)
	}
	if answer.Header.Get("X-Said") != "yes" {
		t.Errorf("the headers of the answer are %v", answer.Header)
	}
	if got.Method != "PATCH" || got.URL.String() != "/v1/customer?a=b" || got.Header.Get("Authorization") != "Bearer ph_token" ||
		got.Header.Get("Pinghome-Customer") != "someone" || got.Header.Get("Idempotency-Key") == "" {
		t.Errorf("%s %s %v", got.Method, got.URL, got.Header)
	}
}

// TestAPlainRequestHasOtherHeaders, also in the place of the usual ones.
func TestAPlainRequestHasOtherHeaders(t *testing.T) {
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header }))
	defer server.Close()
	o := ClientOptions{Server: server.URL, Token: func(context.Context) (backend.Credential, error) { return "ph_token", nil }}
	header := http.Header{"idempotency-key": {"once"}, "Accept": {"text/plain"}, "x-one": {"1", "2"}}
	if _, err := SendPlain(t.Context(), o, PlainRequest{Method: "POST", Path: "/", Header: header}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"Idempotency-Key": "once", "Accept": "text/plain", "X-One": "1 2", "Authorization": "Bearer ph_token"} {
		if has := strings.Join(got.Values(name), " "); has != want {
			t.Errorf("%s is %q, want %q", name, has, want)
		}
	}
}

// TestAPlainRequestWithoutAnAnswer: a change whose answer was lost may have been made; what did not
// leave this machine was not.
func TestAPlainRequestWithoutAnAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	token := func(context.Context) (backend.Credential, error) { return "ph_token", nil }
	want := map[string]backend.Code{"GET": backend.CodeOffline, "POST": backend.CodeUnknownOutcome}
	for method, code := range want {
		if _, err := SendPlain(t.Context(), ClientOptions{Server: server.URL, Token: token}, PlainRequest{Method: method, Path: "/"}); backend.ErrorCode(err) != code {
			t.Errorf("%s: %v", method, err)
		}
	}
	server.Close()
	for method := range want {
		if _, err := SendPlain(t.Context(), ClientOptions{Server: server.URL, Token: token}, PlainRequest{Method: method, Path: "/"}); backend.ErrorCode(err) != backend.CodeOffline {
			t.Errorf("%s to nothing: %v", method, err)
		}
	}
	for _, o := range []ClientOptions{{Server: server.URL, Token: func(context.Context) (backend.Credential, error) { return "", nil }}, {Server: "http://other.example", Token: token}} {
		if _, err := SendPlain(t.Context(), o, PlainRequest{Method: "GET", Path: "/"}); err == nil {
			t.Errorf("%s was asked", o.Server)
		}
	}
}
