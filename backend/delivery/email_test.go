package delivery

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/account-settings/pinghome/backend"
)

// emailMessage is a message with a code, as text and HTML.
func emailMessage(t testing.TB) Message {
	m := codeMessage(t, backend.TypeEmail, "ada@byron.example")
	m.HTML = "<p><b>481516</b> is your PingHome code.</p>"
	return m
}

// TestEmailIsDelivered uses each kind of security, with and without signing in.
func TestEmailIsDelivered(t *testing.T) {
	for _, security := range []string{"tls", "starttls", "none"} {
		for _, username := range []string{"", "pinghome"} {
			t.Run(security+" "+username, func(t *testing.T) {
				server := &mailServer{security: security, username: username, password: "s3cret",
					onData: &smtp.SMTPError{Code: 250, EnhancedCode: smtp.EnhancedCode{2, 0, 0}, Message: "Ok: queued as 12345"}}
				e := server.start(t)
				if e.Username = username; username != "" {
					e.Password = "s3cret"
				}
				receipt, err := newRouter(t, Config{Email: e}).Send(t.Context(), emailMessage(t))
				if err != nil || receipt != (Receipt{Provider: "smtp 127.0.0.1", Status: "250 2.0.0 Ok: queued as 12345"}) {
					t.Fatalf("%+v, %v", receipt, err)
				}
				if len(server.delivered) != 1 || (len(server.signedIn) == 1) != (username != "") {
					t.Fatalf("delivered %v, signed in %v", server.delivered, server.signedIn)
				}
				checkEmail(t, server.delivered[0])
			})
		}
	}
}

// checkEmail checks the envelope, headers and parts of a delivered emailMessage.
func checkEmail(t *testing.T, got delivered) {
	t.Helper()
	if got.from != "no-reply@example.org" || len(got.to) != 1 || got.to[0] != "ada@byron.example" {
		t.Errorf("from %s to %v", got.from, got.to)
	}
	read, err := mail.ReadMessage(strings.NewReader(got.data))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"From": `"PingHome" <no-reply@example.org>`, "To": "<ada@byron.example>", "Subject": "481516 is your PingHome code",
		"Message-Id": "<0b1d2f1e-6f5c-4b43-9d5b-1f6f3d0c8a11@example.org>", "Date": "Wed, 04 Mar 2026 05:06:07 +0000",
		"Auto-Submitted": "auto-generated", "Mime-Version": "1.0", "User-Agent": "", "X-Mailer": "",
	} {
		if got := read.Header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	kind, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := multipart.NewReader(read.Body, parameters["boundary"])
	for _, want := range []struct{ kind, text string }{
		{"text/plain; charset=UTF-8", "481516 is your PingHome code.\r\n\r\nNever give it to anybody."},
		{"text/html; charset=UTF-8", "<p><b>481516</b> is your PingHome code.</p>"},
	} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || part.Header.Get("Content-Type") != want.kind || strings.TrimSpace(string(text)) != want.text {
			t.Errorf("%s: %q, %v", part.Header.Get("Content-Type"), text, err)
		}
	}
}

// TestEmailKeepsItsMessageID: every attempt has the same Message-ID, so that a mailbox
// can recognise a repetition.
func TestEmailKeepsItsMessageID(t *testing.T) {
	server := &mailServer{security: "none"}
	r := newRouter(t, Config{Email: server.start(t)})
	for range 2 {
		if _, err := r.Send(t.Context(), emailMessage(t)); err != nil {
			t.Fatal(err)
		}
	}
	first, _ := mail.ReadMessage(strings.NewReader(server.delivered[0].data))
	second, _ := mail.ReadMessage(strings.NewReader(server.delivered[1].data))
	if id := first.Header.Get("Message-Id"); id == "" || id != second.Header.Get("Message-Id") {
		t.Errorf("%v, %v", first.Header, second.Header)
	}
}

