package backend

import (
	"context"
	"time"
)

// Scope is whose accounts a token may use.
type Scope string

// The scopes.
const (
	ScopeSelf     Scope = "self"     // the account of the token's customer
	ScopeOperator Scope = "operator" // any account
)

// Token is what may be shown of a token. Its text, which is sent with requests, is
// not part of it; the store keeps only a hash of that.
type Token struct {
	ID        string
	Customer  string // the id of the customer
	Email     string // of the customer
	Scope     Scope
	Name      string // chosen by who made it; may be ""
	CreatedAt time.Time
	ExpiresAt time.Time // zero: never
}

// Valid reports whether the token can be used at the time now.
func (t Token) Valid(now time.Time) bool { return t.ExpiresAt.IsZero() || now.Before(t.ExpiresAt) }

// NewToken is what CreateToken needs.
type NewToken struct {
	Account string // id or email
	Scope   Scope
	Name    string
	Expires time.Duration // from now; 0: never
}

// Tokens makes, lists, revokes and checks the tokens of a server.
type Tokens interface {
	// CreateToken returns the token and its text ("ph_…"), which is shown this once.
	// Errors: not_found, invalid (fields "scope", "name", "expires").
	CreateToken(ctx context.Context, t NewToken) (Token, string, error)

	// ListTokens returns all tokens, newest first; never nil.
	ListTokens(ctx context.Context) ([]Token, error)

	// RevokeToken makes a token invalid: in this process at once, in others within a
	// second. Errors: not_found.
	RevokeToken(ctx context.Context, id string) error

	// Authenticate returns the token with this text. Tokens are cached, so that not
	// every call costs a query. Errors: unauthorized.
	Authenticate(ctx context.Context, text string) (Token, error)

	// View returns the view of the customer with this id without checking that there
	// is one; the methods of the view do, with unauthorized.
	View(id string) Backend
}
