package delivery

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"
	"unicode/utf8"
)

// readText reads one reply, and returns code and text.
func readText(t *testing.T, sent string) (string, error) {
	t.Helper()
	r, err := readReply(bufio.NewReader(strings.NewReader(sent)))
	if err != nil {
		return "", err
	}
	return (&refusal{stepMail, r}).Error(), nil
}

func TestRepliesAreReadAsServersSendThem(t *testing.T) {
	for _, c := range []struct{ sent, want string }{
		{"250 ok\r\n", "250 ok"},
		{"250\r\n", "250"},  // RFC 5321, 4.2: the text and its space may be left out
		{"250 \r\n", "250"}, // as older servers send it
		{"250-\r\n250\r\n", "250"},
		{"250 ok\n", "250 ok"}, // a bare LF
		{"250-one\r\n250-two\r\n250 three\r\n", "250 one two three"},
		{"550-5.1.1 The account does\r\n550-5.1.1 not exist.\r\n550 5.1.1 See b.example\r\n", "550 5.1.1 The account does not exist. See b.example"},
		{"550-5.1.1\r\n550 5.1.1 gone\r\n", "550 5.1.1 gone"},
		{"550 5.1.10 RESOLVER.ADR.RecipientNotFound\r\n", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"},
		{"550 Bo\xeete pleine\r\n", "550 Boîte pleine"}, // Latin-1
		{"550 Boîte pleine\r\n", "550 Boîte pleine"},
		{"550-one\r\n451 two\r\n", "451 one two"}, // the last line is that of the reply
		{"250 " + strings.Repeat("x", 70_000) + "\r\n", "250 " + strings.Repeat("x", maxReplyLine-4)},
		{"250 " + strings.Repeat("ü", 70_000) + "\r\n", "250 " + strings.Repeat("ü", maxReplyLine/2-2)},
		{"250 x" + strings.Repeat("ü", 70_000) + "\r\n", "250 x" + strings.Repeat("ü", maxReplyLine/2-3)}, // cut within a character
	} {
		if got, err := readText(t, c.sent); err != nil || got != c.want {
			t.Errorf("%.40q: %.60q, %v, want %.60q", c.sent, got, err, c.want)
		}
	}
	for _, sent := range []string{"", "\r\n", "25\r\n", "hello\r\n", "250ok\r\n", "950 ok\r\n", "199 ok\r\n", "2x0 ok\r\n", "250 ok", "250-ok\r\n", "250-ok\r\nhello\r\n", "\xef\xbb\xbf250 ok\r\n"} {
		if got, err := readText(t, sent); err == nil {
			t.Errorf("%q is read as %q", sent, got)
		}
	}
}

// FuzzMailServer is a server that says anything, from any point of the session on. It
// always comes to an end, without waiting for more than the limits, and what is told is one line of clean text.
func FuzzMailServer(f *testing.F) {
	for _, sent := range []string{"", "220 here\r\n250 fine\r\n", "220\r\n250\r\n250\r\n250\r\n354\r\n250\r\n221\r\n",
		"220 here\r\n250-mail\r\n250-SMTPUTF8\r\n250 AUTH=PLAIN\r\n235\r\n250\r\n550-5.1.1 no\r\n550 5.1.1 \x1b[31mno\x00\xff\r\n",
		"220 here\r\n250-x\r\n250 AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n334 x\r\n",
		"220 here\r\n250-x\r\n250 AUTH SCRAM-SHA-256\r\n334\r\n334 cj0=\r\n501\r\n", "220 here\r\n500\r\n250\r\n",
		"220 here\r\n250 x\r\n250\r\n250\r\n354\r\n250-481516\r\n250 \u202e\r\n", "220-" + strings.Repeat("x", 5000), "421 4.3.2 \u2028\r\n"} {
		f.Add([]byte(sent), true)
		f.Add([]byte(sent), false)
	}
	f.Fuzz(func(t *testing.T, sent []byte, signsIn bool) {
		synctest.Test(t, func(t *testing.T) {
			e := pipeEmail(func(conn net.Conn) {
				go func() { _, _ = conn.Write(sent) }()
				_, _ = bufio.NewReader(conn).WriteTo(discard{})
			})
			if signsIn {
				e.options.Username, e.options.Password = "ada", "s3cret"
			}
			receipt, err := e.Send(t.Context(), emailMessage(t))
			status := receipt.Status
			if err != nil {
				status = AsError(err).Status
			}
			if status == "" || utf8.RuneCountInString(status) > maxStatus+len(mayBeTaken) || !utf8.ValidString(status) ||
				strings.ContainsFunc(status, func(r rune) bool {
					return !unicode.IsGraphic(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
				}) ||
				strings.Contains(status, "481516") || strings.Contains(status, "s3cret") {
				t.Errorf("told %q, %v", status, err)
			}
		})
	})
}

// discard takes all bytes.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// pipeEmail is a sender that is connected to a server in memory, in a bubble of synctest.
func pipeEmail(serve func(net.Conn)) email {
	e := newPipeEmail(Email{Host: "mail.example.org", Security: "none", From: "PingHome <no-reply@example.org>"})
	e.connect = func(context.Context) (net.Conn, error) {
		client, server := net.Pipe()
		go func() { defer server.Close(); serve(server) }()
		return client, nil
	}
	return e
}

// newPipeEmail is a sender for a host that is not on this machine, without TLS.
func newPipeEmail(o Email) email {
	o.Host, o.Security = "localhost", "none"
	made, err := o.newSender()
	if err != nil {
		panic(err)
	}
	e, _ := made.(email)
	e.options.Host, e.provider = "mail.example.org", "smtp mail.example.org"
	e.hostname = func() (string, error) { return "vm", nil }
	return e
}

// scripted serves the script over a connection, with a pause before each answer.
func scripted(script func(string) string, pause func(line string) time.Duration) func(net.Conn) {
	return func(conn net.Conn) {
		answer := func(line string) bool {
			time.Sleep(pause(line))
			said, isLast := strings.CutSuffix(script(line), closeConn)
			_, err := conn.Write([]byte(said))
			return err == nil && !isLast
		}
		if !answer(connected) {
			return
		}
		lines := bufio.NewScanner(conn)
		inText := false
		for lines.Scan() {
			line := lines.Text()
			switch {
			case inText && line != ".":
				continue
			case !answer(line):
				return
			}
			inText = line == "DATA"
		}
	}
}

// TestEveryStepHasItsTime: a server that needs nearly as long as the standard gives it for
// each step gets the message, and one that needs longer at one of them does not.
func TestEveryStepHasItsTime(t *testing.T) {
	steps := []struct {
		verb    string
		limit   time.Duration // RFC 5321, 4.5.3.2
		unknown bool
	}{{connected, 5 * time.Minute, false}, {"EHLO", 5 * time.Minute, false}, {"MAIL", 5 * time.Minute, false}, {"RCPT", 5 * time.Minute, false},
		{"DATA", 2 * time.Minute, false}, {".", 10 * time.Minute, true}}
	limitOf := func(line string) time.Duration {
		for _, s := range steps {
			if line == s.verb || s.verb != "." && strings.HasPrefix(line, s.verb) {
				return s.limit
			}
		}
		return 0
	}
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		e := pipeEmail(scripted(acceptAll, func(line string) time.Duration { return max(0, limitOf(line)-time.Second) }))
		if _, err := e.Send(t.Context(), emailMessage(t)); err != nil || time.Since(begun) < 31*time.Minute || time.Since(begun) > smtpTimeout {
			t.Errorf("after %v: %v", time.Since(begun), err)
		}
	})
	for _, slow := range steps {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			e := pipeEmail(scripted(acceptAll, func(line string) time.Duration {
				if limitOf(line) == slow.limit && strings.HasPrefix(line, slow.verb) {
					return slow.limit + time.Second
				}
				return 0
			}))
			_, err := e.Send(t.Context(), emailMessage(t))
			var fault *Error
			if !errors.As(err, &fault) || (fault.Kind == Unknown) != slow.unknown || !strings.HasPrefix(fault.Status, "did not answer in time") || time.Since(begun) != slow.limit {
				t.Errorf("at %s after %v: %v", slow.verb, time.Since(begun), err)
			}
			time.Sleep(time.Minute) // the server ends
		})
	}
}
