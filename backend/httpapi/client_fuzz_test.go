package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// FuzzWhatAServerSays: whatever a server says, a reading is whole or refused,
// a command is told as done, refused or unknown, and no sentence moves the
// cursor, turns the text around or fills the screen.
func FuzzWhatAServerSays(f *testing.F) {
	for _, body := range []string{someone, `[{"type":"sms","value":"+1","priority":1,"status":"active","last_test":{"at":"x"}}]`, `{"message":"No.","errors":[{"field":"code","message":"wrong"}],"retry_after":1e9}`,
		`{"error":{"message":"\u202e\u001b[2J","code":"invalid"}}`, `{"errors":{"a":[{}],"\u0000":"b"}}`, "<html>", "", "null", "[[", "\xff", `{"data":{"deleted":[1],"changed":true}}`, strings.Repeat(`{"data":`, 99)} {
		for _, status := range []int{200, 422, 503} {
			f.Add(status, "application/json", body)
		}
	}
	f.Add(404, "text/plain", "no such channel")
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		if status < 200 || status > 599 {
			return
		}
		isAsked := false
		w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){}}
		answer := func(rw http.ResponseWriter, r *http.Request) {
			if !isAsked {
				say(rw, 200, someone)
				return
			}
			rw.Header().Set("Content-Type", kind)
			rw.WriteHeader(status)
			rw.Write([]byte(body))
		}
		for _, path := range []string{"", "/" + originalID, "/" + originalID + "/notification-channels", "/" + originalID + "/notification-channel", "/feedback"} {
			for _, method := range []string{"GET", "PATCH", "PUT", "DELETE", "POST"} {
				w.answers[method+" https://example.org/v1/customer"+path] = answer
			}
		}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Layout: httpapi.LayoutV2, Token: bearing("t"), HTTP: &http.Client{Transport: w}}), "")
		isAsked = true
		p, err := b.Profile(t.Context())
		if readable(t, err); err == nil && p.Customer.ID == "" {
			t.Errorf("no error and no profile: %+v", p)
		}
		list, err := b.Channels(t.Context(), backend.ChannelFilter{})
		if readable(t, err); err == nil && list == nil {
			t.Error("no error and no list")
		}
		_, err = b.UpdateChannel(t.Context(), 1, "+994551234567")
		readable(t, err)
		_, err = b.SendFeedback(t.Context(), "hello")
		readable(t, err)
		if err := b.DeleteAccount(t.Context(), "other"); err == nil && status >= 300 {
			t.Errorf("%d was taken for done", status)
		}
	})
}

// readable holds an error to what a screen can show.
func readable(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	e := wantCode(t, err, backend.ErrorCode(err), "")
	words := []string{e.Message}
	for field, sentences := range e.Fields {
		words = append(append(words, field), sentences...)
	}
	for _, text := range words {
		hidden := strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || backend.IsBidiControl(c) })
		if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > 250 || hidden {
			t.Errorf("it says %q", text)
		}
	}
	if len(e.Fields) > 20 || e.RetryAfter < 0 {
		t.Errorf("%+v", e)
	}
}