// TestMailServerRefuses checks the kind of the error and that it has the reply of the
// server.
func TestMailServerRefuses(t *testing.T) {
	refuse := func(code int, text string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: text}
	}
	for _, test := range []struct {
		name   string
		server *mailServer
		want   Error
	}{
		{"the sender, temporarily", &mailServer{onMail: refuse(451, "try later")}, Error{Ours: true, Status: "451 4.1.1 try later"}},
		{"the sender", &mailServer{onMail: refuse(550, "who are you")}, Error{Ours: true, Status: "refused the sender: 550 5.1.1 who are you (the operator has to correct delivery.email.from, or the rights of the sign-in)"}},
		{"the sender, without a sign-in", &mailServer{onMail: refuse(530, "sign in first")}, Error{Ours: true, Status: "530 5.1.1 sign in first (the operator has to correct delivery.email.username or its password)"}},
		{"the recipient, temporarily", &mailServer{onRcpt: refuse(450, "greylisted")}, Error{Status: "450 4.1.1 greylisted"}},
		{"the recipient", &mailServer{onRcpt: refuse(550, "no such user, affected recipient(s): none")}, Error{Kind: Permanent, Status: "550 5.1.1 no such user, affected recipient(s): none"}},
		{"the content, temporarily", &mailServer{onData: refuse(452, "disk full")}, Error{Status: "452 4.1.1 disk full"}},
		{"the content", &mailServer{onData: refuse(554, "looks like spam")}, Error{Kind: Permanent, Status: "554 5.1.1 looks like spam"}},
		{"the content, repeating the code", &mailServer{onData: refuse(554, "no \u202e481516\x1b[31m here")}, Error{Kind: Permanent, Status: "554 5.1.1 no [redacted][31m here"}},
		{"the sign-in", &mailServer{username: "pinghome", password: "other"}, Error{Ours: true, Status: "refused the sign-in: 535 5.7.8 Authentication failed (the operator has to correct delivery.email.username or its password)"}},
		{"the sign-in, repeating the password", &mailServer{username: "pinghome", onAuth: refuse(535, "not s3cret")}, Error{Ours: true, Status: "refused the sign-in: 535 5.1.1 not [redacted] (the operator has to correct delivery.email.username or its password)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.server.security = "starttls"
			e := test.server.start(t)
			if e.Username = test.server.username; e.Username != "" {
				e.Password = "s3cret"
			}
			test.want.Provider = "smtp 127.0.0.1"
			got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
			if strings.Contains(got.Err.Error(), "s3cret") || strings.Contains(got.Err.Error(), "481516") {
				t.Errorf("the cause for the log has a secret: %v", got.Err)
			}
			if got.Err = nil; *got != test.want {
				t.Errorf("%+v, want %+v", *got, test.want)
			}
			if len(test.server.delivered) != 0 {
				t.Error("the message was delivered")
			}
		})
	}
}

// TestUntrustedMailServer: a server without TLS or with a certificate that does not
// verify gets neither password nor message.
func TestUntrustedMailServer(t *testing.T) {
	for _, test := range []struct{ name, server, client, status string }{
		{"unknown certificate", "tls", "tls", "its certificate does not verify: x509: certificate signed by unknown authority"},
		{"unknown certificate after STARTTLS", "starttls", "starttls", "its certificate does not verify: x509: certificate signed by unknown authority"},
		{"no STARTTLS", "none", "starttls", "offers no TLS, and nothing is sent without"},
		{"no TLS", "none", "tls", "does not speak TLS there"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := &mailServer{security: test.server, username: "pinghome", password: "s3cret"}
			e := server.start(t)
			_, e.Roots = newCertificate(t)
			e.Security, e.Username, e.Password = test.client, "pinghome", "s3cret"
			got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
			if got.Kind != Temporary || !strings.HasPrefix(got.Status, test.status) {
				t.Errorf("%+v", got)
			}
			if len(server.signedIn) != 0 || len(server.delivered) != 0 {
				t.Errorf("signed in %v, delivered %v", server.signedIn, server.delivered)
			}
		})
	}
}

// mayBeTaken ends the status of an attempt that was cut off after the final dot.
const mayBeTaken = "; the whole message was sent by then, so it may have been taken"

func kindOf(status string) ErrorKind {
	if strings.HasSuffix(status, mayBeTaken) {
		return Unknown
	}
	return Temporary
}

