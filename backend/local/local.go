// Package local is the embedded answer to the contract: the rules themselves,
// over one SQLite file.
//
// A method that changes data is a paragraph: it validates, and then in one
// transaction loads, decides, writes, keeps a journal row and commits. The
// time is the transaction's. SQL is in storage, sentences to customers are in
// texts.go, and the policy for codes is in backend/code.go.
package local

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// Options are what the rules need beside the file.
type Options struct {
	// Key is the HMAC key for codes, KeySize bytes, kept outside of the
	// database. Without it everything works but sending and entering codes.
	Key []byte
	// Sender carries messages; nil keeps them in the inbox on this machine.
	Sender delivery.Sender
	// Actor is who the journal names; "" means "console".
	Actor string
	// ProofAge is how long it is relied on that a person saw a message; 0 for ProofAge.
	ProofAge time.Duration
}

// Accounts opens, lists and creates the accounts of one file.
type Accounts struct {
	db      *storage.DB
	options Options
	queue   *queue // of messages
	// sessions are the tokens that were looked up a moment ago.
	tokens tokenCache
}

var _ backend.Accounts = (*Accounts)(nil)

// New puts the rules over an open file.
func New(db *storage.DB, o Options) *Accounts {
	if o.Sender == nil {
		o.Sender = delivery.Inbox{}
	}
	if o.Actor == "" {
		o.Actor = "console"
	}
	if o.ProofAge == 0 {
		o.ProofAge = ProofAge
	}
	return &Accounts{db: db, options: o, queue: newQueue()}
}

// customer is one customer's view.
type customer struct {
	*Accounts
	id string
}

var _ backend.Backend = (*customer)(nil)

// read runs fn on one snapshot in which the account exists.
func (c *customer) read(ctx context.Context, fn func(*storage.Tx) error) error {
	return c.db.Read(ctx, c.requireAccount(fn))
}

func (c *customer) requireAccount(fn func(*storage.Tx) error) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		if _, err := tx.Revision(c.id); err != nil {
			return err
		}
		return fn(tx)
	}
}

// note ends every change: the journal has a row and the revision grows.
// The detail names no codes and no whole addresses.
func (c *customer) note(tx *storage.Tx, action, detail string) error {
	return tx.AddJournal(c.id, c.entry(tx, action, detail))
}

func (c *customer) entry(tx *storage.Tx, action, detail string) backend.JournalEntry {
	actor := cmp.Or(backend.CommandOf(tx.Context()).Actor, c.options.Actor)
	return backend.JournalEntry{ID: newID(), At: tx.Now, Actor: actor, Action: action, Detail: detail}
}

// noteIn is note for a change that answers the profile it has changed.
func (c *customer) noteIn(tx *storage.Tx, p *backend.Profile, action, detail string) error {
	p.Revision++
	return c.note(tx, action, detail)
}

// Revision returns the number of the last change to anything of this customer's.
func (c *customer) Revision(ctx context.Context) (revision int64, err error) {
	err = c.db.Read(ctx, func(tx *storage.Tx) error {
		revision, err = tx.Revision(c.id)
		return err
	})
	return revision, err
}

// Lacks: the rules are all here.
func (c *customer) Lacks(backend.Feature) string { return "" }

// newID returns a UUIDv7: unique, and in the order of making.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// normal brings text to Unicode's normal form C, so that what looks the same is the same.
func normalNFC(s string) string { return norm.NFC.String(s) }
