package delivery

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/account-settings/pinghome/backend"
)

// newSecret is a secret that a channel may have.
func newSecret(t testing.TB) string {
	t.Helper()
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		t.Fatal(err)
	}
	return DeriveSecret([]byte("a key"), salt)
}

// here is a configuration whose receivers are on this machine.
func here() Config {
	return Config{
		Webhook: &Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true},
		Push:    &Push{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true},
	}
}

func newRouter(t testing.TB, c Config) *Router {
	t.Helper()
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// receiver is a server on this machine for as long as the test takes.
func receiver(t testing.TB, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

// code is the message with a code for an address.
func code(t testing.TB, by backend.ChannelType, to string) Message {
	return Message{ID: "0b1d2f1e-6f5c-4b43-9d5b-1f6f3d0c8a11", Type: by, To: to, Kind: backend.KindVerification,
		Subject: "481516 is your PingHome code", Body: "481516 is your PingHome code.\n\nNever give it to anybody.",
		Code: "481516", At: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), ExpiresAt: time.Date(2026, 3, 4, 5, 16, 7, 0, time.UTC),
		Secrets: []string{newSecret(t)}}
}

// failure is the *Error of a message that must not have been taken.
func failure(t testing.TB, s Sender, m Message) *Error {
	t.Helper()
	receipt, err := s.Send(t.Context(), m)
	var e *Error
	if !errors.As(err, &e) || receipt != (Receipt{}) {
		t.Fatalf("answered %+v and %v, want an *Error alone", receipt, err)
	}
	return e
}

func TestAWebhookArrivesSigned(t *testing.T) {
	var header http.Header
	var body []byte
	to := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusNoContent)
	})
	r := newRouter(t, here())
	m := code(t, backend.TypeWebhook, to+"/hook")
	older := newSecret(t)
	m.Secrets = append(m.Secrets, older)
	receipt, err := r.Send(t.Context(), m)
	if err != nil || receipt != (Receipt{Provider: "webhook " + strings.TrimPrefix(to, "http://"), Status: "answered 204"}) {
		t.Fatalf("%+v, %v", receipt, err)
	}
	for _, secret := range m.Secrets {
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err == nil {
			err = verifier.Verify(body, header)
		}
		if err != nil {
			t.Errorf("a receiver with one of the two secrets says %v", err)
		}
	}
	if stranger, _ := standardwebhooks.NewWebhook(newSecret(t)); stranger.Verify(body, header) == nil {
		t.Error("a receiver with a secret of another channel takes it")
	}
	if header.Get("Webhook-Id") != m.ID || header.Get("Content-Type") != "application/json" {
		t.Errorf("header %v", header)
	}
	var got map[string]any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"type": "verification", "code": "481516", "id": m.ID, "subject": m.Subject, "text": m.Body,
		"timestamp": "2026-03-04T05:06:07Z", "expires_at": "2026-03-04T05:16:07Z"}
	if len(got) != len(want) {
		t.Errorf("the body has %v, want %v", got, want)
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s is %v, want %v", name, got[name], value)
		}
	}
}

// The type says what a program is to do with a webhook.
func TestAWebhookSaysWhatItIs(t *testing.T) {
	var got event
	to := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		got = event{}
		_ = json.NewDecoder(r.Body).Decode(&got)
	})
	r := newRouter(t, here())
	for _, test := range []struct {
		m    Message
		want event
	}{
		{Message{Kind: backend.KindTest, Word: "otter", Body: "The word is otter."}, event{Type: "test", Word: "otter", Text: "The word is otter."}},
		{Message{Kind: backend.KindNotice, Word: "otter", Subject: "News"}, event{Type: "notice", Subject: "News"}},
		{Message{Kind: backend.KindUsername, Code: "000001"}, event{Type: "verification", Code: "000001"}},
	} {
		m := test.m
		m.ID, m.Type, m.To, m.Secrets = "1", backend.TypeWebhook, to, []string{newSecret(t)}
		if _, err := r.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if got.Timestamp.IsZero() {
			t.Error("there is no time in it")
		}
		test.want.ID, got.Timestamp = "1", time.Time{}
		if got != test.want {
			t.Errorf("%+v, want %+v", got, test.want)
		}
	}
}