// TestBrokenMailServer: a server that breaks the protocol at any point is a temporary
// error, and after the final dot it is not known what became of the message.
func TestBrokenMailServer(t *testing.T) {
	for _, test := range []struct {
		name   string
		script func(string) string
		status string
	}{
		{"closed at once", acceptAllBut(connected, closeConn), "hung up without an answer"},
		{"closed with a reason", acceptAllBut(connected, "554 5.7.1 no service\r\n"), "554 5.7.1 no service"},
		{"busy", acceptAllBut(connected, "421 too busy\r\n"), "421 too busy"},
		{"another service", acceptAllBut(connected, "HTTP/1.1 400 Bad Request\r\n"), "did not answer as it should"},
		{"closed at MAIL", acceptAllBut("MAIL", closeConn), "the connection broke off before the message was taken"},
		{"closed at DATA", acceptAllBut("DATA", closeConn), "the connection broke off before the message was taken"},
		{"closed after the content", acceptAllBut(".", closeConn), "hung up without an answer" + mayBeTaken},
		{"nonsense after the content", acceptAllBut(".", "hello\r\n"), "did not answer as it should" + mayBeTaken},
		{"half an answer to the content", acceptAllBut(".", "250 ok"+closeConn), "hung up without an answer" + mayBeTaken},
		{"half of two lines", acceptAllBut(".", "250-ok\r\n"+closeConn), "hung up without an answer" + mayBeTaken},
		{"another answer to the content", acceptAllBut(".", "354 go on\r\n"), "did not answer as it should" + mayBeTaken},
		{"an endless answer to the content", acceptAllBut(".", strings.Repeat("250-x\r\n", 1<<20)), "sent a reply that is too long" + mayBeTaken},
		{"gone at the content, with a reason", acceptAllBut(".", "421 4.3.2 shutting down\r\n"), "421 4.3.2 shutting down"},
		{"an endless greeting", acceptAllBut(connected, "220-"+strings.Repeat("x", 1<<20)), "sent a reply that is too long"},
		{"an endless reply", acceptAllBut("EHLO", strings.Repeat("250-x\r\n", 1<<20)), "sent a reply that is too long"},
		{"no sign-in", acceptAllBut("EHLO", "250 fine\r\n"), "offers no way to sign in that is known here"},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := &Email{Host: "127.0.0.1", Port: startScripted(t, test.script), Security: "none", From: "no-reply@example.org"}
			if test.name == "no sign-in" {
				e.Username, e.Password = "pinghome", "s3cret"
			}
			got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
			if got.Kind != kindOf(test.status) || got.Status != test.status {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("no server", func(t *testing.T) {
		e := &Email{Host: "127.0.0.1", Port: closedPort(t), Security: "none", From: "no-reply@example.org"}
		if got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t)); got.Kind != Temporary || got.Status != "refused the connection" {
			t.Errorf("%+v", got)
		}
	})
}

// TestHangingMailServer: Send ends with its context at every point at which a server stops
// answering.
func TestHangingMailServer(t *testing.T) {
	for _, stops := range []string{connected, "EHLO", "MAIL", "DATA", "."} {
		t.Run("at "+stops, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			script := func(line string) string {
				if strings.HasPrefix(line, stops) {
					cancel()
					return ""
				}
				return acceptAll(line)
			}
			e := &Email{Host: "127.0.0.1", Port: startScripted(t, script), Security: "none", From: "no-reply@example.org"}
			_, err := newRouter(t, Config{Email: e}).Send(ctx, emailMessage(t))
			status := "the sending was stopped before there was an answer"
			if stops == "." {
				status += mayBeTaken
			}
			if got := AsError(err); got.Kind != kindOf(status) || got.Status != status {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestMailServerClosesAtQuit: the message was taken before, so it is a success.
func TestMailServerClosesAtQuit(t *testing.T) {
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, acceptAllBut("QUIT", closeConn)), Security: "none", From: "no-reply@example.org"}
	receipt, err := newRouter(t, Config{Email: e}).Send(t.Context(), emailMessage(t))
	if err != nil || receipt.Status != "250 fine" {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// TestEmailHeaderInjection: neither the address, the subject nor the body of a message
// can add a header, a recipient or an SMTP command.
func TestEmailHeaderInjection(t *testing.T) {
	server := &mailServer{security: "none"}
	r := newRouter(t, Config{Email: server.start(t)})
	for _, to := range []string{"a@b.example, c@d.example", "a@b.example\r\nRCPT TO:<c@d.example>", "<a@b.example>", "Ada <a@b.example>",
		"a@b.example> SIZE=1", "a@b.example\x00", "", "a@b.example\nBcc: c@d.example", `"a b"@b.example`, "group: a@b.example, c@d.example;"} {
		m := emailMessage(t)
		m.To = to
		if e := sendFailure(t, r, m); e.Kind != Permanent || r.Check(m.Type, to) == nil {
			t.Errorf("%q: %+v", to, e)
		}
	}
	for _, subject := range []string{"hello\r\nBcc: c@d.example", "hello\nBcc: c@d.example", "hello\rBcc: c@d.example", "\x00"} {
		m := emailMessage(t)
		m.Subject = subject
		if e := sendFailure(t, r, m); e.Kind != Permanent {
			t.Errorf("%q: %+v", subject, e)
		}
	}
	m := emailMessage(t)
	m.Subject, m.Body = "Grüße, 世界", "one\r\n.\r\nMAIL FROM:<evil@example.org>\r\n"
	if _, err := r.Send(t.Context(), m); err != nil || len(server.delivered) != 1 {
		t.Fatalf("%v, %v", err, server.delivered)
	}
	read, err := mail.ReadMessage(strings.NewReader(server.delivered[0].data))
	if err != nil {
		t.Fatal(err)
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject")); err != nil || subject != m.Subject {
		t.Errorf("%q, %v", subject, err)
	}
}
