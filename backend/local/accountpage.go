package local

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Page returns one page of the accounts that the query keeps.
func (a *Accounts) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	if q.Sort == "" {
		q.Sort = backend.SortName
	}
	if err := q.Validate(); err != nil {
		return backend.AccountPage{}, err
	}
	after, err := keyOf(q)
	if err != nil {
		return backend.AccountPage{}, err
	}
	var page storage.AccountPage
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		if q.From != "" {
			var found bool
			if after, found, err = tx.KeyBefore(q.From, q.Sort, q.Descending); err != nil {
				return err
			}
			if !found {
				return errNoAccount(q.From)
			}
		}
		if page, err = tx.AccountPage(storage.AccountPageQuery{Terms: strings.Fields(normalNFC(q.Match)), OnlyProblems: q.OnlyProblems,
			ProofAge: a.options.ProofAge, Sort: q.Sort, Descending: q.Descending, After: after, Limit: q.Limit}); err != nil {
			return err
		}
		for _, row := range page.Accounts {
			row.Reach.State = row.Reach.StateAt(tx.Now, a.options.ProofAge)
		}
		return markDemo(tx, len(page.Accounts), func(i int) *backend.AccountSummary { return &page.Accounts[i].AccountSummary })
	})
	if err == nil && page.NextKey != nil {
		page.Next, err = cursorOf(*page.NextKey)
	}
	if err != nil {
		return backend.AccountPage{}, err
	}
	return page.AccountPage, nil
}

// A cursor is the key of the last account of a page, in a form that says nothing: callers
// pass it on, and do not make one.

func cursorOf(key storage.AccountKey) (string, error) {
	text, err := json.Marshal(key)
	return base64.RawURLEncoding.EncodeToString(text), err
}

// keyOf is the key in the cursor of a query; the zero value without one. Errors: invalid
// (field "after").
func keyOf(q backend.AccountQuery) (key storage.AccountKey, err error) {
	if q.After == "" {
		return key, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		err = json.Unmarshal(text, &key)
	}
	if err != nil || key.Sort != q.Sort {
		var faults backend.FieldErrors
		faults.Add("after", errors.New("This is no page of this list in this order. Begin again with its first page."))
		return storage.AccountKey{}, faults.Err()
	}
	return key, nil
}
