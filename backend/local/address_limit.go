package local

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// useTargets names the subkey for the hashes of addresses.
const useTargets = "targets"

// addressHash is the keyed hash under which the codes to a target (see countedTarget) are
// counted over all customers. Without the key, it does not tell whether an address was
// written to. It stays the same when the key for codes is changed.
func (a *Accounts) addressHash(tx *storage.Tx, counted string) ([]byte, error) {
	key, err := signingKey(tx, a.options.Key)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, subkey(key, useTargets))
	h.Write([]byte(counted))
	return h.Sum(nil), nil
}

// checkSendOfAll refuses a code to a target that all customers together were sent
// MaxCodesAddressDay codes to in a day. The refusal is that of any address, and its time
// is in whole hours, since it is about what other customers did.
// Errors: rate_limited.
func (c *customer) checkSendOfAll(tx *storage.Tx, counted string) error {
	if len(c.options.Key) == 0 {
		return nil // no code is sent without a key
	}
	hash, err := c.addressHash(tx, counted)
	if err != nil {
		return err
	}
	if err := tx.Lock("address " + hex.EncodeToString(hash)); err != nil { // other accounts may ask for a code to it now
		return err
	}
	at, found, err := tx.NthTargetSend(hash, backend.MaxCodesAddressDay, tx.Now.Add(-day))
	if err != nil || !found {
		return err
	}
	wait := (at.Add(day).Sub(tx.Now) + time.Hour - 1).Truncate(time.Hour)
	e := backend.Errorf(backend.CodeRateLimited,
		"No more codes can be sent to this address now. Ask again in %s, or use another address.", spellWait(wait))
	e.RetryAfter = wait
	return e
}

// countSendOfAll counts a code to a target. The row names no customer: it stays for a
// day, also when the account is deleted.
func (c *customer) countSendOfAll(tx *storage.Tx, counted, id string) error {
	hash, err := c.addressHash(tx, counted)
	if err != nil {
		return err
	}
	return tx.AddTargetSend(hash, id)
}
