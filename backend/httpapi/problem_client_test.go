package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// dialAnswering opens an account on a server that gives every command the same
// answer, and is not ours.
func dialAnswering(t *testing.T, answer func(w http.ResponseWriter)) backend.Backend {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet:
			answer(w)
		case strings.HasSuffix(r.URL.Path, "/notification-channels"):
			writeJSON(w, 200, `[]`)
		default:
			writeJSON(w, 200, profileJSON)
		}
	}))
	t.Cleanup(server.Close)
	now := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	return open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: tokenSource("t"), Now: now}), "")
}

// TestShapesOfRefusals: the client reads what servers answer when they refuse the
// code of a channel.
func TestShapesOfRefusals(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, test := range []struct {
		name, header, body string
		status             int
		want               backend.Error
	}{
		{"RFC 9457", "", `{"type":"x","title":"Wrong","status":422,"detail":"Try again.","code":"code_invalid","attempts_left":3,"errors":{"code":["It is wrong."]}}`, 422,
			backend.Error{Code: backend.CodeWrong, Message: "Try again.", AttemptsLeft: 3, Fields: map[string][]string{"code": {"It is wrong."}}}},
		{"missing", "", `{"code":"not_found","detail":"Not all there.","missing":[8,9]}`, 404, backend.Error{Code: backend.CodeNotFound, Message: "Not all there.", Missing: []int{8, 9}}},
		{"message", "", `{"message":"Invalid code"}`, 422, backend.Error{Code: backend.CodeInvalid, Message: "Invalid code", Fields: map[string][]string{"code": {"Invalid code"}}}},
		{"error", "", `{"error":"Bad things"}`, 400, backend.Error{Code: backend.CodeInvalid, Message: "Bad things", Fields: map[string][]string{"code": {"Bad things"}}}},
		{"error object", "", `{"error":{"code":"code_expired","message":"Too old"}}`, 422, backend.Error{Code: backend.CodeExpired, Message: "Too old"}},
		{"errors by field", "", `{"errors":{"code":"wrong","priority":["a","b"]}}`, 422, backend.Error{Code: backend.CodeInvalid, Message: "The server refused this (422).", Fields: map[string][]string{"code": {"wrong"}, "priority": {"a", "b"}}}},
		{"a list of errors", "", `{"errors":["First.","Second."]}`, 422, backend.Error{Code: backend.CodeInvalid, Message: "First.", Fields: map[string][]string{"code": {"First."}}}},
		{"a list of objects", "", `{"message":"No.","errors":[{"field":"code","message":"wrong"},{"name":"priority","msg":"low"},7]}`, 422, backend.Error{Code: backend.CodeInvalid, Message: "No.", Fields: map[string][]string{"code": {"wrong"}, "priority": {"low"}}}},
		{"detail", "", `{"detail":"Nothing there"}`, 404, backend.Error{Code: backend.CodeNotFound, Message: "Nothing there"}},
		{"a JSON text", "", `"Nothing there"`, 404, backend.Error{Code: backend.CodeNotFound, Message: "Nothing there"}},
		{"plain text", "text/plain", "no such \x1b[31mchannel\u202e\r\n", 404, backend.Error{Code: backend.CodeNotFound, Message: "no such [31mchannel"}},
		{"a long text", "text/plain", long, 404, backend.Error{Code: backend.CodeNotFound, Message: strings.TrimSpace(long[:199]) + "…"}},
		{"HTML", "text/html", "<html><body>404</body></html>", 404, backend.Error{Code: backend.CodeNotFound, Message: "The server does not know this."}},
		{"HTML in a message", "", `{"message":"<script>x</script>"}`, 409, backend.Error{Code: backend.CodeAlreadyVerified, Message: "Something else was changed meanwhile. Look at it again."}},
		{"nothing", "", "", 404, backend.Error{Code: backend.CodeNotFound, Message: "The server does not know this."}},
		{"numbers for texts", "", `{"code":422,"message":7,"error":{"code":"offline"},"attempts_left":"3","missing":"8"}`, 412, backend.Error{Code: backend.CodeStale, Message: "Something else was changed meanwhile. Look at it again."}},
		{"a code of the client's", "", `{"code":"unknown_outcome","message":"Hm."}`, 409, backend.Error{Code: backend.CodeAlreadyVerified, Message: "Hm."}},
		{"not allowed", "", `{"message":"x"}`, 405, backend.Error{Code: backend.CodeUnsupported, Message: "This server does not have that."}},
		{"too large", "", `{}`, 413, backend.Error{Code: backend.CodeInvalid, Message: "The server refused this (413).", Fields: map[string][]string{"code": {"The server refused this (413)."}}}},
		{"a wait in the body", "", `{"code":"rate_limited","detail":"Wait.","retry_after":90}`, 429, backend.Error{Code: backend.CodeRateLimited, Message: "Wait.", RetryAfter: 90 * time.Second}},
		{"an endless wait", "", `{"detail":"Wait.","retry_after":1e300}`, 429, backend.Error{Code: backend.CodeRateLimited, Message: "Wait.", RetryAfter: 24 * time.Hour}},
		{"a provider", "", `{"code":"delivery_failed","detail":"21211 no such number"}`, 502, backend.Error{Code: backend.CodeDeliveryFailed, Message: "21211 no such number"}},
		{"a status of its own", "", `{"message":"Teapot."}`, 418, backend.Error{Code: backend.CodeUnavailable, Message: "Teapot."}},
	} {
		t.Run(test.name, func(t *testing.T) { wantRefusal(t, test.status, test.header, test.body, test.want) })
	}
}

