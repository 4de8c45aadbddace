package storage

import (
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Purpose is what a code proves.
type Purpose string

// The purposes of codes.
const (
	PurposeChannel  Purpose = "channel"
	PurposeUsername Purpose = "username"
)

// Code is a one-time code as it is stored: without its digits.
type Code struct {
	ID, Customer string
	Purpose      Purpose
	Target       string // where it was sent: the channel type, a colon and the exact value
	MAC          []byte // keyed hash of the digits
	Tries        int    // how often a code was entered for it
	SentAt       time.Time
	ExpiresAt    time.Time
}

const upsertCode = `
INSERT INTO codes (customer_id, purpose, target, id, mac, tries, sent_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (customer_id, purpose, target) DO UPDATE SET
  id = excluded.id, mac = excluded.mac, tries = excluded.tries, sent_at = excluded.sent_at, expires_at = excluded.expires_at`

// PutCode writes a code, and replaces the customer's code with the same purpose and
// target.
func (t *Tx) PutCode(c Code) error {
	_, err := t.exec(upsertCode, c.Customer, string(c.Purpose), c.Target, c.ID, c.MAC, c.Tries, millis(c.SentAt), millis(c.ExpiresAt))
	return err
}

const selectCode = `
SELECT id, mac, tries, sent_at, expires_at FROM codes WHERE customer_id = $1 AND purpose = $2 AND target = $3`

// Code loads the last code sent to a target; found is false when there is none.
func (t *Tx) Code(customer string, purpose Purpose, target string) (c Code, found bool, err error) {
	c = Code{Customer: customer, Purpose: purpose, Target: target}
	var sent, expires int64
	err = t.row(selectCode, []any{customer, string(purpose), target}, &c.ID, &c.MAC, &c.Tries, &sent, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	c.SentAt, c.ExpiresAt = instant(sent), instant(expires)
	return c, err == nil, err
}

const countTry = `UPDATE codes SET tries = tries + 1 WHERE customer_id = $1 AND purpose = $2 AND target = $3`

// CountTry counts one more try at a code.
func (t *Tx) CountTry(c Code) error {
	_, err := t.exec(countTry, c.Customer, string(c.Purpose), c.Target)
	return err
}

const deleteCode = `DELETE FROM codes WHERE customer_id = $1 AND purpose = $2 AND target = $3`

// DeleteCode removes the code of a target, if there is one.
func (t *Tx) DeleteCode(customer string, purpose Purpose, target string) error {
	_, err := t.exec(deleteCode, customer, string(purpose), target)
	return err
}

// codeState is the part of a code's state that is in its row: all but ResendAt and
// LockedUntil.
func codeState(sent, expires int64, tries int) backend.CodeState {
	return backend.CodeState{SentAt: instant(sent), ExpiresAt: instant(expires), AttemptsLeft: max(0, backend.CodeTries-tries)}
}
