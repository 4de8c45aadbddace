package delivery

import (
	"bytes"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// composed are messages in several alphabets, of several lengths.
var composed = []struct{ name, from, subject, body, html string }{
	{"usual", "PingHome <no-reply@example.org>", "481516 is your PingHome code", "481516 is your code.", "<p>481516</p>"},
	{"other alphabets", "Şəfəq 李 <no-reply@example.org>", "481516 – sizin kodunuz, Şəfəq 李", "481516 – kod: Şəfəq 李", "<p>481516 – kod: Şəfəq 李</p>"},
	{"long", strings.Repeat("Ada Byron ", 40) + "<no-reply@example.org>", strings.Repeat("a long subject ", 40), strings.Repeat("x", 5000), strings.Repeat("<b>x</b>", 1000)},
	{"long without blanks", strings.Repeat("ü", 400) + " <no-reply@example.org>", strings.Repeat("ü", 400), strings.Repeat("ü", 5000), ""},
	{"bare CR and LF", "PingHome <no-reply@example.org>", "x", "a\rb\nc\r\nd\n\r.\n..\r\n.\r\nFrom x\x00y", "<p>a\rb\nc\n.\n</p>"},
	{"blanks at ends of lines", "PingHome <no-reply@example.org>", " x ", "a \nb\t\n c", ""},
	{"an encoded domain", "PingHome <no-reply@bücher.example>", "x", "y", ""},
}

// TestAnEmailIsAsRFC5322Wants: lines of at most 78 bytes of ASCII that end with CRLF, however
// long name, subject and text are, in any alphabet.
func TestAnEmailIsAsRFC5322Wants(t *testing.T) {
	for _, c := range composed {
		t.Run(c.name, func(t *testing.T) {
			made, err := (&Email{Host: "mail.example.org", From: c.from}).newSender()
			if err != nil {
				t.Fatal(err)
			}
			m := emailMessage(t)
			m.Subject, m.Body, m.HTML = c.subject, c.body, c.html
			sender, _ := made.(email)
			text, err := sender.compose(m)
			if err != nil {
				t.Fatal(err)
			}
			checkLines(t, text)
			read, err := mail.ReadMessage(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
			if err != nil || strings.Join(strings.Fields(subject), " ") != strings.Join(strings.Fields(c.subject), " ") {
				t.Errorf("subject %q, %v", subject, err)
			}
			if c.html == "" {
				body, err := io.ReadAll(quotedprintable.NewReader(read.Body))
				if err != nil || strings.TrimRight(string(body), "\r\n") != strings.ReplaceAll(c.body, "\n", "\r\n") {
					t.Errorf("%.80q, %v", body, err)
				}
			}
			for name := range read.Header { // see compose about what is left out
				if strings.HasPrefix(name, "List-") || name == "Precedence" {
					t.Errorf("a single message has the header %s", name)
				}
			}
			if list, err := read.Header.AddressList("From"); err != nil || len(list) != 1 || !backend.IsASCII(list[0].Address) {
				t.Errorf("%v, %v", list, err)
			}
			if id := read.Header.Get("Message-Id"); !backend.IsASCII(id) || !strings.HasPrefix(id, "<"+m.ID+"@") {
				t.Errorf("Message-ID %s", id)
			}
		})
	}
}

// checkLines checks the lines of an email before it is sent.
func checkLines(t *testing.T, text []byte) {
	t.Helper()
	for line := range bytes.SplitSeq(text, []byte("\r\n")) {
		if len(line) > 78 || bytes.ContainsAny(line, "\r\n\x00") || !backend.IsASCII(string(line)) { // RFC 5322, 2.1.1 and 2.3
			t.Errorf("%d bytes: %.90q", len(line), line)
		}
	}
}
