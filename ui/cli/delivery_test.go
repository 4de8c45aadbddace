//go:build unix

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// hooks is a receiver of webhooks that is configured in a few lines, and can be
// stopped and started again.
type hooks struct {
	t       *testing.T
	address string // 127.0.0.1 and a port
	arrived chan arrival
	server  *http.Server
}

// arrival is one webhook.
type arrival struct {
	header http.Header
	body   []byte
	Type   string `json:"type"`
	ID     string `json:"id"`
	Code   string `json:"code"`
	Word   string `json:"word"`
}

const hooksConfiguration = `[delivery.webhook]
enabled = true
allow = ["127.0.0.0/8"]
allow_http = true
`

func newHooks(t *testing.T) *hooks {
	h := &hooks{t: t, address: "127.0.0.1:0", arrived: make(chan arrival, 16)}
	h.start()
	t.Cleanup(h.stop)
	return h
}

func (h *hooks) start() {
	h.t.Helper()
	listener, err := net.Listen("tcp", h.address)
	if err != nil {
		h.t.Fatal(err)
	}
	h.address = listener.Addr().String()
	h.server = &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var a arrival
		a.header = r.Header
		a.body, _ = io.ReadAll(r.Body)
		if err := json.Unmarshal(a.body, &a); err != nil {
			h.t.Errorf("%s: %v", a.body, err)
		}
		h.arrived <- a
	})}
	go func(server *http.Server) { _ = server.Serve(listener) }(h.server)
}

func (h *hooks) stop() { _ = h.server.Close() }

// next waits for a webhook of this type, which is signed with the secret.
func (h *hooks) next(kind, secret string) arrival {
	h.t.Helper()
	var a arrival
	select {
	case a = <-h.arrived:
	case <-time.After(60 * time.Second): // the second retry may wait for half a minute
		h.t.Fatalf("no %s came", kind)
	}
	verifier, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := verifier.Verify(a.body, a.header); err != nil || a.Type != kind || a.header.Get("Webhook-Id") != a.ID {
		h.t.Fatalf("%s, %v: %v; want a %s", a.body, a.header, err, kind)
	}
	return a
}

// api is a server as a program sees it that speaks plain HTTP.
type api struct {
	t              *testing.T
	address, token string
	customer       string
}

// channel is what a test looks at in answers.
type channel struct {
	Type     string
	Priority int
	Verified bool
	Secret   string `json:"signing_secret"`
	Failure  *struct{ Kind, Provider, Status string }
	Proof    struct {
		AcceptedBy string    `json:"accepted_by"`
		SeenAt     time.Time `json:"seen_at"`
		StaleAt    time.Time `json:"stale_at"`
	}
}

// try is one attempt.
type try struct {
	MessageID                       string `json:"message_id"`
	Kind, Outcome, Provider, Status string
}

// ask asks for something under the customer and returns the status; the data
// of the answer goes into data, if there is any and it is wanted.
func (a *api) ask(method, path, body string, data any) int {
	a.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, a.address+"/v1/customer"+a.customer+path, bytes.NewBufferString(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	if data != nil && response.StatusCode < 300 {
		if err := json.Unmarshal(text, &struct{ Data any }{data}); err != nil {
			a.t.Fatalf("%s: %v", text, err)
		}
	}
	return response.StatusCode
}

// want is ask, for an answer of success.
func (a *api) want(method, path, body string, data any) {
	a.t.Helper()
	if status := a.ask(method, path, body, data); status >= 300 {
		a.t.Fatalf("%s %s: %d", method, path, status)
	}
}

func (a *api) addHook(url string) (made channel) {
	a.t.Helper()
	a.want("POST", "/notification-channel", fmt.Sprintf(`{"type": "webhook", "value": %q}`, url), &made)
	if made.Secret == "" {
		a.t.Fatal("no signing secret")
	}
	return made
}

func (a *api) channels() (list []channel) {
	a.t.Helper()
	a.want("GET", "/notification-channels", "", &list)
	return list
}

// tried waits for the newest attempt to reach a channel to be this one.
func (a *api) tried(priority int, outcome string) try {
	a.t.Helper()
	var list []try
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		a.want("GET", fmt.Sprintf("/notification-channel/attempts?priority=%d", priority), "", &list)
		if len(list) > 0 && list[0].Outcome == outcome {
			return list[0]
		}
	}
	a.t.Fatalf("no attempt was %s: %+v", outcome, list)
	return try{}
}

