package storage

import (
	"github.com/account-settings/pinghome/backend"
)

const (
	selectWithChannels = `SELECT DISTINCT customer_id FROM channels WHERE customer_id > $1 ORDER BY customer_id LIMIT $2`

	// What a reach is made of, with the last end of a message to the value in force.
	selectReachParts = `
SELECT n.customer_id, n.type, n.value, n.active_value, n.enabled, n.test_at, n.test_ok, n.test_held, n.seen_at,
  COALESCE(a.outcome, ''), COALESCE(a.began_at, 0)
FROM channels n
LEFT JOIN attempts a ON a.customer_id = n.customer_id AND a.type = n.type
  AND a.recipient = CASE n.active_value WHEN '' THEN n.value ELSE n.active_value END AND a.id = (
    SELECT e.id FROM attempts e WHERE e.customer_id = n.customer_id AND e.type = n.type
      AND e.recipient = CASE n.active_value WHEN '' THEN n.value ELSE n.active_value END AND e.outcome <> 'delayed' ORDER BY e.id DESC LIMIT 1)
WHERE n.customer_id > $1 AND n.customer_id <= $2 ORDER BY n.customer_id, n.priority`

	insertReach        = `INSERT INTO reaches (customer_id, rank, seen_at, ways) VALUES ($1, $2, $3, $4)`
	insertOtherReaches = `
INSERT INTO reaches (customer_id, rank, seen_at, ways)
SELECT c.id, $1, 0, '{}' FROM customers c WHERE NOT EXISTS (SELECT 1 FROM reaches r WHERE r.customer_id = c.id)`
)

// reachParts are the channels of a customer, as far as a reach is made of them.
type reachParts struct {
	customer string
	channels []backend.Channel
	hasMore  bool // a message failed, or a new value waits: then more has to be read
}

// selectWithoutReach says whether an account has no row.
const selectWithoutReach = `SELECT EXISTS (SELECT 1 FROM customers c WHERE NOT EXISTS (SELECT 1 FROM reaches r WHERE r.customer_id = c.id))`

// FillMissingReaches makes the rows of all accounts in a database in which the table was made just
// now, or by a program that was stopped before it filled it.
func FillMissingReaches(t *Tx) error {
	var isMissing bool
	if err := t.row(selectWithoutReach, nil, &isMissing); err != nil || !isMissing {
		return err
	}
	if _, err := t.exec(`DELETE FROM reaches`); err != nil {
		return err
	}
	return fillReaches(t)
}

// fillReaches makes the rows of all accounts. It reads many accounts at once, and apart those
// of which messages failed.
func fillReaches(t *Tx) error {
	for last := ""; ; {
		ids, err := t.ids(selectWithChannels, last, mostUnsettled)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			_, err := t.exec(insertOtherReaches, rankNone)
			return err
		}
		end := ids[len(ids)-1]
		list, err := t.reachParts(last, end)
		if err != nil {
			return err
		}
		for _, p := range list {
			if err := t.fillReach(p); err != nil {
				return err
			}
		}
		last = end
	}
}

func (t *Tx) fillReach(p reachParts) error {
	r, err := toStored(backend.ReachOf(p.channels))
	if err != nil {
		return err
	}
	if _, err = t.exec(insertReach, p.customer, r.rank, r.seenAt, r.ways); err != nil || !p.hasMore {
		return err
	}
	return t.settleReach(p.customer)
}

// reachParts loads those of the customers with an id behind from, up to the id to.
func (t *Tx) reachParts(from, to string) (list []reachParts, err error) {
	err = t.rows(selectReachParts, []any{from, to}, func(scan func(...any) error) error {
		var customer string
		var ch backend.Channel
		var test backend.Test
		var tested, seen, ended int64
		var outcome backend.Outcome
		err := scan(&customer, &ch.Type, &ch.Value, &ch.ActiveValue, &ch.Enabled, &tested, &test.OK, &test.Held, &seen, &outcome, &ended)
		if err != nil {
			return err
		}
		ch.Verified = ch.Value == ch.ActiveValue
		ch.Proof = backend.Proof{SeenAt: instant(seen), AcceptedAt: instant(ended), Held: outcome == backend.OutcomeHeld}
		if tested != 0 {
			test.At = instant(tested)
			ch.LastTest = &test
		}
		if n := len(list); n == 0 || list[n-1].customer != customer {
			list = append(list, reachParts{customer: customer})
		}
		p := &list[len(list)-1]
		p.channels = append(p.channels, ch)
		p.hasMore = p.hasMore || outcome == backend.OutcomeFailed || ch.ActiveValue != "" && !ch.Verified
		return nil
	})
	return list, err
}
