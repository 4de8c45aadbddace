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
