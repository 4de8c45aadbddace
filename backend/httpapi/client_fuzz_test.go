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

// FuzzAnswers: for any answer of a server, a query returns a whole result or an
// error, a command is done, refused or unknown, and no message moves the cursor,
// turns the text around or fills the screen.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{profileJSON, `[{"type":"sms","value":"+1","priority":1,"status":"active","last_test":{"at":"x"}}]`, `{"message":"No.","errors":[{"field":"code","message":"wrong"}],"retry_after":1e9}`,
		`{"error":{"message":"\u202e\u001b[2J","code":"invalid"}}`, `{"errors":{"a":[{}],"\u0000":"b"}}`, "<html>", "", "null", "[[", "\xff", `{"data":{"deleted":[1],"changed":true}}`,
		`{"data":[{"message_id":"m1","outcome":"sent","duration_ms":1e30,"at":5}]}`, `{"data":{"id":"m1","secret":"whsec_x","old_until":"soon","attempts":-1,"proof":[],"failure":""}}`, strings.Repeat(`{"data":`, 99)} {
		for _, status := range []int{200, 422, 503} {
			f.Add(status, "application/json", body)
		}
	}
	f.Add(404, "text/plain", "no such channel")
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		if status < 200 || status > 599 {
			return
		}
		isFuzzed := false
		w := everywhere(func(w http.ResponseWriter, _ *http.Request) {
			if !isFuzzed {
				writeJSON(w, 200, profileJSON)
				return
			}
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			w.Write([]byte(body))
		})
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Layout: httpapi.LayoutV2, Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
		isFuzzed = true
		p, err := b.Profile(t.Context())
		if checkReadable(t, err); err == nil && p.Customer.ID == "" {
			t.Errorf("no error and no profile: %+v", p)
		}
		list, err := b.Channels(t.Context(), backend.ChannelFilter{})
		if checkReadable(t, err); err == nil && list == nil {
			t.Error("no error and no list")
		}
		_, err = b.UpdateChannel(t.Context(), 1, "+994551234567", nil)
		checkReadable(t, err)
		_, err = b.SendFeedback(t.Context(), "hello")
		checkReadable(t, err)
		if err := b.DeleteAccount(t.Context(), "other"); err == nil && status >= 300 {
			t.Errorf("%d was taken for done", status)
		}
		isFuzzed = false
		w.answers["GET https://example.org/v1/openapi.json"] = respond(200, ownDocument)
		b = open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Layout: httpapi.LayoutV2, Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
		isFuzzed = true
		tryDeliveries(t, b)
	})
}

// everywhere is a server with the same answer to every operation.
func everywhere(answer func(http.ResponseWriter, *http.Request)) *fakeNetwork {
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){}}
	for _, path := range []string{"", "/" + documentedID, "/" + documentedID + "/notification-channels", "/" + documentedID + "/notification-channel", "/feedback",
		"/" + documentedID + "/notification-channel/attempts", "/" + documentedID + "/notification-channel/receipt", "/" + documentedID + "/notification-channel/secret",
		"/" + documentedID + "/messages/m1/attempts", "/" + documentedID + "/messages/m1/resend"} {
		for _, method := range []string{"GET", "PATCH", "PUT", "DELETE", "POST"} {
			w.answers[method+" https://example.org/v1/customer"+path] = answer
		}
	}
	return w
}

// tryDeliveries calls the operations about deliveries.
func tryDeliveries(t *testing.T, b backend.Backend) {
	t.Helper()
	for _, read := range []func() ([]backend.Attempt, error){
		func() ([]backend.Attempt, error) { return b.ChannelAttempts(t.Context(), 1, 30) },
		func() ([]backend.Attempt, error) { return b.MessageAttempts(t.Context(), "m1") },
	} {
		list, err := read()
		if checkReadable(t, err); err == nil && list == nil {
			t.Error("no error and no attempts")
		}
	}
	m, err := b.ResendMessage(t.Context(), "m1")
	if checkReadable(t, err); err == nil && m.ID == "" {
		t.Error("no error and no message")
	}
	c, err := b.ConfirmReceipt(t.Context(), 1, "heron")
	if checkReadable(t, err); err == nil && c.Priority < 1 {
		t.Error("no error and no channel")
	}
	s, err := b.RotateSecret(t.Context(), 1, true)
	if checkReadable(t, err); err == nil && s.Secret == "" {
		t.Error("no error and no secret")
	}
}

// checkReadable expects an error that a screen can show.
func checkReadable(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	e := wantCode(t, err, backend.ErrorCode(err), "")
	texts := []string{e.Message}
	for field, sentences := range e.Fields {
		texts = append(append(texts, field), sentences...)
	}
	for _, text := range texts {
		hidden := strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || backend.IsBidiControl(c) })
		if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > 250 || hidden {
			t.Errorf("the error says %q", text)
		}
	}
	if len(e.Fields) > 20 || e.RetryAfter < 0 {
		t.Errorf("%+v", e)
	}
}
