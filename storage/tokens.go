package storage

import (
	"database/sql"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

const insertToken = `
INSERT INTO tokens (id, customer_id, hash, scope, name, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`

// AddToken writes a new token with the hash of its secret text; the text itself is
// not stored.
func (t *Tx) AddToken(k backend.Token, hash []byte) error {
	_, err := t.exec(insertToken, k.ID, k.Customer, hash, string(k.Scope), k.Name, millis(k.CreatedAt), millis(k.ExpiresAt))
	return err
}

const selectTokens = `
SELECT k.id, k.customer_id, c.email, k.scope, k.name, k.created_at, k.expires_at, k.hash
FROM tokens k
JOIN customers c ON c.id = k.customer_id
`

const (
	selectToken       = selectTokens + `WHERE k.id = CAST($1 AS TEXT)`
	selectTokensByAge = selectTokens + `ORDER BY k.created_at DESC, k.id DESC`
)

// Token loads a token and the hash of its secret text; found is false when there is
// none.
func (t *Tx) Token(id string) (k backend.Token, hash []byte, found bool, err error) {
	k, hash, err = scanToken(func(dest ...any) error { return t.row(selectToken, []any{id}, dest...) })
	if errors.Is(err, sql.ErrNoRows) {
		return k, nil, false, nil
	}
	return k, hash, err == nil, err
}

// Tokens loads all tokens of all customers, newest first; never nil.
func (t *Tx) Tokens() ([]backend.Token, error) {
	list := []backend.Token{}
	err := t.rows(selectTokensByAge, nil, func(scan func(...any) error) error {
		k, _, err := scanToken(scan)
		list = append(list, k)
		return err
	})
	return list, err
}

func scanToken(scan func(...any) error) (k backend.Token, hash []byte, err error) {
	var created, expires int64
	err = scan(&k.ID, &k.Customer, &k.Email, &k.Scope, &k.Name, &created, &expires, &hash)
	k.CreatedAt, k.ExpiresAt = instant(created), instant(expires)
	return k, hash, err
}

const (
	deleteToken       = `DELETE FROM tokens WHERE id = $1`
	deleteOtherTokens = `DELETE FROM tokens WHERE customer_id = $1 AND id <> $2`
)

// DeleteToken removes a token, if there is one.
func (t *Tx) DeleteToken(id string) error {
	_, err := t.exec(deleteToken, id)
	return err
}

// DeleteOtherTokens removes all tokens of a customer except the one with the id but
// ("" for none), and returns how many.
func (t *Tx) DeleteOtherTokens(customer, but string) (int, error) {
	n, err := t.exec(deleteOtherTokens, customer, but)
	return int(n), err
}
