package local

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// BenchmarkOutbox measures messages with a code, from the change that writes them to the
// recorded attempt of the worker, against calls of the same sender without the outbox by
// as many callers. The outbox adds two durable commits, an attempt and a sealed payload
// for each message. The sender "accepting" returns at once, "webhook" posts signed
// requests to a receiver in this process.
//
//	go test -run '^$' -bench Outbox -benchtime 2000x ./backend/local
func BenchmarkOutbox(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer server.Close()
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		b.Fatal(err)
	}
	defer router.Close()
	for _, sender := range []struct {
		name string
		delivery.Sender
	}{{"accepting", acceptingSender{}}, {"webhook", router}} {
		for _, callers := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/callers=%d", sender.name, callers), func(b *testing.B) {
				o := newBenchOutbox(b, sender.Sender, server.URL)
				var sent int
				var took time.Duration
				takeTurns(b, func(n int) {
					begun := time.Now()
					o.ours(b, []storage.Store{o.db}, callers, n)
					sent, took = sent+n, took+time.Since(begun)
				}, func(n int) { o.bare(b, callers, n) })
				b.ReportMetric(float64(sent)/took.Seconds(), "messages/s")
			})
		}
	}
}

// acceptingSender accepts every message at once.
type acceptingSender struct{}

func (acceptingSender) Send(context.Context, delivery.Message) (delivery.Receipt, error) {
	return delivery.Receipt{Provider: "accepting", Status: "accepted"}, nil
}

// countingSender counts down with each call.
type countingSender struct {
	delivery.Sender
	due *sync.WaitGroup
}

func (c countingSender) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	defer c.due.Done()
	return c.Sender.Send(ctx, m)
}

// benchOutbox is a store whose customers have one webhook each.
type benchOutbox struct {
	db     storage.Store
	ids    []string
	sender delivery.Sender
	to     string
	secret string
}

func newBenchOutbox(b *testing.B, sender delivery.Sender, to string) benchOutbox {
	b.Helper()
	path, _, ids := seed(b, 1000, 64)
	return outboxOn(b, openFile(b, path, sqlite.Options{}), ids, sender, to)
}

// outboxOn gives customers their webhooks.
func outboxOn(b *testing.B, db storage.Store, ids []string, sender delivery.Sender, to string) benchOutbox {
	b.Helper()
	o := benchOutbox{db: db, ids: ids, sender: sender, to: to}
	a := New(o.db, Options{Key: testKey, Sender: sender})
	for _, id := range ids {
		c := customer{a, id}
		if err := o.db.Change(b.Context(), storage.NoAccount, func(tx *storage.Tx) (err error) {
			ch := backend.Channel{Type: backend.TypeWebhook, Value: to, ActiveValue: to, Priority: 9, Enabled: true, CreatedAt: tx.Now}
			if err := tx.AddChannel(id, ch); err != nil {
				return err
			}
			o.secret, err = c.addSigningSecret(tx, ch)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	return o
}

// ours writes n messages and waits until the attempts at all are recorded. The callers are spread
// over servers with a store each; any of them may send a message for which the one that wrote it
// has no room, so that all are counted together.
func (o benchOutbox) ours(b *testing.B, stores []storage.Store, callers, n int) {
	var due sync.WaitGroup
	due.Add(n)
	ctx, stop := context.WithCancel(b.Context())
	var workers sync.WaitGroup
	var servers []*Accounts
	for _, db := range stores {
		a := New(db, Options{Key: testKey, Sender: countingSender{o.sender, &due}})
		workers.Go(func() { a.RunWorker(ctx, func(err error) { b.Error(err) }) })
		servers = append(servers, a)
	}
	o.each(b, callers, n, func(i int) error {
		return o.write(ctx, customer{servers[i%len(servers)], o.ids[i%len(o.ids)]})
	})
	due.Wait()
	stop()
	workers.Wait() // until the attempts are recorded
}

// write writes a message to a customer, which is sent after the commit.
func (o benchOutbox) write(ctx context.Context, c customer) error {
	var q storage.QueuedMessage
	err := c.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) (err error) {
		q, err = c.addMessage(tx, backend.Message{Type: backend.TypeWebhook, To: o.to, Kind: backend.KindVerification, Code: "481516",
			CodeExpiresAt: tx.Now.Add(backend.CodeLifetime)}, codeText(backend.TypeWebhook, backend.KindVerification, "481516"))
		return err
	})
	if err == nil {
		c.dispatch(ctx, q)
	}
	return err
}

// bare calls the sender n times.
func (o benchOutbox) bare(b *testing.B, callers, n int) {
	t := codeText(backend.TypeWebhook, backend.KindVerification, "481516")
	o.each(b, callers, n, func(int) error {
		_, err := o.sender.Send(b.Context(), delivery.Message{ID: newID(), Type: backend.TypeWebhook, To: o.to, Kind: backend.KindVerification,
			Subject: t.subject, Body: t.body, Code: "481516", SigningSecrets: []string{o.secret}, At: time.Now()})
		return err
	})
}

// each calls do for 0 to n-1, from as many goroutines as there are callers.
func (o benchOutbox) each(b *testing.B, callers, n int, do func(i int) error) {
	var group sync.WaitGroup
	for c := range callers {
		group.Go(func() {
			for i := c; i < n; i += callers {
				if err := do(i); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
}
