package local

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/big"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// issueCode is writeCode, with the message on its way after the commit.
func (c *customer) issueCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value string) error {
	message, err := c.writeCode(tx, purpose, kind, value)
	if err == nil {
		c.dispatchAfter(tx, message)
	}
	return err
}

// writeCode writes a new code for a value, in the place of the last one, and the message with it.
// Errors: code_locked, rate_limited, unavailable without a key.
func (c *customer) writeCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value string) (storage.QueuedMessage, error) {
	var none storage.QueuedMessage
	if err := c.requireOwnKey(tx); err != nil {
		return none, err
	}
	u, err := loadUsage(tx, c.id)
	if err != nil {
		return none, err
	}
	counted := countedTarget(kind, value)
	if err := u.checkLock(counted, tx.Now); err != nil {
		return none, err
	}
	if err := u.checkSend(counted, tx.Now); err != nil {
		return none, err
	}
	if err := c.checkSendOfAll(tx, counted); err != nil {
		return none, err
	}
	digits := randomCode()
	code := storage.Code{ID: tx.NewID(), Customer: c.id, Purpose: purpose, Target: target(kind, value),
		SentAt: tx.Now, ExpiresAt: tx.Now.Add(backend.CodeLifetime)}
	code.MAC = codeMAC(c.options.Key, code, digits)
	if err := tx.PutCode(code); err != nil {
		return none, err
	}
	if err := tx.AddSend(c.id, storage.SendCode, code.ID, storage.Send{Target: counted, At: tx.Now}, tx.Now.Add(-memoryForLimits)); err != nil {
		return none, err
	}
	if err := c.countSendOfAll(tx, counted, code.ID); err != nil {
		return none, err
	}
	c.observeCode(tx, func(o Observer) { o.CodeSent(kind) })
	messageKind := codeMessageKind(purpose)
	if err := tx.FailQueuedCodes(c.id, kind, value, messageKind, "a newer code took its place"); err != nil {
		return none, err
	}
	return c.addMessage(tx, backend.Message{Type: kind, To: value, Kind: messageKind, Code: digits, CodeExpiresAt: code.ExpiresAt},
		codeText(kind, messageKind, digits))
}

// codeMessageKind returns the kind of the message with a code.
func codeMessageKind(p storage.Purpose) backend.MessageKind {
	if p == storage.PurposeUsername {
		return backend.KindUsername
	}
	return backend.KindVerification
}

// revokeCode makes the code of a value invalid, and retires the message with it if it
// is still queued.
func (c *customer) revokeCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value string) error {
	if err := tx.DeleteCode(c.id, purpose, target(kind, value)); err != nil {
		return err
	}
	return tx.FailQueuedCodes(c.id, kind, value, codeMessageKind(purpose), "the code was not wanted any more")
}

// enterCode is one try at the code of a value. The try is counted before the code
// is compared, so that concurrent callers get no more than CodeTries together.
//
// whose says in the journal whose code it is, as in "channel 3 (sms)".
//
// A wrong code is a committedRefusal: the try stays counted. A right one is deleted
// here, in the same transaction as its effect.
// Errors: code_invalid, code_expired, code_exhausted, code_locked, unavailable
// without a key.
func (c *customer) enterCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value, whose, digits string) error {
	err := c.tryCode(tx, purpose, kind, value, whose, digits)
	c.observeEntry(tx, err)
	return err
}

func (c *customer) tryCode(tx *storage.Tx, purpose storage.Purpose, kind backend.ChannelType, value, whose, digits string) error {
	if err := c.requireOwnKey(tx); err != nil {
		return err
	}
	u, err := loadUsage(tx, c.id)
	if err != nil {
		return err
	}
	counted := countedTarget(kind, value)
	if err := u.checkLock(counted, tx.Now); err != nil {
		return err
	}
	code, found, err := tx.Code(c.id, purpose, target(kind, value))
	switch {
	case err != nil:
		return err
	case !found || !tx.Now.Before(code.ExpiresAt) || sentAhead(code, tx.Now):
		return errCodeExpired()
	case code.Tries >= backend.CodeTries:
		return errCodeExhausted()
	}
	if err := tx.CountTry(code); err != nil {
		return err
	}
	if err := tx.AddCodeFailure(c.id, counted, tx.NewID(), tx.Now.Add(-memoryForLimits)); err != nil {
		return err
	}
	if !hmac.Equal(code.MAC, codeMAC(c.options.Key, code, digits)) {
		left := backend.CodeTries - code.Tries - 1
		if u, err = loadUsage(tx, c.id); err != nil {
			return err
		}
		until := u.lockedUntil(counted, tx.Now)
		if !until.IsZero() {
			c.observeCode(tx, Observer.CodesLocked)
		}
		refusal := errCodeWrong(left, until.Sub(tx.Now))
		if err := c.note(tx, "code.refused", fmt.Sprintf("%s, %s left", whose, tries(left))); err != nil {
			return err
		}
		return &committedRefusal{refusal}
	}
	if err := tx.ClearCodeFailures(c.id, counted); err != nil {
		return err
	}
	return tx.DeleteCode(c.id, purpose, code.Target)
}

// sentAhead reports whether a code was sent in the future: while the clock was wrong.
// Its age is not known, and it would be valid for longer than CodeLifetime.
func sentAhead(c storage.Code, now time.Time) bool { return c.SentAt.After(now) }

// randomCode returns six random digits, all equally likely.
func randomCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // without a source of randomness nothing here is safe
	}
	return fmt.Sprintf("%06d", n)
}

// codeMAC is the keyed hash that is kept of a code. It covers everything that the
// code is for, each part with its length before it, so that no two combinations of
// parts give the same input.
func codeMAC(key []byte, c storage.Code, digits string) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range []string{string(c.Purpose), c.Customer, c.Target, c.ID, digits} {
		var size [4]byte
		binary.BigEndian.PutUint32(size[:], uint32(len(part))) //nolint:gosec // a part has some hundred bytes at most
		h.Write(size[:])
		h.Write([]byte(part))
	}
	return h.Sum(nil)
}
