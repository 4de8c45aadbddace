package delivery

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// afterRequest reads a request with its body, and then does something with the connection.
func afterRequest(then func(net.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		r, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		then(conn)
	}
}

// TestWhatWasCutOffAfterTheRequestIsNotKnown: an SMS gateway or push server that got the
// whole request may send the message, and does not recognise a repetition. A webhook's
// receiver does, by the id, and before the request nothing can have been taken.
func TestWhatWasCutOffAfterTheRequestIsNotKnown(t *testing.T) {
	hangUp := func(conn net.Conn) { _ = conn.Close() }
	write := func(text string) func(net.Conn) {
		return func(conn net.Conn) { _, _ = io.WriteString(conn, text); _ = conn.Close() }
	}
	for _, test := range []struct {
		name   string
		then   func(net.Conn) // after the request
		within time.Duration  // 0 for long enough
		status string
	}{
		{"no answer", func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }, 500 * time.Millisecond, "did not answer in time"},
		{"a hang-up", hangUp, 0, "hung up without an answer"},
		{"half a header", write("HTTP/1.1 200 OK\r\nContent-Le"), 0, "did not answer as it should"},
		{"another protocol", write("220 mail.example.org\r\n"), 0, "did not answer as it should"},
		{"a switch of protocols", write("HTTP/1.1 101 Odd\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"), 0, "answered 101, which is no answer to a message"},
		{"a proxy that got no answer", write("HTTP/1.1 504 Gateway Timeout\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"), 0, "answered 504"},
		{"Cloudflare that got no answer", write("HTTP/1.1 524 No\r\nContent-Length: 0\r\n\r\n"), 0, "answered 524"},
	} {
		for name, send := range sendersTo(t, listen(t, afterRequest(test.then)), false) {
			if strings.Contains(name, "email") {
				continue
			}
			want := Error{Kind: Unknown, Status: test.status + wholeWasSent}
			if name == "webhook" {
				want = Error{Status: test.status}
			}
			e := AsError(sendWithin(t, test.within, send))
			if e.Kind != want.Kind || e.Status != want.Status || e.Kind == Unknown && e.RetryAfter != 0 {
				t.Errorf("%s, %s: %+v", test.name, name, e)
			}
		}
	}
}

// TestOnlyAWholeRequestCanHaveBeenTaken: net/http calls a request written before its last
// bytes leave, and a server that wants a certificate refuses TLS 1.3 after the handshake.
func TestOnlyAWholeRequestCanHaveBeenTaken(t *testing.T) {
	closed := errors.New("http: server closed idle connection")
	for _, test := range []struct {
		name       string
		err        error
		wasWritten bool
		want       ErrorKind
	}{
		{"an end after it", io.EOF, true, Unknown},
		{"no answer in time", context.DeadlineExceeded, true, Unknown},
		{"a reset after it", &net.OpError{Op: "read", Err: syscall.ECONNRESET}, true, Unknown},
		{"an end before it", io.EOF, false, Temporary},
		{"an end while it is written", fmt.Errorf("broken: %w", &net.OpError{Op: "write", Err: syscall.EPIPE}), true, Temporary},
		{"TLS refused", &net.OpError{Op: "remote error", Err: tls.AlertError(116)}, true, Temporary},
		{"an idle connection that was closed", closed, true, Temporary},
	} {
		if e := connectionError(t.Context(), request{onlyOnce: true}, test.err, test.wasWritten); e.Kind != test.want || e.Kind != kindOf(e.Status) {
			t.Errorf("%s: %+v", test.name, e)
		}
		if e := connectionError(t.Context(), request{}, test.err, test.wasWritten); e.Kind != Temporary {
			t.Errorf("%s, of a webhook: %+v", test.name, e)
		}
	}
}
