package storage

import (
	"database/sql"
	"errors"
	"time"
)

const selectCreation = `SELECT fingerprint, answer, written_at FROM creations WHERE token_id = $1 AND command = $2`

// Creation loads what a command that made an account was answered; found is
// false when it never came with this token, or its account has gone.
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
	// A key that is used again after its day is a new one, also in the order of writing.
	replaceCreation = `
INSERT OR REPLACE INTO creations (token_id, command, customer_id, fingerprint, answer, written_at) VALUES ($1, $2, $3, $4, $5, $6)`

	deleteOldCreations = `
DELETE FROM creations WHERE sequence < $1 + (SELECT MIN(sequence) FROM creations) AND written_at <= $2`
)

// PutCreation keeps the answer to the command that made a customer, and
// forgets some of anybody's from before the instant old.
func (t *Tx) PutCreation(token, customer string, a Answer, old time.Time) error {
	if _, err := t.exec(replaceCreation, token, a.Command, customer, a.Fingerprint, a.Answer, millis(a.At)); err != nil {
		return err
	}
	_, err := t.exec(deleteOldCreations, sweep, millis(old))
	return err
}
