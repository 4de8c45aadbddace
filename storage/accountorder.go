package storage

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// AccountKey is the place of an account in an order: text for those by name and by email,
// rank and time for that by reach.
type AccountKey struct {
	Sort   backend.AccountSort `json:"s"`
	Text   string              `json:"t,omitempty"`
	Rank   int                 `json:"r,omitempty"`
	SeenAt int64               `json:"a,omitempty"`
	ID     string              `json:"i"`
}

// last is greater than the texts of an id.
const last = "\U0010FFFF"

// order is how accounts are read in one of the orders: from a table, by columns of which
// the last one is the id.
type order struct {
	table, id string
	columns   []string
	of        func(AccountKey) []any
}

var orders = map[backend.AccountSort]order{
	backend.SortName:  {"customers", "id", []string{"search", "id"}, textKey},
	backend.SortEmail: {"customers", "id", []string{"email_fold", "id"}, textKey},
	backend.SortReach: {"reaches", "customer_id", []string{"rank", "seen_at", "customer_id"},
		func(k AccountKey) []any { return []any{k.Rank, k.SeenAt, k.ID} }},
}

func textKey(k AccountKey) []any { return []any{k.Text, k.ID} }

// ordering is the list of an ORDER BY, on the columns of a table or of what is read of it.
func (o order) ordering(of string, isDescending bool) string {
	var list []string
	for i, column := range o.columns {
		if of != "" {
			if i == len(o.columns)-1 {
				column = "id"
			}
			column = of + "." + column
		}
		if isDescending {
			column += " DESC"
		}
		list = append(list, column)
	}
	return strings.Join(list, ", ")
}

func keyIn(sort backend.AccountSort, id, search, fold string, s storedReach) AccountKey {
	switch sort {
	case backend.SortEmail:
		return AccountKey{Sort: sort, Text: fold, ID: id}
	case backend.SortReach:
		return AccountKey{Sort: sort, Rank: s.rank, SeenAt: s.seenAt, ID: id}
	case backend.SortName:
	}
	return AccountKey{Sort: sort, Text: search, ID: id}
}

const selectAccountKey = `
SELECT c.search, c.email_fold, r.rank, r.seen_at, r.ways FROM customers c CROSS JOIN reaches r WHERE r.customer_id = c.id AND c.id = CAST($1 AS TEXT)`

// KeyBefore is the place just before an account in an order, so that a page behind it
// begins with the account; found is false where there is no such account.
func (t *Tx) KeyBefore(id string, sort backend.AccountSort, isDescending bool) (key AccountKey, found bool, err error) {
	var search, fold string
	var s storedReach
	err = t.row(selectAccountKey, []any{strings.ToLower(id)}, &search, &fold, &s.rank, &s.seenAt, &s.ways)
	if errors.Is(err, sql.ErrNoRows) {
		return key, false, nil
	}
	key = keyIn(sort, strings.ToLower(id), search, fold, s)
	if isDescending {
		key.ID += last
	} else if n := len(key.ID); n > 0 {
		key.ID = key.ID[:n-1] + string(key.ID[n-1]-1) + last
	}
	return key, err == nil, err
}
