package local

import (
	"context"
	"crypto/rand"
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
	after, err := a.keyOf(q)
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
		page.Next, err = a.cursorOf(*page.NextKey)
	}
	if err != nil {
		return backend.AccountPage{}, err
	}
	return page.AccountPage, nil
}

// A cursor is the key of the last account of a page, encrypted: the key has the name or the
// email of a person, and a cursor stands in URLs, which are logged on their way.

// useCursor names the subkey for cursors.
const useCursor = "cursor"

// cursorKey is what the key for cursors is derived from. Without a key for codes they are
// valid for as long as the process runs.
func cursorKey(o Options) []byte {
	if o.Key != nil {
		return o.Key
	}
	return []byte(rand.Text())
}

func (a *Accounts) cursorOf(key storage.AccountKey) (string, error) {
	text, err := json.Marshal(key)
	if err != nil {
		return "", err
	}
	sealed, err := sealText(a.cursorKey, useCursor, text, nil)
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

// keyOf is the key in the cursor of a query; the zero value without one. Errors: invalid
// (field "after").
func (a *Accounts) keyOf(q backend.AccountQuery) (key storage.AccountKey, err error) {
	if q.After == "" {
		return key, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		text, err = openText(a.cursorKey, useCursor, text, nil)
	}
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
