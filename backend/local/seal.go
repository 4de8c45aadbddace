package local

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// A message that waits is in the database twice: as it is shown, with dots in
// the place of its code and its word, and sealed, as it goes out. What is
// sealed goes as soon as the message has gone, or cannot go any more.

// letter is what is sealed of a message.
type payload struct{ Subject, Body, Code, Word string }

// subkey is a key for one use, made from the key for codes (the pattern of
// RFC 5869 for one block: a key that is random already needs no extraction).
func (a *Accounts) subkey(use string) []byte {
	h := hmac.New(sha256.New, a.options.Key)
	h.Write([]byte(use))
	return h.Sum(nil)
}

func (a *Accounts) outboxCipher() (cipher.AEAD, error) {
	block, err := aes.NewCipher(a.subkey("outbox"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal returns the sealed text of a message and the message as it is shown
// meanwhile. A text without secrets, the only kind that can be written without
// a key, stays as it is.
func (a *Accounts) seal(customer string, m backend.Message) (sealed []byte, shown backend.Message, err error) {
	if m.Code == "" && m.Word == "" {
		return nil, m, nil
	}
	text, err := json.Marshal(payload{m.Subject, m.Body, m.Code, m.Word})
	if err != nil {
		return nil, m, err
	}
	box, err := a.outboxCipher()
	if err != nil {
		return nil, m, err
	}
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, m, err
	}
	return box.Seal(nonce, nonce, text, additionalData(customer, m)), masked(m), nil
}

// unseal puts the text of a message back that seal took out of sight.
func (a *Accounts) unseal(q *storage.Queued) error {
	if len(q.Sealed) == 0 {
		return nil
	}
	box, err := a.outboxCipher()
	if err != nil {
		return err
	}
	if len(q.Sealed) < box.NonceSize() {
		return errors.New("the sealed text is cut off")
	}
	nonce, sealed := q.Sealed[:box.NonceSize()], q.Sealed[box.NonceSize():]
	text, err := box.Open(nil, nonce, sealed, additionalData(q.Customer, q.Message))
	if err != nil {
		return err
	}
	var l payload
	if err := json.Unmarshal(text, &l); err != nil {
		return err
	}
	m := &q.Message
	m.Subject, m.Body, m.Code, m.Word = l.Subject, l.Body, l.Code, l.Word
	return nil
}

// owner binds a sealed text to its message, so that it cannot be moved to another.
func additionalData(customer string, m backend.Message) []byte { return []byte(customer + " " + m.ID) }

// masked is a message without its code and its word. Reading them here, where
// they were meant to arrive elsewhere, would prove nothing.
func masked(m backend.Message) backend.Message {
	for _, secret := range []string{m.Code, m.Word} {
		if secret != "" {
			hidden := strings.Repeat("•", len(secret))
			m.Subject, m.Body = strings.ReplaceAll(m.Subject, secret, hidden), strings.ReplaceAll(m.Body, secret, hidden)
		}
	}
	m.Code, m.Word = "", ""
	return m
}
