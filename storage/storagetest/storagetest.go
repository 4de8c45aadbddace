// Package storagetest has what an engine of package storage promises, as tests that each engine runs.
package storagetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Open makes a database without accounts, and opens it twice, as two processes do. What it opens is
// closed when the test ends.
type Open func(t *testing.T) (one, other storage.Store)

// Run runs the promises, and runs them once more with an engine that runs every transaction again; only
// that in short runs.
func Run(t *testing.T, open Open) {
	if !testing.Short() {
		t.Run("once", func(t *testing.T) { run(t, open) })
	}
	t.Run("again", func(t *testing.T) {
		run(t, func(t *testing.T) (one, other storage.Store) {
			one, other = open(t)
			return RunAgain(one), RunAgain(other)
		})
	})
}

func run(t *testing.T, open Open) {
	for _, promise := range slices.Concat(transactions, many, tables) {
		t.Run(promise.what, func(t *testing.T) {
			v := &visit{T: t}
			v.one, v.other = open(t)
			v.change(v.one, storage.NoAccount, addJohn)
			promise.holds(v)
		})
	}
}

// promise is one of those of an engine.
type promise struct {
	what  string
	holds func(*visit)
}

// visit is two processes that have the same database open, with an account john in it.
type visit struct {
	*testing.T
	one, other storage.Store
}

const john = "john"

func addJohn(tx *storage.Tx) error { return addCustomer(tx, john, john+"@example.com") }

func addCustomer(tx *storage.Tx, id, email string) error {
	p := backend.Profile{
		Customer:     backend.Customer{ID: id, Email: email, Name: "John", Surname: "Doe", Role: backend.RoleRoot, CreatedAt: tx.Now},
		Organization: backend.Organization{ID: "o-" + id, Name: "Example", Plan: backend.PlanTeam},
		Team:         backend.Team{ID: "t-" + id, Name: "Example"},
	}
	if err := tx.AddOrganization(p.Organization, p.Team); err != nil {
		return err
	}
	return tx.AddCustomer(p)
}

// ok ends the test on an error.
func (v *visit) ok(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// refused wants an error with a code.
func (v *visit) refused(err error, code backend.Code) {
	v.Helper()
	if backend.ErrorCode(err) != code {
		v.Errorf("refused with %v, want %s", err, code)
	}
}

func (v *visit) change(s storage.Store, account string, fn func(*storage.Tx) error) {
	v.Helper()
	v.ok(s.Change(v.Context(), account, fn))
}

// name is John's name, as a store reads it.
func (v *visit) name(s storage.Store) (name string) {
	v.Helper()
	v.ok(s.Read(v.Context(), func(tx *storage.Tx) (err error) {
		name, err = nameOf(tx)
		return err
	}))
	return name
}

// is wants John to have a name in both processes.
func (v *visit) is(name string) {
	v.Helper()
	for _, s := range []storage.Store{v.one, v.other} {
		if got := v.name(s); got != name {
			v.Errorf("the name is %q, want %q", got, name)
		}
	}
}

func nameOf(tx *storage.Tx) (string, error) {
	p, err := tx.Profile(john)
	return p.Customer.Name, err
}

// rename returns what gives John another name, with an entry in the journal.
func rename(name string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		p, err := tx.Profile(john)
		if err != nil {
			return err
		}
		p.Customer.Name = name
		return tx.SaveName(p, entry(tx, name))
	}
}

func entry(tx *storage.Tx, detail string) backend.JournalEntry {
	return backend.JournalEntry{ID: detail, At: tx.Now, Actor: "test", Action: "name.changed", Detail: detail}
}

// errNo is an error of a transaction's function.
var errNo = errors.New("no")

