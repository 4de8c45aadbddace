package delivery

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
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

func TestProbeOfAGateway(t *testing.T) {
	for _, gateway := range []string{"twilio", "kannel"} {
		var asked []string
		status, answer := http.StatusOK, `{"sid": "AC1", "status": "active"}`
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Method+" "+r.URL.Path)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, answer)
		}))
		defer s.Close()
		r := newRouter(t, Config{SMS: &SMS{Gateway: gateway, URL: s.URL, Account: "AC1", Secret: "secret", From: "PingHome"}})
		if found := r.Probe(t.Context()); len(found) != 1 || found[0].Err != nil {
			t.Errorf("%s: found %+v", gateway, found)
		}
		answer = "<h1>Sign in</h1>" // of a portal, with the status of success
		if found := r.Probe(t.Context()); (found[0].Err != nil) != (gateway == "twilio") {
			t.Errorf("%s behind a portal: found %+v", gateway, found)
		}
		status = http.StatusUnauthorized
		found := r.Probe(t.Context())
		if (found[0].Err != nil) != (gateway == "twilio") {
			t.Errorf("%s without the right password: found %+v", gateway, found)
		}
		for _, a := range asked {
			if !strings.HasPrefix(a, "GET ") || strings.Contains(a, "sendsms") {
				t.Errorf("%s was asked %s", gateway, a)
			}
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
