package storage

import "time"

// SendKind is what a send is counted for.
type SendKind string

// The kinds of sends that have limits.
const (
	SendCode SendKind = "code"
	SendTest SendKind = "test"
)

// Send is one thing that was sent to a target.
type Send struct {
	Target string
	At     time.Time
}

const selectSends = `
SELECT target, sent_at FROM sends WHERE customer_id = $1 AND purpose = $2 AND sent_at > $3 ORDER BY sent_at DESC, id DESC`

// Sends lists what was sent after an instant, the newest first.
func (t *Tx) Sends(customer string, kind SendKind, after time.Time) ([]Send, error) {
	var list []Send
	err := t.rows(selectSends, []any{customer, string(kind), millis(after)}, func(scan func(...any) error) error {
		var s Send
		var at int64
		err := scan(&s.Target, &at)
		s.At = instant(at)
		list = append(list, s)
		return err
	})
	return list, err
}

const (
	deleteOldSends = `DELETE FROM sends WHERE customer_id = $1 AND purpose = $2 AND sent_at <= $3`
	insertSend     = `INSERT INTO sends (customer_id, purpose, sent_at, id, target) VALUES ($1, $2, $3, $4, $5)`
)

// AddSend counts one more send and forgets those of its kind up to the instant old.
func (t *Tx) AddSend(customer string, kind SendKind, id string, s Send, old time.Time) error {
	if _, err := t.exec(deleteOldSends, customer, string(kind), millis(old)); err != nil {
		return err
	}
	_, err := t.exec(insertSend, customer, string(kind), millis(s.At), id, s.Target)
	return err
}
