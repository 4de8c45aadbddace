package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Aged names rows that are deleted when they are old.
type Aged string

// The rows that have an age, and from when it counts.
const (
	AgedMessages  Aged = "messages"      // since they were written; not those that are queued
	AgedAttempts  Aged = "attempts"      // since they began
	AgedSends     Aged = "sends"         // since they were counted
	AgedFailures  Aged = "code_failures" // since the wrong code
	AgedCodes     Aged = "codes"         // since they expired
	AgedTokens    Aged = "tokens"        // since they expired
	AgedAnswers   Aged = "answers"       // since they were written
	AgedCreations Aged = "creations"     // since they were written
	AgedTargets   Aged = "target_sends"  // since they were counted
)

// aged says which rows of a table are old: the columns of their primary key, without that of
// the customer, and a query for these. Of a customer's rows its parameters are the customer and
// the instant at or before which a row is old; where some of each channel are kept, then their
// number; and at last how many rows are wanted.
type aged struct {
	key, query        string
	ofCustomer, keeps bool
}

// ofChannel is true for rows whose address a channel has.
const ofChannel = `EXISTS (
  SELECT 1 FROM channels c WHERE c.customer_id = r.customer_id AND c.type = r.type AND (c.value = r.recipient OR c.active_value = r.recipient))`

var agedRows = map[Aged]aged{
	AgedMessages: {"id", `
SELECT r.id FROM (
  SELECT customer_id, id, type, recipient, written_at, state, ROW_NUMBER() OVER (PARTITION BY type, recipient ORDER BY id DESC) AS n
  FROM messages WHERE customer_id = $1) AS r
WHERE r.written_at <= $2 AND r.state <> 'queued' AND (r.n > $3 OR NOT ` + ofChannel + `) LIMIT $4`, true, true},

	// The newest of each outcome says whether a channel was ever reached.
	AgedAttempts: {"type, recipient, id", `
SELECT r.type, r.recipient, r.id FROM (
  SELECT customer_id, type, recipient, id, began_at, ROW_NUMBER() OVER (PARTITION BY type, recipient ORDER BY id DESC) AS n,
    ROW_NUMBER() OVER (PARTITION BY type, recipient, outcome ORDER BY id DESC) AS of_outcome
  FROM attempts WHERE customer_id = $1) AS r
WHERE r.began_at <= $2 AND (r.n > $3 AND r.of_outcome > 1 OR NOT ` + ofChannel + `) LIMIT $4`, true, true},

	AgedSends: {"purpose, sent_at, id", `
SELECT purpose, sent_at, id FROM sends WHERE customer_id = $1 AND sent_at <= $2 LIMIT $3`, true, false},

	AgedFailures: {"target, id", `
SELECT target, id FROM code_failures WHERE customer_id = $1 AND failed_at <= $2 LIMIT $3`, true, false},

	// The code of a pending username stays: the profile shows that it has expired.
	AgedCodes: {"purpose, target", `
SELECT k.purpose, k.target FROM codes k WHERE k.customer_id = $1 AND k.expires_at <= $2 AND NOT (k.purpose = 'username'
  AND EXISTS (SELECT 1 FROM customers c WHERE c.id = k.customer_id AND k.target = 'email:' || c.pending_email)) LIMIT $3`, true, false},

	AgedTokens: {"id", `SELECT id FROM tokens WHERE expires_at > 0 AND expires_at <= $1 LIMIT $2`, false, false},

	// In the order of writing; not a scan of all that are young.
	AgedAnswers: {"sequence", `
SELECT sequence FROM answers WHERE written_at <= $1 AND sequence IN (SELECT sequence FROM answers ORDER BY sequence LIMIT $2)`, false, false},

	AgedCreations: {"sequence", `
SELECT sequence FROM creations WHERE written_at <= $1 AND sequence IN (SELECT sequence FROM creations ORDER BY sequence LIMIT $2)`, false, false},

	AgedTargets: {"target, sent_at, id", `SELECT target, sent_at, id FROM target_sends WHERE sent_at <= $1 LIMIT $2`, false, false},
}

// oldestOf are queries for when the oldest of a customer's rows was written: those of
// agedRows go through all of them.
var oldestOf = map[Aged]string{
	AgedMessages: `SELECT written_at FROM messages WHERE customer_id = $1 ORDER BY id LIMIT 1`,
	AgedAttempts: `SELECT began_at FROM attempts WHERE customer_id = $1 ORDER BY message_id, id LIMIT 1`,
}

// OfCustomer reports whether these rows are found customer by customer.
func (a Aged) OfCustomer() bool { return agedRows[a].ofCustomer }

func (r aged) args(customer string, old time.Time, keep, limit int) []any {
	switch {
	case !r.ofCustomer:
		return []any{millis(old), limit}
	case !r.keeps:
		return []any{customer, millis(old), limit}
	}
	return []any{customer, millis(old), keep, limit}
}

// HasAged reports whether there are rows that DeleteAged would delete.
func (t *Tx) HasAged(what Aged, customer string, old time.Time, keep int) (bool, error) {
	r := agedRows[what]
	if query := oldestOf[what]; query != "" {
		var oldest int64
		err := t.row(query, []any{customer}, &oldest)
		if errors.Is(err, sql.ErrNoRows) || err == nil && oldest > millis(old) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	var n int
	err := t.row(fmt.Sprintf(`SELECT COUNT(*) FROM (%s) AS old`, r.query), r.args(customer, old, keep, 1), &n)
	return n > 0, err
}

// DeleteAged deletes rows that became old at an instant or before, at most limit, and
// returns how many. Those with OfCustomer are the customer's; of messages and attempts
// the newest keep of each channel stay.
func (t *Tx) DeleteAged(what Aged, customer string, old time.Time, keep, limit int) (int, error) {
	r := agedRows[what]
	statement := `DELETE FROM %s WHERE (%s) IN (%s)`
	if r.ofCustomer {
		statement = `DELETE FROM %s WHERE customer_id = $1 AND (%s) IN (%s)`
	}
	n, err := t.exec(fmt.Sprintf(statement, what, r.key, r.query), r.args(customer, old, keep, limit)...)
	if err == nil && n > 0 && what == AgedAttempts { // the first ones say since when a channel fails
		err = t.reachMayChange(customer)
	}
	return int(n), err
}

const selectCustomerIDs = `SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT $2`

// CustomerIDs lists the ids of customers after one, in their order, at most limit; nil
// after the last.
func (t *Tx) CustomerIDs(after string, limit int) (ids []string, err error) {
	err = t.rows(selectCustomerIDs, []any{after, limit}, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
