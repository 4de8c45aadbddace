package httpapi_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestTokenIsNotSentWithoutACertificate(t *testing.T) {
	var reached atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	r := dial(t, httpapi.ClientOptions{Server: server.URL, Token: tokenSource("t")})
	_, _, err := r.Open(t.Context(), "")
	wantCode(t, err, backend.CodeOffline, "certificate is not to be trusted")
	if n := reached.Load(); n != 0 {
		t.Errorf("it got %d requests", n)
	}
}

func TestTokenFollowsNoRedirect(t *testing.T) {
	var reached atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, given := range []*http.Client{nil, {}} {
			var isAway atomic.Bool
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if isAway.Load() {
					http.Redirect(w, r, elsewhere.URL+r.URL.Path, status)
					return
				}
				writeJSON(w, 200, profileJSON)
			}))
			b := open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: tokenSource("t"), HTTP: given}), "")
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

// TestNetHTTPRepeatsNoCommand: net/http sends a request with an Idempotency-Key
// again when a used connection turns out dead. It must not, even with a client of
// the caller's that shares its connections.
func TestNetHTTPRepeatsNoCommand(t *testing.T) {
	var commands atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			writeJSON(w, 200, profileJSON)
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
		b := open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: tokenSource("t"), HTTP: given}), "")
		name := "Jane"
		for _, command := range []func() error{
			func() error { _, err := b.DeleteChannels(t.Context(), []int{1}); return err }, // without a body net/http could repeat it
			func() error { _, err := b.UpdateName(t.Context(), backend.NameChange{Name: &name}); return err },
		} {
			if _, err := b.Profile(t.Context()); err != nil { // leaves a used connection
				t.Fatal(err)
			}
			commands.Store(0)
			wantCode(t, command(), backend.CodeUnknownOutcome, "not known whether")
			if n := commands.Load(); n != 1 {
				t.Errorf("it was sent %d times", n)
			}
		}
	}
}

func TestSecretIsNotPrinted(t *testing.T) {
	s := backend.Credential("ph_hidden")
	text, _ := s.MarshalText()
	for _, printed := range []string{fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %q %s %x", s, s, s, s, s, s), fmt.Sprintf("%+v", struct{ S backend.Credential }{s}), string(text), s.LogValue().String()} {
		if strings.Contains(printed, "hidden") || strings.Contains(printed, "68696464656e") {
			t.Errorf("it printed %s", printed)
		}
	}
}

// TestAnswersThatNeverEnd: a call to a server that never ends its answer ends within its time.
func TestAnswersThatNeverEnd(t *testing.T) {
	answers := map[string]string{"silence": "", "half a header": "HTTP/1.1 200 OK\r\nContent-", "half a body": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}
	for status := 100; status < 200; status++ {
		answers[fmt.Sprint(status)] = fmt.Sprintf("HTTP/1.1 %d Odd\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", status)
	}
	limits := httpapi.Timeouts{Connect: time.Second, Read: 100 * time.Millisecond, Command: 100 * time.Millisecond}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { l.Close() })
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					t.Cleanup(func() { conn.Close() })
					io.WriteString(conn, answer)
				}
			}()
			r := dial(t, httpapi.ClientOptions{Server: "http://" + l.Addr().String(), Layout: httpapi.LayoutV2, Token: tokenSource("t"), Timeouts: limits})
			ended := make(chan error, 1)
			go func() {
				_, _, err := r.Open(context.Background(), "")
				ended <- err
			}()
			select {
			case err := <-ended:
				wantCode(t, err, backend.CodeOffline, "")
			case <-time.After(20 * time.Second): // far more than the limits, on a busy machine
				t.Fatal("it never ends")
			}
		})
	}
}
