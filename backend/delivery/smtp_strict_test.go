package delivery

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// strictServer is a mail server that takes nothing but what RFC 5321 allows it to be sent,
// and answers one step at a time.
type strictServer struct {
	extensions []string // in its answer to EHLO
	commands   []string
	text       string
	broken     []string // what was not as the standard wants it
}

func (s *strictServer) complain(format string, args ...any) string {
	s.broken = append(s.broken, fmt.Sprintf(format, args...))
	return "500 5.5.2 " + fmt.Sprintf(format, args...) + "\r\n"
}

// serve runs one session.
func (s *strictServer) serve(conn net.Conn) {
	in := bufio.NewReader(conn)
	answer := "220 mail.example.org ESMTP\r\n"
	for {
		time.Sleep(time.Second) // what comes before the answer was sent too early
		if in.Buffered() > 0 {
			answer = s.complain("something was sent before the answer")
		}
		if _, err := io.WriteString(conn, answer); err != nil || strings.HasPrefix(answer, "221") {
			return
		}
		line, err := s.line(in, 512, s.hasUTF8())
		if err != nil {
			return
		}
		s.commands = append(s.commands, line)
		if answer = s.answer(line); line != "DATA" || answer[0] != '3' {
			continue
		}
		if _, err := io.WriteString(conn, answer); err != nil {
			return
		}
		answer = s.takeText(in)
	}
}

// line reads a line of at most so many bytes with its end (4.5.3.1), which is CRLF and
// nothing else (2.3.8).
func (s *strictServer) line(in *bufio.Reader, most int, is8Bit bool) (string, error) {
	line, err := in.ReadString('\n')
	if err != nil {
		return "", err
	}
	text, hasEnd := strings.CutSuffix(line, "\r\n")
	if !hasEnd || hasLineBreak(text) || len(line) > most || !is8Bit && !backend.IsASCII(text) {
		s.complain("a line of %d bytes: %.40q", len(line), line)
	}
	return text, nil
}

func (s *strictServer) hasUTF8() bool {
	return strings.Contains(strings.Join(s.extensions, " "), "SMTPUTF8")
}

func (s *strictServer) answer(line string) string {
	verb, rest, _ := strings.Cut(line, " ")
	path, parameters, _ := strings.Cut(rest, "> ")
	switch {
	case verb == "EHLO" && !strings.HasPrefix(rest, "[") && !isFullName(rest):
		return "504 5.5.2 need fully-qualified hostname\r\n"
	case verb == "EHLO":
		return "250-" + strings.Join(append([]string{"mail.example.org"}, s.extensions...), "\r\n250-") + "\r\n250 HELP\r\n"
	case verb == "MAIL" && parameters != "" && !s.hasUTF8():
		return "555 5.5.4 " + s.complain("MAIL has the parameters %s", parameters)
	case (verb == "MAIL" || verb == "RCPT") && !backend.IsASCII(path) && !s.hasUTF8():
		return "553 5.6.7 " + s.complain("an address has more than ASCII")
	case verb == "DATA":
		return "354 End data with <CR><LF>.<CR><LF>\r\n"
	case verb == "QUIT":
		return "221 2.0.0 Bye\r\n"
	}
	return "250 2.0.0 Ok\r\n"
}

func (s *strictServer) takeText(in *bufio.Reader) string {
	var text strings.Builder
	for {
		line, err := s.line(in, 1000, s.hasUTF8())
		switch {
		case err != nil:
			return ""
		case line == ".":
			s.text = text.String()
			return "250 2.0.0 Ok: queued\r\n"
		}
		text.WriteString(strings.TrimPrefix(line, ".") + "\r\n")
	}
}

var withUTF8 = []string{"8BITMIME", "SMTPUTF8"}

// spellings are addresses, and in which form they are sent.
var spellings = []struct {
	from, to   string
	extensions []string
	mail, rcpt string
	want       Error // with a Status where it is refused
}{
	{from: "PingHome <no-reply@example.org>", to: "ada@byron.example", mail: "MAIL FROM:<no-reply@example.org>", rcpt: "RCPT TO:<ada@byron.example>"},
	{from: "no-reply@example.org", to: "ada@byron.example", extensions: withUTF8, mail: "MAIL FROM:<no-reply@example.org>", rcpt: "RCPT TO:<ada@byron.example>"},
	{from: "no-reply@example.org", to: "ada@bücher.example", mail: "MAIL FROM:<no-reply@example.org>", rcpt: "RCPT TO:<ada@xn--bcher-kva.example>"},
	{from: "no-reply@example.org", to: "ada@Bücher.Example", extensions: withUTF8, mail: "MAIL FROM:<no-reply@example.org>", rcpt: "RCPT TO:<ada@xn--bcher-kva.example>"},
	{from: "Grüße <no-reply@straße.example>", to: "ada@例え.テスト", mail: "MAIL FROM:<no-reply@xn--strae-oqa.example>", rcpt: "RCPT TO:<ada@xn--r8jz45g.xn--zckzah>"},
	{from: "no-reply@example.org", to: "用户@bücher.example", extensions: withUTF8, mail: "MAIL FROM:<no-reply@example.org> BODY=8BITMIME SMTPUTF8", rcpt: "RCPT TO:<用户@xn--bcher-kva.example>"},
	{from: "no-reply@example.org", to: "用户@example.org", want: Error{Kind: Permanent, Status: "mail.example.org cannot send to names with letters outside ASCII"}},
	{from: "grüße@example.org", to: "ada@byron.example", want: Error{Ours: true, Status: "mail.example.org cannot send from names with letters outside ASCII (the operator has to correct delivery.email.from)"}},
}

// TestAStrictServerTakesEveryMessage also checks in which form addresses are sent.
func TestAStrictServerTakesEveryMessage(t *testing.T) {
	for _, c := range spellings {
		synctest.Test(t, func(t *testing.T) {
			server := &strictServer{extensions: c.extensions}
			e := newPipeEmail(Email{From: c.from})
			e.connect = pipeEmail(server.serve).connect
			m := emailMessage(t)
			m.To, m.Body = c.to, strings.Repeat("Grüße. ", 500)+"\n.\n..\n"
			_, err := e.Send(t.Context(), m)
			synctest.Wait()
			if len(server.broken) > 0 {
				t.Errorf("%s: %v", c.to, server.broken)
			}
			if c.want.Status != "" {
				c.want.Provider = "smtp mail.example.org"
				if got, isError := errors.AsType[*Error](err); !isError || *got != c.want {
					t.Errorf("%s: %v", c.to, err)
				}
				return
			}
			if err != nil || len(server.commands) != 5 || server.commands[0] != "EHLO [127.0.0.1]" || server.commands[1] != c.mail || server.commands[2] != c.rcpt {
				t.Errorf("%s: %v, %q", c.to, err, server.commands)
			}
			checkTo(t, server.text, strings.Trim(c.rcpt[len("RCPT TO:"):], "<>"))
		})
	}
}

// checkTo checks the recipient in the headers.
func checkTo(t *testing.T, text, want string) {
	t.Helper()
	read, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if list, err := read.Header.AddressList("To"); err != nil || len(list) != 1 || list[0].Address != want {
		t.Errorf("To: %s, %v", read.Header.Get("To"), err)
	}
}
