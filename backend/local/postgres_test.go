//go:build unix

package local

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestContractOnPostgreSQL runs the same promises on the other engine.
func TestContractOnPostgreSQL(t *testing.T) { runContract(t, emptyDatabase) }

func emptyDatabase(t *testing.T, c *clock) storage.Store {
	return openDatabase(t, pgtest.Made(t, makeDatabase(t)), c)
}

func makeDatabase(t *testing.T) func(url string) error {
	return func(url string) error { return postgres.Create(t.Context(), url, postgres.Options{}, nil) }
}

// openDatabase opens a database until the test ends.
func openDatabase(t *testing.T, url string, c *clock) storage.Store {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, postgres.Options{Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestLostCommitIsSettledByItsKey: where the answer to a commit is lost, a command with a key has one
// effect, and its answer.
func TestLostCommitIsSettledByItsKey(t *testing.T) {
	for what, cut := range map[string]pgtest.Cut{"the commit": pgtest.CutCommit, "the answer": pgtest.CutAnswer} {
		t.Run(what, func(t *testing.T) {
			c := newClock()
			url, proxy := pgtest.Through(t, pgtest.Made(t, makeDatabase(t)))
			accounts := New(openDatabase(t, url, c), Options{Key: testKey, Sender: &backendtest.Sender{}})
			made, err := accounts.Create(t.Context(), backend.NewAccount{Name: "John", Surname: "Doe", Email: "john@example.com"})
			if err != nil {
				t.Fatal(err)
			}
			view := accounts.View(made.ID)
			proxy.Cut(cut)
			ch, err := view.CreateChannel(keyed("create"), backend.TypeSMS, "+994551234567", "")
			if err != nil || ch.Priority != 1 || !proxy.IsCut() {
				t.Fatalf("%+v, %v; lost: %t", ch, err, proxy.IsCut())
			}
			all, err := view.Channels(t.Context(), backend.ChannelFilter{})
			if err != nil || len(all) != 1 {
				t.Errorf("%d channels, %v", len(all), err)
			}
			proxy.Cut(cut)
			if _, err := view.SetChannelEnabled(t.Context(), 1, false); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
				t.Errorf("without a key: %v", err)
			}
		})
	}
}
