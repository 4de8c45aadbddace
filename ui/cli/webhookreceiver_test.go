//go:build unix

package cli

import (
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// webhookReceiver receives webhooks, and can be stopped and started again at the
// same address.
type webhookReceiver struct {
	t        *testing.T
	address  string // host and port
	received chan webhook
	server   *http.Server
}

// webhook is one that was received.
type webhook struct {
	header http.Header
	body   []byte
	Type   string `json:"type"`
	ID     string `json:"id"`
	Code   string `json:"code"`
	Word   string `json:"word"`
}

// webhookConfig lets webhooks reach a receiver on this machine.
const webhookConfig = `[delivery.webhook]
enabled = true
allow = ["127.0.0.0/8"]
allow_http = true
`

func newWebhookReceiver(t *testing.T) *webhookReceiver {
	h := &webhookReceiver{t: t, address: "127.0.0.1:0", received: make(chan webhook, 16)}
	h.start()
	t.Cleanup(h.stop)
	return h
}

func (h *webhookReceiver) start() {
	h.t.Helper()
	listener, err := net.Listen("tcp", h.address)
	if err != nil {
		h.t.Fatal(err)
	}
	h.address = listener.Addr().String()
	h.server = &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var a webhook
		a.header = r.Header
		a.body, _ = io.ReadAll(r.Body)
		if err := json.Unmarshal(a.body, &a); err != nil {
			h.t.Errorf("%s: %v", a.body, err)
		}
		h.received <- a
	})}
	go func(server *http.Server) { _ = server.Serve(listener) }(h.server)
}

func (h *webhookReceiver) stop() { _ = h.server.Close() }

// next waits for the next webhook, which must be of this type and signed with the secret.
func (h *webhookReceiver) next(kind, secret string) webhook {
	h.t.Helper()
	var a webhook
	select {
	case a = <-h.received:
	case <-time.After(60 * time.Second): // the second retry may take half a minute
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
