package storage

import "time"

// lesseeUntil is who leases a message until an instant: "" when that is not ahead.
func (t *Tx) lesseeUntil(until time.Time) string {
	if t.hooks.Lessee == nil || !until.After(t.Now) {
		return ""
	}
	return t.hooks.Lessee()
}

const (
	releaseLeasesOf = `
UPDATE messages SET leased_until = $1, leased_by = '' WHERE state = 'queued' AND leased_by = $2 AND leased_until > $1`

	countLeasesOf = `SELECT COUNT(*) FROM messages WHERE state = 'queued' AND leased_by = $1`
)

// ReleaseLeases makes the messages due that a process has leased, by the id that Hooks.Lessee has
// returned there.
func (t *Tx) ReleaseLeases(lessee string) error {
	_, err := t.exec(releaseLeasesOf, millis(t.Now), lessee)
	return err
}

// CountLeases counts the messages that a process has leased, also those whose lease has ended.
func (t *Tx) CountLeases(lessee string) (n int, err error) {
	err = t.row(countLeasesOf, []any{lessee}, &n)
	return n, err
}
