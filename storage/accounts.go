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
	matchAccounts         = `(c.search LIKE $%d ESCAPE '\' OR c.email_fold LIKE $%d ESCAPE '\') AND `
	selectAccountsOrdered = `1 = 1 ORDER BY c.search, c.id LIMIT $%d`
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

// maxSearchTerms is how many terms a search has at most, so that there are few
// variants of its query to prepare.
const maxSearchTerms = 8

// Accounts lists the accounts whose name, email and organization together
// contain every term in any case, by name, at most limit; never nil. One with an @ is
// also looked for in the form in which emails are compared. No terms match all accounts.
// The eighth and later terms are searched for as one text, joined with
// spaces.
func (t *Tx) Accounts(terms []string, limit int) ([]backend.AccountSummary, error) {
	var query strings.Builder
	var args []any
	query.WriteString(selectAccounts)
	for _, term := range limitTerms(terms) {
		text, fold := searchedForms(term)
		args = append(args, text, fold)
		fmt.Fprintf(&query, matchAccounts, len(args)-1, len(args))
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

func limitTerms(terms []string) []string {
	if len(terms) > maxSearchTerms {
		return append(terms[:maxSearchTerms-1:maxSearchTerms-1], strings.Join(terms[maxSearchTerms-1:], " "))
	}
	return terms
}

// searchedForms are the patterns of a term: as it is typed, and as emails are compared.
func searchedForms(term string) (text, fold string) {
	text = strings.ToLower(term)
	fold = text
	if strings.Contains(term, "@") {
		fold = backend.FoldEmail(term)
	}
	return "%" + escapeLike.Replace(text) + "%", "%" + escapeLike.Replace(fold) + "%"
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func summaryDest(a *backend.AccountSummary, created *int64) []any {
	return []any{&a.ID, &a.Email, &a.Name, &a.Surname, &a.Team, &a.Organization, &a.Role, &a.Plan, created}
}
