package storage

import (
	"database/sql"
	"errors"
)

// Fact names something that the database knows about itself.
type Fact string

// The facts.
const (
	// FactKeyCheck tells the key for codes that belongs to the database from others.
	FactKeyCheck Fact = "key_check"
	// FactSigningKey is what signing secrets are derived from, sealed with the key for
	// codes. Without it, they are derived from that key.
	FactSigningKey Fact = "signing_key"
	// FactDemo is the ids of the accounts that are made up, with a blank between two.
	FactDemo Fact = "demo"
	// FactSpellings is there while two accounts or channels may have the same value in two
	// spellings, from before that was found out. See KnownCollisions.
	FactSpellings Fact = "spellings"
	// factConfirmed is written by ConfirmReading.
	factConfirmed Fact = "confirmed"
)

const (
	selectFact = `SELECT value FROM facts WHERE name = $1`

	upsertFact = `INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// Fact loads a fact; nil when it is not known.
func (t *Tx) Fact(name Fact) (value []byte, err error) {
	err = t.row(selectFact, []any{string(name)}, &value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

// PutFact writes a fact, or replaces it.
func (t *Tx) PutFact(name Fact, value []byte) error {
	_, err := t.exec(upsertFact, string(name), blob(value))
	return err
}

// ConfirmReading writes something that means nothing, so that the commit is acknowledged only where all that
// this transaction has read is durable, too, also on a standby: the wait of the commit that wrote it may
// have been broken off.
func (t *Tx) ConfirmReading() error { return t.PutFact(factConfirmed, nil) }

const deleteFact = `DELETE FROM facts WHERE name = $1`

// DropFact deletes a fact, if it is known.
func (t *Tx) DropFact(name Fact) error {
	_, err := t.exec(deleteFact, string(name))
	return err
}
