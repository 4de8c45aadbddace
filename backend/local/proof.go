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
	if err := tx.LoadOutcomes(c.id, ch); err != nil {
		return err
	}
	if err := tx.LoadStop(c.id, ch); err != nil {
		return err
	}
	return tx.LoadBlocked(c.id, ch)
}
