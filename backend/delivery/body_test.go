package delivery

import (
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// slowBody gives what it has at once, and then nothing until it is closed.
type slowBody struct {
	has    string
	closed chan struct{}
}

func (s *slowBody) Read(p []byte) (int, error) {
	if s.has != "" {
		n := copy(p, s.has)
		s.has = s.has[n:]
		return n, nil
	}
	<-s.closed
	return 0, net.ErrClosed
}

func (s *slowBody) Close() error {
	close(s.closed)
	return nil
}

// TestABodyWithoutEndIsNotWaitedForLong: what came of it counts.
func TestABodyWithoutEndIsNotWaitedForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, limit := range []time.Duration{bodyTime, spareBodyTime} {
			begun := time.Now()
			got := &http.Response{Body: &slowBody{`{"id":"a"}`, make(chan struct{})}}
			body, isCut := readBody(t.Context(), got, limit)
			if took := time.Since(begun); string(body) != `{"id":"a"}` || !isCut || took != limit {
				t.Errorf("after %v: %s, %v", took, body, isCut)
			}
		}
	})
}

// TestABodyThatDoesNotEnd: the answer is known by the status, or by what came of the body;
// where it is not, the message may have been taken, and a webhook needs no body.
func TestABodyThatDoesNotEnd(t *testing.T) {
	const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	chunk := func(text string) string {
		return chunked + string("0123456789abcdef"[len(text)]) + "\r\n" + text + "\r\n"
	}
	cut := "? answered 200, and the rest of its answer did not come" + wholeWasSent
	for _, test := range []struct{ name, answer, push, twilio, kannel string }{
		{"an id", chunk(`{"id":"a"}`), "taken", "taken", cut},
		{"half an id", chunk(`{"id":"a`), cut, cut, cut},
		{"Kannel's words", chunk(`0: Accepted`), cut, cut, "taken"},
		{"nothing", chunked, cut, cut, cut},
		{"a refusal", "HTTP/1.1 503 No\r\nContent-Length: 99\r\n\r\nno", "↻ answered 503: no", "↻ OURS answered 503: no", "↻ OURS answered 503: no"},
	} {
		senders := sendersTo(t, listen(t, afterRequest(func(conn net.Conn) {
			_, _ = io.WriteString(conn, test.answer)
			_ = conn.Close()
		})), false)
		if err := senders["webhook"](t.Context()); (err != nil) != (test.name == "a refusal") {
			t.Errorf("%s, webhook: %v", test.name, err)
		}
		for name, want := range map[string]string{"push": test.push, "twilio": test.twilio, "kannel": test.kannel} {
			if got := outcome(Receipt{Status: "taken"}, senders[name](t.Context())); got != want {
				t.Errorf("%s, %s: %s, want %s", test.name, name, got, want)
			}
		}
	}
}
