package local

import (
	"cmp"
	"context"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

var _ backend.Tokens = (*Accounts)(nil)

// CreateToken creates a token for an account. Its text is in the answer and nowhere
// else. Errors: not_found, invalid (fields "scope", "name", "expires").
func (a *Accounts) CreateToken(ctx context.Context, t backend.NewToken) (backend.Token, string, error) {
	name, err := cleanToken(t)
	if err != nil {
		return backend.Token{}, "", err
	}
	id, text := newTokenText()
	hash := hashTokenText(text)
	var k backend.Token
	err = a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		owner, err := namedAccount(tx, t.Account)
		if err != nil {
			return err
		}
		if err := tx.LockAccount(owner.ID); err != nil { // before its token, as every change of an account does
			return err
		}
		if owner, err = findAccount(tx, owner.ID); err != nil { // again: it may have been deleted just now
			return err
		}
		k = backend.Token{ID: id, Customer: owner.ID, Email: owner.Email, Scope: t.Scope, Name: name, CreatedAt: tx.Now}
		if t.Expires > 0 {
			k.ExpiresAt = tx.Now.Add(t.Expires)
		}
		if err := tx.AddToken(k, hash[:]); err != nil {
			return err
		}
		c := customer{Accounts: a, id: owner.ID}
		return c.note(tx, "token.created", tokenName(k))
	})
	if err != nil {
		return backend.Token{}, "", err
	}
	return k, text, nil
}

// cleanToken returns the name of a new token, which may be "". Errors: invalid.
func cleanToken(t backend.NewToken) (name string, err error) {
	var faults backend.FieldErrors
	if strings.TrimSpace(t.Name) != "" {
		name, err = backend.CleanName(normalNFC(t.Name))
		faults.Add("name", err)
	}
	if t.Scope != backend.ScopeSelf && t.Scope != backend.ScopeOperator {
		faults.Add("scope", backend.Errorf(backend.CodeInvalid, "Choose self, for the account itself, or operator, for any account."))
	}
	if t.Expires < 0 {
		faults.Add("expires", backend.Errorf(backend.CodeInvalid, "A token expires after some time from now, such as 720h, or never."))
	}
	return name, faults.Err()
}

// namedAccount finds the account of a new token. Unlike in Open, "" is no account.
func namedAccount(tx *storage.Tx, idOrEmail string) (backend.AccountSummary, error) {
	if strings.TrimSpace(idOrEmail) == "" {
		return backend.AccountSummary{}, backend.Errorf(backend.CodeNotFound, "Name the account of the token by its id or email.")
	}
	return findAccount(tx, idOrEmail)
}

// tokenName names a token in the journal.
func tokenName(k backend.Token) string {
	name := string(k.Scope) + " token " + k.ID
	if k.Name != "" {
		name += " (" + k.Name + ")"
	}
	return name
}

// ListTokens returns all tokens, the newest first.
func (a *Accounts) ListTokens(ctx context.Context) (list []backend.Token, err error) {
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		list, err = tx.Tokens()
		return err
	})
	return list, err
}

// RevokeToken makes a token invalid: here at once, in other processes within
// tokenCacheAge. Errors: not_found.
func (a *Accounts) RevokeToken(ctx context.Context, id string) error {
	defer a.tokens.clear()
	var gone error
	err := a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		if gone = a.revokeToken(tx, id); backend.ErrorCode(gone) == backend.CodeNotFound {
			return tx.ConfirmReading() // it was revoked before, and the answer to that may be lost
		}
		return gone
	})
	return cmp.Or(err, gone)
}

func (a *Accounts) revokeToken(tx *storage.Tx, id string) error {
	k, err := presentToken(tx, id)
	if err != nil {
		return err
	}
	if err := tx.LockAccount(k.Customer); err != nil {
		return err
	}
	if k, err = presentToken(tx, id); err != nil { // again: another change may have revoked it
		return err
	}
	if err := tx.DeleteToken(k.ID); err != nil {
		return err
	}
	c := customer{Accounts: a, id: k.Customer}
	return c.note(tx, "token.revoked", tokenName(k))
}

// presentToken loads a token by its id. Errors: not_found.
func presentToken(tx *storage.Tx, id string) (backend.Token, error) {
	k, _, found, err := tx.Token(strings.TrimSpace(id))
	if err == nil && !found {
		err = backend.Errorf(backend.CodeNotFound, "There is no token %q. List the tokens to see their ids.", id)
	}
	return k, err
}

// View returns the view of a customer without checking that there is one.
func (a *Accounts) View(id string) backend.Backend {
	return &customer{Accounts: a, id: strings.ToLower(id)}
}
