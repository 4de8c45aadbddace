package storage

import (
	"cmp"
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

const messageColumns = `id, written_at, type, recipient, kind, subject, body, code, code_expires_at, state, provider, detail, is_read,
  word, attempts, due_at, is_unknown`

const insertMessage = `
INSERT INTO messages (customer_id, ` + messageColumns + `, sealed, leased_until, leased_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`

// AddMessage writes a new message. sealed is the encrypted text that m leaves out;
// nil for none. A queued message is the caller's to send until leased.
func (t *Tx) AddMessage(customer string, m backend.Message, sealed []byte, leased time.Time) error {
	_, err := t.exec(insertMessage, customer, m.ID, millis(m.At), string(m.Type), m.To, string(m.Kind), m.Subject, m.Body,
		m.Code, millis(m.CodeExpiresAt), storedState(m.State), m.Provider, m.Detail, flag(m.Read),
		m.Word, m.Attempts, millis(m.NextAt), flag(m.State == backend.StateUnknown), blob(sealed), millis(leased), t.lesseeUntil(leased))
	return err
}

// storedState is a state as it is stored: a message that may have been taken has failed, and
// is marked.
func storedState(s backend.MessageState) string {
	if s == backend.StateUnknown {
		return string(backend.StateFailed)
	}
	return string(s)
}

// blob is b as it is stored: empty, not NULL, for nil.
func blob(b []byte) []byte {
	if b == nil {
		return noBytes
	}
	return b
}

// noBytes are an empty value of bytes, for which engines have literals of their own.
var noBytes = []byte{}

const (
	selectMessages = `SELECT ` + messageColumns + ` FROM messages WHERE customer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`
	countMessages  = `SELECT COUNT(*), COALESCE(SUM(1 - is_read), 0) FROM messages WHERE customer_id = $1`
	selectMessage  = `SELECT ` + messageColumns + ` FROM messages WHERE customer_id = $1 AND id = $2`
)

// Messages loads the messages behind one, newest first, at most limit, and counts all of
// the customer's. than is the id of that one, "" for the newest. Messages is never nil.
func (t *Tx) Messages(customer, than string, limit int) (backend.MessageList, error) {
	inbox := backend.MessageList{Messages: []backend.Message{}}
	if err := t.row(countMessages, []any{customer}, &inbox.Total, &inbox.Unread); err != nil {
		return inbox, err
	}
	err := t.rows(selectMessages, []any{customer, cmp.Or(than, behindAll), limit}, func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		inbox.Messages = append(inbox.Messages, m)
		return err
	})
	return inbox, err
}

// Message loads one message; found is false when there is none.
func (t *Tx) Message(customer, id string) (m backend.Message, found bool, err error) {
	m, err = scanMessage(func(dest ...any) error { return t.row(selectMessage, []any{customer, id}, dest...) })
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	return m, err == nil, err
}

// scanMessage reads messageColumns, and behind them more.
func scanMessage(scan func(...any) error, more ...any) (backend.Message, error) {
	var m backend.Message
	var at, expires, due int64
	var isUnknown bool
	err := scan(append([]any{&m.ID, &at, &m.Type, &m.To, &m.Kind, &m.Subject, &m.Body, &m.Code, &expires,
		&m.State, &m.Provider, &m.Detail, &m.Read, &m.Word, &m.Attempts, &due, &isUnknown}, more...)...)
	m.At, m.CodeExpiresAt = instant(at), instant(expires)
	switch {
	case m.State == backend.StateQueued:
		m.NextAt = instant(due)
	case m.State == backend.StateFailed && isUnknown:
		m.State = backend.StateUnknown
	}
	return m, err
}

const (
	updateMessageRead = `UPDATE messages SET is_read = $1 WHERE customer_id = $2 AND id = $3`
	deleteMessage     = `DELETE FROM messages WHERE customer_id = $1 AND id = $2`
)

// MarkMessage sets whether a message was read; found is false when there is no such
// message.
func (t *Tx) MarkMessage(customer, id string, read bool) (found bool, err error) {
	n, err := t.exec(updateMessageRead, flag(read), customer, id)
	return n > 0, err
}

// DeleteMessage removes a message; found is false when there is no such message. Its
// attempts stay.
func (t *Tx) DeleteMessage(customer, id string) (found bool, err error) {
	n, err := t.exec(deleteMessage, customer, id)
	return n > 0, err
}
