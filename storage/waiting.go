package storage

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

// MaxCounted is how many rows are looked at to count what waits, and what is locked: whoever watches a
// server asks often, and past so many it matters no more how many there are.
const MaxCounted = 10_000

// Waiting is how many messages of a type wait to be sent, of all customers.
type Waiting struct {
	Due     int // to be taken by a server
	Leased  int // taken by one, which sends them, or has them wait for a place
	Delayed int // that wait for their next attempt
	Oldest  time.Time
}

const (
	countWaiting = `
SELECT type, SUM(CASE WHEN leased_until <= $1 THEN 1 ELSE 0 END), SUM(CASE WHEN leased_until > $1 AND due_at <= $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN leased_until > $1 AND due_at > $1 THEN 1 ELSE 0 END), MIN(written_at)
FROM (SELECT type, leased_until, due_at, written_at FROM messages WHERE state = 'queued' ORDER BY leased_until LIMIT $2) AS waiting
GROUP BY type`

	countLocked = `
SELECT COUNT(DISTINCT customer_id) FROM (
  SELECT customer_id FROM (SELECT customer_id, target, failed_at FROM code_failures ORDER BY customer_id, target, id LIMIT $1) AS failures
  GROUP BY customer_id, target HAVING COUNT(*) >= $2 AND MAX(failed_at) > $3) AS locked`
)

// Waiting counts the messages that wait to be sent, by their types; of more than MaxCounted those that
// are due first. A type without any is not in it.
func (t *Tx) Waiting() (map[backend.ChannelType]Waiting, error) {
	byType := map[backend.ChannelType]Waiting{}
	err := t.rows(countWaiting, []any{millis(t.Now), MaxCounted}, func(scan func(...any) error) error {
		var kind backend.ChannelType
		var w Waiting
		var oldest int64
		err := scan(&kind, &w.Due, &w.Leased, &w.Delayed, &oldest)
		w.Oldest = instant(oldest)
		byType[kind] = w
		return err
	})
	return byType, err
}

// LockedAccounts counts the accounts of which an address takes no code at present, since so many wrong
// ones were entered, the last after an instant. It looks at MaxCounted failures.
func (t *Tx) LockedAccounts(failures int, after time.Time) (n int, err error) {
	err = t.row(countLocked, []any{MaxCounted, failures, millis(after)}, &n)
	return n, err
}