// TestSpellingsOfRefusals: the same in other encodings, and waits as servers write them.
func TestSpellingsOfRefusals(t *testing.T) {
	for _, test := range []struct {
		name, header, body string
		status             int
		want               backend.Error
	}{
		{"a wait past float64", "", `{"detail":"Wait.","retry_after":1e400}`, 429, backend.Error{Code: backend.CodeRateLimited, Message: "Wait.", RetryAfter: 24 * time.Hour}},
		{"a negative wait", "", `{"detail":"Wait.","retry_after":-1e400}`, 429, backend.Error{Code: backend.CodeRateLimited, Message: "Wait."}},
		{"a wait as a text", "", `{"detail":"Wait.","retry_after":"1.5"}`, 429, backend.Error{Code: backend.CodeRateLimited, Message: "Wait.", RetryAfter: 2 * time.Second}},
		{"a byte order mark", "", "\ufeff" + `{"message":"No."}`, 409, backend.Error{Code: backend.CodeAlreadyVerified, Message: "No."}},
		{"Latin-1", "", "{\"message\":\"Gr\xfc\xdfe\"}", 409, backend.Error{Code: backend.CodeAlreadyVerified, Message: "Gr e"}},
	} {
		t.Run(test.name, func(t *testing.T) { wantRefusal(t, test.status, test.header, test.body, test.want) })
	}
}

// wantRefusal verifies a channel on a server that refuses it with this answer.
func wantRefusal(t *testing.T, status int, contentType, body string, want backend.Error) {
	t.Helper()
	b := dialAnswering(t, func(w http.ResponseWriter) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		w.WriteHeader(status)
		w.Write([]byte(body))
	})
	_, err := b.VerifyChannel(t.Context(), 1, "123456")
	e := wantCode(t, err, want.Code, "")
	e.Err = nil
	if !reflect.DeepEqual(*e, want) {
		t.Errorf("got  %+v\nwant %+v", *e, want)
	}
}

func TestRetryAfter(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"7": 7 * time.Second, "Mon, 23 Nov 2026 12:01:30 GMT": 90 * time.Second, "Mon, 23 Nov 2026 11:00:00 GMT": 0,
		"-7": 0, "soon": 0, "": 0, "99999999999999999999": 24 * time.Hour, "86401": 24 * time.Hour, "1.5": 2 * time.Second, " 7": 7 * time.Second,
		"Fri, 31 Dec 9999 23:59:59 GMT": 24 * time.Hour, "0x10": 0, "1e3": 0,
	} {
		b := dialAnswering(t, func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", text)
			w.WriteHeader(429)
		})
		_, err := b.TestChannel(t.Context(), 1)
		if e := wantCode(t, err, backend.CodeRateLimited, "asks to wait"); e.RetryAfter != want {
			t.Errorf("%q: %v", text, e.RetryAfter)
		}
	}
}

