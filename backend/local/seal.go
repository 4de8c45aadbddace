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

// payload is the part of a message that is sealed. Traceparent is no secret: it is here
// because it is needed with the rest, and no longer.
type payload struct {
	Subject, Body, Code, Word string
	Traceparent               string `json:",omitempty"`
}

// subkey derives a key for one use from the key for codes (as HKDF-Expand of RFC 5869
// does for one block; a random key needs no extraction).
func subkey(key []byte, use string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(use))
	return h.Sum(nil)
}

func (a *Accounts) subkey(use string) []byte { return subkey(a.options.Key, use) }

// sealText encrypts a text with AES-256-GCM and a subkey for one use. It can be
// opened with the same additional data only.
func sealText(key []byte, use string, text, additional []byte) ([]byte, error) {
	aead, err := sealCipher(key, use)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, text, additional), nil
}

// openText is the inverse of sealText.
func openText(key []byte, use string, sealed, additional []byte) ([]byte, error) {
	aead, err := sealCipher(key, use)
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, errors.New("the sealed text is cut off")
	}
	return aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], additional)
}

func sealCipher(key []byte, use string) (cipher.AEAD, error) {
	block, err := aes.NewCipher(subkey(key, use))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// useOutbox names the subkey for the payloads of messages.
const useOutbox = "outbox"

// seal returns the sealed payload of a message, and the message as it is shown. The
// payload of a message without a code and a test word is nil, and the message is
// shown as it is; so no key is needed for it. Nor has it a traceparent: webhooks alone carry one, and
// all that they are sent are codes and tests.
func (a *Accounts) seal(customer string, m backend.Message, traceparent string) (sealed []byte, shown backend.Message, err error) {
	if m.Code == "" && m.Word == "" {
		return nil, m, nil
	}
	text, err := json.Marshal(payload{m.Subject, m.Body, m.Code, m.Word, traceparent})
	if err != nil {
		return nil, m, err
	}
	sealed, err = sealText(a.options.Key, useOutbox, text, additionalData(customer, m))
	return sealed, masked(m), err
}

// unseal sets subject, body, code, test word and traceparent of a queued message from its sealed
// payload, if it has one.
func (a *Accounts) unseal(q *storage.QueuedMessage) error {
	if len(q.Sealed) == 0 {
		return nil
	}
	text, err := openText(a.options.Key, useOutbox, q.Sealed, additionalData(q.Customer, q.Message))
	if err != nil {
		return err
	}
	var p payload
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	m := &q.Message
	m.Subject, m.Body, m.Code, m.Word, q.Traceparent = p.Subject, p.Body, p.Code, p.Word, p.Traceparent
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
