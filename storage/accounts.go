package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

const selectAccounts = `
SELECT c.id, c.email, c.name, c.surname, t.name, o.name, c.role, o.plan, c.created_at
FROM customers c
JOIN teams t ON t.id = c.team_id
JOIN organizations o ON o.id = t.organization_id
WHERE `

const (
	selectAccountByID     = selectAccounts + `c.id = CAST($1 AS TEXT)`
	selectAccountByEmail  = selectAccounts + `c.email_fold = CAST($1 AS TEXT)`
	selectAccountByAge    = selectAccounts + `c.created_at >= CAST($1 AS BIGINT) ORDER BY c.created_at, c.id LIMIT 1`
	matchAccounts         = `c.search LIKE $%d ESCAPE '\' AND `
	selectAccountsOrdered = `1 = 1 ORDER BY c.search, c.id LIMIT $%d`
)

// AccountByID finds an account by its id; found is false when there is none.
func (t *Tx) AccountByID(id string) (a backend.AccountSummary, found bool, err error) {
	return t.account(selectAccountByID, strings.ToLower(id))
}

// AccountByEmail finds an account by its email, without regard to case.
func (t *Tx) AccountByEmail(email string) (a backend.AccountSummary, found bool, err error) {
	return t.account(selectAccountByEmail, backend.FoldEmail(email))
}

// OldestAccount finds the account that was created first.
func (t *Tx) OldestAccount() (a backend.AccountSummary, found bool, err error) {
	return t.account(selectAccountByAge, int64(0))
}

func (t *Tx) account(query string, arg any) (a backend.AccountSummary, found bool, err error) {
	var created int64
	err = t.row(query, []any{arg}, summaryDest(&a, &created)...)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.CreatedAt = instant(created)
	return a, err == nil, err
}

// maxWords bounds how many texts of the list query there can be.
const maxWords = 8

// Accounts lists accounts whose search text contains every word (in lower
// case; those past maxWords are taken together with the last), by name.
func (t *Tx) Accounts(words []string, limit int) ([]backend.AccountSummary, error) {
	if len(words) > maxWords {
		words = append(words[:maxWords-1:maxWords-1], strings.Join(words[maxWords-1:], " "))
	}
	var query strings.Builder
	var args []any
	query.WriteString(selectAccounts)
	for _, word := range words {
		args = append(args, "%"+escapeLike.Replace(word)+"%")
		fmt.Fprintf(&query, matchAccounts, len(args))
	}
	args = append(args, limit)
	fmt.Fprintf(&query, selectAccountsOrdered, len(args))
	list := []backend.AccountSummary{}
	err := t.rows(query.String(), args, func(scan func(...any) error) error {
		var a backend.AccountSummary
		var created int64
		err := scan(summaryDest(&a, &created)...)
		a.CreatedAt = instant(created)
		list = append(list, a)
		return err
	})
	return list, err
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func summaryDest(a *backend.AccountSummary, created *int64) []any {
	return []any{&a.ID, &a.Email, &a.Name, &a.Surname, &a.Team, &a.Organization, &a.Role, &a.Plan, created}
}
