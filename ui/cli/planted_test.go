//go:build unix

package cli

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"
)

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
	p := planting{a, c, map[string]string{
		"the mail server's password": password, "the gateway's secret": secret, "the token": token,
		"the sign-in": base64.StdEncoding.EncodeToString([]byte("\x00pinghome\x00" + password)),
	}}
	look := func(when string) { t.Helper(); h.wantNowhere(when, logged, p.planted) }

	p.create(t)
	look("while nothing could be sent")
	c.goDown(false)
	for _, m := range a.messages() {
		a.want("POST", "/messages/"+m.ID+"/resend", "", nil)
	}
	a.allBe("sent", 2)
	look("after everything was sent")
	for _, ch := range a.channels() {
		p.verifyAndTest(t, ch)
	}
	p.confirm()
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

// planting makes secrets come into being, and remembers them by their names.
type planting struct {
	*api
	providers *careless
	planted   map[string]string
}

func codeOf(ch channel) string { return fmt.Sprintf("the code of channel %d", ch.Priority) }

// own is the API for what is not under the customer's id.
func (p planting) own() *api {
	own := *p.api
	own.customer = ""
	return &own
}

// create makes a channel of each type and changes the username, while no
// message can be sent.
func (p planting) create(t *testing.T) {
	p.planted["the signing secret"] = p.addHook(p.providers.web + "/hook").Secret
	for kind, value := range map[string]string{"email": "ada@mail.example", "sms": "+37120000000", "push-notification": p.providers.web + "/topic"} {
		p.want("POST", "/notification-channel", fmt.Sprintf(`{"type": %q, "value": %q}`, kind, value), nil)
	}
	p.own().want("PUT", "/username", `{"email": "ada@lovelace.example"}`, nil)
	p.allBe("queued", 1)
	for _, ch := range p.channels() {
		p.tried(ch.Priority, "delayed")
		p.planted[codeOf(ch)] = p.providers.last(t, codeIn(ch.Type))
	}
	p.planted["the code of the username"] = p.providers.last(t, `Subject: (\d{6}).*\r\nFrom: .*\r\nTo: <ada@lovelace\.example>`)
}

// verifyAndTest enters a channel's code, and tests the channel while its
// provider is down and while it is not.
func (p planting) verifyAndTest(t *testing.T, ch channel) {
	p.want("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": %d, "code": %q}`, ch.Priority, p.planted[codeOf(ch)]), nil)
	for _, isDown := range []bool{true, false} {
		p.providers.goDown(isDown)
		status := p.ask("POST", "/notification-channel/test", fmt.Sprintf(`{"priority": %d}`, ch.Priority), nil)
		if (status == http.StatusOK) == isDown {
			t.Errorf("a test of channel %d: %d", ch.Priority, status)
		}
		word := p.providers.last(t, wordIn(ch.Type))
		p.planted[fmt.Sprintf("the word of channel %d, %v", ch.Priority, isDown)] = "this word: " + word
		if !isDown {
			p.want("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": %d, "word": %q}`, ch.Priority, word), nil)
		}
	}
}

// confirm ends the change of the username, and gives the webhook another secret.
func (p planting) confirm() {
	p.own().want("PATCH", "/username", fmt.Sprintf(`{"code": %q}`, p.planted["the code of the username"]), nil)
	var rotated struct{ Secret string }
	p.want("POST", "/notification-channel/secret", `{"priority": 1}`, &rotated)
	p.planted["the new signing secret"] = rotated.Secret
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
	if !comes(func() bool {
		list = a.messages()
		return len(list) > 0 && !slices.ContainsFunc(list, func(m posted) bool { return m.State != state || m.Attempts < attempts })
	}) {
		a.t.Fatalf("not all are %s: %+v", state, list)
	}
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
