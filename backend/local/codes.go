package local

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// issue writes a fresh code for a value, in the place of the last one, and
// the message that carries it. The caller hands the message over after the commit.
// Errors: code_locked, rate_limited.
func (c *customer) issueCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value string) (storage.Queued, error) {
	var none storage.Queued
	if err := c.requireKey(); err != nil {
		return none, err
	}
	used, err := loadUsage(tx, c.id)
	if err != nil {
		return none, err
	}
	counted := countedTarget(kind, value)
	if err := used.checkLock(counted, tx.Now); err != nil {
		return none, err
	}
	if err := used.checkSend(counted, tx.Now); err != nil {
		return none, err
	}
	digits := randomCode()
	code := storage.Code{ID: newID(), Customer: c.id, Purpose: purpose, Target: target(kind, value),
		SentAt: tx.Now, ExpiresAt: tx.Now.Add(backend.CodeLifetime)}
	code.MAC = codeMAC(c.options.Key, code, digits)
	if err := tx.PutCode(code); err != nil {
		return none, err
	}
	if err := tx.AddSend(c.id, storage.SendCode, code.ID, storage.Send{Target: counted, At: tx.Now}, tx.Now.Add(-day)); err != nil {
		return none, err
	}
	message := codeMessageKind(purpose)
	if err := tx.RetireCodes(c.id, kind, value, message, "a newer code took its place"); err != nil {
		return none, err
	}
	return c.addMessage(tx, backend.Message{Type: kind, To: value, Kind: message, Code: digits, CodeExpiresAt: code.ExpiresAt},
		codeText(kind, message, digits))
}

func codeMessageKind(p storage.Purpose) backend.MessageKind {
	if p == storage.PurposeUsername {
		return backend.KindUsername
	}
	return backend.KindVerification
}

// killCode makes the code of a value useless, also one that is still on its way.
func (c *customer) revokeCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value string) error {
	if err := tx.DeleteCode(c.id, purpose, target(kind, value)); err != nil {
		return err
	}
	return tx.RetireCodes(c.id, kind, value, codeMessageKind(purpose), "the code was not wanted any more")
}

// enter is one try at the code of a value. The try counts before the code is
// compared, so that no number of callers at once gets more than its share.
//
// A wrong code is a committed refusal: the try stays counted. A right one is
// used up here, in the same transaction as its effect.
// Errors: code_invalid, code_expired, code_exhausted, code_locked.
func (c *customer) enterCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value, digits string) error {
	if err := c.requireKey(); err != nil {
		return err
	}
	used, err := loadUsage(tx, c.id)
	if err != nil {
		return err
	}
	counted := countedTarget(kind, value)
	if err := used.checkLock(counted, tx.Now); err != nil {
		return err
	}
	code, found, err := tx.Code(c.id, purpose, target(kind, value))
	switch {
	case err != nil:
		return err
	case !found || !tx.Now.Before(code.ExpiresAt):
		return errCodeExpired()
	case code.Tries >= backend.CodeTries:
		return errCodeExhausted()
	}
	if err := tx.CountTry(code); err != nil {
		return err
	}
	if err := tx.AddFailure(c.id, counted, newID(), tx.Now.Add(-day)); err != nil {
		return err
	}
	if !hmac.Equal(code.MAC, codeMAC(c.options.Key, code, digits)) {
		left := backend.CodeTries - code.Tries - 1
		if used, err = loadUsage(tx, c.id); err != nil {
			return err
		}
		refusal := errCodeWrong(left, used.lockedUntil(counted, tx.Now).Sub(tx.Now))
		if err := c.note(tx, "code.refused", fmt.Sprintf("%s, %s left", kind, tries(left))); err != nil {
			return err
		}
		return &committedRefusal{refusal}
	}
	if err := tx.ClearFailures(c.id, counted); err != nil {
		return err
	}
	return tx.DeleteCode(c.id, purpose, code.Target)
}

// randomCode draws six digits, all of them equally likely.
func randomCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the system has no randomness; nothing is safe to go on with
	}
	return fmt.Sprintf("%06d", n)
}

// mac is what is kept of a code. Everything that the code is for goes in,
// each part with its length before it, so that no two meanings look the same.
func codeMAC(key []byte, c storage.Code, digits string) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range []string{string(c.Purpose), c.Customer, c.Target, c.ID, digits} {
		var size [4]byte
		binary.BigEndian.PutUint32(size[:], uint32(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	return h.Sum(nil)
}

func (c *customer) requireKey() error {
	if len(c.options.Key) >= KeySize {
		return nil
	}
	return backend.Errorf(backend.CodeUnavailable, "There is no key for codes here, so no code can be sent or checked.")
}
