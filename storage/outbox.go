package storage

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Queued is a message that waits to be handed over, with whose it is.
type Queued struct {
	Customer string
	Message  backend.Message
	Sealed   []byte // empty where the message shows everything itself
	// LeasedUntil is until when it is somebody's to hand over.
	LeasedUntil time.Time
}

const (
	queuedColumns = messageColumns + `, customer_id, sealed, leased_until`

	// Whoever has no sender for a message's type takes it only to end it.
	selectQueued = `
SELECT ` + queuedColumns + ` FROM messages
WHERE state = 'queued' AND leased_until <= $1
  AND (type IN ($2, $3, $4, $5) OR code_expires_at > 0 AND code_expires_at <= $1 OR written_at <= $6)
ORDER BY leased_until LIMIT $7`

	selectQueuedOne = `SELECT ` + queuedColumns + ` FROM messages WHERE customer_id = $1 AND id = $2`
)

// Queued lists messages that wait and that nobody is handing over now: those
// of the types named, at most four, and all whose code has expired or that are
// older than oldest.
func (t *Tx) Queued(types []backend.ChannelType, oldest time.Time, limit int) ([]Queued, error) {
	var list []Queued
	var named [4]string
	for i, kind := range types {
		named[i] = string(kind)
	}
	args := []any{millis(t.Now), named[0], named[1], named[2], named[3], millis(oldest), limit}
	err := t.rows(selectQueued, args, func(scan func(...any) error) error {
		q, err := scanQueued(scan)
		list = append(list, q)
		return err
	})
	return list, err
}

// QueuedMessage loads one message as Queued does.
func (t *Tx) QueuedMessage(customer, id string) (q Queued, err error) {
	return scanQueued(func(dest ...any) error { return t.row(selectQueuedOne, []any{customer, id}, dest...) })
}

func scanQueued(scan func(...any) error) (q Queued, err error) {
	var until int64
	q.Message, err = scanMessage(scan, &q.Customer, &q.Sealed, &until)
	q.LeasedUntil = instant(until)
	return q, err
}

const (
	leaseMessage = `UPDATE messages SET leased_until = $1 WHERE customer_id = $2 AND id = $3 AND leased_until = $4 AND state = 'queued'`

	requeueMessage = `UPDATE messages SET state = 'queued', due_at = $1, leased_until = $2 WHERE customer_id = $3 AND id = $4`

	updateMessageState = `
UPDATE messages SET state = $1, provider = $2, detail = $3, subject = $4, body = $5, code = $6, word = $7, sealed = $8, attempts = $9,
  is_read = $10, due_at = $11, leased_until = $11
WHERE customer_id = $12 AND id = $13 AND state = 'queued'`

	retireCodes = `
UPDATE messages SET state = 'failed', detail = $1, sealed = x'' WHERE customer_id = $2 AND type = $3 AND recipient = $4 AND kind = $5 AND state = 'queued'`
)

// LeaseMessage makes a queued message the caller's to hand over until then,
// unless somebody else has leased it since it was loaded.
func (t *Tx) LeaseMessage(q Queued, until time.Time) (isOurs bool, err error) {
	n, err := t.exec(leaseMessage, millis(until), q.Customer, q.Message.ID, millis(q.LeasedUntil))
	return n > 0, err
}

// RequeueMessage has a message handed over once more, now, by the caller.
func (t *Tx) RequeueMessage(q Queued, until time.Time) error {
	_, err := t.exec(requeueMessage, millis(t.Now), millis(until), q.Customer, q.Message.ID)
	return err
}

// SaveReceipt records what became of a queued message, and how it is shown
// from now on. One that stays queued waits until m.NextAt, with its sealed text.
func (t *Tx) SaveReceipt(q Queued) error {
	m := q.Message
	_, err := t.exec(updateMessageState, string(m.State), m.Provider, m.Detail, m.Subject, m.Body, m.Code, m.Word, blob(q.Sealed), m.Attempts,
		flag(m.Read), millis(m.NextAt), q.Customer, m.ID)
	return err
}

// RetireCodes ends the messages that still wait with a code that is good no
// more, and says why.
func (t *Tx) RetireCodes(customer string, kind backend.ChannelType, to string, of backend.MessageKind, why string) error {
	_, err := t.exec(retireCodes, why, customer, string(kind), to, string(of))
	return err
}
