package storage

import "time"

// SendKind is the limit that a send counts towards.
type SendKind string

// The kinds of sends that have limits.
const (
	SendCode   SendKind = "code"
	SendTest   SendKind = "test"
	SendAsking SendKind = "asking" // nothing was sent: an address was refused because another account has it
	SendSecret SendKind = "secret" // nothing was sent: a webhook got a new signing secret
)

// Send is one code or test message that was sent, or one request of another kind that
// is counted. They are counted for the limits on how many a customer or a target gets.
type Send struct {
	Target string    // as Code.Target
	At     time.Time // t.Now at most
}

const selectSends = `
SELECT target, sent_at FROM sends WHERE customer_id = $1 AND purpose = $2 AND sent_at > $3 ORDER BY sent_at DESC, id DESC`

// Sends lists what was sent after an instant, newest first; nil when nothing was.
func (t *Tx) Sends(customer string, kind SendKind, after time.Time) ([]Send, error) {
	var list []Send
	err := t.rows(selectSends, []any{customer, string(kind), millis(after)}, func(scan func(...any) error) error {
		var s Send
		var at int64
		err := scan(&s.Target, &at)
		s.At = t.past(at)
		list = append(list, s)
		return err
	})
	return list, err
}

const (
	deleteOldSends = `DELETE FROM sends WHERE customer_id = $1 AND purpose = $2 AND sent_at <= $3`
	insertSend     = `INSERT INTO sends (customer_id, purpose, sent_at, id, target) VALUES ($1, $2, $3, $4, $5)`
)

// AddSend writes one send under a new id, and deletes those of the customer and kind
// at old or before.
func (t *Tx) AddSend(customer string, kind SendKind, id string, s Send, old time.Time) error {
	if _, err := t.exec(deleteOldSends, customer, string(kind), millis(old)); err != nil {
		return err
	}
	_, err := t.exec(insertSend, customer, string(kind), millis(s.At), id, s.Target)
	return err
}
