package local

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// slowMail is a mail server that has the whole message at once and takes its time to answer. It
// takes messages of other types at once.
type slowMail struct {
	takes time.Duration
	calls atomic.Int32 // for email
}

func (s *slowMail) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	if m.Type == backend.TypeEmail {
		s.calls.Add(1)
		select {
		case <-time.After(s.takes):
		case <-ctx.Done():
			return delivery.Receipt{}, &delivery.Error{Kind: delivery.Unknown, Provider: "smtp mail.example.org", Status: "the sending was stopped"}
		}
	}
	return delivery.Receipt{Provider: "smtp mail.example.org", Status: "250 ok"}, nil
}

// TestATestOfASlowMailServerIsAnsweredEarly: its caller is told after sendTimeout that the
// result is not known yet, and the result comes by itself.
func TestATestOfASlowMailServerIsAnsweredEarly(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &slowMail{takes: 9 * time.Minute}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		end := startWorker(t, accounts)
		b := accounts.View(DemoCustomer)
		before := channelOf(t, b, 1).LastTest.At
		begun := time.Now()
		test, err := b.TestChannel(keyed("test"), 1)
		if err != nil || !test.Unknown || test.OK || time.Since(begun) != sendTimeout {
			t.Errorf("after %v: %+v, %v", time.Since(begun), test, err)
		}
		if again, err := b.TestChannel(keyed("test"), 1); err != nil || again != test || sender.calls.Load() != 1 {
			t.Errorf("the repeat is answered %+v, %v", again, err)
		}
		if last := channelOf(t, b, 1).LastTest; !last.At.Equal(before) {
			t.Errorf("a result is kept before there is one: %+v", last)
		}
		time.Sleep(8 * time.Minute)
		if err := New(db, Options{Key: testKey, Sender: sender}).DeliverDue(t.Context()); err != nil || sender.calls.Load() != 1 {
			t.Errorf("another process sends it as well: %d calls, %v", sender.calls.Load(), err)
		}
		time.Sleep(time.Minute)
		last := channelOf(t, b, 1).LastTest
		if !last.OK || last.Unknown || last.Duration != 9*time.Minute || last.ProviderStatus != "250 ok" {
			t.Errorf("the result is %+v", last)
		}
		if m := sentTo(t, b, channelOf(t, b, 1).ActiveValue); m.State != backend.StateSent || m.Attempts != 1 {
			t.Errorf("the message is %+v", m)
		}
		end()
	})
}

// TestASlowMailServerHoldsUpNoOthers: all its places are taken, and messages of other types go
// on, also those of the same customer.
func TestASlowMailServerHoldsUpNoOthers(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &slowMail{takes: 10 * time.Minute}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		end := startWorker(t, accounts)
		for range 2 * perDestination {
			dispatchNotice(t, accounts, "ada@example.org")
		}
		addPhone(t, accounts.View(DemoCustomer), 1)
		time.Sleep(perDestination/perCustomer*slowAfter + time.Second)
		if m := sentTo(t, accounts.View(DemoCustomer), "+37120000001"); m.State != backend.StateSent {
			t.Errorf("the message to a phone is %+v", m)
		}
		time.Sleep(10 * time.Minute)
		if n := sender.calls.Load(); n < 2*perCustomer || n > 2*perDestination {
			t.Errorf("the mail server was asked %d times", n)
		}
		end()
	})
}

// TestAWorkerThatStopsEndsWhatTakesLong: it returns soon, and what was cut off is not known.
func TestAWorkerThatStopsEndsWhatTakesLong(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &slowMail{takes: 10 * time.Minute}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		b := accounts.View(DemoCustomer)
		end := startWorker(t, accounts)
		dispatchNotice(t, accounts, "ada@example.org")
		if test, err := b.TestChannel(t.Context(), 1); err != nil || !test.Unknown {
			t.Errorf("%+v, %v", test, err)
		}
		go func() { _, _ = b.TestChannel(t.Context(), 5) }() // its caller still waits
		synctest.Wait()
		begun := time.Now()
		end()
		if took := time.Since(begun); took > stopGrace+returnTime {
			t.Errorf("the worker stopped after %v", took)
		}
		for _, priority := range []int{5, 1} {
			ch := channelOf(t, b, priority)
			if m := sentTo(t, b, ch.ActiveValue); m.State != backend.StateUnknown || !ch.LastTest.Unknown {
				t.Errorf("the test of channel %d is %+v, %+v", priority, m, ch.LastTest)
			}
		}
		notice := sentTo(t, b, "ada@example.org")
		if notice.State != backend.StateQueued || notice.Attempts != 1 || notice.NextAt.Sub(db.Now()) < 4*time.Minute {
			t.Errorf("the notice is %+v", notice)
		}
		if list, err := b.MessageAttempts(t.Context(), notice.ID); err != nil || len(list) != 1 || list[0].Outcome != backend.OutcomeUnknown {
			t.Errorf("%+v, %v", list, err)
		}
		synctest.Wait()
	})
}

// TestACommandDoesNotWaitForASlowMailServer: a process without a worker ends, and the next one with
// a worker goes on.
func TestACommandDoesNotWaitForASlowMailServer(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		begun := time.Now()
		accounts := New(db, Options{Key: testKey, Sender: &slowMail{takes: 10 * time.Minute}})
		dispatchNotice(t, accounts, "ada@example.org")
		if took := time.Since(begun); took != commandTime {
			t.Errorf("it took %v", took)
		}
		if m := sentTo(t, accounts.View(DemoCustomer), "ada@example.org"); m.State != backend.StateQueued || m.Attempts != 1 {
			t.Errorf("the message is %+v", m)
		}
	})
}

// TestTheLogTellsTheOperatorOnce: not with every message, and again after one was accepted.
func TestTheLogTellsTheOperatorOnce(t *testing.T) {
	clock := newClock()
	ours := &delivery.Error{Provider: "smtp mail.example.org", Status: "refused the sign-in: 535", Ours: true}
	results := []error{ours, ours, nil, ours}
	calls := make(chan int, 4)
	sender := senderFunc(func(context.Context, delivery.Message) (delivery.Receipt, error) {
		n := len(calls)
		calls <- n
		return delivery.Receipt{}, results[n]
	})
	accounts := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: sender})
	reported, end := runReporting(accounts)
	for accounts.report.Load() == nil {
		runtime.Gosched()
	}
	for range results {
		q := storage.QueuedMessage{Customer: DemoCustomer, Message: backend.Message{Type: backend.TypeEmail, To: "ada@example.org"}}
		accounts.send(t.Context(), q)
	}
	end()
	if len(*reported) != 2 || (*reported)[0] != "smtp mail.example.org: refused the sign-in: 535" {
		t.Errorf("reported %q", *reported)
	}
}

func channelOf(t *testing.T, b backend.Backend, priority int) backend.Channel {
	t.Helper()
	list, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, ch := range list {
		if ch.Priority == priority {
			return ch
		}
	}
	t.Fatalf("there is no channel %d", priority)
	return backend.Channel{}
}

// sentTo returns the message to an address that a test has sent; the demo's are in the inbox.
func sentTo(t *testing.T, b backend.Backend, to string) backend.Message {
	t.Helper()
	inbox, err := b.Messages(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range inbox.Messages {
		if m.To == to && m.State != backend.StateHeld {
			return m
		}
	}
	t.Fatalf("nothing was sent to %s", to)
	return backend.Message{}
}
