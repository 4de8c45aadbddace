package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestFiftyConcurrentGuessesAreFiveTries(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	guessAtOnce(t, openFile(t, path, sqlite.Options{Now: clock.Now}), openFile(t, path, sqlite.Options{Now: clock.Now}))
}

// guessAtOnce guesses a code in two processes at once.
func guessAtOnce(t *testing.T, one, other storage.Store) {
	ctx := context.Background()
	views := []backend.Backend{john(t, one, nil), john(t, other, nil)}
	answers := together(50, func(i int) error {
		_, err := views[i%2].VerifyChannel(ctx, 3, "111111")
		return err
	})
	if answers[backend.CodeWrong] != backend.CodeTries || answers[backend.CodeExhausted] != 50-backend.CodeTries {
		t.Fatalf("answers: %v", answers)
	}
	if _, err := views[0].VerifyChannel(ctx, 3, demoCode); backend.ErrorCode(err) != backend.CodeExhausted {
		t.Fatalf("the right code afterwards: %v", err)
	}
}

func TestConcurrentEntriesOfOneCodeVerifyOnce(t *testing.T) {
	clock := newClock()
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), nil)
	answers := together(20, func(int) error {
		_, err := b.VerifyChannel(context.Background(), 3, demoCode)
		return err
	})
	if answers[""] != 1 || answers[backend.CodeAlreadyVerified] != 19 {
		t.Fatalf("answers: %v", answers)
	}
}

func TestOneOfManyConcurrentCreationsSucceeds(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	createAtOnce(t, openFile(t, path, sqlite.Options{Now: clock.Now}), openFile(t, path, sqlite.Options{Now: clock.Now}))
}

// createAtOnce makes the same channel, and the same account, in two processes at once.
func createAtOnce(t *testing.T, dbs ...storage.Store) {
	ctx := context.Background()
	channels := together(20, func(i int) error {
		_, err := john(t, dbs[i%2], nil).CreateChannel(ctx, backend.TypeSMS, "+37120000000", "")
		return err
	})
	if channels[""] != 1 || channels[backend.CodeDuplicateChannel] != 19 {
		t.Fatalf("channels: %v", channels)
	}
	accounts := together(20, func(i int) error {
		_, err := New(dbs[i%2], Options{Key: testKey}).Create(ctx, backend.NewAccount{Name: "A", Surname: "B", Email: "ab@example.org"})
		return err
	})
	if accounts[""] != 1 || accounts[backend.CodeEmailTaken] != 19 {
		t.Fatalf("accounts: %v", accounts)
	}
	repeated := together(20, func(i int) error {
		_, err := New(dbs[i%2], Options{Key: testKey}).Create(keyed("once"), backend.NewAccount{Name: "A", Surname: "B", Email: "once@example.org"})
		return err
	})
	if repeated[""] != 20 {
		t.Fatalf("one command: %v", repeated)
	}
}

