package local

import (
	"cmp"
	"context"
	"sync"

	"github.com/account-settings/pinghome/backend/find"
	"github.com/account-settings/pinghome/storage"
)

const (
	// readPart is how many accounts are read in one transaction. A long one would keep the log from
	// getting shorter.
	readPart = 2_000
	// partReaders is how many parts are read at the same time: half of the connections that read.
	partReaders = 2
)

// accountReading reads all accounts into an index, in parts, by id.
type accountReading struct {
	index *find.Index
	mark  storage.JournalMark // of the journal, when it began
	gone  []string            // ids that this process has deleted since then; accountIndex.mu guards it

	mu     sync.Mutex
	last   string // id in the parts so far
	n      int    // accounts in them
	isDone bool   // there is no other part
}

// read reads until there are most accounts in the parts, or all.
func (r *accountReading) read(ctx context.Context, db storage.Store, most int) error {
	var readers sync.WaitGroup
	var errs [partReaders]error
	for i := range errs {
		readers.Go(func() {
			errs[i] = guarded(func() (err error) {
				for isThere := true; isThere && err == nil; {
					isThere, err = r.readPart(ctx, db, most)
				}
				return err
			})
			if errs[i] != nil {
				r.giveUp()
			}
		})
	}
	readers.Wait()
	return cmp.Or(errs[:]...)
}

// readPart reads a part. isThere is false when there is none left.
func (r *accountReading) readPart(ctx context.Context, db storage.Store, most int) (isThere bool, err error) {
	var after string
	isTaken := false
	err = db.Read(ctx, func(tx *storage.Tx) (err error) {
		if !isTaken {
			if after, isThere, err = r.next(tx, most); err != nil || !isThere {
				return err
			}
			isTaken = true
		}
		list, err := tx.AccountsAfter(after, readPart)
		for _, account := range list {
			r.index.Put(account.SearchText())
		}
		return err
	})
	return isThere, err
}

// next is the id after which a part begins that no other goroutine reads. It ends where it does in
// this transaction.
func (r *accountReading) next(tx *storage.Tx, most int) (after string, isThere bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.isDone || r.n >= most {
		return "", false, nil
	}
	after = r.last
	last, isFull, err := tx.AccountIDAfter(after, readPart)
	if err == nil {
		r.last, r.n, r.isDone = last, r.n+readPart, !isFull
	}
	return after, true, err
}

// giveUp lets the other goroutines end.
func (r *accountReading) giveUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.isDone = true
}
