package local

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A webhook's signing secret is made from a salt and the key, so the database
// alone gives none away. It is told once; another salt makes another secret.

// overlap is how long messages carry the signatures of the secrets before, too.
const oldSecretLifetime = day

func newSalt() string {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		panic(err) // the system has no randomness; nothing is safe to go on with
	}
	return hex.EncodeToString(salt)
}

func (a *Accounts) signingSecretOf(salt string) string {
	return delivery.DeriveSecret(a.subkey("webhooks"), []byte(salt))
}

// sign gives a new webhook its secret, and returns it.
func (c *customer) addSigningSecret(tx *storage.Tx, ch backend.Channel) (string, error) {
	if ch.Type != backend.TypeWebhook {
		return "", nil
	}
	salt := newSalt()
	return c.signingSecretOf(salt), tx.PutSalts(c.id, ch.Priority, storage.Salts{Now: salt})
}

// secrets are those that sign a message now: none but for webhooks.
func (a *Accounts) signingSecrets(ctx context.Context, q storage.Queued) (list []string, err error) {
	if q.Message.Type != backend.TypeWebhook {
		return nil, nil
	}
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		s, err := tx.Salts(q.Customer, q.Message.Type, q.Message.To)
		if s.Now != "" {
			list = append(list, a.signingSecretOf(s.Now))
		}
		for _, old := range validSalts(s.Old, tx.Now) {
			list = append(list, a.signingSecretOf(old.Salt))
		}
		return err
	})
	return list, err
}

func validSalts(old []storage.OldSalt, now time.Time) []storage.OldSalt {
	return slices.DeleteFunc(old, func(o storage.OldSalt) bool { return o.Until <= now.UnixMilli() })
}

// RotateSecret gives a webhook a new signing secret. What is kept of the
// answer to a command with a key is nothing, so a repeat tells the present one.
func (c *customer) RotateSecret(ctx context.Context, priority int) (made backend.SigningSecret, err error) {
	if err := cleanPriority(priority); err != nil {
		return made, err
	}
	if err := c.requireKey(); err != nil {
		return made, err
	}
	err = c.change(ctx, "RotateSecret", nil, func(tx *storage.Tx) error {
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		if ch.Type != backend.TypeWebhook {
			return backend.Errorf(backend.CodeNotWebhook, "Only webhooks have a signing secret; %s has none.", channelName(ch))
		}
		s, err := tx.Salts(c.id, ch.Type, ch.Value)
		if err != nil {
			return err
		}
		old := append([]storage.OldSalt{{Salt: s.Now, Until: tx.Now.Add(oldSecretLifetime).UnixMilli()}}, validSalts(s.Old, tx.Now)...)
		if err := tx.PutSalts(c.id, priority, storage.Salts{Now: newSalt(), Old: old}); err != nil {
			return err
		}
		return c.note(tx, "channel.secret_changed", channelName(ch))
	})
	if err != nil {
		return made, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		s, err := tx.Salts(c.id, ch.Type, ch.Value)
		made.Secret = c.signingSecretOf(s.Now)
		if len(s.Old) > 0 {
			made.OldUntil = time.UnixMilli(s.Old[0].Until).UTC()
		}
		return err
	})
	return made, err
}
