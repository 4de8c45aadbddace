package storage

import (
	"database/sql"
	"errors"
	"time"
)

const selectCreation = `SELECT fingerprint, answer, written_at FROM creations WHERE token_id = $1 AND command = $2`

// Creation loads the answer to a command with an idempotency key that created an
// account; found is false when this token sent no such command, or the account
// was deleted.
func (t *Tx) Creation(token, command string) (a Answer, found bool, err error) {
	a.Command = command
	var at int64
	err = t.row(selectCreation, []any{token, command}, &a.Fingerprint, &a.Answer, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.At = instant(at)
	return a, err == nil, err
}

const (
	deleteCreation = `DELETE FROM creations WHERE token_id = $1 AND command = $2`

	insertCreation = `
INSERT INTO creations (token_id, command, customer_id, fingerprint, answer, written_at) VALUES ($1, $2, $3, $4, $5, $6)`

	deleteOldCreations = `
DELETE FROM creations WHERE sequence < $1 + (SELECT MIN(sequence) FROM creations) AND written_at <= $2`
)

// PutCreation writes the answer to the command that created a customer. It also
// deletes some answers, of any token, that were written at old or before.
func (t *Tx) PutCreation(token, customer string, a Answer, old time.Time) error {
	// A key that is used again after a day gets a new sequence number.
	if _, err := t.exec(deleteCreation, token, a.Command); err != nil {
		return err
	}
	if _, err := t.exec(insertCreation, token, a.Command, customer, a.Fingerprint, a.Answer, millis(a.At)); err != nil {
		return err
	}
	_, err := t.exec(deleteOldCreations, sweepLimit, millis(old))
	return err
}
