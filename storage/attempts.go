package storage

import (
	"cmp"
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

const (
	attemptColumns = `message_id, kind, began_at, outcome, provider, status, micros, exactly, stopped`
	attemptFields  = `id, ` + attemptColumns // as scanAttempt reads them
)

// Writes nothing when the account was deleted while its message was being sent. It answers
// with the reach of the account, which saves a query.
const insertAttempt = `
INSERT INTO attempts (id, type, recipient, ` + attemptColumns + `, customer_id)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, id FROM customers WHERE id = $13
RETURNING (SELECT ways FROM reaches WHERE reaches.customer_id = $13)`

// AddAttempt writes one attempt to send m, or nothing when the customer has been
// deleted. Ids must grow with time: they order the attempts.
func (t *Tx) AddAttempt(customer, id string, m backend.Message, a backend.Attempt) error {
	var reach string
	outcome, exactly := storedOutcome(a.Outcome)
	err := t.row(insertAttempt, []any{id, string(m.Type), m.To, m.ID, string(m.Kind), millis(a.At), outcome, a.Provider, a.Status,
		a.Duration.Microseconds(), exactly, flag(a.Stopped), customer}, &reach)
	if err != nil || !isChangedBy(reach, a.Outcome) {
		return noneIfNoRows(err)
	}
	return t.reachMayChange(customer)
}

const selectAttempt = `SELECT COUNT(*) FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND id = $4`

// HasAttempt reports whether there is an attempt with this id to send m.
func (t *Tx) HasAttempt(customer, id string, m backend.Message) (bool, error) {
	var n int
	err := t.row(selectAttempt, []any{customer, string(m.Type), m.To, id}, &n)
	return n > 0, err
}

// storedOutcome is an outcome as it is stored: those that tell nothing of the address are all
// 'delayed'.
func storedOutcome(o backend.Outcome) (outcome, exactly string) {
	if o == backend.OutcomeUnknown || o == backend.OutcomeBlocked {
		return string(backend.OutcomeDelayed), string(o)
	}
	return string(o), ""
}

const (
	countUnknown = `SELECT COUNT(*) FROM attempts WHERE customer_id = $1 AND message_id = $2 AND exactly = 'unknown'`

	selectAttemptsOf = `SELECT ` + attemptFields + ` FROM attempts WHERE customer_id = $1 AND message_id = $2 ORDER BY id`

	// The newest of two addresses; each is read backwards from its end.
	selectAttempts = `
SELECT ` + attemptFields + ` FROM (
  SELECT * FROM (SELECT ` + attemptFields + ` FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND id < $4 ORDER BY id DESC LIMIT $5) AS one
  UNION
  SELECT * FROM (SELECT ` + attemptFields + ` FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $6 AND id < $4 ORDER BY id DESC LIMIT $5) AS other
) AS newest ORDER BY id DESC LIMIT $5`

	selectLastEnd = `
SELECT ` + attemptFields + ` FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND outcome <> 'delayed' ORDER BY id DESC LIMIT 1`

	selectLastReached = `
SELECT ` + attemptFields + ` FROM attempts
WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND outcome IN ('sent', 'held') ORDER BY id DESC LIMIT 1`

	selectFailed = `
SELECT ` + attemptFields + ` FROM attempts
WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND outcome = 'failed' AND id > COALESCE((
  SELECT id FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND outcome IN ('sent', 'held') ORDER BY id DESC LIMIT 1), '')`

	selectFirstFailed = selectFailed + ` ORDER BY id LIMIT 1`

	selectLastBlocked = `
SELECT ` + attemptFields + ` FROM attempts
WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND exactly = 'blocked' AND id > COALESCE((
  SELECT id FROM attempts WHERE customer_id = $1 AND type = $2 AND recipient = $3 AND outcome <> 'delayed' ORDER BY id DESC LIMIT 1), '')
ORDER BY id DESC LIMIT 1`

	selectLastStopped = selectFailed + ` AND stopped = 1 ORDER BY id DESC LIMIT 1`
)

// MessageAttempts loads the attempts of one message, oldest first; never nil.
func (t *Tx) MessageAttempts(customer, message string) ([]backend.Attempt, error) {
	return t.attempts(selectAttemptsOf, customer, message)
}

// UnknownAttempts counts the attempts of one message of which it is not known whether it was
// taken.
func (t *Tx) UnknownAttempts(customer, message string) (n int, err error) {
	err = t.row(countUnknown, []any{customer, message}, &n)
	return n, err
}

// ChannelAttempts loads the attempts to reach a channel behind one, at its value
// and at the value in force, newest first, at most limit; never nil. than is the id of that
// one, "" for the newest.
func (t *Tx) ChannelAttempts(customer string, c backend.Channel, than string, limit int) ([]backend.Attempt, error) {
	return t.attempts(selectAttempts, customer, string(c.Type), c.Value, cmp.Or(than, behindAll), limit, c.ActiveValue)
}

func (t *Tx) attempts(query string, args ...any) ([]backend.Attempt, error) {
	list := []backend.Attempt{}
	err := t.rows(query, args, func(scan func(...any) error) error {
		a, err := scanAttempt(scan)
		list = append(list, a)
		return err
	})
	return list, err
}

// LastEnd loads the newest attempt to reach an address that was the last of its
// message: it was sent, held in the inbox or failed for good. found is false when
// there is none.
func (t *Tx) LastEnd(customer string, kind backend.ChannelType, to string) (a backend.Attempt, found bool, err error) {
	return t.lastAttempt(selectLastEnd, customer, string(kind), to)
}

// LastReached loads the newest attempt to reach an address whose message was sent
// or held in the inbox; found is false when there is none.
func (t *Tx) LastReached(customer string, kind backend.ChannelType, to string) (a backend.Attempt, found bool, err error) {
	return t.lastAttempt(selectLastReached, customer, string(kind), to)
}

// FirstFailed loads the oldest attempt to reach an address that failed for good, of those
// after the newest one that was sent or held; found is false when there is none.
func (t *Tx) FirstFailed(customer string, kind backend.ChannelType, to string) (a backend.Attempt, found bool, err error) {
	return t.lastAttempt(selectFirstFailed, customer, string(kind), to)
}

// LastStopped loads the newest attempt that was refused because the person at the address
// wants no more messages, of those after the newest one that was sent or held; found is
// false when there is none.
func (t *Tx) LastStopped(customer string, kind backend.ChannelType, to string) (a backend.Attempt, found bool, err error) {
	return t.lastAttempt(selectLastStopped, customer, string(kind), to)
}

// LastBlocked loads the newest attempt to reach an address that was blocked, of those after the
// newest one that ended otherwise; found is false when there is none.
func (t *Tx) LastBlocked(customer string, kind backend.ChannelType, to string) (a backend.Attempt, found bool, err error) {
	return t.lastAttempt(selectLastBlocked, customer, string(kind), to)
}

func (t *Tx) lastAttempt(query string, args ...any) (a backend.Attempt, found bool, err error) {
	a, err = scanAttempt(func(dest ...any) error { return t.row(query, args, dest...) })
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	return a, err == nil, err
}

func scanAttempt(scan func(...any) error) (backend.Attempt, error) {
	var a backend.Attempt
	var began, micros int64
	var exactly backend.Outcome
	err := scan(&a.ID, &a.MessageID, &a.Kind, &began, &a.Outcome, &a.Provider, &a.Status, &micros, &exactly, &a.Stopped)
	a.Outcome = cmp.Or(exactly, a.Outcome)
	a.At, a.Duration = instant(began), time.Duration(micros)*time.Microsecond
	return a, err
}

// noneIfNoRows is no error where there was only no row.
func noneIfNoRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