// revokeAtOnce revokes tokens in one process while another one changes their account: the journal has
// all of it.
func revokeAtOnce(t *testing.T, one, other storage.Store) {
	ctx, accounts := context.Background(), New(one, Options{Key: testKey})
	var tokens []backend.Token
	for range 10 {
		made, _, err := accounts.CreateToken(ctx, backend.NewToken{Account: DemoCustomer, Scope: backend.ScopeSelf})
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, made)
	}
	view := john(t, other, nil)
	before, err := view.Journal(ctx, backend.JournalQuery{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	answers := together(20, func(i int) error {
		if i%2 == 0 {
			return accounts.RevokeToken(ctx, tokens[i/2].ID)
		}
		name := fmt.Sprint("John ", i)
		_, err := view.UpdateName(ctx, backend.NameChange{Name: &name})
		return err
	})
	after, err := view.Journal(ctx, backend.JournalQuery{Limit: 100})
	if err != nil || answers[""] != 20 || len(after.Entries) != len(before.Entries)+20 {
		t.Errorf("%v, and %d entries after %d, %v", answers, len(after.Entries), len(before.Entries), err)
	}
}

// together calls do n times at once and counts the codes of the errors, "" for none.
func together(n int, do func(i int) error) map[backend.Code]int {
	var group sync.WaitGroup
	var mu sync.Mutex
	answers := map[backend.Code]int{}
	for i := range n {
		group.Go(func() {
			code := backend.ErrorCode(do(i))
			mu.Lock()
			defer mu.Unlock()
			answers[code]++
		})
	}
	group.Wait()
	return answers
}

func TestDeletionEndsTheViewsOfOtherProcesses(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	path := demoFile(t, clock)
	first, db := openFile(t, path, sqlite.Options{Now: clock.Now}), openFile(t, path, sqlite.Options{Now: clock.Now})
	here, there := john(t, first, nil), john(t, db, nil)
	if err := there.DeleteAccount(ctx, "privacy"); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Profile(ctx); backend.ErrorCode(err) != backend.CodeUnauthorized {
		t.Fatalf("profile: %v", err)
	}
	err := db.Read(ctx, func(tx *storage.Tx) error {
		buried, err := tx.HasTombstone(tombstone(DemoCustomer))
		if !buried {
			t.Error("no tombstone")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first.Close()
	db.Close()
	for _, trace := range []string{DemoCustomer, "john.smith@", "+994551234567", "PingHome Ltd", "Azercell"} {
		if where := inFile(t, path, trace); where != "" {
			t.Errorf("%q is still in %s", trace, where)
		}
	}
}

func TestCodeIsOnlyInItsMessage(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	path := demoFile(t, clock)
	db := openFile(t, path, sqlite.Options{Now: clock.Now})
	b := john(t, db, nil)
	c, err := b.CreateChannel(ctx, backend.TypeSMS, "+37120000000", "")
	if err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(ctx, 1)
	if err != nil || inbox.Messages[0].To != c.Value {
		t.Fatalf("%+v, %v", inbox, err)
	}
	code := inbox.Messages[0].Code
	if err := b.DeleteMessages(ctx, []string{inbox.Messages[0].ID}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if where := inFile(t, path, code); where != "" {
		t.Errorf("the code is still in %s", where)
	}
	b = john(t, openFile(t, path, sqlite.Options{Now: clock.Now}), nil)
	if _, err := b.VerifyChannel(ctx, c.Priority, code); err != nil {
		t.Fatalf("entering the code: %v", err)
	}
}

func TestReadOnlyFileIsReadAndNotChanged(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now, ReadOnly: true}), nil)
	if p, err := b.Profile(ctx); err != nil || p.Customer.Name != "John" {
		t.Fatalf("profile: %+v, %v", p, err)
	}
	name := "Johan"
	if _, err := b.UpdateName(ctx, backend.NameChange{Name: &name}); backend.ErrorCode(err) != backend.CodeReadOnly {
		t.Fatalf("name: %v", err)
	}
}

// failingSender answers err, nil for success, and keeps the ids of the messages.
type failingSender struct {
	err   error
	calls []string
}

func (f *failingSender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	f.calls = append(f.calls, m.ID)
	return delivery.Receipt{Provider: "carrier", Status: "accepted"}, f.err
}

func TestQueuedMessagesAreDelivered(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	sender := &failingSender{err: errors.New("dial tcp 10.0.0.1: secret")}
	accounts := New(db, Options{Key: testKey, Sender: sender})
	b := john(t, db, sender)
	for n := range 2 {
		if _, err := b.CreateChannel(ctx, backend.TypeSMS, fmt.Sprintf("+3712000000%d", n), ""); err != nil {
			t.Fatal(err)
		}
	}
	check := func(what string, calls int, want ...backend.MessageState) {
		t.Helper()
		inbox, err := b.Messages(ctx, len(want))
		if err != nil || len(sender.calls) != calls {
			t.Fatalf("%s: %d calls, %v", what, len(sender.calls), err)
		}
		for i, m := range inbox.Messages {
			if m.State != want[i] || m.Code != "" || strings.Contains(m.Detail, "secret") {
				t.Fatalf("%s: %+v", what, m)
			}
		}
	}
	check("refused", 2, backend.StateQueued, backend.StateQueued)
	if err := accounts.DeliverDue(ctx); err != nil {
		t.Fatal(err)
	}
	check("too early", 2, backend.StateQueued, backend.StateQueued)
	sender.err = nil
	clock.Advance(2 * leaseDuration)
	if err := accounts.DeliverDue(ctx); err != nil {
		t.Fatal(err)
	}
	check("delivered", 4, backend.StateSent, backend.StateSent)
	if sender.calls[0] != sender.calls[2] && sender.calls[0] != sender.calls[3] {
		t.Fatalf("a message was sent with another id: %v", sender.calls)
	}
	sender.err = errors.New("down")
	if _, err := b.CreateChannel(ctx, backend.TypeSMS, "+37120000005", ""); err != nil {
		t.Fatal(err)
	}
	clock.Advance(backend.CodeLifetime)
	if err := accounts.DeliverDue(ctx); err != nil {
		t.Fatal(err)
	}
	check("expired", 5, backend.StateFailed)
}

// inFile returns the name of the file with the text, of the database and its write-ahead
// log; "" when neither has it.
func inFile(t *testing.T, path, text string) string {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		data, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(data), text) {
			return name
		}
	}
	return ""
}
