package backend

import (
	"context"
	"time"
)

// Scope is how far a token reaches.
type Scope string

// The two scopes of the contract.
const (
	ScopeSelf     Scope = "self"     // the customer's own account
	ScopeOperator Scope = "operator" // any account
)

// Token is what may be known of a token: never its secret, of which only a
// hash is kept.
type Token struct {
	ID        string
	Customer  string // the customer's id
	Email     string // the customer's
	Scope     Scope
	Name      string
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

// Tokens keeps the tokens of a server.
type Tokens interface {
	// CreateToken returns the token with its secret ("ph_…"), which is shown
	// this once. Errors: not_found, invalid (fields "scope", "name", "expires").
	CreateToken(ctx context.Context, t NewToken) (Token, string, error)

	// ListTokens returns all tokens, newest first; never nil.
	ListTokens(ctx context.Context) ([]Token, error)

	// RevokeToken ends a token at once, also in other processes within a
	// second. Errors: not_found.
	RevokeToken(ctx context.Context, id string) error

	// Authenticate returns the token that a secret belongs to. It does not
	// cost a query each time. Errors: unauthorized.
	Authenticate(ctx context.Context, secret string) (Token, error)

	// View returns a customer's view without asking whether there is one: the
	// view's methods do. Errors of theirs: unauthorized.
	View(id string) Backend
}
