package storage

import "time"

// CodeFailures is how often a wrong code was entered for a target since the last right
// one.
type CodeFailures struct {
	Count int
	Last  time.Time // of the last wrong code; t.Now at most
}

const selectFailures = `SELECT target, failed_at FROM code_failures WHERE customer_id = $1 ORDER BY failed_at`

// CodeFailures loads the failures of a customer by target (see Code.Target); never nil.
// It counts those within a window that ends with the last one of the target. A target
// without failures is not in it.
func (t *Tx) CodeFailures(customer string, window time.Duration) (map[string]CodeFailures, error) {
	times := map[string][]time.Time{}
	err := t.rows(selectFailures, []any{customer}, func(scan func(...any) error) error {
		var target string
		var at int64
		err := scan(&target, &at)
		times[target] = append(times[target], t.past(at))
		return err
	})
	byTarget := map[string]CodeFailures{}
	for target, list := range times {
		last := list[len(list)-1]
		f := CodeFailures{Last: last}
		for _, at := range list {
			if last.Sub(at) < window {
				f.Count++
			}
		}
		byTarget[target] = f
	}
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