var transactions = []promise{
	{"a change is kept, and seen by other processes at once", func(v *visit) {
		v.change(v.one, john, rename("Jane"))
		v.is("Jane")
	}},
	{"a change that returns an error is undone, and the error is returned as it is", func(v *visit) {
		err := v.one.Change(v.Context(), john, func(tx *storage.Tx) error {
			v.ok(rename("Jane")(tx))
			return errNo
		})
		if err != errNo { //nolint:errorlint // it is the same one
			v.Errorf("the error is %v", err)
		}
		v.is("John")
	}},
	{"a change that panics is undone, and the panic goes on in the caller", func(v *visit) {
		got := func() (value any) {
			defer func() { value = recover() }()
			_ = v.one.Change(v.Context(), john, func(tx *storage.Tx) error {
				v.ok(rename("Jane")(tx))
				panic(errNo)
			})
			return nil
		}()
		if p, isPanic := got.(*storage.Panic); !isPanic || p.Value != any(errNo) || len(p.Stack) == 0 {
			v.Errorf("it panics with %v", got)
		}
		v.is("John")
		v.change(v.one, john, rename("Jane")) // it goes on
		v.is("Jane")
	}},
	{"a caller that has gone changes and reads nothing", func(v *visit) {
		ctx, cancel := context.WithCancel(v.Context())
		cancel()
		v.refused(v.one.Change(ctx, john, rename("Jane")), backend.CodeBusy)
		v.refused(v.one.Read(ctx, func(tx *storage.Tx) error { _, err := nameOf(tx); return err }), backend.CodeBusy)
		v.is("John")
	}},
	{"a caller that goes in the middle changes nothing", func(v *visit) {
		ctx, cancel := context.WithCancel(v.Context())
		v.refused(v.one.Change(ctx, john, func(tx *storage.Tx) error {
			v.ok(rename("Jane")(tx))
			cancel()
			return rename("Joan")(tx)
		}), backend.CodeBusy)
		v.is("John")
	}},
	{"what waits for the commit runs after it, once, and not after an error", func(v *visit) {
		var ran []string
		then := func(what string, err error) func(*storage.Tx) error {
			return func(tx *storage.Tx) error {
				tx.AfterCommit(func() { ran = append(ran, what+" "+v.name(v.other)) })
				v.ok(rename("Jane")(tx))
				return err
			}
		}
		_ = v.one.Change(v.Context(), john, then("undone", errNo))
		v.change(v.one, john, then("kept", nil))
		if fmt.Sprint(ran) != "[kept Jane]" {
			v.Errorf("ran %q", ran)
		}
	}},
	{"a reader sees one snapshot", func(v *visit) {
		v.ok(v.one.Read(v.Context(), func(tx *storage.Tx) error {
			before, err := nameOf(tx)
			v.ok(err)
			v.change(v.other, john, rename("Jane"))
			after, err := nameOf(tx)
			if before != "John" || after != "John" {
				v.Errorf("it reads %q and then %q", before, after)
			}
			return err
		}))
		v.is("Jane")
	}},
	{"a reader cannot write", func(v *visit) {
		if err := v.one.Read(v.Context(), rename("Jane")); err == nil {
			v.Error("it wrote")
		}
		v.is("John")
	}},
	{"one statement can be read alone", func(v *visit) {
		v.ok(v.one.ReadOne(v.Context(), func(tx *storage.Tx) error {
			name, err := nameOf(tx)
			if name != "John" {
				v.Errorf("the name is %q", name)
			}
			return err
		}))
		v.refused(v.one.ReadOne(v.Context(), func(tx *storage.Tx) error {
			_, _ = nameOf(tx)
			_, err := nameOf(tx)
			return err
		}), backend.CodeInternal)
	}},
	{"a transaction is of no use after its end", func(v *visit) {
		var kept *storage.Tx
		v.change(v.one, john, func(tx *storage.Tx) error {
			kept = tx
			return nil
		})
		v.refused(rename("Jane")(kept), backend.CodeInternal)
		v.is("John")
	}},
	{"the time is UTC, in whole milliseconds", func(v *visit) {
		v.change(v.one, storage.NoAccount, func(tx *storage.Tx) error {
			if tx.Now.Location() != time.UTC || tx.Now.Nanosecond()%1e6 != 0 {
				v.Errorf("it is %v", tx.Now)
			}
			return nil
		})
	}},
}
