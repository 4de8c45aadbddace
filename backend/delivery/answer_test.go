package delivery

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// told is an answer of a provider, and what becomes of the message.
type told struct {
	name   string
	status int
	kind   string // Content-Type; "" for what net/http makes of the body
	body   string
	want   string // the status of the receipt, or of the error after its kind: "✗ ", "↻ " for another attempt, "? " when it is not known; then STOP, and OURS
}

// outcome is a receipt or an error as told has it.
func outcome(receipt Receipt, err error) string {
	if err == nil {
		return receipt.Status
	}
	e := AsError(err)
	sign := "↻ "
	if known := map[ErrorKind]string{Permanent: "✗ ", Unknown: "? "}[e.Kind]; known != "" {
		sign = known
	}
	if e.Stopped {
		sign += "STOP "
	}
	if e.Ours {
		sign += "OURS "
	}
	return sign + e.Status
}

// checkTold sends a message to a provider that answers so, for each answer.
func checkTold(t *testing.T, answers []told, send func(base string) (Receipt, error)) {
	for _, test := range answers {
		t.Run(test.name, func(t *testing.T) {
			base := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
				if test.kind != "" {
					w.Header().Set("Content-Type", test.kind)
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			if got := outcome(send(base)); got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

// answeredPush are answers to a push message. Both servers publish an id:
// https://docs.ntfy.sh/subscribe/api/#json-message-format and
// https://gotify.net/api-docs#/message/createMessage.
func answeredPush(server string) []told {
	no := func(status int) string {
		return fmt.Sprintf("✗ answered %d, but not in %s's words: it names no message that it has published", status, server)
	}
	return []told{
		{"ntfy's", 200, "", `{"id":"hwQ2YpKdmg","time":1635528741,"event":"message"}`, "id hwQ2YpKdmg"},
		{"Gotify's", 200, "", `{"id": 25, "appid": 5}`, "id 25"},
		{"created", 201, "", `{"id":"a"}`, "id a"},
		{"the digits of a large id", 200, "", `{"id": 90071992547409931}`, "id 90071992547409931"},
		{"a byte order mark", 200, "", "\ufeff" + `{"id":"a"}`, "id a"},
		{"an id that would control the terminal", 200, "", "{\"id\":\"a\\u001b]52;c;aGk=\\u0007\\u202eb\"}", "id a]52;c;aGk=b"},
		{"the message repeated, and then the id", 200, "", `{"message":"` + strings.Repeat(`\u00e9`, 4096) + `","id":"a"}`, "id a"},
		{"a number past float64 in another member", 200, "", `{"id":"a","time":1e400}`, "id a"},
		{"nothing", 200, "", "", no(200)},
		{"no content", 204, "", "", no(204)},
		{"a word", 200, "", "OK", no(200)},
		{"a portal", 200, "text/html", "<!DOCTYPE html><title>Sign in</title>", no(200)},
		{"cut off", 200, "", `{"id":"a`, no(200)},
		{"null", 200, "", `{"id": null}`, no(200)},
		{"an empty id", 200, "", `{"id": "  "}`, no(200)},
		{"an id of what cannot be seen", 200, "", `{"id": "\u202e\u200b"}`, no(200)},
		{"no count", 200, "", `{"id": -1.5}`, no(200)},
		{"zero", 200, "", `{"id": 0}`, no(200)},
		{"an object as id", 200, "", `{"id": {"a": 1}}`, no(200)},
		{"a list", 200, "", `[{"id":"a"}]`, no(200)},
		{"UTF-16", 200, "", "\xff\xfe{\x00}\x00", no(200)},
		{"more than is read", 200, "", `{"message":"` + strings.Repeat("x", 1<<20) + `","id":"a"}`, no(200)},
		{"a redirect to the sign-in", 302, "", "", "✗ answered 302, and redirects are not followed"},
		{"refused as HTML", 502, "text/html", "<html><h1>Bad\nGateway</h1>", "↻ answered 502: Bad Gateway"},
		{"an error with another type", 400, "", `{"error": {"a": 1}}`, `↻ answered 400: {"error": {"a": 1}}`},
	}
}

func TestPushIsSentWithAnIDOnly(t *testing.T) {
	r := newRouter(t, localConfig())
	for server, path := range map[string]string{"ntfy": "/topic", "gotify": "/message?token=AbCdEf.123"} {
		t.Run(server, func(t *testing.T) {
			checkTold(t, answeredPush(server), func(base string) (Receipt, error) {
				return r.Send(t.Context(), codeMessage(t, backend.TypePush, base+path))
			})
		})
	}
}

// TestWebhookIsSentWithAnyAnswerOfSuccess: that is the contract with a receiver
// (Standard Webhooks, "Considerations": a 2xx status).
func TestWebhookIsSentWithAnyAnswerOfSuccess(t *testing.T) {
	r := newRouter(t, localConfig())
	checkTold(t, []told{
		{"nothing", 200, "", "", "answered 200"},
		{"no content", 204, "", "", "answered 204"},
		{"a page", 202, "text/html", "<h1>Welcome</h1>", "answered 202"},
		{"UTF-16", 299, "", "\xff\xfeO\x00", "answered 299"},
		{"a redirect", 307, "", "", "✗ answered 307, and redirects are not followed"},
	}, func(base string) (Receipt, error) {
		return r.Send(t.Context(), codeMessage(t, backend.TypeWebhook, base))
	})
}

// TestCompressedAnswersAreRead: a proxy may compress what was not asked for.
func TestCompressedAnswersAreRead(t *testing.T) {
	for name, text := range map[string]string{"id a": `{"id":"a"}`, "✗ answered 200, but not in ntfy's words: it names no message that it has published": `{"message":"` + strings.Repeat("x", 64<<20) + `","id":"a"}`} {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		to := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed.Bytes())
		})
		if got := outcome(newRouter(t, localConfig()).Send(t.Context(), codeMessage(t, backend.TypePush, to+"/topic"))); got != name {
			t.Errorf("%s, want %s", got, name)
		}
	}
}

// TestPushPathsNeedNoSlash: Gotify redirects from /message/ to /message (gin's
// RedirectTrailingSlash), and ntfy has no topic that ends in a slash.
func TestPushPathsNeedNoSlash(t *testing.T) {
	for path, want := range map[string]string{
		"/message/?token=A": "gotify /message?token=A", "/base/message//?token=A": "gotify /base/message?token=A",
		"/topic/": "ntfy /topic", "/topic/?auth=a%2Fb/": "ntfy /topic?auth=a%2Fb/", "/a%2Fb/": "ntfy /a%2Fb", "/message/": "ntfy /message",
	} {
		asked := ""
		to := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
			asked = r.URL.String()
			_, _ = io.WriteString(w, `{"id":"a"}`)
		})
		receipt, err := newRouter(t, localConfig()).Send(t.Context(), codeMessage(t, backend.TypePush, to+path))
		server, _, _ := strings.Cut(receipt.Provider, " ")
		if got := server + " " + asked; err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", path, got, err, want)
		}
	}
}

