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

// TestNoSecretIsStoredOrLogged uses every kind of secret, with providers that
// answer with them, and searches for the secrets in all files, logs and arguments
// of processes.
func TestNoSecretIsStoredOrLogged(t *testing.T) {
	const password, secret = "planted-pa55word", "planted/s3cret?"
	h, providers := home{t, t.TempDir()}, newEchoProviders(t)
	h.writeFile("password", password)
	h.writeFile("secret", secret)
	h.writeFile("delivery.toml", providers.configuration())
	token := h.createAccount()
	a, server, logged := h.serveAPI(t, token)
	v := secretsVisit{a, providers, map[string]string{
		"the mail server's password": password, "the gateway's secret": secret, "the token": token,
		"the sign-in": base64.StdEncoding.EncodeToString([]byte("\x00pinghome\x00" + password)),
	}}
	search := func(when string) { t.Helper(); h.wantNowhere(when, logged, v.secrets) }

	v.create(t)
	search("while nothing could be sent")
	providers.setDown(false)
	for _, m := range a.messages() {
		a.mustDo("POST", "/messages/"+m.ID+"/resend", "", nil)
	}
	a.awaitAll("sent", 2)
	search("after everything was sent")
	for _, ch := range a.channels() {
		v.verifyAndTest(t, ch)
	}
	v.confirm()
	search("after every secret was used")

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml", "--debug", "--theme", "mono")
	w.see("Ada Byron")
	w.press("5")
	w.press("2")
	w.press("q")
	w.wantExit(0)
	server.Process.Signal(syscall.SIGTERM)
	server.Process.Wait()
	search("after the console and the server have ended")
}

// secretsVisit uses the API so that secrets are made, and collects them by name.
type secretsVisit struct {
	*api
	providers *echoProviders
	secrets   map[string]string
}

func codeName(ch channel) string { return fmt.Sprintf("the code of channel %d", ch.Priority) }

// own is the API for paths without the customer's id.
func (v secretsVisit) own() *api {
	own := *v.api
	own.customer = ""
	return &own
}

// create adds a channel of each type and changes the username while the
// providers are down.
func (v secretsVisit) create(t *testing.T) {
	v.secrets["the signing secret"] = v.addWebhook(v.providers.web + "/hook").Secret
	for kind, value := range map[string]string{"email": "ada@mail.example", "sms": "+37120000000", "push-notification": v.providers.web + "/topic"} {
		v.mustDo("POST", "/notification-channel", fmt.Sprintf(`{"type": %q, "value": %q}`, kind, value), nil)
	}
	v.own().mustDo("PUT", "/username", `{"email": "ada@lovelace.example"}`, nil)
	v.awaitAll("queued", 1)
	for _, ch := range v.channels() {
		v.awaitAttempt(ch.Priority, "delayed")
		v.secrets[codeName(ch)] = v.providers.last(t, codeIn(ch.Type))
	}
	v.secrets["the code of the username"] = v.providers.last(t, `Subject: (\d{6}).*\r\nFrom: .*\r\nTo: <ada@lovelace\.example>`)
}

// verifyAndTest enters a channel's code, and tests the channel while its provider
// is down and then while it is up.
func (v secretsVisit) verifyAndTest(t *testing.T, ch channel) {
	v.mustDo("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": %d, "code": %q}`, ch.Priority, v.secrets[codeName(ch)]), nil)
	for _, isDown := range []bool{true, false} {
		v.providers.setDown(isDown)
		status := v.do("POST", "/notification-channel/test", fmt.Sprintf(`{"priority": %d}`, ch.Priority), nil)
		if (status == http.StatusOK) == isDown {
			t.Errorf("a test of channel %d: %d", ch.Priority, status)
		}
		word := v.providers.last(t, wordIn(ch.Type))
		v.secrets[fmt.Sprintf("the word of channel %d, %v", ch.Priority, isDown)] = "this word: " + word
		if !isDown {
			v.mustDo("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": %d, "word": %q}`, ch.Priority, word), nil)
		}
	}
}

// confirm enters the code of the username, and gives the webhook a new secret.
func (v secretsVisit) confirm() {
	v.own().mustDo("PATCH", "/username", fmt.Sprintf(`{"code": %q}`, v.secrets["the code of the username"]), nil)
	var rotated struct{ Secret string }
	v.mustDo("POST", "/notification-channel/secret", `{"priority": 1}`, &rotated)
	v.secrets["the new signing secret"] = rotated.Secret
}

// codeIn and wordIn return the pattern of the code, or the test word, in what a
// provider received for a channel type.
func codeIn(kind string) string {
	return map[string]string{"email": `Subject: (\d{6}).*\r\nFrom: .*\r\nTo: <ada@mail\.example>`, "sms": `sendsms(?s:.*?)text:\[(\d{6})`,
		"webhook": `/hook (?s:.*?)"code":"(\d{6})"`, "push-notification": `/topic (?s:.*?)(\d{6}) is your`}[kind]
}

func wordIn(kind string) string {
	return map[string]string{"email": `To: <ada@mail\.example>(?s:.*?)this word: (\w+)`, "sms": `sendsms(?s:.*?)this word: (\w+)`,
		"webhook": `/hook (?s:.*?)"word":"(\w+)"`, "push-notification": `/topic (?s:.*?)this word: (\w+)`}[kind]
}

// message is a message as the API shows it.
type message struct {
	ID, State, Detail string
	Attempts          int
}

func (a *api) messages() []message {
	a.t.Helper()
	var inbox struct{ Messages []message }
	a.mustDo("GET", "/messages", "", &inbox)
	return inbox.Messages
}

// awaitAll waits until every message is in this state, after at least so many attempts.
func (a *api) awaitAll(state string, attempts int) {
	a.t.Helper()
	var list []message
	if !becomesTrue(func() bool {
		list = a.messages()
		return len(list) > 0 && !slices.ContainsFunc(list, func(m message) bool { return m.State != state || m.Attempts < attempts })
	}) {
		a.t.Fatalf("not all are %s: %+v", state, list)
	}
}

// loggedTime matches a time in a log, whose digits may happen to be those of a code.
var loggedTime = regexp.MustCompile(`"time":"[^"]*"`)

// wantNowhere searches for secrets in every file of the home folder but those two
// that are made for them, in the server's log, and in the arguments of processes.
func (h home) wantNowhere(when string, logged *logBuffer, secrets map[string]string) {
	h.t.Helper()
	contents := map[string][]byte{"the log of the server": []byte(logged.String())}
	err := filepath.WalkDir(h.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || slices.Contains([]string{"password", "secret"}, entry.Name()) {
			return err
		}
		contents[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	database := filepath.Join(h.dir, ".local/share/pinghome/pinghome.db")
	if !bytes.Contains(append(contents[database], contents[database+"-wal"]...), []byte("ada@mail.example")) {
		h.t.Fatalf("%s: the search does not find what is in the database", when)
	}
	processes, err := filepath.Glob("/proc/*/cmdline")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, path := range processes {
		contents[path], _ = os.ReadFile(path) // the process may have ended
	}
	for path, content := range contents {
		content = loggedTime.ReplaceAll(content, nil)
		for name, secret := range secrets {
			if secret == "" || bytes.Contains(content, []byte(secret)) {
				h.t.Errorf("%s, %s (%q) is in %s", when, name, secret, path)
			}
		}
	}
}
