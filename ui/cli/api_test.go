//go:build unix

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// api is a client of a server's HTTP API, without package httpapi.
type api struct {
	t              *testing.T
	address, token string
	customer       string
}

// channel is the part of a channel that tests look at.
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

// attempt is one attempt to deliver a message.
type attempt struct {
	MessageID                       string `json:"message_id"`
	Kind, Outcome, Provider, Status string
}

// do sends a request for a path below the customer's and returns the status of
// the answer. After a success it decodes the answer's data into data, unless
// that is nil.
func (a *api) do(method, path, body string, data any) int {
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

// mustDo is do for a request that has to succeed.
func (a *api) mustDo(method, path, body string, data any) {
	a.t.Helper()
	if status := a.do(method, path, body, data); status >= 300 {
		a.t.Fatalf("%s %s: %d", method, path, status)
	}
}

func (a *api) addWebhook(url string) (made channel) {
	a.t.Helper()
	a.mustDo("POST", "/notification-channel", fmt.Sprintf(`{"type": "webhook", "value": %q}`, url), &made)
	if made.Secret == "" {
		a.t.Fatal("no signing secret")
	}
	return made
}

func (a *api) channels() (list []channel) {
	a.t.Helper()
	a.mustDo("GET", "/notification-channels", "", &list)
	return list
}

// awaitAttempt waits until the newest attempt on a channel has this outcome.
func (a *api) awaitAttempt(priority int, outcome string) attempt {
	a.t.Helper()
	var list []attempt
	if !becomesTrue(func() bool {
		a.mustDo("GET", fmt.Sprintf("/notification-channel/attempts?priority=%d", priority), "", &list)
		return len(list) > 0 && list[0].Outcome == outcome
	}) {
		a.t.Fatalf("no attempt is %s: %+v", outcome, list)
	}
	return list[0]
}

// serveAPI starts a server with the configuration delivery.toml.
func (h home) serveAPI(t *testing.T, token string) (*api, *exec.Cmd, *logBuffer) {
	t.Helper()
	log := &logBuffer{}
	address, server := h.serveLogging(log, "--config", "delivery.toml", "--listen", "127.0.0.1:0")
	a := &api{t: t, address: address, token: token}
	var own struct{ Customer struct{ ID string } }
	a.mustDo("GET", "", "", &own)
	a.customer = "/" + own.Customer.ID
	return a, server, log
}

// logBuffer collects what a server logs.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
