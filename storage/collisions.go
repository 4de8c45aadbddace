package storage

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

const (
	selectCollidingEmails = `
SELECT c.id, c.email, COALESCE(o.id, '') FROM customers c
LEFT JOIN customers o ON o.email_fold = substr(c.email_fold, 1, instr(c.email_fold, $1) - 1)
WHERE instr(c.email_fold, $1) > 0 ORDER BY c.email_fold`
	selectAllValues = `SELECT customer_id, priority, type, value FROM channels ORDER BY customer_id, priority`
)

// Collision is a value that is the same as another one in another spelling. Both were
// written before that was found out, and both still work.
type Collision struct {
	Customer string // the id
	// Priority is that of the customer's channel, 0 when the username is meant.
	Priority int
	Value    string
	// Other is the id of the account that has the same username, "" where that is gone, or of
	// the same one when a channel is meant, whose twin has OtherPriority.
	Other         string
	OtherPriority int
}

// Collisions lists all usernames and channels whose value another account, or another
// channel of the customer, has in another spelling. It reads all of them.
func Collisions(ctx context.Context, s Store) (list []Collision, err error) {
	err = s.Read(ctx, func(tx *Tx) error {
		list, err = collisions(tx)
		return err
	})
	return list, err
}

// KnownCollisions is Collisions, without reading anything where a migration has found
// none, or the last call has found that there are none any more.
func KnownCollisions(ctx context.Context, s Store) (list []Collision, err error) {
	isKnown := false
	err = s.Read(ctx, func(tx *Tx) error {
		fact, err := tx.Fact(FactSpellings)
		if isKnown = fact != nil; err != nil || !isKnown {
			return err
		}
		list, err = collisions(tx)
		return err
	})
	if err != nil || !isKnown || len(list) > 0 {
		return list, err
	}
	err = s.Change(ctx, NoAccount, func(tx *Tx) error { return tx.DropFact(FactSpellings) })
	if backend.ErrorCode(err) == backend.CodeReadOnly {
		return nil, nil // the next one that may write drops it
	}
	return nil, err
}

func collisions(tx *Tx) (list []Collision, err error) {
	err = tx.rows(selectCollidingEmails, []any{collisionMark}, func(scan func(...any) error) error {
		var c Collision
		err := scan(&c.Customer, &c.Value, &c.Other)
		list = append(list, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	last, seen := "", map[string]int{} // the priority of the first channel with a value
	err = tx.rows(selectAllValues, nil, func(scan func(...any) error) error {
		var c Collision
		var kind backend.ChannelType
		err := scan(&c.Customer, &c.Priority, &kind, &c.Value)
		if c.Customer != last {
			last, seen = c.Customer, map[string]int{}
		}
		form := string(kind) + ":" + backend.CanonicalValue(kind, c.Value)
		if first, isThere := seen[form]; isThere {
			c.Other, c.OtherPriority = c.Customer, first
			list = append(list, c)
		} else {
			seen[form] = c.Priority
		}
		return err
	})
	return list, err
}
