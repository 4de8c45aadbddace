package storage

import (
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

const (
	selectAccountsAfter = selectAccounts + `c.id > CAST($1 AS TEXT) ORDER BY c.id LIMIT $2`

	selectAccountIDAfter = `SELECT id FROM customers WHERE id > CAST($1 AS TEXT) ORDER BY id LIMIT 1 OFFSET $2`

	selectAccountsOf = selectAccounts + `c.id IN (SELECT value FROM json_each(CAST($1 AS TEXT)))`

	selectChangedAccounts = `SELECT DISTINCT customer_id FROM journal WHERE sequence > $1`

	selectEntryID = `SELECT id FROM journal WHERE sequence = $1`

	selectNewestMark = `SELECT sequence, id FROM journal ORDER BY sequence DESC LIMIT 1`
)

// AccountsAfter loads accounts by id, from the one behind an id on, at most limit; "" is before
// all ids.
func (t *Tx) AccountsAfter(id string, limit int) ([]backend.AccountSummary, error) {
	return t.accounts(selectAccountsAfter, id, limit)
}

// AccountIDAfter is the id of the last of so many accounts behind an id, at a fraction of the cost of
// loading them; isThere is false when there are fewer.
func (t *Tx) AccountIDAfter(id string, n int) (last string, isThere bool, err error) {
	err = t.row(selectAccountIDAfter, []any{id, n - 1}, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return last, err == nil, err
}

// AccountsOf loads the accounts with these ids, by id. Those that are gone are left out.
func (t *Tx) AccountsOf(ids []string) (map[string]backend.AccountSummary, error) {
	if ids == nil {
		ids = []string{}
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	list, err := t.accounts(selectAccountsOf, string(text))
	byID := make(map[string]backend.AccountSummary, len(list))
	for _, a := range list {
		byID[a.ID] = a
	}
	return byID, err
}

func (t *Tx) accounts(query string, args ...any) ([]backend.AccountSummary, error) {
	list := []backend.AccountSummary{}
	err := t.rows(query, args, func(scan func(...any) error) error {
		var a backend.AccountSummary
		var created int64
		err := scan(summaryDest(&a, &created)...)
		a.CreatedAt = instant(created)
		list = append(list, a)
		return err
	})
	return list, err
}

// JournalMark is how far the journal was read. The zero value is its beginning.
type JournalMark struct {
	sequence int64
	id       string // of the entry, as its number is given again when it was the last and is gone
}

// JournalEnd is the mark at the end of the journal.
func (t *Tx) JournalEnd() (m JournalMark, err error) {
	if t.hooks.JournalEnd != "" {
		err = t.row(t.hooks.JournalEnd, nil, &m.sequence)
		return m, err
	}
	err = t.row(selectNewestMark, nil, &m.sequence, &m.id)
	if errors.Is(err, sql.ErrNoRows) {
		return m, nil
	}
	return m, err
}

// slack is how many entries before a lost mark are looked at again.
const slack = 1000

// ChangedAccounts is the ids of the accounts with entries behind a mark, and the mark at the end. isSure is
// false when the entry of the mark is gone, with its account, or there are more than limit
// entries: then others may have changed, too.
func (t *Tx) ChangedAccounts(since JournalMark, limit int64) (ids []string, end JournalMark, isSure bool, err error) {
	end, err = t.JournalEnd()
	switch {
	case err != nil:
		return nil, end, false, err
	case t.hooks.ChangedSince != "":
		ids, err = t.ids(t.hooks.ChangedSince, since.sequence, limit+1)
		return ids, end, int64(len(ids)) <= limit, err
	case end == since:
		return nil, end, true, nil
	}
	var id string
	if err = t.row(selectEntryID, []any{since.sequence}, &id); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, end, false, err
	}
	isSure, from := id == since.id, since.sequence
	if !isSure {
		from = min(from, end.sequence) - slack
	}
	if end.sequence-from > limit {
		isSure, from = false, end.sequence-slack
	}
	ids, err = t.ids(selectChangedAccounts, from)
	return ids, end, isSure, err
}

// CountAccounts counts all accounts, at the same cost with any number of them.
func (t *Tx) CountAccounts() (int, error) {
	all, _, err := t.countAccounts()
	return all, err
}
