package storage

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// CanonicaliseAll, CanonicaliseCounted, KeepEmails and FillMissingReaches are steps of an engine's
// migrations: they bring rows that older versions of the program wrote to what this one writes.

// collisionMark stands in email_fold between the form that an account shares with an
// older one and its own id. No email has a space in it.
const collisionMark = " "

// foldRange bounds the forms of accounts that share one: they are > from and < to.
func foldRange(fold string) (from, to string) { return fold + collisionMark, fold + "!" } // ! is the character after the space

// CanonicaliseAll brings what is compared into its canonical form. Nothing is deleted:
// of accounts whose emails turn out to be the same, one keeps the form, the one that
// had it or else the oldest, and the others get it with a mark. They go on as they are.
func CanonicaliseAll(tx *Tx) error {
	if err := canonicaliseEmails(tx); err != nil {
		return err
	}
	return CanonicaliseCounted(tx)
}

// CanonicaliseCounted brings what limits count into its canonical form.
func CanonicaliseCounted(tx *Tx) error {
	if err := canonicaliseTargets(tx, `SELECT DISTINCT target FROM sends`, `UPDATE sends SET target = $1 WHERE target = $2`); err != nil {
		return err
	}
	return canonicaliseTargets(tx, `SELECT DISTINCT target FROM code_failures`, `UPDATE code_failures SET target = $1 WHERE target = $2`)
}

const (
	selectFolds    = `SELECT id, email, email_fold FROM customers ORDER BY created_at, id`
	updateFold     = `UPDATE customers SET email_fold = $1 WHERE id = $2`
	updateFreeFold = `UPDATE customers SET email_fold = $1 WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM customers o WHERE o.email_fold = $1)`
)

func canonicaliseEmails(tx *Tx) error {
	type account struct{ id, fold string }
	var changed []account // oldest first
	err := tx.rows(selectFolds, nil, func(scan func(...any) error) error {
		var a account
		var email, old string
		err := scan(&a.id, &email, &old)
		if a.fold = backend.FoldEmail(email); a.fold != old {
			changed = append(changed, a)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, a := range changed { // all, before one takes a form that another one leaves
		if _, err := tx.exec(updateFold, a.fold+collisionMark+a.id, a.id); err != nil {
			return err
		}
	}
	for _, a := range changed {
		if _, err := tx.exec(updateFreeFold, a.fold, a.id); err != nil {
			return err
		}
	}
	return nil
}

func canonicaliseTargets(tx *Tx, query, update string) error {
	var changed [][2]string
	err := tx.rows(query, nil, func(scan func(...any) error) error {
		var target string
		err := scan(&target)
		kind, value, _ := strings.Cut(target, ":")
		if form := kind + ":" + backend.CanonicalValue(backend.ChannelType(kind), value); form != target && target != "" {
			changed = append(changed, [2]string{form, target})
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range changed {
		if _, err := tx.exec(update, c[0], c[1]); err != nil {
			return err
		}
	}
	return nil
}
