package storage

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

const messageColumns = `id, written_at, type, recipient, kind, subject, body, code, code_expires_at, state, provider, detail, is_read`

const insertMessage = `
INSERT INTO messages (customer_id, ` + messageColumns + `, leased_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

// AddMessage writes a message. A queued one is its writer's to hand over until leased.
func (t *Tx) AddMessage(customer string, m backend.Message, leased time.Time) error {
	_, err := t.exec(insertMessage, customer, m.ID, millis(m.At), string(m.Type), m.To, string(m.Kind), m.Subject, m.Body,
		m.Code, millis(m.CodeExpiresAt), string(m.State), m.Provider, m.Detail, flag(m.Read), millis(leased))
	return err
}

const (
	selectMessages = `SELECT ` + messageColumns + ` FROM messages WHERE customer_id = $1 ORDER BY id DESC LIMIT $2`
	countMessages  = `SELECT COUNT(*), COALESCE(SUM(1 - is_read), 0) FROM messages WHERE customer_id = $1`
)

// Inbox loads the newest messages and counts them all.
func (t *Tx) Inbox(customer string, limit int) (backend.Inbox, error) {
	box := backend.Inbox{Messages: []backend.Message{}}
	if err := t.row(countMessages, []any{customer}, &box.Total, &box.Unread); err != nil {
		return box, err
	}
	err := t.rows(selectMessages, []any{customer, limit}, func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		box.Messages = append(box.Messages, m)
		return err
	})
	return box, err
}

func scanMessage(scan func(...any) error, more ...any) (backend.Message, error) {
	var m backend.Message
	var at, expires int64
	err := scan(append([]any{&m.ID, &at, &m.Type, &m.To, &m.Kind, &m.Subject, &m.Body, &m.Code, &expires,
		&m.State, &m.Provider, &m.Detail, &m.Read}, more...)...)
	m.At, m.CodeExpiresAt = instant(at), instant(expires)
	return m, err
}

const (
	updateMessageRead = `UPDATE messages SET is_read = $1 WHERE customer_id = $2 AND id = $3`
	deleteMessage     = `DELETE FROM messages WHERE customer_id = $1 AND id = $2`
)

// MarkMessage sets whether a message was read; found is false when there is none.
func (t *Tx) MarkMessage(customer, id string, read bool) (found bool, err error) {
	n, err := t.exec(updateMessageRead, flag(read), customer, id)
	return n > 0, err
}

// DeleteMessage removes a message; found is false when there is none.
func (t *Tx) DeleteMessage(customer, id string) (found bool, err error) {
	n, err := t.exec(deleteMessage, customer, id)
	return n > 0, err
}

// Queued is a message that waits to be handed over, with whose it is.
type Queued struct {
	Customer string
	Message  backend.Message
}

const selectQueued = `
SELECT ` + messageColumns + `, customer_id FROM messages WHERE state = 'queued' AND leased_until <= $1 ORDER BY leased_until LIMIT $2`

// Queued lists messages that wait and that nobody is handing over now.
func (t *Tx) Queued(limit int) ([]Queued, error) {
	var list []Queued
	err := t.rows(selectQueued, []any{millis(t.Now), limit}, func(scan func(...any) error) error {
		var q Queued
		var err error
		q.Message, err = scanMessage(scan, &q.Customer)
		list = append(list, q)
		return err
	})
	return list, err
}

const (
	leaseMessage = `UPDATE messages SET leased_until = $1 WHERE customer_id = $2 AND id = $3 AND state = 'queued'`

	updateMessageState = `
UPDATE messages SET state = $1, provider = $2, detail = $3, subject = $4, body = $5, code = $6, leased_until = $7
WHERE customer_id = $8 AND id = $9 AND state = 'queued'`
)

// LeaseMessage makes a queued message the caller's to hand over until then.
func (t *Tx) LeaseMessage(q Queued, until time.Time) error {
	_, err := t.exec(leaseMessage, millis(until), q.Customer, q.Message.ID)
	return err
}

// SaveReceipt records what became of a queued message. One that stays queued
// waits for its next turn until again.
func (t *Tx) SaveReceipt(q Queued, again time.Time) error {
	m := q.Message
	_, err := t.exec(updateMessageState, string(m.State), m.Provider, m.Detail, m.Subject, m.Body, m.Code, millis(again), q.Customer, m.ID)
	return err
}
