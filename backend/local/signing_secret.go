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

// A webhook's signing secret is derived from a salt in the database and the key for
// codes, so the database alone does not contain it. It is shown once, when it is
// made; another salt makes another secret.

// oldSecretLifetime is how long messages carry the signature of a replaced secret,
// too.
const oldSecretLifetime = day

// newSalt returns 16 random bytes in hexadecimal.
func newSalt() string {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		panic(err) // without a source of randomness nothing here is safe
	}
	return hex.EncodeToString(salt)
}

// useWebhooks names the subkey that signing secrets are derived from, and
// useSigningKey the one that seals it in the database once the key for codes was
// changed.
const useWebhooks, useSigningKey = "webhooks", "signing key"

// signingKey returns what signing secrets are derived from with a key for codes. It
// outlives a change of that key, since receivers have the secrets.
// Errors: unavailable with another key than the database has.
func signingKey(tx *storage.Tx, key []byte) ([]byte, error) {
	sealed, err := tx.Fact(storage.FactSigningKey)
	if err != nil || sealed == nil {
		return subkey(key, useWebhooks), err
	}
	opened, err := openText(key, useSigningKey, sealed, nil)
	if err != nil {
		return nil, &backend.Error{Code: backend.CodeUnavailable,
			Message: "The key for codes of the database was changed, so nothing can be signed. Start the program again with the new key.", Err: err}
	}
	return opened, nil
}

func (a *Accounts) signingSecretOf(tx *storage.Tx, salt string) (string, error) {
	key, err := signingKey(tx, a.options.Key)
	if err != nil {
		return "", err
	}
	return delivery.DeriveSigningSecret(key, []byte(salt)), nil
}

// addSigningSecret gives a new webhook its signing secret and returns that; "" for a
// channel of another type.
func (c *customer) addSigningSecret(tx *storage.Tx, ch backend.Channel) (string, error) {
	if ch.Type != backend.TypeWebhook {
		return "", nil
	}
	salt := newSalt()
	if err := tx.PutSigningSalts(c.id, ch.Priority, storage.SigningSalts{Now: salt}); err != nil {
		return "", err
	}
	return c.signingSecretOf(tx, salt)
}

// signingSecretAgain is addSigningSecret for a repeat of the command. The secret is not in
// the kept answer; it is the present one, "" when the channel is gone.
func (c *customer) signingSecretAgain(ctx context.Context, ch backend.Channel) (secret string, err error) {
	if ch.Type != backend.TypeWebhook {
		return "", nil
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		s, err := tx.SigningSalts(c.id, ch.Type, ch.Value)
		if err == nil && s.Now != "" {
			secret, err = c.signingSecretOf(tx, s.Now)
		}
		return err
	})
	return secret, err
}

// signingSecrets are the ones that sign a message now, newest first; nil for a message
// to another type than a webhook.
func (a *Accounts) signingSecrets(ctx context.Context, q storage.QueuedMessage) (list []string, err error) {
	if q.Message.Type != backend.TypeWebhook {
		return nil, nil
	}
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		list = nil
		s, err := tx.SigningSalts(q.Customer, q.Message.Type, q.Message.To)
		if err != nil || s.Now == "" {
			return err
		}
		salts := []string{s.Now}
		for _, old := range validSalts(s.Old, tx.Now) {
			salts = append(salts, old.Salt)
		}
		for _, salt := range salts {
			secret, err := a.signingSecretOf(tx, salt)
			if err != nil {
				return err
			}
			list = append(list, secret)
		}
		return nil
	})
	return list, err
}

// validSalts drops the old salts whose time has ended, or ends later than it can: the
// clock was wrong when they were replaced.
func validSalts(old []storage.OldSigningSalt, now time.Time) []storage.OldSigningSalt {
	return slices.DeleteFunc(old, func(o storage.OldSigningSalt) bool {
		return o.Until <= now.UnixMilli() || o.Until > now.Add(oldSecretLifetime).UnixMilli()
	})
}

// maxRotations is how often a webhook can get a new signing secret within
// rotationWindow.
const (
	maxRotations   = 5
	rotationWindow = time.Hour
)

// countRotation counts a new signing secret of a webhook. Errors: rate_limited.
func (c *customer) countRotation(tx *storage.Tx, ch backend.Channel) error {
	all, err := tx.Sends(c.id, storage.SendSecret, tx.Now.Add(-rotationWindow))
	if err != nil {
		return err
	}
	counted := countedTarget(ch.Type, ch.Value)
	of := slices.DeleteFunc(all, func(s storage.Send) bool { return s.Target != counted })
	if len(of) >= maxRotations {
		return errTooOften(of[maxRotations-1].At.Add(rotationWindow).Sub(tx.Now), "A webhook can get five new signing secrets an hour.")
	}
	return tx.AddSend(c.id, storage.SendSecret, tx.NewID(), storage.Send{Target: counted, At: tx.Now}, tx.Now.Add(-memoryForLimits))
}

// RotateSecret gives a webhook a new signing secret. With overlap only the one before
// goes on signing, without it none does. The secret is not in the kept
// answer of a command, so a repeat returns the present one.
func (c *customer) RotateSecret(ctx context.Context, priority int, overlap bool) (made backend.SigningSecret, err error) {
	if err := cleanPriority(priority); err != nil {
		return made, err
	}
	if err := c.requireKey(); err != nil {
		return made, err
	}
	err = c.change(ctx, "RotateSecret", nil, func(tx *storage.Tx) error { return c.rotate(tx, priority, overlap) })
	if err != nil {
		return made, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		s, err := tx.SigningSalts(c.id, ch.Type, ch.Value)
		if err != nil {
			return err
		}
		if len(s.Old) > 0 {
			made.OldUntil = time.UnixMilli(s.Old[0].Until).UTC()
		}
		made.Secret, err = c.signingSecretOf(tx, s.Now)
		return err
	})
	return made, err
}

func (c *customer) rotate(tx *storage.Tx, priority int, overlap bool) error {
	ch, err := c.channel(tx, priority)
	if err != nil {
		return err
	}
	if ch.Type != backend.TypeWebhook {
		return backend.Errorf(backend.CodeNotWebhook, "Only webhooks have a signing secret; %s has none.", channelName(ch))
	}
	s, err := tx.SigningSalts(c.id, ch.Type, ch.Value)
	if err != nil {
		return err
	}
	salts, detail := storage.SigningSalts{Now: newSalt()}, channelName(ch)
	if overlap {
		salts.Old = []storage.OldSigningSalt{{Salt: s.Now, Until: tx.Now.Add(oldSecretLifetime).UnixMilli()}}
	} else {
		detail += ", the old one ended at once"
	}
	if err := c.countRotation(tx, ch); err != nil {
		return err
	}
	if err := tx.PutSigningSalts(c.id, priority, salts); err != nil {
		return err
	}
	return c.note(tx, "channel.secret_changed", detail)
}
