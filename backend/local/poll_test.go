package local

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// watchedWorker runs a worker that learns of changes to the file by signals of the test.
// Closing them ends the watch.
func watchedWorker(t *testing.T, db *sqlite.DB, sender delivery.Sender) (signals chan struct{}, end func()) {
	a := New(db, Options{Key: testKey, Sender: sender})
	signals = make(chan struct{}, 1)
	signals <- struct{}{} // it works
	a.awaitChange = func(ctx context.Context, seen uint64) (uint64, error) {
		select {
		case _, works := <-signals:
			if !works {
				return seen, backend.Errorf(backend.CodeUnsupported, "no longer")
			}
			return seen + 1, nil
		case <-ctx.Done():
			return seen, ctx.Err()
		}
	}
	return signals, startWorker(t, a)
}

// queueElsewhere queues a message as another process does that cannot send it, due after
// a time.
func queueElsewhere(t *testing.T, db *sqlite.DB, id string, due time.Duration) {
	t.Helper()
	err := db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		m := backend.Message{ID: id, Type: backend.TypeEmail, To: "a@example.org", At: tx.Now, Kind: backend.KindNotice, State: backend.StateQueued}
		return tx.AddMessage(DemoCustomer, m, nil, tx.Now.Add(due))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// arrives waits for the next message and returns how long that took.
func arrives(t *testing.T, sender *blockingSender, want string) time.Duration {
	t.Helper()
	begun := time.Now()
	if m := <-sender.came; m.ID != want {
		t.Errorf("%s came, want %s", m.ID, want)
	}
	return time.Since(begun)
}

func TestWorkerLooksWhenTheFileWasChanged(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := newBlockingSender()
		signals, end := watchedWorker(t, db, sender)
		time.Sleep(10 * time.Second)
		queueElsewhere(t, db, "changed", 0)
		signals <- struct{}{}
		if took := arrives(t, sender, "changed"); took > 0 {
			t.Errorf("after a change it took %v", took)
		}
		queueElsewhere(t, db, "again", 0)
		signals <- struct{}{}
		if took := arrives(t, sender, "again"); took > pollInterval {
			t.Errorf("after a change at once it took %v", took)
		}
		end()
	})
}

func TestWorkerLooksWhenAMessageBecomesDue(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := newBlockingSender()
		queueElsewhere(t, db, "later", 12*time.Second)
		_, end := watchedWorker(t, db, sender)
		if took := arrives(t, sender, "later"); took < 12*time.Second || took > 12*time.Second+pollInterval {
			t.Errorf("after %v", took)
		}
		end()
	})
}

// What is missed, such as a jump of the clock, is found with the next look at the latest.
func TestWorkerLooksInAnyCase(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := newBlockingSender()
		_, end := watchedWorker(t, db, sender)
		time.Sleep(5 * time.Second)
		queueElsewhere(t, db, "missed", 0)
		if took := arrives(t, sender, "missed"); took < pollInterval || took > longestPause {
			t.Errorf("after %v", took)
		}
		end()
	})
}

func TestWorkerLooksEverySecondWithoutAWatch(t *testing.T) {
	inBubble(t, func(t *testing.T, db *sqlite.DB) {
		sender := newBlockingSender()
		signals, end := watchedWorker(t, db, sender)
		time.Sleep(5 * time.Second)
		close(signals) // it works no longer
		time.Sleep(5 * time.Second)
		queueElsewhere(t, db, "polled", 0)
		if took := arrives(t, sender, "polled"); took > pollInterval {
			t.Errorf("after %v", took)
		}
		end()
	})
}

// Another process that is killed while it sends writes nothing, and its messages are sent
// within a second.
func TestWorkerLooksEverySecondWhileOthersHaveLeases(t *testing.T) {
	path := demoFile(t, newClock())
	synctest.Test(t, func(t *testing.T) {
		o := sqlite.Options{Unwatched: true, Now: func() time.Time { return newClock().now.Add(time.Since(bubbleStart)) }}
		db, other := openFile(t, path, o), openFile(t, path, o)
		sender := newBlockingSender()
		queueElsewhere(t, other, "leased", 0)
		taken, _, err := New(other, Options{Key: testKey, Sender: sender}).leaseDue(t.Context(), func(string) bool { return true })
		if err != nil || len(taken) != 1 {
			t.Fatalf("%d leases, %v", len(taken), err)
		}
		_, end := watchedWorker(t, db, sender)
		time.Sleep(leaseDuration / 2)
		if len(sender.came) != 0 {
			t.Fatal("it was sent although another process has it")
		}
		if err := other.Close(); err != nil { // leaves its lease, as a process that is killed
			t.Fatal(err)
		}
		if took := arrives(t, sender, "leased"); took > pollInterval {
			t.Errorf("after %v", took)
		}
		end()
	})
}
