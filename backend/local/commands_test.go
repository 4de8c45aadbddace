package local

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// keyed returns a context with a command that has a key.
func keyed(key string) context.Context {
	return backend.WithCommand(context.Background(), backend.Command{Key: key, Fingerprint: key})
}

// hookSender calls duringSend in each Send; nil for no call.
type hookSender struct {
	duringSend func()
	calls      int
	last       delivery.Message
}

func (s *hookSender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	s.calls, s.last = s.calls+1, m
	if s.duringSend != nil {
		s.duringSend()
	}
	return delivery.Receipt{Provider: "carrier", Status: "accepted"}, nil
}

func TestRepeatOfARunningTestIsBusy(t *testing.T) {
	clock, sender := newClock(), &hookSender{}
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), sender)
	sender.duringSend = func() {
		if _, err := b.TestChannel(keyed("test"), 1); backend.ErrorCode(err) != backend.CodeBusy {
			t.Errorf("a repeat during the test: %v", err)
		}
	}
	first, err := b.TestChannel(keyed("test"), 1)
	if err != nil || !first.OK {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := b.TestChannel(keyed("test"), 1); err != nil || again != first || sender.calls != 1 {
		t.Fatalf("%+v after %+v, %d calls, %v", again, first, sender.calls, err)
	}
}

func TestRepeatOfATestWhoseProcessEndedTestsAgain(t *testing.T) {
	clock, sender := newClock(), &hookSender{}
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), sender)
	ended := customer{New(openFile(t, b.(*customer).db.Name(), sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: sender}), DemoCustomer}
	if _, _, err := ended.beginTest(keyed("test"), 1, nil); err != nil { // and there the process ends
		t.Fatal(err)
	}
	if _, err := b.TestChannel(keyed("test"), 1); backend.ErrorCode(err) != backend.CodeBusy {
		t.Fatalf("before the end of the lease: %v", err)
	}
	clock.Advance(leaseDuration)
	if test, err := b.TestChannel(keyed("test"), 1); err != nil || !test.OK || sender.calls != 1 {
		t.Fatalf("after the end of the lease: %+v, %d calls, %v", test, sender.calls, err)
	}
}

func TestKeptAnswersAreRemovedAfterADayAndWithTheAccount(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	path := demoFile(t, clock)
	db := openFile(t, path, sqlite.Options{Now: clock.Now})
	b := john(t, db, nil)
	kept := func() (n int) {
		err := db.Read(ctx, func(tx *storage.Tx) error {
			for i := range 5 {
				_, found, err := tx.Answer(DemoCustomer, "old "+strconv.Itoa(i))
				if err != nil {
					return err
				}
				if found {
					n++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 5 {
		if _, err := b.SendFeedback(keyed("old "+strconv.Itoa(i)), "hello"); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Second)
	}
	clock.Advance(day)
	if _, err := b.CreateChannel(keyed("new"), backend.TypeSMS, "+37120777770", ""); err != nil {
		t.Fatal(err)
	}
	for i := range 16 {
		if _, err := b.SetChannelEnabled(keyed("on or off "+strconv.Itoa(i)), 1, i%2 == 0); err != nil {
			t.Fatal(err)
		}
	}
	if n := kept(); n != 0 {
		t.Fatalf("%d answers older than a day are kept", n)
	}
	if err := b.DeleteAccount(keyed("end"), "privacy"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if where := inFile(t, path, "+37120777770"); where != "" {
		t.Errorf("an answer is still in %s", where)
	}
}

// BenchmarkKeyedCommand measures a change with a key against one without.
func BenchmarkKeyedCommand(b *testing.B) {
	_, views, _ := seed(b, 10, 1)
	serial := 0
	turn := func(ctx func() context.Context) func(n int) {
		return func(n int) {
			for range n {
				serial++
				name := "John " + strconv.Itoa(serial)
				if _, err := views[0].UpdateName(ctx(), backend.NameChange{Name: &name}); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	takeTurns(b, turn(func() context.Context { return keyed(strconv.Itoa(serial)) }), turn(context.Background))
}

func TestKeyOfACreationBelongsToItsToken(t *testing.T) {
	clock := newClock()
	a := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey})
	create := func(token, email string) (backend.AccountSummary, error) {
		ctx := backend.WithCommand(context.Background(), backend.Command{Key: "key", Fingerprint: email, TokenID: token})
		return a.Create(ctx, backend.NewAccount{Name: "Mary", Surname: "Major", Email: email})
	}
	first, err := create("mine", "mary@example.org")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := create("mine", "other@example.org"); backend.ErrorCode(err) != backend.CodeKeyReused {
		t.Errorf("another account with the key: %v", err)
	}
	if _, err := create("another", "other@example.org"); err != nil {
		t.Errorf("the key of another token: %v", err)
	}
	if again, err := create("mine", "mary@example.org"); err != nil || again != first {
		t.Errorf("%+v after %+v, %v", again, first, err)
	}
	if err := a.View(first.ID).DeleteAccount(context.Background(), "other"); err != nil {
		t.Fatal(err)
	}
	if again, err := create("mine", "mary@example.org"); err != nil || again.ID == first.ID {
		t.Errorf("the answer was kept after the deletion of its account: %+v, %v", again, err)
	}
}
