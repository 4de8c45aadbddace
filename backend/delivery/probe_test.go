package delivery

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/account-settings/pinghome/backend"
)

func TestProbeSignsInAndSendsNothing(t *testing.T) {
	server := &mailServer{security: "starttls", username: "ada", password: "secret"}
	e := server.start(t)
	e.Username, e.Password = "ada", "secret"
	r := newRouter(t, Config{Email: e, Webhook: &Webhook{Enabled: true}})
	found := r.Probe(t.Context())
	if len(found) != 2 || found[0].Type != backend.TypeEmail || found[0].Err != nil || !strings.Contains(found[0].Status, "accepts the sign-in") || found[1].Err != nil {
		t.Errorf("found %+v", found)
	}
	server.mutex.Lock()
	defer server.mutex.Unlock()
	if len(server.signedIn) != 1 || len(server.delivered) != 0 {
		t.Errorf("signed in %v, delivered %v", server.signedIn, server.delivered)
	}
}

func TestProbeTellsWhatIsWrong(t *testing.T) {
	server := &mailServer{security: "starttls", username: "ada", password: "secret", onAuth: smtp.ErrAuthFailed}
	e := server.start(t)
	e.Username, e.Password = "ada", "secret"
	found := newRouter(t, Config{Email: e}).Probe(t.Context())
	var fault *Error
	if len(found) != 1 || !errors.As(found[0].Err, &fault) || strings.Contains(found[0].Err.Error(), "secret") {
		t.Errorf("found %+v", found)
	}
}

// TestProbeOfAGateway: only the right answer is one, and nothing is sent.
func TestProbeOfAGateway(t *testing.T) {
	const missing, wrong = "Missing receiver number, rejected", "Authorization failed for sendsms"
	for _, test := range []struct {
		gateway string
		status  int
		answer  string
		want    string // "" for ok, else what the error tells
	}{
		{"twilio", 200, `{"sid": "AC1", "status": "active"}`, ""}, // https://www.twilio.com/docs/iam/api/account
		{"twilio", 200, `{"sid": "AC1"}`, ""},
		{"twilio", 200, `{"account_sid": "AC1", "status": 200}`, ""},
		{"twilio", 200, `{"sid": "AC1", "status": "suspended"}`, "the account is suspended, not active"},
		{"twilio", 200, `{"sid": "AC1", "status": "closed"}`, "the account is closed, not active"},
		{"twilio", 200, `{"id": 7}`, "answered 200, but not with the account; delivery.sms.url may be wrong"},
		{"twilio", 200, "<h1>Sign in</h1>", "answered 200, but not with the account; delivery.sms.url may be wrong"},
		{"twilio", 401, `{"code": 20003, "message": "Authenticate"}`, "answered 401: Authenticate (20003) (the operator has to correct delivery.sms.account or its secret)"},
		{"twilio", 404, "", "answered 404" + correctsURL},
		{"kannel", 400, missing, ""}, // gw/smsbox.c, smsbox_req_sendsms
		{"kannel", 403, wrong, "answered 403: Authorization failed for sendsms (the operator has to correct delivery.sms.account or its secret)"},
		{"kannel", 404, "Unknown request.", "answered 404: Unknown request." + correctsURL},
		{"kannel", 400, "<h1>Bad Request</h1>", "answered 400: Bad Request"},
		{"kannel", 502, "", "answered 502"},
		{"kannel", 503, "", "answered 503"},
		{"kannel", 302, "", "answered 302, and redirects are not followed" + correctsURL},
		{"kannel", 200, "<h1>Sign in</h1>", "answered 200, but not in Kannel's words; delivery.sms.url may be wrong"},
		{"kannel", 200, missing, "answered 200, but not in Kannel's words; delivery.sms.url may be wrong"},
		{"kannel", 202, "0: Accepted for delivery", "answered 202, but not in Kannel's words; delivery.sms.url may be wrong"},
	} {
		base := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.URL.Query().Has("to") || r.URL.Query().Has("text") {
				t.Errorf("%s was asked %s %s", test.gateway, r.Method, r.URL)
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.answer)
		})
		c := twilioConfig(base)
		c.SMS.Gateway = test.gateway
		found := newRouter(t, c).Probe(t.Context())[0]
		said := ""
		if found.Err != nil {
			said = AsError(found.Err).Status
		}
		if said != test.want || (found.Status == "") == (said == "") {
			t.Errorf("%s, %d %s: %+v", test.gateway, test.status, test.answer, found)
		}
	}
}

// TestProbeOfASlowServerIsNotKnownYet: a person does not wait as long as a message does.
func TestProbeOfASlowServerIsNotKnownYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := pipeEmail(scripted(acceptAll, func(string) time.Duration { return time.Minute }))
		begun := time.Now()
		p := Probed{Type: backend.TypeEmail}
		p.probe(t.Context(), e)
		if took := time.Since(begun); took != probeTime || !p.Unknown || p.Err != nil || !strings.Contains(p.Status, "not known yet: it has not answered within 15 s") {
			t.Errorf("after %v: %+v", took, p)
		}
		time.Sleep(time.Hour)
	})
}
