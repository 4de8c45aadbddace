package local

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// percentile is the time below which a share of all times is.
func percentile(times []time.Duration, share float64) time.Duration {
	slices.Sort(times)
	return times[min(len(times)-1, int(float64(len(times))*share))]
}

func reportP99(b *testing.B, times []time.Duration, unit string) {
	b.ReportMetric(float64(percentile(times, 0.99).Microseconds()), unit)
}

// deadMail hangs with emails as a dead mail server does, and passes the others on. It
// tells when each of the others has been taken.
type deadMail struct {
	delivery.Sender
	end   chan struct{} // ends the hanging with the benchmark
	taken sync.Map      // of chan struct{}, by the id of the message
	mails atomic.Int32  // that hang or did
}

func (s *deadMail) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	if m.Type == backend.TypeEmail {
		s.mails.Add(1)
		select {
		case <-ctx.Done():
		case <-s.end:
		}
		return delivery.Receipt{}, &delivery.Error{Provider: "smtp", Status: "did not answer in time"}
	}
	r, err := s.Sender.Send(ctx, m)
	if taken, ok := s.taken.Load(m.ID); ok {
		close(taken.(chan struct{}))
	}
	return r, err
}

// BenchmarkDeadMail measures the time from the change that writes a webhook message to
// the answer of its receiver, in this process, on a quiet server ("quiet") and on one
// whose mail server hangs while 1,000 mails wait for it ("dead"). They take turns, so that
// what else the machine does counts for both. From about 20000x on mails time out within it.
//
//	go test -run '^$' -bench DeadMail -benchtime 5000x ./backend/local
func BenchmarkDeadMail(b *testing.B) {
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	defer receiver.Close()
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		b.Fatal(err)
	}
	defer router.Close()
	quiet, dead := startSending(b, router, receiver.URL), startSending(b, router, receiver.URL)
	for i := range 1000 {
		dead.write(b, dead.ids[i%len(dead.ids)], backend.TypeEmail, fmt.Sprintf("a%d@example.org", i), nil)
	}
	b.ResetTimer()
	const rounds = 20
	for range rounds {
		quiet.webhooks(b, max(1, b.N/rounds))
		dead.webhooks(b, max(1, b.N/rounds))
	}
	b.StopTimer()
	reportP99(b, quiet.times, "quiet-p99-µs")
	reportP99(b, dead.times, "dead-p99-µs")
	b.ReportMetric(float64(percentile(dead.times, 0.99))/float64(percentile(quiet.times, 0.99)), "ratio")
	b.ReportMetric(float64(dead.sender.mails.Load()), "mails-tried")
	quiet.stop()
	dead.stop()
}

// sendingServer is a file with a worker, and how long its webhook messages took.
type sendingServer struct {
	benchOutbox
	accounts *Accounts
	sender   *deadMail
	times    []time.Duration
	stop     func()
}

func startSending(b *testing.B, router delivery.Sender, to string) *sendingServer {
	b.Helper()
	sender := &deadMail{Sender: router, end: make(chan struct{})}
	s := &sendingServer{benchOutbox: newBenchOutbox(b, sender, to), sender: sender}
	s.accounts = New(s.db, Options{Key: testKey, Sender: sender})
	s.accounts.queue.open()
	ctx, cancel := context.WithCancel(b.Context())
	var worker sync.WaitGroup
	worker.Go(func() { s.accounts.RunWorker(ctx, func(err error) { b.Error(err) }) })
	s.stop = func() { close(sender.end); cancel(); worker.Wait() }
	return s
}

// webhooks sends n webhook messages by four callers, each of which waits until its message
// has been taken.
func (s *sendingServer) webhooks(b *testing.B, n int) {
	times := make([]time.Duration, n)
	s.each(b, 4, n, func(i int) error {
		begun, taken := time.Now(), make(chan struct{})
		s.write(b, s.ids[i%len(s.ids)], backend.TypeWebhook, s.to, func(id string) { s.sender.taken.Store(id, taken) })
		<-taken
		times[i] = time.Since(begun)
		return nil
	})
	s.sender.taken.Clear()
	s.times = append(s.times, times...)
}

// write writes and dispatches a notice; written gets its id before it can be sent.
func (s *sendingServer) write(b *testing.B, id string, kind backend.ChannelType, to string, written func(message string)) {
	c := customer{s.accounts, id}
	var q storage.QueuedMessage
	err := s.db.Change(b.Context(), storage.NoAccount, func(tx *storage.Tx) (err error) {
		q, err = c.addMessage(tx, backend.Message{Type: kind, To: to, Kind: backend.KindNotice}, usernameNotice("x"))
		return err
	})
	if err != nil {
		b.Error(err)
		return
	}
	if written != nil {
		written(q.Message.ID)
	}
	c.dispatch(b.Context(), q)
}

// BenchmarkHangingTests measures reading a profile before and while 600 tests of channels
// are started whose receivers hang: six of each of 20 channels of 5 customers.
//
//	go test -run '^$' -bench HangingTests -benchtime 50000x ./backend/local
func BenchmarkHangingTests(b *testing.B) {
	const customers, channels = 5, 20
	path, _, ids := seed(b, 1000, customers+1)
	db := openFile(b, path, sqlite.Options{})
	end := make(chan struct{})
	a := New(db, Options{Key: testKey, Sender: senderFunc(func(ctx context.Context, _ delivery.Message) (delivery.Receipt, error) {
		select {
		case <-ctx.Done():
		case <-end:
		}
		return delivery.Receipt{}, &delivery.Error{Provider: "webhook", Status: "did not answer in time"}
	})})
	for _, id := range ids[:customers] {
		addHooks(b, a, id, channels)
	}
	reader := a.View(ids[customers])
	b.ResetTimer()
	before := readProfiles(b, reader)
	var tests sync.WaitGroup
	var refused atomic.Int32
	for i := range customers * channels * maxTests {
		view := a.View(ids[i%customers])
		tests.Go(func() {
			if _, err := view.TestChannel(b.Context(), 10+i/customers%channels); backend.ErrorCode(err) == backend.CodeBusy {
				refused.Add(1)
			}
		})
	}
	during := readProfiles(b, reader)
	b.StopTimer()
	close(end)
	tests.Wait()
	reportP99(b, before, "before-p99-µs")
	reportP99(b, during, "during-p99-µs")
	b.ReportMetric(float64(refused.Load()), "refused")
}

// readProfiles reads a profile b.N times, and returns how long each took.
func readProfiles(b *testing.B, view backend.Backend) []time.Duration {
	times := make([]time.Duration, b.N)
	for i := range times {
		begun := time.Now()
		if _, err := view.Profile(b.Context()); err != nil {
			b.Fatal(err)
		}
		times[i] = time.Since(begun)
	}
	return times
}

// addHooks gives a customer verified webhooks of different hosts, from priority 10.
func addHooks(b *testing.B, a *Accounts, id string, n int) {
	b.Helper()
	c := customer{a, id}
	err := a.db.Change(b.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for i := range n {
			to := fmt.Sprintf("https://host-%d.%s.example.org/", i, id)
			ch := backend.Channel{Type: backend.TypeWebhook, Value: to, ActiveValue: to, Priority: 10 + i, Enabled: true, CreatedAt: tx.Now}
			if err := tx.AddChannel(id, ch); err != nil {
				return err
			}
			if _, err := c.addSigningSecret(tx, ch); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
