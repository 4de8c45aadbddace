package storage

import "time"

// What was written while the clock was ahead lies in the future. It is brought back to
// the present, since otherwise it would never grow old.

// clockTolerance is how far ahead an instant may be: clocks are adjusted by less all
// the time.
const clockTolerance = time.Minute

// futureRows are the queries that look for what lies in the future, with the parameters
// customer and instant, and the statements that bring it back to the present, with the
// parameters present, customer and instant. Their count tells whether to write at all.
var futureRows = []struct{ count, update string }{
	{`SELECT COUNT(*) FROM sends WHERE customer_id = $1 AND sent_at > $2`,
		`UPDATE sends SET sent_at = $1 WHERE customer_id = $2 AND sent_at > $3`},
	{`SELECT COUNT(*) FROM code_failures WHERE customer_id = $1 AND failed_at > $2`,
		`UPDATE code_failures SET failed_at = $1 WHERE customer_id = $2 AND failed_at > $3`},
	{`SELECT COUNT(*) FROM feedback WHERE customer_id = $1 AND sent_at > $2`,
		`UPDATE feedback SET sent_at = $1 WHERE customer_id = $2 AND sent_at > $3`},
	{`SELECT COUNT(*) FROM codes WHERE customer_id = $1 AND sent_at > $2`,
		`UPDATE codes SET sent_at = $1, expires_at = $1 WHERE customer_id = $2 AND sent_at > $3`},
	{`SELECT COUNT(*) FROM channels WHERE customer_id = $1 AND seen_at > $2`,
		`UPDATE channels SET seen_at = $1 WHERE customer_id = $2 AND seen_at > $3`},
}

const (
	countFutureMessages = `SELECT COUNT(*) FROM messages WHERE state = 'queued' AND (written_at > $1 OR leased_until > $2)`

	// The code of such a message is no longer valid.
	recallMessages = `
UPDATE messages SET written_at = $1, leased_until = $1, due_at = $1, code_expires_at = CASE WHEN code_expires_at > 0 THEN $1 ELSE 0 END
WHERE state = 'queued' AND written_at > $2`

	freeMessages = `UPDATE messages SET leased_until = $1, due_at = $1 WHERE state = 'queued' AND leased_until > $2`

	// The oldest rows only: the others become the oldest within a day.
	recallAnswers = `
UPDATE answers SET written_at = $1 WHERE written_at > $2 AND sequence < (SELECT MIN(sequence) FROM answers) + $3`
	recallCreations = `
UPDATE creations SET written_at = $1 WHERE written_at > $2 AND sequence < (SELECT MIN(sequence) FROM creations) + $3`
)

// HasFuture reports whether anything of a customer that limits, codes and proofs count
// lies in the future.
func (t *Tx) HasFuture(customer string) (bool, error) {
	for _, r := range futureRows {
		var n int
		if err := t.row(r.count, []any{customer, millis(t.Now.Add(clockTolerance))}, &n); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// RecallFuture brings what HasFuture finds to t.Now. Codes expire.
func (t *Tx) RecallFuture(customer string) error {
	for _, r := range futureRows {
		if _, err := t.exec(r.update, millis(t.Now), customer, millis(t.Now.Add(clockTolerance))); err != nil {
			return err
		}
	}
	return nil
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