// TestFalseSuccesses: not every answer with status 200 is a success.
func TestFalseSuccesses(t *testing.T) {
	for name, body := range map[string]string{
		"a page": "<html>", "half a JSON": `{"message":"Do`, "a number": "1", "a list": "[]", "an error": `{"error":"x"}`,
		"Latin-1": "{\"message\":\"Gr\xfc\xdfe\"}", "UTF-16": "\xff\xfe{\x00}\x00", "errors": `{"errors":{"code":["x"]}}`, "no success": `{"success":false}`, "too much": `"` + strings.Repeat("x", 5<<20) + `"`,
	} {
		b := dialAnswering(t, func(w http.ResponseWriter) { w.Write([]byte(body)) })
		if err := b.DeleteAccount(t.Context(), "other"); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, body := range map[string]string{"nothing": "", "null": "null", "a text": `"Deleted."`, "a message": `{"message":"Deleted.","error":null,"errors":[]}`, "success": `{"success":true}`} {
		b := dialAnswering(t, func(w http.ResponseWriter) { w.Write([]byte(body)) })
		if err := b.DeleteAccount(t.Context(), "other"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	b := dialAnswering(t, func(w http.ResponseWriter) { writeJSON(w, 201, `{"message":"Created."}`) })
	_, err := b.CreateChannel(t.Context(), backend.TypeSMS, "+994551234567", "")
	wantCode(t, err, backend.CodeUnknownOutcome, "did not show what came of it")
}

// TestAnswersThatAreNotUnderstood: members that are missing are empty, and a body
// of another kind is an error.
func TestAnswersThatAreNotUnderstood(t *testing.T) {
	read := func(body string) (backend.Profile, []backend.Channel, error, error) {
		w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){"GET https://example.org/v1/customer": respond(200, profileJSON)}}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Layout: httpapi.LayoutV2, Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
		w.answers["GET https://example.org/v1/customer/"+documentedID] = respond(200, body)
		w.answers["GET https://example.org/v1/customer/"+documentedID+"/notification-channels"] = respond(200, body)
		p, err := b.Profile(t.Context())
		list, listErr := b.Channels(t.Context(), backend.ChannelFilter{})
		return p, list, err, listErr
	}
	for _, body := range []string{"", "null", "{}", "[{}]", `"ok"`, "42", "<html>", `{"data":`, `{"data":null}`, `{"data":{"data":{"data":{"data":{}}}}}`, `{"customer":7}`, `{"customer":{"id":7}}`,
		`[{"type":"sms","value":"+1","priority":"1"}]`, `[{"type":"sms","value":"+1","priority":1},7]`, "{}{}", strings.Repeat("[", 100_000), `{"data":[` + strings.Repeat(" ", 5<<20) + `]}`} {
		p, list, err, listErr := read(body)
		wantCode(t, err, backend.CodeUnavailable, "The server's answer is")
		wantCode(t, listErr, backend.CodeUnavailable, "The server's answer is")
		if p.Customer.ID != "" || list != nil {
			t.Errorf("%.40s: %+v, %v", body, p, list)
		}
	}
	for _, body := range []string{`{"email":"a@example.org"}`, `{"data":{"email":"a@example.org","team":"Ops","limits":{}}}`, `{"profile":{"customer":{"email":"a@example.org","id":7,"created_at":1700000000}}}`} {
		if p, _, err, _ := read(body); err != nil || p.Customer.Email != "a@example.org" || p.Customer.ID != documentedID {
			t.Errorf("%s: %+v, %v", body, p, err)
		}
	}
	for _, body := range []string{`[]`, `{"data":[]}`, `{"message":"x","data":{"channels":[]}}`, `{"items":[]}`} {
		if _, list, _, err := read(body); err != nil || list == nil || len(list) != 0 {
			t.Errorf("%s: %v, %v", body, list, err)
		}
	}
}
