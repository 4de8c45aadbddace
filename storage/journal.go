package storage

import (
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Rows are stored in the order of writing, so that the rows of a batch share a
// page. They are found without an index: the customer's row has the number of the
// newest journal row, and each journal row that of the customer's previous one.
const (
	insertJournal = `
INSERT INTO journal (customer_id, previous, id, written_at, actor, action, address, detail, before, after, undoes)
SELECT id, newest_entry, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM customers WHERE id = $10`

	countEntry   = `UPDATE customers SET newest_entry = $1, revision = revision + 1 WHERE id = $2`
	countRefusal = `UPDATE customers SET newest_entry = $1 WHERE id = $2`

	selectNewestEntry = `SELECT newest_entry FROM customers WHERE id = $1`

	// From the entry with a sequence number on, newest first.
	selectJournal = `
WITH RECURSIVE own AS (
  SELECT * FROM journal WHERE sequence = $1 AND customer_id = $2
  UNION ALL
  SELECT j.* FROM own JOIN journal j ON j.customer_id = own.customer_id AND j.sequence = own.previous
)
SELECT sequence, previous, id, written_at, actor, address, action, detail, before, after, undoes FROM own LIMIT $3`

	// firstPage and longestPage are how many entries are read at once: most walks end soon, and an
	// engine may read all of a page before the first one is looked at.
	firstPage, longestPage = 64, 4096

	selectLastChange = `SELECT written_at FROM journal ORDER BY sequence DESC LIMIT 1`

	deleteJournal = `
DELETE FROM journal WHERE customer_id = $1 AND sequence IN (
  WITH RECURSIVE own AS (
    SELECT id AS customer_id, newest_entry AS sequence FROM customers WHERE id = $1
    UNION ALL
    SELECT j.customer_id, j.previous FROM own JOIN journal j ON j.customer_id = own.customer_id AND j.sequence = own.sequence
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
	if err := t.LockAccount(customer); err != nil { // the row names the one before it
		return 0, err
	}
	before, err := keepSettings(e.Before)
	if err != nil {
		return 0, err
	}
	after, err := keepSettings(e.After)
	if err != nil {
		return 0, err
	}
	sequence, err = t.session.Insert(insertJournal, []any{e.ID, millis(e.At), e.Actor, e.Action, e.Address, e.Detail, before, after, e.Undoes, customer})
	return sequence, unauthorizedIfNoRows(err)
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

// NewestEntry loads the sequence number of the customer's newest journal row, 0 for none.
func (t *Tx) NewestEntry(customer string) (sequence int64, err error) {
	err = t.row(selectNewestEntry, []any{customer}, &sequence)
	return sequence, unauthorizedIfNoRows(err)
}

// WalkJournal passes the customer's journal rows to visit, newest first, from the one with a
// sequence number on, until visit returns false. There are none when that row is another
// customer's. It costs 1 to 2 µs a row.
func (t *Tx) WalkJournal(customer string, from int64, visit func(sequence int64, e backend.JournalEntry) (goesOn bool)) error {
	for page := firstPage; from != 0; page = min(2*page, longestPage) {
		read, next := 0, int64(0)
		err := t.rows(selectJournal, []any{from, customer, page}, func(scan func(...any) error) error {
			var sequence int64
			e, err := scanEntry(scan, &sequence, &next)
			if err != nil {
				return err
			}
			if read++; !visit(sequence, e) {
				return errEndOfWalk
			}
			return nil
		})
		switch {
		case errors.Is(err, errEndOfWalk):
			return nil
		case err != nil:
			return err
		case read < page:
			return nil
		}
		from = next
	}
	return nil
}

func scanEntry(scan func(...any) error, sequence, previous *int64) (e backend.JournalEntry, err error) {
	var at int64
	var before, after string
	if err := scan(sequence, previous, &e.ID, &at, &e.Actor, &e.Address, &e.Action, &e.Detail, &before, &after, &e.Undoes); err != nil {
		return e, err
	}
	e.At = instant(at)
	if e.Before, err = readSettings(before); err == nil {
		e.After, err = readSettings(after)
	}
	return e, err
}

var errEndOfWalk = errors.New("this was the last row to look at")
