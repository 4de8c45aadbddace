package storage

import "time"

// CodeFailures is how often a wrong code was entered for a target since the last right
// one.
type CodeFailures struct {
	Count int
	Last  time.Time // of the last wrong code
}

const selectFailures = `SELECT target, COUNT(*), MAX(failed_at) FROM code_failures WHERE customer_id = $1 GROUP BY target`

// CodeFailures loads the failures of a customer by target (see Code.Target); never nil.
// A target without failures is not in it.
func (t *Tx) CodeFailures(customer string) (map[string]CodeFailures, error) {
	byTarget := map[string]CodeFailures{}
	err := t.rows(selectFailures, []any{customer}, func(scan func(...any) error) error {
		var target string
		var f CodeFailures
		var last int64
		err := scan(&target, &f.Count, &last)
		f.Last = instant(last)
		byTarget[target] = f
		return err
	})
	return byTarget, err
}

const (
	deleteOldFailures = `DELETE FROM code_failures WHERE customer_id = $1 AND target = $2 AND failed_at <= $3`
	insertFailure     = `INSERT INTO code_failures (customer_id, target, id, failed_at) VALUES ($1, $2, $3, $4)`
	deleteFailures    = `DELETE FROM code_failures WHERE customer_id = $1 AND target = $2`
)

// AddCodeFailure counts one more failure at t.Now, and deletes those of the target at
// old or before.
func (t *Tx) AddCodeFailure(customer, target, id string, old time.Time) error {
	if _, err := t.exec(deleteOldFailures, customer, target, millis(old)); err != nil {
		return err
	}
	_, err := t.exec(insertFailure, customer, target, id, millis(t.Now))
	return err
}

// ClearCodeFailures deletes the failures of a target, after a right code.
func (t *Tx) ClearCodeFailures(customer, target string) error {
	_, err := t.exec(deleteFailures, customer, target)
	return err
}