// TestRetryAfterInEveryForm: RFC 9110, 10.2.3 has whole seconds and a date in three
// forms. No wait is longer than a day.
func TestRetryAfterInEveryForm(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "120": 2 * time.Minute, " 120 ": 2 * time.Minute, "007": 7 * time.Second,
		"86400": 24 * time.Hour, "86401": 24 * time.Hour, "99999999999999999": 24 * time.Hour, strings.Repeat("9", 400): 24 * time.Hour,
		"1.2": 2 * time.Second, "0.000": 0, "3.": 3 * time.Second, ".5": 0,
		"-1": 0, "-99999999999999999999": 0, "+5": 0, "1e3": 0, "0x10": 0, "Inf": 0, "NaN": 0, "soon": 0, "5 minutes": 0, "\x1b[2J": 0, "٣": 0,
		"120, 60": 2 * time.Minute, "120,60": 2 * time.Minute, "1.2, 60": 2 * time.Second, "5,6": 5 * time.Second, ", 60": 0, "-1, 60": 0, "5 minutes, 60": 0,
		`"120"`: 2 * time.Minute, ` " 120 " `: 2 * time.Minute, `"Wed, 04 Mar 2026 05:07:07 GMT"`: time.Minute, `""`: 0, `"`: 0,
		"Wed, 04 Mar 2026 05:07:07 UTC": time.Minute, "Wed, 04 Mar 2026 05:07:07 +0000": time.Minute, "Wednesday, 04-Mar-26 05:07:07 UTC": time.Minute,
		"Wed, 04 Mar 2026 05:07:07 GMT, Wed, 04 Mar 2026 06:07:07 GMT": time.Minute, "Wed, 04 Mar 2026 05:07:07 CET": 0, "Wed, 04 Mar 2026 05:07:07": 0,
		"Wed, 04 Mar 2026 05:07:07 GMT": time.Minute, "Wednesday, 04-Mar-26 05:07:07 GMT": time.Minute, "Wed Mar  4 05:07:07 2026": time.Minute,
		"Wed, 04 Mar 2026 05:06:06 GMT": 0, "Thu, 01 Jan 1970 00:00:00 GMT": 0, "Fri, 31 Dec 9999 23:59:59 GMT": 24 * time.Hour,
		"2026-03-04T05:07:07Z": time.Minute, "2026-03-04T06:07:07+01:00": time.Minute, "0000-01-01T00:00:00Z": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// TestTheFirstRetryAfterThatCanBeReadCounts: a proxy may add one.
func TestTheFirstRetryAfterThatCanBeReadCounts(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for _, test := range []struct {
		values []string
		want   time.Duration
	}{
		{nil, 0},
		{[]string{"120", "60"}, 2 * time.Minute},
		{[]string{"", "60"}, time.Minute},
		{[]string{"soon", "60"}, time.Minute},
		{[]string{"Wed, 04 Mar 2026 05:06:06 GMT", "60"}, time.Minute},
	} {
		if got := retryAfterOf(http.Header{"Retry-After": test.values}, now); got != test.want {
			t.Errorf("%q: %v, want %v", test.values, got, test.want)
		}
	}
}
