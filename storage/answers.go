package storage

import (
	"database/sql"
	"errors"
	"time"
)

// Answer is what a command with a key was answered, as JSON.
type Answer struct {
	Command     string // the key
	Fingerprint string // of what was asked for
	Answer      string // "" while the command is being carried out
	Refusal     string // "" when there was none
	At          time.Time
}

const selectAnswer = `SELECT fingerprint, answer, refusal, written_at FROM answers WHERE customer_id = $1 AND command = $2`

// Answer loads what a command was answered; found is false when it never came.
func (t *Tx) Answer(customer, command string) (a Answer, found bool, err error) {
	a.Command = command
	var at int64
	err = t.row(selectAnswer, []any{customer, command}, &a.Fingerprint, &a.Answer, &a.Refusal, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.At = instant(at)
	return a, err == nil, err
}

const (
	upsertAnswer = `
INSERT INTO answers (customer_id, command, fingerprint, answer, refusal, written_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (customer_id, command) DO UPDATE SET
  fingerprint = excluded.fingerprint, answer = excluded.answer, refusal = excluded.refusal, written_at = excluded.written_at`

	deleteOldAnswers = `
DELETE FROM answers WHERE (customer_id, command) IN
  (SELECT customer_id, command FROM answers WHERE written_at <= $1 ORDER BY written_at LIMIT 2)`
)

// PutAnswer keeps an answer, in the place of the one that the command had, and
// forgets two answers of anybody's from before the instant old: so they go
// faster than they come, and no change ever waits for many of them.
func (t *Tx) PutAnswer(customer string, a Answer, old time.Time) error {
	if _, err := t.exec(deleteOldAnswers, millis(old)); err != nil {
		return err
	}
	_, err := t.exec(upsertAnswer, customer, a.Command, a.Fingerprint, a.Answer, a.Refusal, millis(a.At))
	return err
}
