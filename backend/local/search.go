package local

import (
	"context"
	"math"
	"sync"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/find"
	"github.com/account-settings/pinghome/storage"
)

// Accounts are searched in memory. The first search reads them: few at once, and of many the
// first ones, and then the others beside the answers. Each search first reads again the accounts
// with new entries in the journal, of any process, and compares how many there are; when that does
// not agree, as accounts were removed by another process, all of them are read again, beside the
// answers. The accounts of a page come from the file, so that none is ever what it was.

const (
	// readAtOnce is how many accounts are read before the first answer: some 0.1 s.
	readAtOnce = 20_000
	// mostFollowed is from how many new entries in the journal on all accounts are read again.
	mostFollowed = 50_000
	// mostSearches is how many searches run at the same time. Each uses all cores.
	mostSearches = 2
	// mostRepeats is how often a page is searched again since accounts of it were removed.
	mostRepeats = 3
)

// accountIndex is the index of the accounts, and how far it has the changes of the file.
type accountIndex struct {
	running chan struct{} // has room for mostSearches
	beside  func(func())  // runs a function beside the answers; tests replace it

	mu        sync.Mutex
	index     *find.Index // nil before the first search
	mark      storage.JournalMark
	all       int             // how many accounts there are
	reading   *accountReading // beside the answers; nil when none is
	isPartial bool            // index is that of reading
}

func newAccountIndex() *accountIndex {
	return &accountIndex{running: make(chan struct{}, mostSearches), beside: func(do func()) { go do() }}
}

// Search finds accounts by letters.
func (a *Accounts) Search(ctx context.Context, s backend.AccountSearch) (page backend.FoundAccounts, err error) {
	if err := s.Validate(); err != nil {
		return page, err
	}
	select {
	case a.search.running <- struct{}{}:
		defer func() { <-a.search.running }()
	case <-ctx.Done():
		return page, ctx.Err()
	}
	q := find.Query{Text: normalNFC(s.Text), First: s.First[:min(len(s.First), backend.MaxFirst)], Offset: s.Offset, Limit: s.Limit}
	for range mostRepeats {
		var index *find.Index
		if index, page.All, page.IsReading, err = a.currentIndex(ctx); err != nil {
			return backend.FoundAccounts{}, err
		}
		found, err := index.Search(ctx, q)
		if err != nil {
			return backend.FoundAccounts{}, err
		}
		page.Total = found.Total
		gone, err := a.fillFound(ctx, &page, found.IDs)
		if err != nil {
			return backend.FoundAccounts{}, err
		}
		if len(gone) == 0 {
			break
		}
		for _, id := range gone {
			index.Delete(id)
		}
	}
	return page, nil
}

// fillFound reads the accounts of a page, and returns the ids of those that are gone.
func (a *Accounts) fillFound(ctx context.Context, page *backend.FoundAccounts, ids []string) (gone []string, err error) {
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		page.Accounts, gone = make([]backend.AccountSummary, 0, len(ids)), nil
		byID, err := tx.AccountsOf(ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if account, isThere := byID[id]; isThere {
				page.Accounts = append(page.Accounts, account)
			} else {
				gone = append(gone, id)
			}
		}
		return markDemo(tx, len(page.Accounts), func(i int) *backend.AccountSummary { return &page.Accounts[i] })
	})
	return gone, err
}

// currentIndex is the index with the changes so far, how many accounts there are, and whether
// they are being read still.
func (a *Accounts) currentIndex(ctx context.Context) (index *find.Index, all int, isReading bool, err error) {
	x := a.search
	x.mu.Lock()
	defer x.mu.Unlock()
	isSure := false
	if x.index != nil {
		isSure, err = a.followChanges(ctx)
	}
	if err == nil && !isSure && x.reading == nil {
		err = a.startReading(context.WithoutCancel(ctx)) // the next letter would have it begin again
	}
	return x.index, x.all, x.isPartial, err
}

// followChanges brings the index up to date; the caller has locked it. isSure is false when all
// accounts have to be read again for that.
func (a *Accounts) followChanges(ctx context.Context) (isSure bool, err error) {
	x := a.search
	err = a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		if x.all, err = tx.CountAccounts(); err != nil || x.isPartial {
			return err
		}
		var ids []string
		var end storage.JournalMark
		if ids, end, isSure, err = tx.ChangedAccounts(x.mark, mostFollowed); err != nil {
			return err
		}
		byID, err := tx.AccountsOf(ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if account, isThere := byID[id]; isThere {
				x.index.Put(account.SearchText())
			} else {
				x.index.Delete(id)
			}
		}
		x.mark = end
		isSure = isSure && x.index.Len() == x.all
		return nil
	})
	return isSure, err
}

// startReading reads the accounts into another index; the caller has locked the index. Many
// are read on beside the answers.
func (a *Accounts) startReading(ctx context.Context) error {
	x := a.search
	reading := &accountReading{index: &find.Index{}}
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		if x.all, err = tx.CountAccounts(); err == nil {
			reading.mark, err = tx.JournalEnd()
		}
		return err
	})
	if err == nil {
		err = reading.read(ctx, a.db, readAtOnce)
	}
	switch {
	case err != nil:
		return err
	case reading.isDone:
		x.index, x.mark = reading.index, reading.mark
		return nil
	}
	x.reading = reading
	if x.isPartial = x.index == nil; x.isPartial {
		x.index = reading.index
	}
	x.beside(func() { a.readOn(reading) })
	return nil
}

// readOn reads the other accounts. It ends with the file.
func (a *Accounts) readOn(reading *accountReading) {
	err := reading.read(context.Background(), a.db, math.MaxInt)
	reading.index.Trim()
	x := a.search
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range reading.gone {
		reading.index.Delete(id)
	}
	x.reading = nil
	switch {
	case err == nil:
		x.index, x.mark, x.isPartial = reading.index, reading.mark, false
	case x.isPartial: // the next search begins again
		x.index, x.isPartial = nil, false
	}
}

// forget removes accounts from the index that this process has deleted.
func (x *accountIndex) forget(ids ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range ids {
		if x.index != nil {
			x.index.Delete(id)
		}
		if x.reading != nil {
			x.reading.index.Delete(id)
		}
	}
	if x.reading != nil {
		x.reading.gone = append(x.reading.gone, ids...)
	}
}
