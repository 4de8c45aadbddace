//go:build unix

package cli

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// careless are providers of all four kinds that, while they are down, answer
// with everything that they were sent.
type careless struct {
	mail, web string // where they are

	mu     sync.Mutex
	isDown bool
	heard  []string
}

func (c *careless) hear(text string) (isDown bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = append(c.heard, text)
	return c.isDown
}

func (c *careless) goDown(isDown bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isDown = isDown
}

// last is what the pattern finds in the newest text that has it.
func (c *careless) last(t *testing.T, pattern string) string {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range slices.Backward(c.heard) {
		if found := regexp.MustCompile(pattern).FindStringSubmatch(text); found != nil {
			return found[1]
		}
	}
	t.Fatalf("%s is not in what was heard: %q", pattern, c.heard)
	return ""
}

// ServeHTTP is Kannel, a receiver of webhooks and a push server.
func (c *careless) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	text := fmt.Sprintf("%s %s\n%s\n%v\n%s", r.URL.Path, r.URL.RawQuery, r.URL.Query(), r.Header, body)
	switch isDown := c.hear(text); {
	case isDown:
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, strings.Join(strings.Fields(text), " "))
	case r.URL.Path == "/cgi-bin/sendsms":
		_, _ = io.WriteString(w, "0: Accepted for delivery")
	}
}

// The mail server lets in whoever has a password, and refuses letters in their own words.
type carelessMail struct {
	*careless
	password string
}

func (m *carelessMail) AuthMechanisms() []string { return []string{sasl.Plain} }

func (m *carelessMail) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error { m.password = password; return nil }), nil
}

func (m *carelessMail) Mail(string, *smtp.MailOptions) error { return nil }
func (m *carelessMail) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (m *carelessMail) Reset()                               {}
func (m *carelessMail) Logout() error                        { return nil }

func (m *carelessMail) Data(r io.Reader) error {
	letter, _ := io.ReadAll(r)
	if m.hear("mail "+strings.ReplaceAll(string(letter), "=\r\n", "")) && m.password != "" {
		subject := regexp.MustCompile(`Subject: (.*)`).FindString(string(letter))
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: m.password + " cannot send " + strings.TrimSpace(subject)}
	}
	return nil
}

func newCareless(t *testing.T) *careless {
	c := &careless{isDown: true}
	web := httptest.NewServer(c)
	t.Cleanup(web.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &carelessMail{careless: c}, nil }))
	server.AllowInsecureAuth, server.ErrorLog = true, log.New(io.Discard, "", 0)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	c.web, c.mail = web.URL, listener.Addr().String()
	return c
}

// configuration names the providers, and files with their secrets.
func (c *careless) configuration() string {
	_, port, _ := net.SplitHostPort(c.mail)
	return fmt.Sprintf(`[delivery.email]
host = "127.0.0.1"
port = %s
security = "none"
username = "pinghome"
password_file = "password"
from = "PingHome <no-reply@example.org>"
[delivery.sms]
gateway = "kannel"
url = %q
account = "pinghome"
secret_file = "secret"
from = "PingHome"
%s[delivery.push]
enabled = true
allow = ["127.0.0.1"]
allow_http = true
`, port, c.web, hooksConfiguration)
}
