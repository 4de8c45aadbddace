package delivery

import (
	"io"
	"net"
	"strings"
	"testing"
)

// TestWhatAServerSaysBeforeItIsAsked: a refusal is taken as one, and anything else is no answer
// to what is asked next.
func TestWhatAServerSaysBeforeItIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		script func(string) string
		status string
	}{
		"it goes down":            {acceptAllBut("MAIL", "250 ok\r\n421 4.3.2 going down\r\n"+closeConn), "421 4.3.2 going down"},
		"two answers":             {acceptAllBut("RCPT", "250 ok\r\n250 ok\r\n"), "did not answer as it should"},
		"an answer to the dot":    {acceptAllBut("DATA", "354 go on\r\n250 taken\r\n"), "did not answer as it should"},
		"a text for the address":  {acceptAllBut("RCPT", "354 go on\r\n"), "did not answer as it should"},
		"a refusal after the 354": {acceptAllBut("DATA", "354 go on\r\n452 4.3.1 no room\r\n"), "452 4.3.1 no room"},
	} {
		t.Run(name, func(t *testing.T) {
			e := &Email{Host: "127.0.0.1", Port: startScripted(t, withQuit(c.script)), Security: "none", From: "no-reply@example.org"}
			got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
			if got.Kind != Temporary || !got.Ours || got.Status != c.status {
				t.Errorf("%+v, want %s", got, c.status)
			}
		})
	}
}

// TestNothingInTheClearCountsAfterStartTLS: it may come from someone between.
func TestNothingInTheClearCountsAfterStartTLS(t *testing.T) {
	script := func(line string) string {
		switch {
		case strings.HasPrefix(line, "EHLO"):
			return "250-mail.example.org\r\n250 STARTTLS\r\n"
		case line == "STARTTLS":
			return "220 go on\r\n250 injected\r\n"
		}
		return acceptAll(line)
	}
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, script), Security: "starttls", From: "no-reply@example.org"}
	if got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t)); got.Status != errEarlyData.Error() || !got.Ours {
		t.Errorf("%+v", got)
	}
}

// TestWithoutTheDotNothingIsTaken: a connection that was closed before it could be written.
func TestWithoutTheDotNothingIsTaken(t *testing.T) {
	ours, theirs := net.Pipe()
	s := &smtpSession{limits: smtpLimits}
	s.use(t.Context(), ours)
	defer s.close()
	const text = "Subject: hello\r\n\r\nhello\r\n"
	done := make(chan error, 1)
	go func() {
		_, err := io.ReadFull(theirs, make([]byte, len("DATA\r\n")))
		if err == nil {
			_, err = io.WriteString(theirs, "354 go on\r\n")
		}
		if err == nil {
			_, err = io.ReadFull(theirs, make([]byte, len(text)))
		}
		_ = theirs.Close()
		done <- err
	}()
	_, err := s.sendText([]byte(text))
	if served := <-done; err == nil || served != nil || s.step != stepText {
		t.Errorf("%v at step %d; the server %v", err, s.step, served)
	}
	fault := email{provider: "smtp"}.failure(t.Context(), Message{}, s, err)
	if fault.Kind != Temporary || strings.Contains(fault.Status, "may have been taken") {
		t.Errorf("%+v", fault)
	}
}

// TestAWayToSignInThatTheServerDoesNotKnow although it lists it: the next one is tried.
func TestAWayToSignInThatTheServerDoesNotKnow(t *testing.T) {
	script := func(line string) string {
		switch {
		case strings.HasPrefix(line, "EHLO"):
			return "250-mail.example.org\r\n250 AUTH PLAIN LOGIN\r\n"
		case strings.HasPrefix(line, "AUTH PLAIN"):
			return "504 5.5.4 Unrecognized authentication type\r\n"
		case strings.HasPrefix(line, "AUTH LOGIN"):
			return "334 VXNlcm5hbWU6\r\n"
		case line == "cGluZ2hvbWU=": // the username
			return "334 UGFzc3dvcmQ6\r\n"
		case line == "czNjcmV0": // the password
			return "235 2.7.0 welcome\r\n"
		}
		return acceptAll(line)
	}
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, withQuit(script)), Security: "none", From: "no-reply@example.org", Username: "pinghome", Password: "s3cret"}
	if _, err := newRouter(t, Config{Email: e}).Send(t.Context(), emailMessage(t)); err != nil {
		t.Error(err)
	}
}

// TestASenderWithOtherLettersIsOurs: no recipient can help it.
func TestASenderWithOtherLettersIsOurs(t *testing.T) {
	script := func(line string) string {
		switch {
		case strings.HasPrefix(line, "EHLO"):
			return "250-mail.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
		case strings.HasPrefix(line, "MAIL"):
			return "553 5.6.7 non-ASCII addresses are not permitted\r\n"
		}
		return acceptAll(line)
	}
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, withQuit(script)), Security: "none", From: "grüße@example.org"}
	if got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t)); !got.Ours || got.Kind != Temporary || !strings.Contains(got.Status, correctFrom) {
		t.Errorf("%+v", got)
	}
}
