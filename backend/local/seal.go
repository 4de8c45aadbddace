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

// A queued message is in the database twice: as it is shown, with dots in the place
// of its code or test word, and sealed (encrypted), as it will be sent. The sealed
// payload is removed when the message is sent or failed.

// payload is the part of a message that is sealed.
type payload struct{ Subject, Body, Code, Word string }

// subkey derives a key for one use from the key for codes (as HKDF-Expand of RFC 5869
// does for one block; a random key needs no extraction).
func (a *Accounts) subkey(use string) []byte {
	h := hmac.New(sha256.New, a.options.Key)
	h.Write([]byte(use))
	return h.Sum(nil)
}

// outboxCipher is AES-256-GCM with the key for sealed payloads.
func (a *Accounts) outboxCipher() (cipher.AEAD, error) {
	block, err := aes.NewCipher(a.subkey("outbox"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal returns the sealed payload of a message, and the message as it is shown. The
// payload of a message without a code and a test word is nil, and the message is
// shown as it is; so no key is needed for it.
func (a *Accounts) seal(customer string, m backend.Message) (sealed []byte, shown backend.Message, err error) {
	if m.Code == "" && m.Word == "" {
		return nil, m, nil
	}
	text, err := json.Marshal(payload{m.Subject, m.Body, m.Code, m.Word})
	if err != nil {
		return nil, m, err
	}
	aead, err := a.outboxCipher()
	if err != nil {
		return nil, m, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, m, err
	}
	return aead.Seal(nonce, nonce, text, additionalData(customer, m)), masked(m), nil
}

// unseal sets subject, body, code and test word of a queued message from its sealed
// payload, if it has one.
func (a *Accounts) unseal(q *storage.QueuedMessage) error {
	if len(q.Sealed) == 0 {
		return nil
	}
	aead, err := a.outboxCipher()
	if err != nil {
		return err
	}
	if len(q.Sealed) < aead.NonceSize() {
		return errors.New("the sealed text is cut off")
	}
	nonce, sealed := q.Sealed[:aead.NonceSize()], q.Sealed[aead.NonceSize():]
	text, err := aead.Open(nil, nonce, sealed, additionalData(q.Customer, q.Message))
	if err != nil {
		return err
	}
	var p payload
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	m := &q.Message
	m.Subject, m.Body, m.Code, m.Word = p.Subject, p.Body, p.Code, p.Word
	return nil
}

// additionalData binds a sealed payload to its message, so that it cannot be unsealed
// as that of another.
func additionalData(customer string, m backend.Message) []byte { return []byte(customer + " " + m.ID) }

// masked returns a message without its code and test word. They prove something only
// if they are read where the message arrives.
func masked(m backend.Message) backend.Message {
	for _, part := range []string{m.Code, m.Word} {
		if part != "" {
			dots := strings.Repeat("•", len(part))
			m.Subject, m.Body = strings.ReplaceAll(m.Subject, part, dots), strings.ReplaceAll(m.Body, part, dots)
		}
	}
	m.Code, m.Word = "", ""
	return m
}
