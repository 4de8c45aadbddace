package local

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestFutureIsRecalled: without that, it would count as now until it has come.
func TestFutureIsRecalled(t *testing.T) {
	f := newTidyFile(t, Options{})
	f.clock.Advance(30 * day)
	c, err := f.CreateChannel(t.Context(), backend.TypeSMS, "+37120000001", "")
	f.must(err)
	for range backend.CodeTries {
		_, _ = f.VerifyChannel(t.Context(), c.Priority, "000000")
	}
	for range backend.MaxFeedbackDay {
		_, err := f.SendFeedback(t.Context(), "thank you")
		f.must(err)
	}
	ctx := backend.WithCommand(t.Context(), backend.Command{Key: "k", Fingerprint: "f"})
	name := "Ada"
	_, err = f.UpdateName(ctx, backend.NameChange{Name: &name})
	f.must(err)
	f.clock.Advance(-30 * day)
	f.tidies(0, "in the future")
	f.clock.Advance(day)
	if _, err := f.SendFeedback(t.Context(), "one more"); err != nil {
		t.Error(err)
	}
	if _, err := f.UpdateChannel(t.Context(), c.Priority, c.Value, nil); err != nil {
		t.Error(err)
	}
	f.tidies(2+1, "a day after it was recalled: a send, counted twice, and an answer") // the code was replaced
	f.clock.Advance(29 * day)
	if _, err := f.VerifyChannel(t.Context(), c.Priority, "000000"); backend.ErrorCode(err) != backend.CodeExpired {
		t.Errorf("the code of the future: %v", err)
	}
}

func TestMessagesOfTheFutureGoNow(t *testing.T) {
	c := newClock()
	db := openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
	c.Advance(30 * day)
	waitingCode(t, db, testKey)
	a := New(db, Options{Key: testKey, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
	b, _, err := a.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { // a message without a code
		_, err := b.(*customer).addMessage(tx, backend.Message{Type: backend.TypeEmail, To: "anna@example.org", Kind: backend.KindNotice}, usernameNotice("b@example.org"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c.Advance(-30 * day)
	sender := &backendtest.Sender{}
	a = New(db, Options{Key: testKey, Sender: sender})
	if err := a.recallFuture(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := sender.Sent(); len(sent) != 1 || sent[0].Kind != backend.KindNotice {
		t.Fatalf("sent %+v", sent)
	}
}

// TestUnsetClockRecallsNothing: it shows the year 1970 until it is set.
func TestUnsetClockRecallsNothing(t *testing.T) {
	c := newClock()
	db := openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
	b := waitingCode(t, db, testKey)
	now := c.Now()
	c.Advance(time.Unix(0, 0).Sub(now))
	if _, err := New(db, Options{Key: testKey}).Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.Advance(now.Sub(c.Now()))
	list, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil || !list[0].Code.SentAt.Equal(now) {
		t.Fatalf("%+v, %v", list[0].Code, err)
	}
}

func TestJanitorWaitsForAnEvenClock(t *testing.T) {
	at := newClock().Now()
	var w clockWatch
	look := func(shown, passed time.Duration, wantBack, wantDue bool) {
		t.Helper()
		at = at.Add(shown)
		if isBack, isDue := w.look(at, passed); isBack != wantBack || isDue != wantDue {
			t.Errorf("%v shown after %v: back %v, due %v", shown, passed, isBack, isDue)
		}
	}
	minute := time.Minute
	look(0, 0, true, false) // the first look
	for range 59 {
		look(minute+time.Second, minute, false, false)
	}
	look(30*day, minute, false, false) // set ahead
	look(-30*day, minute, true, false) // and back
	for range 59 {
		look(minute-time.Second, minute, false, false)
	}
	look(minute, minute, false, true)
	look(minute, minute, false, false)
}

func TestWorkerTidies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := openFile(t, emptyFile(t, &clock{now: time.Now()}), sqlite.Options{Unwatched: true})
		a := New(db, Options{Key: testKey})
		made, err := a.Create(t.Context(), backend.NewAccount{Name: "Anna", Surname: "Smits", Email: "anna@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			return tx.AddSend(made.ID, storage.SendCode, newID(), storage.Send{At: tx.Now.Add(-day)}, time.Time{})
		}); err != nil {
			t.Fatal(err)
		}
		startWorker(t, a)
		time.Sleep(tidyInterval + 2*clockInterval)
		synctest.Wait()
		if n, err := a.Tidy(t.Context()); err != nil || n != 0 {
			t.Errorf("%d rows were left, %v", n, err)
		}
	})
}
