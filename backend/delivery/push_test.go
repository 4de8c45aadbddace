package delivery

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// TestPushByNtfy: in ntfy the text is the body, and the rest is in headers.
func TestPushByNtfy(t *testing.T) {
	for _, test := range []struct {
		m              Message
		priority, tags string
	}{
		{Message{Subject: "481516 is your PingHome code", Code: "481516", Body: "481516 is your code."}, "4", "key"},
		{Message{Subject: "PingHome test message", Kind: backend.KindTest, Body: "The word is otter."}, "3", "white_check_mark"},
		{Message{Subject: "Grüße aus 北京, und zwar so viele, dass sie nicht in eine Zeile passen, die in einer E-Mail stünde", Body: "Grüße"}, "3", "bell"},
	} {
		to := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			title, err := new(mime.WordDecoder).DecodeHeader(r.Header.Get("Title"))
			if r.Method != http.MethodPost || r.URL.String() != "/my-topic" || string(body) != test.m.Body || err != nil || title != test.m.Subject ||
				r.Header.Get("Priority") != test.priority || r.Header.Get("Tags") != test.tags {
				t.Errorf("%s %s %v %q, title %q", r.Method, r.URL, r.Header, body, title)
			}
			_, _ = io.WriteString(w, `{"id":"hwQ2YpKdmg","time":1635528741,"event":"message","topic":"my-topic","message":"…"}`)
		})
		test.m.Type, test.m.To = backend.TypePush, to+"/my-topic"
		receipt, err := newRouter(t, localConfig()).Send(t.Context(), test.m)
		if want := (Receipt{Provider: "ntfy " + strings.TrimPrefix(to, "http://"), Status: "id hwQ2YpKdmg"}); err != nil || receipt != want {
			t.Errorf("%+v, %v, want %+v", receipt, err, want)
		}
	}
}

func TestPushByGotify(t *testing.T) {
	to := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		var got gotifyMessage
		err := json.NewDecoder(r.Body).Decode(&got)
		want := gotifyMessage{Title: "481516 is your PingHome code", Message: "481516 is your PingHome code.\n\nNever give it to anybody.", Priority: 8}
		if err != nil || r.Method != http.MethodPost || r.URL.String() != "/base/message?token=AbCdEf.123" || r.Header.Get("Content-Type") != "application/json" || got != want {
			t.Errorf("%s %s %v %+v, %v", r.Method, r.URL, r.Header, got, err)
		}
		_, _ = io.WriteString(w, `{"id": 25, "appid": 5, "message": "…", "title": "…", "priority": 8, "date": "2018-02-27T19:36:10.5045044+01:00"}`)
	})
	receipt, err := newRouter(t, localConfig()).Send(t.Context(), codeMessage(t, backend.TypePush, to+"/base/message?token=AbCdEf.123"))
	if want := (Receipt{Provider: "gotify " + strings.TrimPrefix(to, "http://"), Status: "id 25"}); err != nil || receipt != want {
		t.Errorf("%+v, %v, want %+v", receipt, err, want)
	}
}

func TestPushServerErrors(t *testing.T) {
	for _, test := range []struct {
		path   string
		status int
		answer string
		want   Error
	}{
		{"/topic", 403, `{"code":40301,"http":403,"error":"forbidden","link":"https://ntfy.sh/docs/publish/#authentication"}`, Error{Status: "answered 403: forbidden"}},
		{"/topic", 429, `{"code":42901,"http":429,"error":"limit reached: too many requests"}`, Error{Kind: RateLimited, Status: "answered 429: limit reached: too many requests"}},
		{"/topic?auth=QmFzaWM", 500, "no QmFzaWM", Error{Status: "answered 500: no [redacted]"}},
		{"/topic", 410, "", Error{Kind: Permanent, Gone: true, Status: "answered 410"}},
		{"/topic", 301, "", Error{Kind: Permanent, Status: "answered 301, and redirects are not followed"}},
		{"/message?token=AbC%2BdEf", 401, `{"error":"Unauthorized","errorCode":401,"errorDescription":"the token AbC+dEf (AbC%2BdEf) is not valid"}`,
			Error{Status: "answered 401: the token [redacted] ([redacted]) is not valid"}},
	} {
		t.Run(fmt.Sprintf("%d at %s", test.status, test.path), func(t *testing.T) {
			to := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.answer)
			})
			e := sendFailure(t, newRouter(t, localConfig()), codeMessage(t, backend.TypePush, to+test.path))
			test.want.Provider = e.Provider
			if *e != test.want {
				t.Errorf("%+v, want %+v", *e, test.want)
			}
		})
	}
}

func TestPushAddressNeedsTopic(t *testing.T) {
	r := newRouter(t, localConfig())
	for _, to := range []string{"https://ntfy.sh", "https://ntfy.sh/", "https://ntfy.sh/?token=x"} {
		if err := r.Check(backend.TypePush, to); err == nil || !strings.Contains(err.Error(), "topic") {
			t.Errorf("%s: %v", to, err)
		}
		if e := sendFailure(t, r, codeMessage(t, backend.TypePush, to)); e.Kind != Permanent {
			t.Errorf("%s: %+v", to, e)
		}
	}
	for _, to := range []string{"https://ntfy.sh/topic", "https://gotify.example.org/message?token=x", "https://example.org/gotify/message?token=x"} {
		if err := r.Check(backend.TypePush, to); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}
