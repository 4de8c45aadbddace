package httpapi_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestAServerWithoutACertificateSeesNoToken(t *testing.T) {
	var reached atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	r := dial(t, httpapi.ClientOptions{Server: server.URL, Token: bearing("t")})
	_, _, err := r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "certificate is not to be trusted")
	if n := reached.Load(); n != 0 {
		t.Errorf("it was asked %d times", n)
	}
}

func TestATokenFollowsNoRedirect(t *testing.T) {
	var reached atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { reached.Add(1) }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, given := range []*http.Client{nil, {}} {
			var isAway atomic.Bool
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if isAway.Load() {
					http.Redirect(w, r, elsewhere.URL+r.URL.Path, status)
					return
				}
				say(w, 200, someone)
			}))
			b := open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: bearing("t"), HTTP: given}), "")
			isAway.Store(true)
			_, err := b.Profile(t.Context())
			wantCode(t, err, backend.CodeUnavailable, "send us elsewhere, which was refused")
			wantCode(t, b.DeleteAccount(t.Context(), "other"), backend.CodeUnavailable, "send us elsewhere, which was refused")
			server.Close()
		}
	}
	if n := reached.Load(); n != 0 {
		t.Fatalf("%d requests went elsewhere", n)
	}
}

// TestNothingRepeatsACommandBehindOurBack: net/http sends a request with an
// Idempotency-Key again when a connection that it has used before turns out
// dead. It must not, even over a client that was handed in and shares its
// connections.
func TestNothingRepeatsACommandBehindOurBack(t *testing.T) {
	var commands atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			say(w, 200, someone)
			return
		}
		if r.Header.Get("Idempotency-Key") == "" {
			t.Errorf("%s came without a key", r.Method)
		}
		commands.Add(1)
		connection, _, _ := w.(http.Hijacker).Hijack()
		connection.Close()
	}))
	defer server.Close()
	for _, given := range []*http.Client{nil, {Transport: &http.Transport{}}} {
		b := open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: bearing("t"), HTTP: given}), "")
		name := "Jane"
		for _, command := range []func() error{
			func() error { _, err := b.DeleteChannels(t.Context(), []int{1}); return err }, // no body to rewind
			func() error { _, err := b.UpdateName(t.Context(), backend.NameChange{Name: &name}); return err },
		} {
			if _, err := b.Profile(t.Context()); err != nil { // leaves a connection that has been used
				t.Fatal(err)
			}
			commands.Store(0)
			wantCode(t, command(), backend.CodeUnknown, "not known whether")
			if n := commands.Load(); n != 1 {
				t.Errorf("it was sent %d times", n)
			}
		}
	}
}

// TestNobodyKnowsWhoseTheTokenIs: a server without GET /customer takes what
// names no account for the token's own, which may be another than the one shown.
func TestNobodyKnowsWhoseTheTokenIs(t *testing.T) {
	const base = "https://example.org"
	for layout, prefix := range map[httpapi.Layout]string{httpapi.LayoutV1a: "/default/v1", httpapi.LayoutV1b: "/v1", httpapi.LayoutV2: "/v1"} {
		for answer, own := range map[string]func(http.ResponseWriter, *http.Request){
			"none": nil, "a page": tells(404, "<html>"), "no method": tells(405, ""), "no leave": tells(403, `{"message":"Forbidden"}`),
			"a fault": tells(500, ""), "away": tells(502, ""), "a stranger's word": tells(200, `{"message":"Hello."}`), "nobody": tells(200, `{"email":"john@example.org"}`),
		} {
			w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
				"GET " + base + prefix + "/customer/" + originalID:                                 tells(200, someone),
				"GET " + base + prefix + "/customer":                                               own,
				"POST " + base + prefix + "/customer/" + originalID + "/notification-channel/test": tells(200, `{"message":"Sent."}`),
			}}
			r := dial(t, httpapi.ClientOptions{Server: base, Layout: layout, Customer: originalID, Token: bearing("t"), HTTP: &http.Client{Transport: w}})
			b, name, ctx := open(t, r, ""), "Jane", t.Context()
			const why = "does not say whose the token is"
			t.Log(layout, answer)
			for _, f := range []backend.Feature{backend.FeatureOwnAccount, backend.FeatureFeedback} { // told before anybody tries
				if told := b.Lacks(f); !strings.Contains(told, why) {
					t.Errorf("%s: %q", f, told)
				}
			}
			_, err := b.UpdateName(ctx, backend.NameChange{Name: &name})
			wantCode(t, err, backend.CodeUnsupported, why)
			wantCode(t, b.DeleteAccount(ctx, "other"), backend.CodeUnsupported, why)
			_, err = b.ChangeUsername(ctx, "new@example.org")
			wantCode(t, err, backend.CodeUnsupported, why)
			_, err = b.ConfirmUsername(ctx, originalCode)
			wantCode(t, err, backend.CodeUnsupported, why)
			_, err = b.CancelUsername(ctx)
			wantCode(t, err, backend.CodeUnsupported, "")
			_, err = b.SendFeedback(ctx, "hello")
			wantCode(t, err, backend.CodeUnsupported, why)
			for _, asked := range w.asked {
				if !strings.HasPrefix(asked, "GET ") {
					t.Errorf("it sent %s", asked)
				}
			}
			if _, err := b.TestChannel(ctx, 1); err != nil { // the address names the account
				t.Error(err)
			}
		}
	}
}

func TestASecretDoesNotPrintItself(t *testing.T) {
	s := backend.Secret("ph_hidden")
	text, _ := s.MarshalText()
	for _, printed := range []string{fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %q %s %x", s, s, s, s, s, s), fmt.Sprintf("%+v", struct{ S backend.Secret }{s}), string(text), s.LogValue().String()} {
		if strings.Contains(printed, "hidden") || strings.Contains(printed, "68696464656e") {
			t.Errorf("it printed %s", printed)
		}
	}
}