// Every answer but 2xx ends as a failure that says whether trying again helps.
func TestWhatAWebhookAnswers(t *testing.T) {
	soon := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for _, test := range []struct {
		name   string
		status int
		header string // Retry-After, and Location
		body   string
		want   Error
	}{
		{"a fault of the receiver", 500, "", "boom", Error{Status: "answered 500: boom"}},
		{"an address that is not there", 404, "", "", Error{Status: "answered 404"}},
		{"a receiver that is gone", 410, "", "bye", Error{Kind: Permanent, Gone: true, Status: "answered 410: bye"}},
		{"a redirect", 302, "", "moved", Error{Kind: Permanent, Status: "answered 302, and redirects are not followed"}},
		{"a redirect for good", 308, "", "", Error{Kind: Permanent, Status: "answered 308, and redirects are not followed"}},
		{"too many, with seconds", 429, "120", "", Error{Kind: RateLimited, RetryAfter: 2 * time.Minute, Status: "answered 429"}},
		{"overload, with a date", 503, soon, "", Error{RetryAfter: time.Hour, Status: "answered 503"}},
		{"a wait without end", 503, "99999999999999999", "", Error{RetryAfter: 24 * time.Hour, Status: "answered 503"}},
		{"a wait that is none", 503, "-1", "", Error{Status: "answered 503"}},
		{"a date that is past", 503, "Sun, 06 Nov 1994 08:49:37 GMT", "", Error{Status: "answered 503"}},
		{"a page", 502, "", "<html><script>var a = 1 < 2</script><h1>Bad\nGateway</h1></html>", Error{Status: "answered 502: Bad Gateway"}},
		{"words that are no words", 500, "", "\x1b]0;owned\x07\u202eevil\r\n\x00\xff", Error{Status: "answered 500: ]0;ownedevil"}},
		{"what was sent, sent back", 400, "", `got {"code":"481516"}`, Error{Status: `answered 400: got {"code":"[redacted]"}`}},
		{"very much", 500, "", strings.Repeat("long ", 1<<20), Error{Status: "answered 500: " + strings.Repeat("long ", 39) + "long…"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			to := receiver(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", test.header)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			e := failure(t, newRouter(t, here()), code(t, backend.TypeWebhook, to))
			if e.RetryAfter > 59*time.Minute && e.RetryAfter <= time.Hour {
				e.RetryAfter = time.Hour
			}
			test.want.Provider = e.Provider
			if *e != test.want {
				t.Errorf("%+v, want %+v", *e, test.want)
			}
		})
	}
}

// A redirect is not followed, wherever it leads.
func TestARedirectIsNotFollowed(t *testing.T) {
	inside := receiver(t, func(http.ResponseWriter, *http.Request) { t.Error("followed") })
	to := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inside, http.StatusTemporaryRedirect)
	})
	failure(t, newRouter(t, here()), code(t, backend.TypeWebhook, to))
}

// What is no answer at all is a failure that may pass, and soon over.
func TestAReceiverThatTalksNonsense(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, test := range map[string]struct{ says, status string }{
		"another service":        {"220 mail.example.org\r\n" + hangUp, "did not answer as it should"},
		"nothing":                {hangUp, "hung up without an answer"},
		"half a header":          {ok + "Content-Le" + hangUp, "did not answer as it should"},
		"a status that is none":  {"HTTP/1.1 2000 Great\r\n\r\n" + hangUp, "did not answer as it should"},
		"a header without end":   {ok + "X: " + strings.Repeat("x", 1<<20), "did not answer as it should"},
		"headers without end":    {ok + strings.Repeat("X: y\r\n", 1<<18), "did not answer as it should"},
		"patience without end":   {strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1<<16), "did not answer as it should"},
		"a length that is none":  {ok + "Content-Length: -1\r\n\r\n" + hangUp, "did not answer as it should"},
		"two lengths":            {ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc" + hangUp, "did not answer as it should"},
		"a failure that breaks":  {"HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nsorry" + hangUp, "answered 500: sorry"},
		"a status of the future": {"HTTP/1.1 799 What\r\n\r\n" + hangUp, "answered 799"},
	} {
		port := scripted(t, func(line string) string {
			if strings.HasPrefix(line, "POST") {
				return test.says
			}
			return ""
		})
		e := failure(t, newRouter(t, here()), code(t, backend.TypeWebhook, fmt.Sprintf("http://127.0.0.1:%d/", port)))
		if e.Kind != Temporary || e.Status != test.status {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// A success whose words break off is a success: the status had said so.
func TestASuccessThatBreaksOffIsOne(t *testing.T) {
	port := scripted(t, func(line string) string {
		if strings.HasPrefix(line, "POST") {
			return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfine" + hangUp
		}
		return ""
	})
	receipt, err := newRouter(t, here()).Send(t.Context(), code(t, backend.TypeWebhook, fmt.Sprintf("http://127.0.0.1:%d/", port)))
	if err != nil || receipt.Status != "answered 200" {
		t.Errorf("%+v, %v", receipt, err)
	}
}

func TestAWebhookIsNeverSentUnsigned(t *testing.T) {
	to := receiver(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	r := newRouter(t, here())
	for _, secrets := range [][]string{nil, {""}, {"whsec_"}, {"whsec_AAAA"}, {strings.TrimPrefix(newSecret(t), "whsec_")}, {newSecret(t), "whsec_!"}} {
		m := code(t, backend.TypeWebhook, to)
		m.Secrets = secrets
		if e := failure(t, r, m); e.Kind != Permanent || !strings.Contains(e.Status, "secret") {
			t.Errorf("%+v", e)
		}
	}
}

// A receiver that takes the request and never answers holds nobody longer than
// the caller's context.
func TestAHangingReceiverEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := newRouter(t, here()).Send(ctx, code(t, backend.TypeWebhook, hanging(t, cancel)))
	if e := AsError(err); e.Kind != Temporary || e.Status != "the sending was stopped before there was an answer" {
		t.Errorf("%+v", e)
	}
}

// hanging is a receiver that tells when it has a request, and answers nothing.
func hanging(t testing.TB, got func()) string {
	end := make(chan struct{})
	to := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		got()
		select {
		case <-r.Context().Done():
		case <-end:
		}
	})
	t.Cleanup(func() { close(end) }) // before the server waits for its requests
	return to
}

func TestASecretIsDerivedFromItsSalt(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	a, b := DeriveSecret(key, []byte("a")), DeriveSecret(key, []byte("b"))
	if a != DeriveSecret(key, []byte("a")) || a == b || a == DeriveSecret(key[1:], []byte("a")) {
		t.Error("a secret is not its salt's and its key's alone")
	}
	if _, err := sign([]string{a, b}, "1", "2", nil); err != nil {
		t.Error(err)
	}
}

// closedPort is a port of this machine where nobody is.
func closedPort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
