//go:build unix

package local

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/storagetest"
)

// TestContractOnPostgreSQL runs the same promises on the other engine, with each transaction run twice: there,
// other changes and lost connections do that. Over HTTP they are run once.
func TestContractOnPostgreSQL(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: the contract runs on a file, and what two servers do at once on PostgreSQL")
	}
	runContract(t, func(t *testing.T, c *clock) storage.Store { return storagetest.RunAgain(emptyDatabase(t, c)) })
}

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

// TestServersAtOnce: what two servers do at once comes one after the other.
func TestServersAtOnce(t *testing.T) {
	for what, do := range map[string]func(t *testing.T, one, other storage.Store){
		"guesses":     guessAtOnce,
		"creations":   func(t *testing.T, one, other storage.Store) { createAtOnce(t, one, other) },
		"revocations": revokeAtOnce,
	} {
		t.Run(what, func(t *testing.T) {
			c, url := newClock(), pgtest.Empty(t)
			if err := postgres.Create(t.Context(), url, postgres.Options{Now: c.Now}, Demo(testKey)); err != nil {
				t.Fatal(err)
			}
			do(t, openDatabase(t, url, c), openDatabase(t, url, c))
		})
	}
}

// TestNoAnswerBeforeTheStandbyHasIt: while the standby is away, a command is neither done nor refused, also
// when it is repeated and its answer is on the primary. It is answered once the standby is back.
func TestNoAnswerBeforeTheStandbyHasIt(t *testing.T) {
	pair := pgtest.StartPair(t)
	must(t, postgres.Create(t.Context(), pair.URL(), postgres.Options{}, nil))
	db, err := postgres.Open(t.Context(), pair.URL(), postgres.Options{Wait: time.Second})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	accounts := New(db, Options{Key: testKey, Sender: &backendtest.Sender{}})
	john, err := accounts.Create(t.Context(), backend.NewAccount{Name: "John", Surname: "Doe", Email: "john@example.com"})
	must(t, err)
	view := accounts.View(john.ID)
	_, err = view.CreateChannel(t.Context(), backend.TypeSMS, "+994551234567", "")
	must(t, err)
	jane, err := accounts.Create(t.Context(), backend.NewAccount{Name: "Jane", Surname: "Doe", Email: "jane@example.com"})
	must(t, err)
	token, _, err := accounts.CreateToken(t.Context(), backend.NewToken{Account: john.ID, Scope: backend.ScopeSelf})
	must(t, err)
	commands := map[string]func() error{
		"a creation": func() error {
			_, err := accounts.Create(keyed("create"), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@example.com"})
			return err
		},
		"a wrong code": func() error {
			_, err := view.VerifyChannel(keyed("verify"), 1, "000000")
			return err
		},
		"a deletion":   func() error { return accounts.View(jane.ID).DeleteAccount(t.Context(), "no-longer-needed") },
		"a revocation": func() error { return accounts.RevokeToken(t.Context(), token.ID) },
	}
	must(t, pair.Stop(1))
	for what, do := range commands {
		for range 2 {
			if err := do(); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
				t.Errorf("%s is answered with %v", what, err)
			}
		}
	}
	must(t, pair.Serve(1))
	if err := commands["a creation"](); err != nil {
		t.Error(err)
	}
	for what, code := range map[string]backend.Code{"a wrong code": backend.CodeWrong, "a deletion": backend.CodeUnauthorized, "a revocation": backend.CodeNotFound} {
		if err := commands[what](); backend.ErrorCode(err) != code {
			t.Errorf("%s is answered with %v", what, err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
