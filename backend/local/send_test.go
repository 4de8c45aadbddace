package local

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// senderFunc is a sender that is a function.
type senderFunc func(context.Context, delivery.Message) (delivery.Receipt, error)

func (f senderFunc) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	return f(ctx, m)
}

// deafSender does not return before release is closed, also when its context ends.
// It takes messages to the address healthy at once.
type deafSender struct {
	release chan struct{}
	running atomic.Int32
}

const healthy = "+37129999999"

func (s *deafSender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	if m.To != healthy {
		s.running.Add(1)
		defer s.running.Add(-1)
		<-s.release
	}
	return delivery.Receipt{Provider: "test-provider", Status: "accepted"}, nil
}

// inBubble runs a test with the fake clock of synctest, on the demo's accounts.
func inBubble(t *testing.T, test func(t *testing.T, db *sqlite.DB)) {
	t.Helper()
	path := demoFile(t, newClock())
	synctest.Test(t, func(t *testing.T) {
		db, err := sqlite.Open(context.Background(), path, sqlite.Options{Unwatched: true, Now: func() time.Time { return newClock().now.Add(time.Since(bubbleStart)) }})
		if err != nil {
			t.Fatal(err)
		}
		test(t, db)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// bubbleStart is when the clock of every bubble begins.
var bubbleStart = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func TestTestAnswersAlthoughItsSenderDoesNotReturn(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &deafSender{release: make(chan struct{})}
		defer synctest.Wait()
		defer close(sender.release)
		begun := time.Now()
		_, err := john(t, db, sender).TestChannel(t.Context(), 2)
		if took := time.Since(begun); backend.ErrorCode(err) != backend.CodeDeliveryFailed || took > sendTimeout+returnTime {
			t.Errorf("after %v: %v", took, err)
		}
	})
}

func TestWorkerGoesOnAlthoughASenderDoesNotReturn(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &deafSender{release: make(chan struct{})}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		b := accounts.View(DemoCustomer)
		end := startWorker(t, accounts)
		for n := range perCustomer {
			addPhone(t, b, n)
		}
		synctest.Wait()
		if n := sender.running.Load(); n != perCustomer {
			t.Fatalf("%d calls are running", n)
		}
		time.Sleep(sendTimeout + returnTime + time.Second)
		inbox, err := b.Messages(t.Context(), 100)
		for _, m := range inbox.Messages {
			if strings.HasPrefix(m.To, "+3712") && (m.Attempts != 1 || !strings.Contains(m.Detail, "did not answer in time")) {
				t.Errorf("%+v, %v", m, err)
			}
		}
		close(sender.release)
		end()
		synctest.Wait()
	})
}

// A destination whose calls do not return is not called again and again, but as soon as
// one has returned.
func TestStuckCallsOfADestinationAreBounded(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &deafSender{release: make(chan struct{})}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		q := storage.QueuedMessage{Customer: DemoCustomer, Message: backend.Message{Type: backend.TypeSMS, To: "+37120000001"}}
		for range 2 * maxStuck {
			if result := accounts.send(t.Context(), q); result.fault == nil || result.fault.Kind != delivery.Temporary {
				t.Fatalf("%+v", result)
			}
		}
		if n := sender.running.Load(); n != maxStuck {
			t.Errorf("%d calls are running", n)
		}
		close(sender.release)
		synctest.Wait()
		if result := accounts.send(t.Context(), q); result.fault != nil {
			t.Errorf("after they returned: %v", result.fault)
		}
		if n := len(accounts.queue.lines); n != 0 {
			t.Errorf("%d destinations are remembered", n)
		}
	})
}

// A panic of a sender, or a sender that ends its goroutine, fails one attempt. The log
// gets the panic without the code.
func TestPanicOfASenderEndsOneAttempt(t *testing.T) {
	for name, misbehave := range map[string]func(delivery.Message){
		"panic":  func(m delivery.Message) { panic(errors.New("no code " + m.Code + " for " + m.To)) },
		"goexit": func(delivery.Message) { runtime.Goexit() },
	} {
		t.Run(name, func(t *testing.T) {
			clock := newClock()
			sent := make(chan string, 2)
			sender := senderFunc(func(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
				defer func() { sent <- m.Code }()
				if m.To != healthy {
					misbehave(m)
				}
				return delivery.Receipt{Provider: "test-provider", Status: "accepted"}, nil
			})
			accounts := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: sender})
			b := accounts.View(DemoCustomer)
			reported, end := runReporting(accounts)
			addPhone(t, b, 1)
			code := <-sent
			if _, err := b.CreateChannel(t.Context(), backend.TypeSMS, healthy, ""); err != nil {
				t.Fatal(err)
			}
			<-sent
			end()
			inbox, err := b.Messages(t.Context(), 2)
			if m := inbox.Messages; err != nil || m[0].State != backend.StateSent || m[1].State != backend.StateQueued || m[1].Attempts != 1 || m[1].NextAt.IsZero() {
				t.Errorf("%+v, %v", inbox.Messages, err)
			}
			log := strings.Join(*reported, "\n")
			if strings.Contains(log, code) || strings.Contains(log, "+3712") || name == "panic" && !strings.Contains(log, "send_test.go") {
				t.Errorf("reported: %s", log)
			}
		})
	}
}

// runReporting runs the worker of accounts until end is called; then reported has what it
// reported.
func runReporting(accounts *Accounts) (reported *[]string, end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	var mu sync.Mutex
	reported = new([]string)
	accounts.queue.open()
	group.Go(func() {
		accounts.RunWorker(ctx, func(err error) {
			mu.Lock()
			defer mu.Unlock()
			*reported = append(*reported, err.Error())
		})
	})
	return reported, func() { cancel(); group.Wait() }
}