// served is a server with a configuration, seen from outside.
func (h home) served(t *testing.T, token string) (*api, *exec.Cmd, *journal) {
	t.Helper()
	j := &journal{}
	address, server := h.serveLogging(j, "--config", "delivery.toml", "--listen", "127.0.0.1:0")
	a := &api{t: t, address: address, token: token}
	var own struct{ Customer struct{ ID string } }
	a.want("GET", "", "", &own)
	a.customer = "/" + own.Customer.ID
	return a, server, j
}

// journal keeps what a server logs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// A webhook is added, verified, tested and proven; its receiver goes away and
// comes back.
func TestAWebhookFromItsCreationToItsRetry(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newHooks(t)
	h.keep("delivery.toml", hooksConfiguration+"[delivery]\nproof_days = 30\n")
	a, server, logged := h.served(t, h.account())

	made := a.addHook("http://" + receiver.address + "/first")
	verification := receiver.next("verification", made.Secret)
	a.tried(1, "sent")
	a.want("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": 1, "code": %q}`, verification.Code), nil)
	a.want("POST", "/notification-channel/test", `{"priority": 1}`, nil)
	test := receiver.next("test", made.Secret)
	a.want("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": 1, "word": %q}`, test.Word), nil)
	first := a.channels()[0]
	if !first.Verified || first.Failure != nil || first.Proof.AcceptedBy != "webhook "+receiver.address {
		t.Errorf("verified: %+v", first)
	}
	if p := first.Proof; p.SeenAt.IsZero() || p.StaleAt.Sub(p.SeenAt) != 30*24*time.Hour {
		t.Errorf("seen: %+v", p)
	}

	receiver.stop()
	if status := a.ask("POST", "/notification-channel/test", `{"priority": 1}`, nil); status != http.StatusBadGateway {
		t.Errorf("a test of a receiver that is away: %d", status)
	}
	if failure := a.channels()[0].Failure; failure == nil || failure.Status != "refused the connection" {
		t.Errorf("the failure: %+v", failure)
	}
	second := a.addHook("http://" + receiver.address + "/second")
	delayed := a.tried(2, "delayed")
	if delayed.Status != "refused the connection" || delayed.Kind != "verification" {
		t.Errorf("%+v", delayed)
	}
	receiver.start()
	if retried := receiver.next("verification", second.Secret); retried.ID != delayed.MessageID {
		t.Errorf("the retry is another message: %s, %s", retried.ID, delayed.MessageID)
	}
	if sent := a.tried(2, "sent"); sent.MessageID != delayed.MessageID {
		t.Errorf("%+v", sent)
	}

	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	for _, secret := range []string{made.Secret, second.Secret, verification.Code, test.Word} {
		if strings.Contains(logged.String(), secret) {
			t.Errorf("%s is in the log:\n%s", secret, logged)
		}
	}
}

// What a server that was killed has left behind, the console sends.
func TestTheConsoleSendsWhatWasLeft(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newHooks(t)
	h.keep("delivery.toml", hooksConfiguration)
	a, server, _ := h.served(t, h.account())
	receiver.stop()
	made := a.addHook("http://" + receiver.address)
	left := a.tried(1, "delayed")
	server.Process.Kill()
	server.Wait()
	receiver.start()

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml")
	w.see("Ada Byron")
	if a := receiver.next("verification", made.Secret); a.ID != left.MessageID {
		t.Errorf("another message: %+v", a)
	}
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// A message is in the hands of a receiver that hangs when the server is asked
// to end: it is waited for, and recorded.
func TestAServerEndsAfterWhatItHasBegun(t *testing.T) {
	h := home{t, t.TempDir()}
	h.keep("delivery.toml", hooksConfiguration)
	asked, answer := make(chan bool, 1), make(chan bool)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	slow := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- true; <-answer })}
	go func() { _ = slow.Serve(listener) }()
	t.Cleanup(func() { _ = slow.Close() })

	token := h.account()
	a, server, _ := h.served(t, token)
	a.addHook("http://" + listener.Addr().String())
	<-asked
	server.Process.Signal(syscall.SIGTERM)
	time.AfterFunc(2*drain, func() { close(answer) }) // long after the server has closed its door
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	a, _, _ = h.served(t, token)
	if sent := a.tried(1, "sent"); sent.Provider != "webhook "+listener.Addr().String() {
		t.Errorf("%+v", sent)
	}
	if len(asked) > 0 {
		t.Error("it was sent twice")
	}
}

func TestTheDemoSendsNothing(t *testing.T) {
	dir := t.TempDir()
	home{t, dir}.keep("config.toml", mailSection)
	p, err := choosePlace(&options{isDemo: true}, paths{config: dir + "/config.toml"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if p := p.(*place); p.sending.router != nil {
		t.Errorf("%+v", p.sending)
	}
}
