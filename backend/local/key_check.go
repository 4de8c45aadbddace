package local

import (
	"context"
	"crypto/hmac"
	"encoding/hex"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// A key belongs to a database: with another one, codes and signatures that are right
// would be wrong, and what is sealed could not be opened. So the database keeps a check
// value, from which the key cannot be found.

const (
	checkedText     = "pinghome: check of the key"
	checkSize       = 16 // bytes of the check value
	fingerprintSize = 8  // bytes of the check value that are shown
)

func keyCheck(key []byte) []byte { return subkey(key, checkedText)[:checkSize] }

// KeyFingerprint returns 16 hexadecimal digits that tell keys apart. They are safe to
// show: the key cannot be found from them.
func KeyFingerprint(key []byte) string { return hex.EncodeToString(keyCheck(key)[:fingerprintSize]) }

// HasKey reports whether the database knows which key is its own.
func HasKey(ctx context.Context, db storage.Store) (bool, error) {
	fingerprint, err := StoredFingerprint(ctx, db)
	return fingerprint != "", err
}

// StoredFingerprint returns the KeyFingerprint of the key that belongs to the database;
// "" when that is not known yet.
func StoredFingerprint(ctx context.Context, db storage.Store) (fingerprint string, err error) {
	err = db.Read(ctx, func(tx *storage.Tx) error {
		check, err := tx.Fact(storage.FactKeyCheck)
		fingerprint = hex.EncodeToString(check[:min(len(check), fingerprintSize)])
		return err
	})
	return fingerprint, err
}

// CheckKey refuses another key than the one that belongs to the database. A database
// without a key, new or older than the check, gets this one; not when it is read only,
// nor when nothing that is sealed in it can be opened with this key.
// Errors: unavailable.
func CheckKey(ctx context.Context, db storage.Store, key []byte) error {
	var isKnown bool
	err := db.Read(ctx, func(tx *storage.Tx) (err error) {
		isKnown, err = checkKey(tx, db.Name(), key)
		return err
	})
	if err != nil || isKnown {
		return err
	}
	err = db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		if err := tx.Lock(keyLock); err != nil {
			return err
		}
		if isKnown, err := checkKey(tx, db.Name(), key); err != nil || isKnown { // again: another process may have been first
			return err
		}
		return adoptKey(tx, db.Name(), key)
	})
	if backend.ErrorCode(err) == backend.CodeReadOnly {
		return nil
	}
	return err
}

// keyLock is locked by what changes which key belongs to the database.
const keyLock = "key"

// checkKey compares a key with that of the database; isKnown is false when it has none.
// Errors: unavailable.
func checkKey(tx *storage.Tx, path string, key []byte) (isKnown bool, err error) {
	if len(key) != KeySize {
		return false, backend.Errorf(backend.CodeUnavailable, "A key for codes has %d bytes.", KeySize)
	}
	check, err := tx.Fact(storage.FactKeyCheck)
	if err != nil || check == nil {
		return false, err
	}
	if !hmac.Equal(check, keyCheck(key)) {
		return true, errOtherKey(path, key, ", which is "+hex.EncodeToString(check[:min(len(check), fingerprintSize)]))
	}
	return true, nil
}

// adoptKey makes a key that of a database without one.
func adoptKey(tx *storage.Tx, path string, key []byte) error {
	sealed, err := tx.SealedMessages()
	if err != nil {
		return err
	}
	opened := 0
	for _, q := range sealed {
		if _, err := openText(key, useOutbox, q.Sealed, additionalData(q.Customer, q.Message)); err == nil {
			opened++
		}
	}
	if len(sealed) > 0 && opened == 0 {
		return errOtherKey(path, key, "")
	}
	return putKeyCheck(tx, key)
}

func putKeyCheck(tx *storage.Tx, key []byte) error {
	return tx.PutFact(storage.FactKeyCheck, keyCheck(key))
}

func errOtherKey(path string, key []byte, own string) error {
	return backend.Errorf(backend.CodeUnavailable,
		"The key %s is not the key of %s%s. Put the right key in its place, from where it is kept, or restore a backup with its key. If the key is lost for good, pinghome key new starts with another one: then waiting messages and codes are lost, and the secrets of webhooks change.",
		KeyFingerprint(key), path, own)
}

// requireOwnKey is requireKey, and refuses a key that is not the one of the database any
// more: another process may have changed it. Errors: unavailable.
func (c *customer) requireOwnKey(tx *storage.Tx) error {
	if err := c.requireKey(); err != nil {
		return err
	}
	if err := tx.LockShared(keyLock); err != nil { // what is made with this key would be left, if it were changed now
		return err
	}
	check, err := tx.Fact(storage.FactKeyCheck)
	if err == nil && check != nil && !hmac.Equal(check, keyCheck(c.options.Key)) {
		err = backend.Errorf(backend.CodeUnavailable, "The key for codes was changed, so no code can be sent or checked until the program is started again.")
	}
	return err
}
