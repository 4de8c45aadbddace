package storage

import (
	"fmt"
	"time"
)

// What was written while the clock was ahead lies in the future. It is brought back to
// the present, since otherwise it would never grow old.

// clockTolerance is how far ahead an instant may be: clocks are adjusted by less all
// the time.
const clockTolerance = time.Minute

// futureRows are the rows that may lie in the future, with the columns that are brought
// back to the present where the first of them does.
var futureRows = []struct{ table, column, also string }{
	{"sends", "sent_at", ""},
	{"code_failures", "failed_at", ""},
	{"feedback", "sent_at", ""},
	{"codes", "sent_at", ", expires_at = $1"},
	{"channels", "seen_at", ""},
}

const (
	countFutureMessages = `SELECT COUNT(*) FROM messages WHERE state = 'queued' AND (written_at > $1 OR leased_until > $2)`

	// The code of such a message is no longer valid.
	recallMessages = `
UPDATE messages SET written_at = $1, leased_until = $1, due_at = $1, code_expires_at = CASE WHEN code_expires_at > 0 THEN $1 ELSE code_expires_at END
WHERE state = 'queued' AND written_at > $2`

	freeMessages = `UPDATE messages SET leased_until = $1, due_at = $1 WHERE state = 'queued' AND leased_until > $2`

	// The oldest rows only: the others become the oldest within a day.
	recallAnswers = `
UPDATE answers SET written_at = $1 WHERE written_at > $2 AND sequence IN (SELECT sequence FROM answers ORDER BY sequence LIMIT $3)`
	recallCreations = `
UPDATE creations SET written_at = $1 WHERE written_at > $2 AND sequence IN (SELECT sequence FROM creations ORDER BY sequence LIMIT $3)`
)

// AnyFuture reports whether HasFuture is true of any customer. It reads all rows once,
// which is faster than to ask for each of many customers.
func (t *Tx) AnyFuture() (bool, error) {
	for _, r := range futureRows {
		var has bool
		query := fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE %s > $1)`, r.table, r.column)
		if err := t.row(query, []any{millis(t.Now.Add(clockTolerance))}, &has); err != nil || has {
			return has, err
		}
	}
	return false, nil
}

// HasFuture reports whether anything of a customer that limits, codes and proofs count
// lies in the future.
func (t *Tx) HasFuture(customer string) (bool, error) {
	for _, r := range futureRows {
		var n int
		query := fmt.Sprintf(`SELECT COUNT(*) FROM %s WHERE customer_id = $1 AND %s > $2`, r.table, r.column)
		if err := t.row(query, []any{customer, millis(t.Now.Add(clockTolerance))}, &n); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// RecallFuture brings what HasFuture finds to t.Now. Codes expire.
func (t *Tx) RecallFuture(customer string) error {
	for _, r := range futureRows {
		update := fmt.Sprintf(`UPDATE %s SET %s = $1%s WHERE customer_id = $2 AND %[2]s > $3`, r.table, r.column, r.also)
		if _, err := t.exec(update, millis(t.Now), customer, millis(t.Now.Add(clockTolerance))); err != nil {
			return err
		}
	}
	return t.reachMayChange(customer)
}

// HasFutureMessages reports whether queued messages were written in the future, or wait
// longer than the longest wait.
func (t *Tx) HasFutureMessages(longest time.Duration) (bool, error) {
	var n int
	err := t.row(countFutureMessages, []any{millis(t.Now.Add(clockTolerance)), millis(t.Now.Add(longest + clockTolerance))}, &n)
	return n > 0, err
}

// RecallFutureMessages makes what HasFutureMessages finds due now.
func (t *Tx) RecallFutureMessages(longest time.Duration) error {
	if _, err := t.exec(recallMessages, millis(t.Now), millis(t.Now.Add(clockTolerance))); err != nil {
		return err
	}
	_, err := t.exec(freeMessages, millis(t.Now), millis(t.Now.Add(longest+clockTolerance)))
	return err
}

// RecallFutureAnswers brings kept answers to t.Now, of the oldest limit ones.
func (t *Tx) RecallFutureAnswers(limit int) (int, error) {
	args := []any{millis(t.Now), millis(t.Now.Add(clockTolerance)), limit}
	answers, err := t.exec(recallAnswers, args...)
	if err != nil {
		return 0, err
	}
	creations, err := t.exec(recallCreations, args...)
	return int(answers + creations), err
}
