package local

import (
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// ProofAge is the time after which it is not relied on any more that a person saw a
// message, when Options name no other.
const ProofAge = 90 * day

// loadProof sets the channel's Proof and Failure. Two facts are known, each with its
// time: a provider accepted a message to the value in force, which the attempts tell,
// and a person saw one, which only a code or a test word can tell.
func (c *customer) loadProof(tx *storage.Tx, ch *backend.Channel) error {
	p := &ch.Proof
	if p.SeenAt.After(tx.Now) { // the clock was wrong
		p.SeenAt = tx.Now
	}
	if !p.SeenAt.IsZero() {
		p.StaleAt = p.SeenAt.Add(c.options.ProofAge)
	}
	if !isOpenSince(p.WordSentAt, tx.Now) {
		p.WordSentAt = time.Time{}
	}
	inForce := ch.ActiveValue
	if inForce == "" {
		inForce = ch.Value
	}
	last, found, err := tx.LastEnd(c.id, ch.Type, inForce)
	if err != nil {
		return err
	}
	if found && !last.Outcome.Reached() {
		if ch.Failure, err = c.failureOf(tx, *ch, inForce, last); err != nil {
			return err
		}
		last, found, err = tx.LastReached(c.id, ch.Type, inForce)
	}
	if found {
		p.AcceptedAt, p.AcceptedBy, p.Held = last.At, last.Provider, last.Outcome == backend.OutcomeHeld
	}
	if err != nil || ch.Failure != nil || inForce == ch.Value {
		return err
	}
	last, found, err = tx.LastEnd(c.id, ch.Type, ch.Value) // a failure at the value that waits for its code
	if err == nil && found && !last.Outcome.Reached() {
		ch.Failure, err = c.failureOf(tx, *ch, ch.Value, last)
	}
	return err
}

// failureOf is the failure that a channel shows for the last attempt at one of its values.
func (c *customer) failureOf(tx *storage.Tx, ch backend.Channel, value string, last backend.Attempt) (*backend.Failure, error) {
	f := &backend.Failure{At: last.At, Kind: last.Kind, Provider: last.Provider, Status: last.Status, Since: last.At}
	first, found, err := tx.FirstFailed(c.id, ch.Type, value)
	if found {
		f.Since = first.At
	}
	return f, err
}
