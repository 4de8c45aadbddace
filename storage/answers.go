package storage

import (
	"database/sql"
	"errors"
	"time"
)

// Answer is the stored answer to a command that has an idempotency key, so that
// a repeat of the command gets the same one.
type Answer struct {
	Command     string    // the idempotency key
	Fingerprint string    // a hash of the request, to tell a repeat from another command with the same key
	Answer      string    // JSON; "" while the command is being carried out
	Refusal     string    // the error as JSON; "" when there was none
	At          time.Time // when the command first came
}

const selectAnswer = `SELECT fingerprint, answer, refusal, written_at FROM answers WHERE customer_id = $1 AND command = $2`

// Answer loads the answer to a command; found is false when none is stored.
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

// DropAnswer deletes the answer to a command, if there is one.
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

// Every sweepInterval-th answer deletes up to sweepLimit old ones: more than
// have been written in between, and few enough for one change.
const sweepInterval, sweepLimit = 16, 32

// PutAnswer writes the answer to a command, or replaces the one that the command
// has. Every sixteenth call also deletes some answers, of any customer, that were
// written at old or before.
func (t *Tx) PutAnswer(customer string, a Answer, old time.Time) error {
	var sequence int64
	err := t.row(upsertAnswer, []any{customer, a.Command, a.Fingerprint, a.Answer, a.Refusal, millis(a.At)}, &sequence)
	if err != nil || sequence%sweepInterval != 0 {
		return err
	}
	_, err = t.exec(deleteOldAnswers, sweepLimit, millis(old))
	return err
}
