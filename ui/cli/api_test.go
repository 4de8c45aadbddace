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
	if !comes(func() bool {
		a.want("GET", fmt.Sprintf("/notification-channel/attempts?priority=%d", priority), "", &list)
		return len(list) > 0 && list[0].Outcome == outcome
	}) {
		a.t.Fatalf("no attempt was %s: %+v", outcome, list)
	}
	return list[0]
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
