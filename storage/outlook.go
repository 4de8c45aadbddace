package storage

import "time"

// Outlook is what is to come of the queued messages without any change to the store.
type Outlook struct {
	// Next is when the next message becomes due, or one that is due becomes too old;
	// zero when there is none.
	Next time.Time
	// LeasedElsewhere says that other processes may have leases. They may die without
	// writing that to the store: see ReleaseLeasesOfDead.
	LeasedElsewhere bool
}

// maxOutlook is how many messages Outlook looks at of those that wait, and of those that
// are due. When more wait, other processes may have leases of them.
const maxOutlook = 1000

const (
	selectNextDue = `SELECT COALESCE(MIN(leased_until), 0) FROM messages WHERE state = 'queued' AND leased_until > $1`

	countLeases = `
SELECT COUNT(*), COALESCE(SUM(CASE WHEN leased_by IN ('', $1) THEN 0 ELSE 1 END), 0)
FROM (SELECT leased_by FROM messages WHERE state = 'queued' AND leased_until > $2 ORDER BY leased_until LIMIT $3) AS waiting`

	selectNextEnd = `
SELECT COALESCE(MIN(CASE WHEN code_expires_at > $1 THEN code_expires_at ELSE written_at + $2 END), 0)
FROM (SELECT code_expires_at, written_at FROM messages WHERE state = 'queued' AND leased_until <= $1 ORDER BY leased_until LIMIT $3) AS due`
)

// Outlook looks ahead; own is the id under which this process leases, and maxAge the age at which
// a message is too old to be sent.
func (t *Tx) Outlook(own string, maxAge time.Duration) (Outlook, error) {
	now := millis(t.Now)
	var due, end, waiting, elsewhere int64
	if err := t.row(selectNextDue, []any{now}, &due); err != nil {
		return Outlook{}, err
	}
	if err := t.row(countLeases, []any{own, now, maxOutlook}, &waiting, &elsewhere); err != nil {
		return Outlook{}, err
	}
	if err := t.row(selectNextEnd, []any{now, maxAge.Milliseconds(), maxOutlook}, &end); err != nil {
		return Outlook{}, err
	}
	if due == 0 || end != 0 && end < due {
		due = end
	}
	return Outlook{Next: instant(due), LeasedElsewhere: elsewhere > 0 || waiting == maxOutlook}, nil
}
