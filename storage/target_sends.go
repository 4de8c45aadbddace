package storage

import (
	"database/sql"
	"errors"
	"time"
)

const (
	// The n-th newest within the window; one in the future counts as now.
	selectTargetSend = `SELECT sent_at FROM target_sends WHERE target = $1 AND sent_at > $2 ORDER BY sent_at DESC LIMIT 1 OFFSET $3`

	insertTargetSend = `INSERT INTO target_sends (target, sent_at, id) VALUES ($1, $2, $3)`

	countFutureTargetSends  = `SELECT COUNT(*) FROM target_sends WHERE sent_at > $1`
	recallFutureTargetSends = `UPDATE target_sends SET sent_at = $1 WHERE sent_at > $2`
)

// NthTargetSend returns when the n-th newest code, from 1, was sent to a target after an
// instant, whichever customers asked for them; found is false when there were fewer. The
// target is a hash.
func (t *Tx) NthTargetSend(target []byte, n int, after time.Time) (at time.Time, found bool, err error) {
	var ms int64
	err = t.row(selectTargetSend, []any{blob(target), millis(after), n - 1}, &ms)
	if errors.Is(err, sql.ErrNoRows) {
		return at, false, nil
	}
	return t.past(ms), err == nil, err
}

// AddTargetSend writes that a code was sent to a target at t.Now. The janitor deletes
// it.
func (t *Tx) AddTargetSend(target []byte, id string) error {
	_, err := t.exec(insertTargetSend, blob(target), millis(t.Now), id)
	return err
}

// HasFutureTargetSends reports whether codes to targets were sent in the future.
func (t *Tx) HasFutureTargetSends() (bool, error) {
	var n int
	err := t.row(countFutureTargetSends, []any{millis(t.Now.Add(clockTolerance))}, &n)
	return n > 0, err
}

// RecallFutureTargetSends brings what HasFutureTargetSends finds to t.Now.
func (t *Tx) RecallFutureTargetSends() error {
	_, err := t.exec(recallFutureTargetSends, millis(t.Now), millis(t.Now.Add(clockTolerance)))
	return err
}
