package storage

import "github.com/account-settings/pinghome/backend"

const (
	insertJournal = `INSERT INTO journal (customer_id, id, written_at, actor, action, detail) VALUES ($1, $2, $3, $4, $5, $6)`
	selectJournal = `SELECT id, written_at, actor, action, detail FROM journal WHERE customer_id = $1 ORDER BY id DESC LIMIT $2`
)

// AddJournal writes one row about one change.
func (t *Tx) AddJournal(customer string, e backend.JournalEntry) error {
	_, err := t.exec(insertJournal, customer, e.ID, millis(e.At), e.Actor, e.Action, e.Detail)
	return err
}

// Journal loads the newest rows.
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
