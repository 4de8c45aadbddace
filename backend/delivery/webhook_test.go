package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/account-settings/pinghome/backend"
)

func TestWebhookIsSigned(t *testing.T) {
	var header http.Header
	var body []byte
	to := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusNoContent)
	})
	r := newRouter(t, localConfig())
	m := codeMessage(t, backend.TypeWebhook, to+"/hook")
	older := newSecret(t)
	m.SigningSecrets = append(m.SigningSecrets, older)
	m.Traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	receipt, err := r.Send(t.Context(), m)
	if err != nil || receipt != (Receipt{Provider: "webhook " + strings.TrimPrefix(to, "http://"), Status: "answered 204"}) {
		t.Fatalf("%+v, %v", receipt, err)
	}
	for _, secret := range m.SigningSecrets {
		verifier, err := standardwebhooks.NewWebhook(secret)
		if err == nil {
			err = verifier.Verify(body, header)
		}
		if err != nil {
			t.Errorf("a receiver with one of the two secrets does not verify the signature: %v", err)
		}
	}
	if other, _ := standardwebhooks.NewWebhook(newSecret(t)); other.Verify(body, header) == nil {
		t.Error("a receiver with another secret verifies the signature")
	}
	if header.Get("Webhook-Id") != m.ID || header.Get("Content-Type") != "application/json" || header.Get("Traceparent") != m.Traceparent {
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

// TestWebhookTypes checks the body for each kind of message.
func TestWebhookTypes(t *testing.T) {
	var got event
	to := startReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		got = event{}
		_ = json.NewDecoder(r.Body).Decode(&got)
	})
	r := newRouter(t, localConfig())
	for _, test := range []struct {
		m    Message
		want event
	}{
		{Message{Kind: backend.KindTest, Word: "otter", Body: "The word is otter."}, event{Type: "test", Word: "otter", Text: "The word is otter."}},
		{Message{Kind: backend.KindNotice, Word: "otter", Subject: "News"}, event{Type: "notice", Subject: "News"}},
		{Message{Kind: backend.KindUsername, Code: "000001"}, event{Type: "verification", Code: "000001"}},
	} {
		m := test.m
		m.ID, m.Type, m.To, m.SigningSecrets = "1", backend.TypeWebhook, to, []string{newSecret(t)}
		if _, err := r.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if got.Timestamp.IsZero() {
			t.Error("the timestamp is missing")
		}
		test.want.ID, got.Timestamp = "1", time.Time{}
		if got != test.want {
			t.Errorf("%+v, want %+v", got, test.want)
		}
	}
}

