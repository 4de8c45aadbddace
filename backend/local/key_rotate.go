package local

import (
	"context"
	"crypto/hmac"
	"encoding/json"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// RotateKey replaces the key of a database in one transaction. Messages that wait are
// sealed anew, and their codes stay valid. Signing secrets stay as they are. Other open
// codes and test words end: new ones have to be asked for. Programs that have the
// database open with the old key are to be started again.
// Errors: unavailable when old is not the key of the database.
func RotateKey(ctx context.Context, db storage.Store, old, next []byte) error {
	return db.Change(storage.Long(ctx), storage.NoAccount, func(tx *storage.Tx) error {
		if err := tx.Lock(keyLock); err != nil {
			return err
		}
		isKnown, err := checkKey(tx, db.Name(), old)
		if err == nil && !isKnown {
			err = adoptKey(tx, db.Name(), old)
		}
		if err != nil {
			return err
		}
		if len(next) != KeySize || hmac.Equal(old, next) {
			return backend.Errorf(backend.CodeUnavailable, "The new key has to be another one, of %d bytes.", KeySize)
		}
		return rotateKey(tx, old, next)
	})
}

// StartWithNewKey makes a key that of a database whose own key is lost. Sealed messages
// wait for their key until they are too old. Open codes and test words end, and signing
// secrets change. Errors: unavailable.
func StartWithNewKey(ctx context.Context, db storage.Store, key []byte) error {
	if len(key) != KeySize {
		return backend.Errorf(backend.CodeUnavailable, "A key for codes has %d bytes.", KeySize)
	}
	return db.Change(storage.Long(ctx), storage.NoAccount, func(tx *storage.Tx) error {
		if err := tx.Lock(keyLock); err != nil {
			return err
		}
		if err := endProofs(tx); err != nil {
			return err
		}
		if err := tx.DropFact(storage.FactSigningKey); err != nil {
			return err
		}
		return putKeyCheck(tx, key)
	})
}

func rotateKey(tx *storage.Tx, old, next []byte) error {
	signing, err := signingKey(tx, old)
	if err != nil {
		return err
	}
	sealedKey, err := sealText(next, useSigningKey, signing, nil)
	if err != nil {
		return err
	}
	if err := tx.PutFact(storage.FactSigningKey, sealedKey); err != nil {
		return err
	}
	codes, err := resealMessages(tx, old, next)
	if err != nil {
		return err
	}
	if err := endProofs(tx); err != nil {
		return err
	}
	for _, code := range codes {
		if err := tx.PutCode(code); err != nil {
			return err
		}
	}
	return putKeyCheck(tx, next)
}

// endProofs ends all open codes and test words, whose keyed hashes are of another key.
func endProofs(tx *storage.Tx) error {
	if err := tx.ExpireCodes(); err != nil {
		return err
	}
	return tx.CloseTests()
}

// resealMessages seals what waits with the next key, and returns the codes of these
// messages with their keyed hashes by that key. What the old key cannot open stays as
// it is.
func resealMessages(tx *storage.Tx, old, next []byte) (codes []storage.Code, err error) {
	waiting, err := tx.SealedMessages()
	if err != nil {
		return nil, err
	}
	for _, q := range waiting {
		additional := additionalData(q.Customer, q.Message)
		text, err := openText(old, useOutbox, q.Sealed, additional)
		if err != nil {
			continue
		}
		if q.Sealed, err = sealText(next, useOutbox, text, additional); err != nil {
			return nil, err
		}
		if err := tx.ReplaceSealed(q); err != nil {
			return nil, err
		}
		var p payload
		if err := json.Unmarshal(text, &p); err != nil {
			return nil, err
		}
		code, isOpen, err := codeOf(tx, q, p.Code, old)
		if err != nil {
			return nil, err
		}
		if isOpen {
			code.MAC = codeMAC(next, code, p.Code)
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// codeOf loads the code that a message brings; isOpen is false when it brings none, or
// one that is not valid any more.
func codeOf(tx *storage.Tx, q storage.QueuedMessage, digits string, key []byte) (code storage.Code, isOpen bool, err error) {
	purpose := storage.PurposeChannel
	if q.Message.Kind == backend.KindUsername {
		purpose = storage.PurposeUsername
	}
	if digits == "" {
		return code, false, nil
	}
	code, found, err := tx.Code(q.Customer, purpose, target(q.Message.Type, q.Message.To))
	isOpen = found && tx.Now.Before(code.ExpiresAt) && !sentAhead(code, tx.Now) && hmac.Equal(code.MAC, codeMAC(key, code, digits))
	return code, isOpen, err
}
