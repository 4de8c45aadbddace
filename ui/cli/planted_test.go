//go:build unix

package cli

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

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

// What must not be seen by others is in no file but its own, in no log and in
// no list of processes, whatever providers do with it.
func TestNoSecretIsInTheClear(t *testing.T) {
	const password, secret = "planted-pa55word", "planted/s3cret?"
	h, c := home{t, t.TempDir()}, newCareless(t)
	h.keep("password", password)
	h.keep("secret", secret)
	h.keep("delivery.toml", c.configuration())
	token := h.account()
	a, server, logged := h.served(t, token)
	planted := map[string]string{
		"the mail server's password": password, "the gateway's secret": secret, "the token": token,
		"the sign-in": base64.StdEncoding.EncodeToString([]byte("\x00pinghome\x00" + password)),
	}
	look := func(when string) { t.Helper(); h.wantNowhere(when, logged, planted) }

	hook := a.addHook(c.web + "/hook")
	planted["the signing secret"] = hook.Secret
	for kind, value := range map[string]string{"email": "ada@mail.example", "sms": "+37120000000", "push-notification": c.web + "/topic"} {
		a.want("POST", "/notification-channel", fmt.Sprintf(`{"type": %q, "value": %q}`, kind, value), nil)
	}
	own := *a
	own.customer = ""
	own.want("PUT", "/username", `{"email": "ada@lovelace.example"}`, nil)
	codes := map[string]string{"channel 1": "", "channel 2": "", "channel 3": "", "channel 4": "", "username": ""}
	a.allBe("queued", 1)
	for _, ch := range a.channels() {
		a.tried(ch.Priority, "delayed")
		codes[fmt.Sprintf("channel %d", ch.Priority)] = c.last(t, codeIn(ch.Type))
	}
	codes["username"] = c.last(t, `Subject: (\d{6}).*\r\nFrom: .*\r\nTo: <ada@lovelace\.example>`)
	for name, code := range codes {
		planted["the code of "+name] = code
	}
	look("while nothing could be sent")

	c.goDown(false)
	for _, m := range a.messages() {
		a.want("POST", "/messages/"+m.ID+"/resend", "", nil)
	}
	a.allBe("sent", 2)
	look("after everything was sent")

	for _, ch := range a.channels() {
		code := codes[fmt.Sprintf("channel %d", ch.Priority)]
		a.want("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": %d, "code": %q}`, ch.Priority, code), nil)
		for _, isDown := range []bool{true, false} {
			c.goDown(isDown)
			status := a.ask("POST", "/notification-channel/test", fmt.Sprintf(`{"priority": %d}`, ch.Priority), nil)
			word := c.last(t, wordIn(ch.Type))
			planted[fmt.Sprintf("the word of channel %d, %v", ch.Priority, isDown)] = "this word: " + word
			if (status == http.StatusOK) == isDown {
				t.Errorf("a test of channel %d: %d", ch.Priority, status)
			}
			if !isDown {
				a.want("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": %d, "word": %q}`, ch.Priority, word), nil)
			}
		}
	}
	own.want("PATCH", "/username", fmt.Sprintf(`{"code": %q}`, codes["username"]), nil)
	var rotated struct{ Secret string }
	a.want("POST", "/notification-channel/secret", `{"priority": 1}`, &rotated)
	planted["the new signing secret"] = rotated.Secret
	look("in the end")

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml", "--debug", "--theme", "mono")
	w.see("Ada Byron")
	w.press("4")
	w.press("2")
	w.press("q")
	w.wantExit(0)
	server.Process.Signal(syscall.SIGTERM)
	server.Process.Wait()
	look("afterwards")
}

// codeIn and wordIn find what a provider was sent.
func codeIn(kind string) string {
	return map[string]string{"email": `Subject: (\d{6}).*\r\nFrom: .*\r\nTo: <ada@mail\.example>`, "sms": `sendsms(?s:.*?)text:\[(\d{6})`,
		"webhook": `/hook (?s:.*?)"code":"(\d{6})"`, "push-notification": `/topic (?s:.*?)(\d{6}) is your`}[kind]
}

func wordIn(kind string) string {
	return map[string]string{"email": `To: <ada@mail\.example>(?s:.*?)this word: (\w+)`, "sms": `sendsms(?s:.*?)this word: (\w+)`,
		"webhook": `/hook (?s:.*?)"word":"(\w+)"`, "push-notification": `/topic (?s:.*?)this word: (\w+)`}[kind]
}

// posted is a message as the API shows it.
type posted struct {
	ID, State, Detail string
	Attempts          int
}

func (a *api) messages() []posted {
	a.t.Helper()
	var box struct{ Messages []posted }
	a.want("GET", "/messages", "", &box)
	return box.Messages
}

// allBe waits for every message to be in a state, after so many attempts.
func (a *api) allBe(state string, attempts int) {
	a.t.Helper()
	var list []posted
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		list = a.messages()
		if len(list) > 0 && !slices.ContainsFunc(list, func(m posted) bool { return m.State != state || m.Attempts < attempts }) {
			return
		}
	}
	a.t.Fatalf("not all are %s: %+v", state, list)
}

// loggedTime is a time in a log, whose digits may be those of a code.
var loggedTime = regexp.MustCompile(`"time":"[^"]*"`)

// wantNowhere looks for what was planted: in every file of the home but those
// that are for it, in the log of the server, and in the processes' arguments.
func (h home) wantNowhere(when string, logged *journal, planted map[string]string) {
	h.t.Helper()
	places := map[string][]byte{"the log of the server": []byte(logged.String())}
	err := filepath.WalkDir(h.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || slices.Contains([]string{"password", "secret"}, entry.Name()) {
			return err
		}
		places[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	database := filepath.Join(h.dir, ".local/share/pinghome/pinghome.db")
	if !bytes.Contains(append(places[database], places[database+"-wal"]...), []byte("ada@mail.example")) {
		h.t.Fatalf("%s: what is there is not found", when)
	}
	processes, err := filepath.Glob("/proc/*/cmdline")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, path := range processes {
		places[path], _ = os.ReadFile(path) // it may have ended
	}
	for place, content := range places {
		content = loggedTime.ReplaceAll(content, nil)
		for name, value := range planted {
			if value == "" || bytes.Contains(content, []byte(value)) {
				h.t.Errorf("%s, %s (%q) is in %s", when, name, value, place)
			}
		}
	}
}
