package storagetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

const (
	callers = 40 // half of them in each process
	each    = 5  // changes that each of them makes
)

// atOnce runs fn for all callers at once, and returns the errors.
func (v *visit) atOnce(fn func(s storage.Store, caller int) error) []error {
	errs := make([]error, callers)
	var running sync.WaitGroup
	for i := range callers {
		running.Go(func() { errs[i] = fn([]storage.Store{v.one, v.other}[i%2], i) })
	}
	running.Wait()
	return errs
}

var many = []promise{
	{"no change of an account is lost among those of 40 callers in two processes", func(v *visit) {
		v.change(v.one, john, rename("0"))
		v.ok(errors.Join(v.atOnce(func(s storage.Store, _ int) error {
			var errs []error
			for range each {
				errs = append(errs, s.Change(v.Context(), john, func(tx *storage.Tx) error {
					n, err := count(tx)
					if err != nil {
						return err
					}
					return rename(strconv.Itoa(n + 1))(tx)
				}))
			}
			return errors.Join(errs...)
		})...))
		v.is(strconv.Itoa(callers * each))
		v.ordered(callers*each + 1)
	}},
	{"what is locked by name is changed by one at a time", func(v *visit) {
		v.ok(errors.Join(v.atOnce(func(s storage.Store, _ int) error {
			return s.Change(v.Context(), storage.NoAccount, func(tx *storage.Tx) error {
				if err := tx.Lock("demo"); err != nil {
					return err
				}
				before, err := tx.Fact(storage.FactDemo)
				if err != nil {
					return err
				}
				return tx.PutFact(storage.FactDemo, append(before, 'x'))
			})
		})...))
		v.ok(v.one.Read(v.Context(), func(tx *storage.Tx) error {
			got, err := tx.Fact(storage.FactDemo)
			if len(got) != callers {
				v.Errorf("%d of %d changes were kept", len(got), callers)
			}
			return err
		}))
	}},
	{"an email goes to one of 40 accounts that want it at once", func(v *visit) {
		errs := v.atOnce(func(s storage.Store, i int) error {
			return s.Change(v.Context(), storage.NoAccount, func(tx *storage.Tx) error {
				return addCustomer(tx, fmt.Sprintf("twin-%d", i), "twin@example.com")
			})
		})
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
			} else {
				v.refused(err, backend.CodeEmailTaken)
			}
		}
		if made != 1 {
			v.Errorf("%d accounts have the same email", made)
		}
	}},
	{"a message is leased by one of 40 that want it at once", func(v *visit) {
		var q storage.QueuedMessage
		v.change(v.one, john, func(tx *storage.Tx) error {
			q = storage.QueuedMessage{Customer: john, Message: backend.Message{ID: "m", At: tx.Now, Type: backend.TypeEmail, To: "a@example.com",
				Kind: backend.KindNotice, State: backend.StateQueued}}
			return tx.AddMessage(john, q.Message, []byte("sealed"), tx.Now)
		})
		v.ok(v.one.Read(v.Context(), func(tx *storage.Tx) (err error) {
			q, err = tx.QueuedMessage(john, "m")
			return err
		}))
		leases := make([]bool, callers)
		v.ok(errors.Join(v.atOnce(func(s storage.Store, i int) error {
			return s.Change(v.Context(), storage.NoAccount, func(tx *storage.Tx) (err error) { // as workers lease those of all accounts
				leases[i], err = tx.LeaseMessage(q, tx.Now.Add(time.Hour))
				return err
			})
		})...))
		if n := len(slices.DeleteFunc(leases, func(isOurs bool) bool { return !isOurs })); n != 1 {
			v.Errorf("%d callers have it", n)
		}
	}},
	{"what is changed after a mark is found, also where it was begun before", func(v *visit) {
		var mark storage.JournalMark
		v.change(v.one, john, func(tx *storage.Tx) error {
			if err := rename("Jane")(tx); err != nil {
				return err
			}
			return v.other.Read(v.Context(), func(tx *storage.Tx) (err error) {
				mark, err = tx.JournalEnd()
				return err
			})
		})
		for _, want := range []string{"[john]", "[]"} {
			end := mark
			v.ok(v.other.Read(v.Context(), func(tx *storage.Tx) error {
				ids, newest, isSure, err := tx.ChangedAccounts(mark, 10)
				if fmt.Sprint(ids) != want || !isSure {
					v.Errorf("changed are %q, want %s; that is sure: %t", ids, want, isSure)
				}
				end = newest
				return err
			}))
			mark = end
		}
	}},
	{"texts, bytes and numbers come back as they were written", func(v *visit) {
		const text = "Zoë \U0001F600 \u00df'\"\\%_"
		v.change(v.one, john, rename(text))
		v.is(text)
		for _, value := range [][]byte{{}, {0}, {0xff, 0, 0xfe}} {
			v.change(v.one, storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, value) })
			v.ok(v.other.Read(v.Context(), func(tx *storage.Tx) error {
				got, err := tx.Fact(storage.FactDemo)
				if string(got) != string(value) || got == nil {
					v.Errorf("%v comes back as %v", value, got)
				}
				return err
			}))
		}
	}},
}

func count(tx *storage.Tx) (int, error) {
	name, err := nameOf(tx)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(name)
}

// ordered wants so many entries in John's journal, in the order of what they say.
func (v *visit) ordered(n int) {
	v.Helper()
	var details []string
	v.ok(v.one.Read(v.Context(), func(tx *storage.Tx) error {
		details = nil
		last := int64(0)
		newest, err := tx.NewestEntry(john)
		if err != nil {
			return err
		}
		return tx.WalkJournal(john, newest, func(sequence int64, e backend.JournalEntry) bool {
			if last != 0 && sequence >= last {
				v.Errorf("the entry before %d is %d", last, sequence)
			}
			last, details = sequence, append(details, e.Detail)
			return true
		})
	}))
	for i, detail := range details {
		if detail != strconv.Itoa(n-1-i) {
			v.Fatalf("entry %d of %d is %q", i, len(details), detail)
		}
	}
	if len(details) != n {
		v.Errorf("%d entries, want %d", len(details), n)
	}
}