// TestWebhookErrors checks the error for statuses other than 2xx.
func TestWebhookErrors(t *testing.T) {
	soon := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	for _, test := range []struct {
		name   string
		status int
		header string // Retry-After, and Location
		body   string
		want   Error
	}{
		{"an error of the receiver", 500, "", "boom", Error{Status: "answered 500: boom"}},
		{"not found", 404, "", "", Error{Status: "answered 404"}},
		{"gone", 410, "", "bye", Error{Kind: Permanent, Gone: true, Status: "answered 410: bye"}},
		{"a redirect", 302, "", "moved", Error{Kind: Permanent, Status: "answered 302, and redirects are not followed"}},
		{"a permanent redirect", 308, "", "", Error{Kind: Permanent, Status: "answered 308, and redirects are not followed"}},
		{"too many, with seconds", 429, "120", "", Error{Kind: RateLimited, RetryAfter: 2 * time.Minute, Status: "answered 429"}},
		{"overload, with a date", 503, soon, "", Error{RetryAfter: time.Hour, Status: "answered 503"}},
		{"a wait of more than a day", 503, "99999999999999999", "", Error{RetryAfter: 24 * time.Hour, Status: "answered 503"}},
		{"a malformed wait", 503, "-1", "", Error{Status: "answered 503"}},
		{"a date in the past", 503, "Sun, 06 Nov 1994 08:49:37 GMT", "", Error{Status: "answered 503"}},
		{"a web page", 502, "", "<html><script>var a = 1 < 2</script><h1>Bad\nGateway</h1></html>", Error{Status: "answered 502: Bad Gateway"}},
		{"control characters", 500, "", "\x1b]0;owned\x07\u202eevil\r\n\x00\xff", Error{Status: "answered 500: ]0;ownedevil"}},
		{"the request is repeated", 400, "", `got {"code":"481516"}`, Error{Status: `answered 400: got {"code":"[redacted]"}`}},
		{"a long body", 500, "", strings.Repeat("long ", 1<<20), Error{Status: "answered 500: " + strings.Repeat("long ", 39) + "long…"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			to := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", test.header)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			e := sendFailure(t, newRouter(t, localConfig()), codeMessage(t, backend.TypeWebhook, to))
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

func TestRedirectsAreNotFollowed(t *testing.T) {
	target := startReceiver(t, func(http.ResponseWriter, *http.Request) { t.Error("followed") })
	to := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target, http.StatusTemporaryRedirect)
	})
	sendFailure(t, newRouter(t, localConfig()), codeMessage(t, backend.TypeWebhook, to))
}

// TestBrokenReceiver: a response that breaks the protocol is a temporary error, however
// long it is.
func TestBrokenReceiver(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, test := range map[string]struct{ answer, status string }{
		"another service":                 {"220 mail.example.org\r\n" + closeConn, "did not answer as it should"},
		"nothing":                         {closeConn, "hung up without an answer"},
		"half a header":                   {ok + "Content-Le" + closeConn, "did not answer as it should"},
		"a malformed status":              {"HTTP/1.1 2000 Great\r\n\r\n" + closeConn, "did not answer as it should"},
		"an endless header line":          {ok + "X: " + strings.Repeat("x", 1<<20), "did not answer as it should"},
		"endless headers":                 {ok + strings.Repeat("X: y\r\n", 1<<18), "did not answer as it should"},
		"endless informational responses": {strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1<<16), "did not answer as it should"},
		"a malformed length":              {ok + "Content-Length: -1\r\n\r\n" + closeConn, "did not answer as it should"},
		"two lengths":                     {ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc" + closeConn, "did not answer as it should"},
		"an error with a truncated body":  {"HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nsorry" + closeConn, "answered 500: sorry"},
		"an unknown status":               {"HTTP/1.1 799 What\r\n\r\n" + closeConn, "answered 799"},
	} {
		port := startScripted(t, func(line string) string {
			if strings.HasPrefix(line, "POST") {
				return test.answer
			}
			return ""
		})
		e := sendFailure(t, newRouter(t, localConfig()), codeMessage(t, backend.TypeWebhook, fmt.Sprintf("http://127.0.0.1:%d/", port)))
		if e.Kind != Temporary || e.Status != test.status {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// TestTruncatedSuccess: the status counts, also when the body is incomplete.
func TestTruncatedSuccess(t *testing.T) {
	port := startScripted(t, func(line string) string {
		if strings.HasPrefix(line, "POST") {
			return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfine" + closeConn
		}
		return ""
	})
	receipt, err := newRouter(t, localConfig()).Send(t.Context(), codeMessage(t, backend.TypeWebhook, fmt.Sprintf("http://127.0.0.1:%d/", port)))
	if err != nil || receipt.Status != "answered 200" {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// TestAnEndedConnectionIsNoFailure: a receiver ends a connection just when the next message goes out
// on it. That one goes out again on a new connection, with its id.
func TestAnEndedConnectionIsNoFailure(t *testing.T) {
	var mutex sync.Mutex
	var from, ids []string
	to := startReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		if slices.Contains(from, r.RemoteAddr) {
			panic(http.ErrAbortHandler) // which ends the connection without an answer
		}
		from, ids = append(from, r.RemoteAddr), append(ids, r.Header.Get("webhook-id"))
		if key, isSent := r.Header["Idempotency-Key"]; isSent {
			t.Errorf("a header that receivers do not expect was sent: %q", key)
		}
	})
	r := newRouter(t, localConfig())
	for _, id := range []string{"first", "second"} {
		m := codeMessage(t, backend.TypeWebhook, to)
		m.ID = id
		if receipt, err := r.Send(t.Context(), m); err != nil || receipt.Status != "answered 200" || ids[len(ids)-1] != m.ID {
			t.Errorf("%+v, %v, as %s", receipt, err, ids)
		}
	}
	if len(from) != 2 {
		t.Errorf("the connections were %q", from)
	}
}

func TestUnsignedWebhookIsNotSent(t *testing.T) {
	to := startReceiver(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	r := newRouter(t, localConfig())
	for _, secrets := range [][]string{nil, {""}, {"whsec_"}, {"whsec_AAAA"}, {strings.TrimPrefix(newSecret(t), "whsec_")}, {newSecret(t), "whsec_!"}} {
		m := codeMessage(t, backend.TypeWebhook, to)
		m.SigningSecrets = secrets
		if e := sendFailure(t, r, m); e.Kind != Permanent || !strings.Contains(e.Status, "secret") {
			t.Errorf("%+v", e)
		}
	}
}

// TestHangingReceiver: Send ends with its context when a receiver never answers.
func TestHangingReceiver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := newRouter(t, localConfig()).Send(ctx, codeMessage(t, backend.TypeWebhook, startHangingReceiver(t, cancel)))
	if e := AsError(err); e.Kind != Temporary || e.Status != "the sending was stopped before there was an answer" {
		t.Errorf("%+v", e)
	}
}
