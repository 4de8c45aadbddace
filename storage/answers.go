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

const deleteAnswer = `DELETE FROM answers WHERE customer_id = $1 AND command = $2`

// DropAnswer forgets what a command was answered.
func (t *Tx) DropAnswer(customer, command string) error {
	_, err := t.exec(deleteAnswer, customer, command)
	return err
}

const (
	upsertAnswer = `
INSERT INTO answers (customer_id, command, fingerprint, answer, refusal, written_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (customer_id, command) DO UPDATE SET answer = excluded.answer, refusal = excluded.refusal
RETURNING sequence`

	deleteOldAnswers = `
DELETE FROM answers WHERE sequence < $1 + (SELECT MIN(sequence) FROM answers) AND written_at <= $2`
)

// Every sweepEvery-th answer takes up to sweep old ones with it: so they go
// faster than they come, and no change ever waits for many of them.
const sweepEvery, sweep = 16, 32

// PutAnswer keeps an answer, or completes the one that its command was given
// before, and now and then forgets some of anybody's from before the instant old.
func (t *Tx) PutAnswer(customer string, a Answer, old time.Time) error {
	var sequence int64
	err := t.row(upsertAnswer, []any{customer, a.Command, a.Fingerprint, a.Answer, a.Refusal, millis(a.At)}, &sequence)
	if err != nil || sequence%sweepEvery != 0 {
		return err
	}
	_, err = t.exec(deleteOldAnswers, sweep, millis(old))
	return err
}
