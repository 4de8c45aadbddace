package delivery

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// listen starts a server that does one thing with every connection, and returns its
// address. The connections are closed at the end of the test.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

// sendersTo are senders of every type to one address, with TLS or without.
func sendersTo(t *testing.T, address string, isTLS bool) map[string]func(context.Context) error {
	t.Helper()
	host, port, _ := net.SplitHostPort(address)
	number := 0
	_, _ = fmt.Sscan(port, &number)
	scheme, security := "http://", "none"
	if isTLS {
		scheme, security = "https://", "tls"
	}
	c := localConfig()
	c.Webhook.Allow, c.Push.Allow = []string{"127.0.0.0/8"}, []string{"127.0.0.0/8"}
	c.Email = &Email{Host: host, Port: number, Security: security, From: "no-reply@example.org"}
	c.SMS = &SMS{Gateway: "kannel", URL: scheme + address, Account: "pinghome", Secret: "s3cret", From: "PingHome"}
	kannel := newRouter(t, c)
	c.SMS = &SMS{Gateway: "twilio", URL: scheme + address, Account: "AC1", Secret: "s3cret", From: "+15550100"}
	r := newRouter(t, c)
	send := func(r *Router, m Message) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := r.Send(ctx, m)
			return err
		}
	}
	return map[string]func(context.Context) error{
		"email":        send(r, emailMessage(t)),
		"probed email": func(ctx context.Context) error { return r.Probe(ctx)[0].Err },
		"webhook":      send(r, codeMessage(t, backend.TypeWebhook, scheme+address+"/hook")),
		"push":         send(r, codeMessage(t, backend.TypePush, scheme+address+"/topic")),
		"kannel":       send(kannel, codeMessage(t, backend.TypeSMS, "+37120000000")),
		"twilio":       send(r, codeMessage(t, backend.TypeSMS, "+37120000000")),
	}
}

// TestAllSendersSayAlikeWhyThereWasNoAnswer: refused, hung up, out of time and TLS
// that failed are different things, and the same for each sender. What of it may have been
// taken is in TestWhatWasCutOffAfterTheRequestIsNotKnown.
func TestAllSendersSayAlikeWhyThereWasNoAnswer(t *testing.T) {
	hangUp := func(conn net.Conn) { _ = conn.Close() }
	hold := func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
	answer := func(text string) func(net.Conn) {
		return func(conn net.Conn) {
			_, _ = io.ReadFull(conn, make([]byte, 1))
			_, _ = io.WriteString(conn, text)
			hold(conn)
		}
	}
	cert, _ := newCertificate(t)
	unknown := func(conn net.Conn) {
		_ = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}}).Handshake()
	}
	alert := func(conn net.Conn) { _ = tls.Server(conn, &tls.Config{}).Handshake() }
	for _, test := range []struct {
		name   string
		serve  func(net.Conn) // nil: nothing listens
		isTLS  bool
		within time.Duration // of the context, 0 for long enough
		status string
	}{
		{"refused", nil, false, 0, "refused the connection"},
		{"refused with TLS", nil, true, 0, "refused the connection"},
		{"hung up", hangUp, false, 0, "hung up without an answer"},
		{"hung up in the handshake", hangUp, true, 0, "hung up without an answer"},
		{"silence", hold, false, 50 * time.Millisecond, "did not answer in time"},
		{"silence in the handshake", hold, true, 50 * time.Millisecond, "did not answer in time"},
		{"no TLS", answer("HTTP/1.1 400 Bad Request\r\n\r\n"), true, 0, "does not speak TLS there"},
		{"no TLS but mail", answer("220 mail.example.org ESMTP\r\n"), true, 0, "does not speak TLS there"},
		{"unknown certificate", unknown, true, 0, "its certificate does not verify: "},
		{"TLS refused", alert, true, 0, "refused TLS: "},
	} {
		address := fmt.Sprintf("127.0.0.1:%d", closedPort(t))
		if test.serve != nil {
			address = listen(t, test.serve)
		}
		for name, send := range sendersTo(t, address, test.isTLS) {
			err := sendWithin(t, test.within, send)
			if err == nil {
				t.Errorf("%s, %s: sent", test.name, name)
				continue
			}
			if e := AsError(err); e.Kind != kindOf(e.Status) || !strings.HasPrefix(e.Status, test.status) ||
				(name == "kannel" || name == "twilio") && e.Ours == (e.Kind == Unknown) { // the operator's server, not the person's
				t.Errorf("%s, %s: %q, want %q (%v)", test.name, name, e.Status, test.status, e.Err)
			}
		}
	}
}

// sendWithin sends with a context that ends after a time; 0 is for ever.
func sendWithin(t *testing.T, limit time.Duration, send func(context.Context) error) error {
	t.Helper()
	if limit == 0 {
		return send(t.Context())
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	return send(ctx)
}

// TestTheEndOfAnSMTPSessionIsToldByItsStep: what is known depends on how far it came.
func TestTheEndOfAnSMTPSessionIsToldByItsStep(t *testing.T) {
	for _, c := range []struct {
		step   smtpStep
		broken error
		kind   ErrorKind
		status string
	}{
		{stepGreeting, os.ErrDeadlineExceeded, Temporary, "did not answer in time"},
		{stepGreeting, io.EOF, Temporary, "hung up without an answer"},
		{stepMail, os.ErrDeadlineExceeded, Temporary, "did not answer in time"},
		{stepMail, io.EOF, Temporary, "the connection broke off before the message was taken"},
		{stepText, io.EOF, Temporary, "the connection broke off before the message was taken"},
		{stepResult, os.ErrDeadlineExceeded, Unknown, "did not answer in time; the whole message was sent by then, so it may have been taken"},
		{stepResult, io.EOF, Unknown, "hung up without an answer; the whole message was sent by then, so it may have been taken"},
	} {
		got := (email{}).failure(t.Context(), emailMessage(t), &smtpSession{step: c.step}, c.broken)
		if got.Status != c.status || got.Kind != c.kind || got.Ours != (c.kind != Unknown) {
			t.Errorf("after %v at %d: %+v", c.broken, c.step, got)
		}
	}
}

// TestAnEndWhileTheRequestIsWrittenIsAHangUp: net/http reads the end and closes the
// connection, and it is the writing that fails.
func TestAnEndWhileTheRequestIsWrittenIsAHangUp(t *testing.T) {
	err := &net.OpError{Op: "write", Net: "tcp", Err: net.ErrClosed}
	if got := connectionStatus(t.Context(), err); got != "hung up without an answer" {
		t.Errorf("%q", got)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got := connectionStatus(ended, err); got != "the sending was stopped before there was an answer" {
		t.Errorf("after the sending was stopped: %q", got)
	}
}
