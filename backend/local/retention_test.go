package local

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// tidyFile is an account on a file that is tidied.
type tidyFile struct {
	*testing.T
	*Accounts
	backend.Backend
	clock *clock
}

func newTidyFile(t *testing.T, o Options) tidyFile {
	c := newClock()
	o.Key, o.Sender = testKey, &backendtest.Sender{}
	a := New(openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now}), o)
	made, err := a.Create(t.Context(), backend.NewAccount{Name: "Anna", Surname: "Smits", Email: "anna@example.org", Plan: backend.PlanBusiness})
	if err != nil {
		t.Fatal(err)
	}
	return tidyFile{t, a, a.View(made.ID), c}
}

func (f tidyFile) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// tidies expects a number of deleted rows.
func (f tidyFile) tidies(want int, when string) {
	f.Helper()
	if got, err := f.Tidy(f.Context()); err != nil || got != want {
		f.Fatalf("%s: %d rows were deleted, want %d; %v", when, got, want, err)
	}
}

// attempts makes attempts with these outcomes at an address, each at a message of its own.
func (f tidyFile) attempts(to string, outcomes ...backend.Outcome) {
	f.Helper()
	f.must(f.db.Change(f.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for _, o := range outcomes {
			m := backend.Message{ID: newID(), Type: backend.TypeSMS, To: to, At: tx.Now, Kind: backend.KindTest, State: backend.StateSent}
			if err := tx.AddMessage(f.Backend.(*customer).id, m, nil, tx.Now); err != nil {
				return err
			}
			if err := tx.AddAttempt(f.Backend.(*customer).id, newID(), m, backend.Attempt{At: tx.Now, Outcome: o}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestHistoryIsKeptForItsTimeAndTheNewestOfAChannelForLonger(t *testing.T) {
	f := newTidyFile(t, Options{Keep: 10 * day})
	c, err := f.CreateChannel(t.Context(), backend.TypeSMS, "+37120000001", "") // a code, a send, a message and an attempt
	f.must(err)
	f.attempts(c.Value, slices.Repeat([]backend.Outcome{backend.OutcomeFailed}, 300)...)
	f.attempts("+37120000002", backend.OutcomeSent, backend.OutcomeSent) // of a channel that is gone
	f.clock.Advance(10*day - time.Second)
	f.tidies(3, "code, and send, counted twice")
	f.clock.Advance(time.Second)
	f.tidies(271+270+2+2, "messages, attempts but the newest of each outcome, and those of the other address")
	f.tidies(0, "again")
	list, err := f.ChannelAttempts(t.Context(), 1, 1000)
	if n := len(list); err != nil || n != keptOfChannel+1 || list[n-1].Outcome != backend.OutcomeHeld {
		t.Fatalf("%d attempts are left, %v", n, err)
	}
	inbox, err := f.Messages(t.Context(), 1000)
	if err != nil || inbox.Total != keptOfChannel {
		t.Fatalf("%d messages are left, %v", inbox.Total, err)
	}
}

// TestWaitingMessagesAreNotTidied: the worker ends them, and says why.
func TestWaitingMessagesAreNotTidied(t *testing.T) {
	c := newClock()
	db := openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
	b := waitingCode(t, db, testKey)
	c.Advance(historyAge)
	if _, err := New(db, Options{Key: testKey}).Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(t.Context(), 9)
	if err != nil || inbox.Total != 1 || inbox.Messages[0].State != backend.StateQueued {
		t.Fatalf("%+v, %v", inbox, err)
	}
}

func TestCountsAndAnswersAreKeptForADay(t *testing.T) {
	f := newTidyFile(t, Options{})
	ctx := backend.WithCommand(t.Context(), backend.Command{Key: "k", Fingerprint: "f"})
	_, err := f.Create(ctx, backend.NewAccount{Name: "Bob", Surname: "Smits", Email: "bob@example.org"}) // a creation
	f.must(err)
	for n := range 3 {
		key := backend.Command{Key: fmt.Sprint(n), Fingerprint: "f"}
		_, err = f.SendFeedback(backend.WithCommand(t.Context(), key), "thank you")
		f.must(err)
	}
	c, err := f.CreateChannel(t.Context(), backend.TypeSMS, "+37120000001", "") // a send and a code
	f.must(err)
	inbox, err := f.Messages(t.Context(), 1)
	f.must(err)
	wrong := "000000"
	if inbox.Messages[0].Code == wrong {
		wrong = "000001"
	}
	if _, err := f.VerifyChannel(t.Context(), c.Priority, wrong); backend.ErrorCode(err) != backend.CodeWrong { // a failure
		t.Fatalf("a wrong code: %v", err)
	}
	_, _, err = f.CreateToken(t.Context(), backend.NewToken{Account: "anna@example.org", Scope: backend.ScopeSelf, Expires: day})
	f.must(err)
	f.tidies(0, "at once")
	f.clock.Advance(day - time.Second)
	f.tidies(0, "within a day")
	f.clock.Advance(time.Second)
	f.tidies(1+3+2, "creation, answers, and send, counted twice")
	f.clock.Advance(day)
	f.tidies(1+1, "failure and code")
	f.clock.Advance(historyAge)
	f.tidies(1, "token")
	list, err := f.FeedbackHistory(t.Context(), 9)
	if err != nil || len(list) != 3 {
		t.Errorf("%d notes are left, %v", len(list), err)
	}
	journal, err := f.Journal(t.Context(), backend.JournalQuery{Limit: 9})
	if err != nil || len(journal.Entries) < 5 {
		t.Errorf("%d rows of the journal are left, %v", len(journal.Entries), err)
	}
}

func TestTidyingGoesThroughAllCustomersAndRowsInSteps(t *testing.T) {
	f := newTidyFile(t, Options{})
	f.must(f.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for n := range 2*walkSize + 1 {
			id := fmt.Sprintf("c%05d", n)
			if err := seedOne(tx, id); err != nil {
				return err
			}
			if err := tx.AddSend(id, storage.SendCode, newID(), storage.Send{At: tx.Now}, time.Time{}); err != nil {
				return err
			}
		}
		for range 3 * stepSize {
			if err := tx.AddSend("c00000", storage.SendTest, newID(), storage.Send{At: tx.Now}, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	}))
	f.clock.Advance(day)
	f.tidies(2*walkSize+1+3*stepSize, "sends")
}
