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
	selectAccountByID    = selectAccounts + `c.id = CAST($1 AS TEXT)`
	selectAccountByEmail = selectAccounts + `(c.email_fold = CAST($1 AS TEXT) OR c.email_fold > CAST($2 AS TEXT) AND c.email_fold < CAST($3 AS TEXT))
ORDER BY c.email = CAST($4 AS TEXT) DESC, c.email_fold LIMIT 1`
	selectAccountByAge    = selectAccounts + `c.created_at >= CAST($1 AS BIGINT) ORDER BY c.created_at, c.id LIMIT 1`
	selectAccountsOrdered = selectAccounts + `1 = 1%s ORDER BY c.search, c.id LIMIT $%d`
)

// AccountByID loads an account by its id (a UUID, in any case); found is false when
// there is none.
func (t *Tx) AccountByID(id string) (a backend.AccountSummary, found bool, err error) {
	return t.account(selectAccountByID, strings.ToLower(id))
}

// AccountByEmail loads an account by its email in any spelling; found is false when
// there is none. Of several accounts that share it (see Collision), the one with this
// spelling comes first.
func (t *Tx) AccountByEmail(email string) (a backend.AccountSummary, found bool, err error) {
	fold := backend.FoldEmail(email)
	from, to := foldRange(fold)
	return t.account(selectAccountByEmail, fold, from, to, email)
}

// OldestAccount loads the account that was created first; found is false when
// there are no accounts.
func (t *Tx) OldestAccount() (a backend.AccountSummary, found bool, err error) {
	return t.account(selectAccountByAge, int64(0))
}

func (t *Tx) account(query string, args ...any) (a backend.AccountSummary, found bool, err error) {
	var created int64
	err = t.row(query, args, summaryDest(&a, &created)...)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.CreatedAt = instant(created)
	return a, err == nil, err
}

// Accounts lists the accounts whose name, email and organization together
// contain every term, by name, at most limit; never nil. No terms match all accounts.
// See narrowing.match.
func (t *Tx) Accounts(terms []string, limit int) ([]backend.AccountSummary, error) {
	var n narrowing
	n.match(terms)
	query := fmt.Sprintf(selectAccountsOrdered, n.where, len(n.args)+1)
	return t.accounts(query, append(n.args, limit)...)
}

func summaryDest(a *backend.AccountSummary, created *int64) []any {
	return []any{&a.ID, &a.Email, &a.Name, &a.Surname, &a.Team, &a.Organization, &a.Role, &a.Plan, created}
}
