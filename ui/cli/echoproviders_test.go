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

// echoProviders are providers for all four channel types. While they are down,
// they answer with everything that they were sent, secrets included.
type echoProviders struct {
	mail, web string // the addresses: host and port, and a URL

	mu       sync.Mutex
	isDown   bool
	received []string
}

func (c *echoProviders) record(text string) (isDown bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received = append(c.received, text)
	return c.isDown
}

func (c *echoProviders) setDown(isDown bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isDown = isDown
}

// last returns the first group of the pattern in the newest text that matches it.
func (c *echoProviders) last(t *testing.T, pattern string) string {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, text := range slices.Backward(c.received) {
		if found := regexp.MustCompile(pattern).FindStringSubmatch(text); found != nil {
			return found[1]
		}
	}
	t.Fatalf("%s is in nothing that was received: %q", pattern, c.received)
	return ""
}

// ServeHTTP answers as Kannel, as a receiver of webhooks and as a push server.
func (c *echoProviders) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	text := fmt.Sprintf("%s %s\n%s\n%v\n%s", r.URL.Path, r.URL.RawQuery, r.URL.Query(), r.Header, body)
	switch isDown := c.record(text); {
	case isDown:
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, strings.Join(strings.Fields(text), " "))
	case r.URL.Path == "/cgi-bin/sendsms":
		_, _ = io.WriteString(w, "0: Accepted for delivery")
	default: // the words of push servers; a webhook's receiver may say anything
		_, _ = io.WriteString(w, `{"id":"hwQ2YpKdmg"}`)
	}
}

// echoMail is a session of the mail server. It accepts any password, and while it
// is down it refuses a message with that password and the message's subject.
type echoMail struct {
	*echoProviders
	password string
}

func (m *echoMail) AuthMechanisms() []string { return []string{sasl.Plain} }

func (m *echoMail) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error { m.password = password; return nil }), nil
}

func (m *echoMail) Mail(string, *smtp.MailOptions) error { return nil }
func (m *echoMail) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (m *echoMail) Reset()                               {}
func (m *echoMail) Logout() error                        { return nil }

func (m *echoMail) Data(r io.Reader) error {
	message, _ := io.ReadAll(r)
	if m.record("mail "+strings.ReplaceAll(string(message), "=\r\n", "")) && m.password != "" {
		subject := regexp.MustCompile(`Subject: (.*)`).FindString(string(message))
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: m.password + " cannot send " + strings.TrimSpace(subject)}
	}
	return nil
}

func newEchoProviders(t *testing.T) *echoProviders {
	c := &echoProviders{isDown: true}
	web := httptest.NewServer(c)
	t.Cleanup(web.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &echoMail{echoProviders: c}, nil }))
	server.AllowInsecureAuth, server.ErrorLog = true, log.New(io.Discard, "", 0)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	c.web, c.mail = web.URL, listener.Addr().String()
	return c
}

// configuration returns a configuration with the providers, whose secrets are in
// the files "password" and "secret".
func (c *echoProviders) configuration() string {
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
`, port, c.web, webhookConfig)
}
