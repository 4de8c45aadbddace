package storage

import (
	"database/sql"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Rows are stored in the order of writing, so that the rows of a batch share a
// page. They are found without an index: the customer's row has the number of the
// newest journal row, and each journal row that of the customer's previous one.
const (
	insertJournal = `
INSERT INTO journal (customer_id, previous, id, written_at, actor, action, detail)
SELECT id, newest_entry, $1, $2, $3, $4, $5 FROM customers WHERE id = $6`

	countEntry   = `UPDATE customers SET newest_entry = $1, revision = revision + 1 WHERE id = $2`
	countRefusal = `UPDATE customers SET newest_entry = $1 WHERE id = $2`

	selectJournal = `
WITH RECURSIVE own AS (
  SELECT j.* FROM customers c JOIN journal j ON j.sequence = c.newest_entry WHERE c.id = CAST($1 AS TEXT)
  UNION ALL
  SELECT j.* FROM own JOIN journal j ON j.sequence = own.previous
)
SELECT id, written_at, actor, action, detail FROM own LIMIT $2`

	selectLastChange = `SELECT written_at FROM journal ORDER BY sequence DESC LIMIT 1`

	deleteJournal = `
DELETE FROM journal WHERE sequence IN (
  WITH RECURSIVE own AS (
    SELECT newest_entry AS sequence FROM customers WHERE id = $1
    UNION ALL
    SELECT j.previous FROM own JOIN journal j ON j.sequence = own.sequence
  )
  SELECT sequence FROM own)`
)

// AddJournal writes one journal row about one change, and counts up the customer's
// revision.
// Errors: unauthorized when the account is gone.
func (t *Tx) AddJournal(customer string, e backend.JournalEntry) error {
	sequence, err := t.addEntry(customer, e)
	if err != nil {
		return err
	}
	_, err = t.exec(countEntry, sequence, customer)
	return err
}

// AddRefusal writes one journal row about a refusal that is worth noting. Nothing of
// the account was changed, so the revision stays.
// Errors: unauthorized when the account is gone.
func (t *Tx) AddRefusal(customer string, e backend.JournalEntry) error {
	sequence, err := t.addEntry(customer, e)
	if err != nil {
		return err
	}
	_, err = t.exec(countRefusal, sequence, customer)
	return err
}

// addEntry writes a journal row. The caller has to write the sequence number of
// the row into the customer's newest_entry.
func (t *Tx) addEntry(customer string, e backend.JournalEntry) (sequence int64, err error) {
	s, err := t.stmt(insertJournal)
	if err != nil {
		return 0, err
	}
	result, err := s.Exec(e.ID, millis(e.At), e.Actor, e.Action, e.Detail, customer)
	if err != nil {
		return 0, t.translate(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return 0, unauthorizedIfNoRows(sql.ErrNoRows)
	}
	sequence, err = result.LastInsertId()
	return sequence, t.translate(err)
}

// LastChange loads when the newest journal row of all customers was written; found is
// false when there is none.
func (t *Tx) LastChange() (at time.Time, found bool, err error) {
	err = t.rows(selectLastChange, nil, func(scan func(...any) error) error {
		var written int64
		err := scan(&written)
		at, found = instant(written), true
		return err
	})
	return at, found, err
}

// Journal loads the newest journal rows, newest first, at most limit; never nil.
func (t *Tx) Journal(customer string, limit int) ([]backend.JournalEntry, error) {
	list := []backend.JournalEntry{}
	err := t.rows(selectJournal, []any{customer, limit}, func(scan func(...any) error) error {
		var e backend.JournalEntry
		var at int64
		err := scan(&e.ID, &at, &e.Actor, &e.Action, &e.Detail)
		e.At = instant(at)
		list = append(list, e)
		return err
	})
	return list, err
}
