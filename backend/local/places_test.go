package local

import (
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// Tests take the places of messages, and are refused at once when there is none: nothing
// is written, and the test counts for no limit.
func TestTestWithoutAPlaceIsRefusedAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &deafSender{release: make(chan struct{})}
		b := john(t, db, sender)
		var ended atomic.Int32
		for range perCustomer {
			go func() {
				_, _ = b.TestChannel(t.Context(), 1)
				ended.Add(1)
			}()
		}
		synctest.Wait()
		before, err := b.Messages(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for range 2 * maxTests {
			if _, err := b.TestChannel(keyed("test"), 1); backend.ErrorCode(err) != backend.CodeBusy || !time.Now().Equal(begun) {
				t.Fatalf("after %v: %v", time.Since(begun), err)
			}
		}
		after, err := b.Messages(t.Context(), 1)
		if err != nil || after.Total != before.Total {
			t.Errorf("%d messages are %d, %v", before.Total, after.Total, err)
		}
		close(sender.release)
		synctest.Wait()
		if test, err := b.TestChannel(keyed("test"), 1); err != nil || !test.OK || ended.Load() != perCustomer {
			t.Errorf("when there are places again: %+v, %v", test, err)
		}
	})
}

// A test whose destination is slow takes its one place, as messages do.
func TestTestsOfASlowDestinationGoOneByOne(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := &deafSender{release: make(chan struct{})}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		b := accounts.View(DemoCustomer)
		for range timeoutsInARow {
			if _, err := b.TestChannel(t.Context(), 2); backend.ErrorCode(err) != backend.CodeDeliveryFailed {
				t.Fatal(err)
			}
		}
		go func() { _, _ = b.TestChannel(t.Context(), 2) }()
		synctest.Wait()
		if _, err := b.TestChannel(t.Context(), 2); backend.ErrorCode(err) != backend.CodeBusy {
			t.Errorf("the second at once: %v", err)
		}
		close(sender.release)
		synctest.Wait()
	})
}

// What has no room in memory is due at once, and sent as soon as there is room.
func TestMessagesBeyondTheQueueAreSentWhenThereIsRoom(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		const surplus = 60
		sender := &deafSender{release: make(chan struct{})}
		accounts := New(db, Options{Key: testKey, Sender: sender})
		end := startWorker(t, accounts)
		for n := range perCustomer + perLine + surplus {
			dispatchNotice(t, accounts, fmt.Sprintf("a%d@example.org", n))
		}
		synctest.Wait()
		if n := countQueued(t, db, true); n != surplus {
			t.Errorf("%d are due of %d without room", n, surplus)
		}
		close(sender.release)
		time.Sleep(2 * pollInterval)
		if n := countQueued(t, db, false); n != 0 {
			t.Errorf("%d are not sent", n)
		}
		end()
	})
}

// dispatchNotice queues a notice to an email address.
func dispatchNotice(t testing.TB, accounts *Accounts, to string) {
	t.Helper()
	c := customer{accounts, DemoCustomer}
	var q storage.QueuedMessage
	err := accounts.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) (err error) {
		q, err = c.addMessage(tx, backend.Message{Type: backend.TypeEmail, To: to, Kind: backend.KindNotice}, usernameNotice("x"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	accounts.dispatch(t.Context(), q)
}

// countQueued counts the queued messages of the demo's account, or those that nobody has
// leased.
func countQueued(t testing.TB, db *sqlite.DB, isDue bool) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *storage.Tx) error {
		if isDue {
			due, err := tx.QueuedMessages(backend.ChannelTypes, time.Time{}, 1000, nil)
			n = len(due)
			return err
		}
		inbox, err := tx.Messages(DemoCustomer, "", 1000)
		for _, m := range inbox.Messages {
			if m.State == backend.StateQueued {
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
