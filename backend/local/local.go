// Package local is the embedded backend: the rules, over a storage.Store.
//
// A method that changes data validates its arguments, and then in one transaction
// loads, decides, writes, adds a journal row and commits. The time is that of the
// transaction. SQL is in package storage, the texts of messages are in
// message_text.go, and the policy for codes is in backend/code.go.
package local

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

const day = 24 * time.Hour

// Options are what the backend needs beside the file.
type Options struct {
	// Key is the HMAC key for codes, KeySize bytes, kept outside of the database. nil
	// for none: then everything works but sending and entering codes.
	Key []byte
	// Sender sends messages; nil holds them in the inbox.
	Sender delivery.Sender
	// Actor is the name for the journal of changes without one; "" means "console".
	Actor string
	// ProofAge is the time after which a proof is stale; 0 means the constant ProofAge.
	ProofAge time.Duration
	// Keep is how long messages and attempts are kept at least; 0 means 90 days. The
	// last 30 of each channel are kept for longer.
	Keep time.Duration
	// Observer is told of codes and attempts; nil for none.
	Observer Observer
}

// Accounts opens, lists and creates the accounts of one store.
type Accounts struct {
	db      storage.Store
	options Options
	queue   *queue                      // of messages for the worker
	report  atomic.Pointer[func(error)] // of the worker; nil without one
	tokens  tokenCache
	// reported is what was told the operator last of each destination; strings.
	reported sync.Map
	// stopping is closed when the worker has been stopped for stopGrace, and ends the calls of the
	// sender.
	stopping  chan struct{}
	stopCalls func() // closes it, once
	// late are the tests, and the messages that are sent without a worker, also those whose callers do not wait any more.
	late runningCalls
	// cursorKey is that of the cursors of pages.
	cursorKey []byte
	search    *accountIndex
	// awaitChange is that of the file; tests replace it.
	awaitChange func(ctx context.Context, seen uint64) (uint64, error)
}

var _ backend.Accounts = (*Accounts)(nil)

// New returns the accounts of an open file.
func New(db storage.Store, o Options) *Accounts {
	if o.Sender == nil {
		o.Sender = delivery.Inbox{}
	}
	if o.Actor == "" {
		o.Actor = "console"
	}
	if o.ProofAge == 0 {
		o.ProofAge = ProofAge
	}
	if o.Keep == 0 {
		o.Keep = historyAge
	}
	stopping := make(chan struct{})
	return &Accounts{db: db, options: o, queue: newQueue(), awaitChange: db.AwaitChange, cursorKey: cursorKey(o), search: newAccountIndex(),
		stopping: stopping, stopCalls: sync.OnceFunc(func() { close(stopping) })}
}

// customer is one customer's view.
type customer struct {
	*Accounts
	id string
}

var (
	_ backend.Backend = (*customer)(nil)
	_ backend.Watcher = (*customer)(nil)
)

// read runs fn on one snapshot. Errors: unauthorized when the account is gone.
func (c *customer) read(ctx context.Context, fn func(*storage.Tx) error) error {
	return c.db.Read(ctx, c.requireAccount(fn))
}

// requireAccount returns fn with a check before it that the account exists.
func (c *customer) requireAccount(fn func(*storage.Tx) error) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		if _, err := tx.Revision(c.id); err != nil {
			return err
		}
		return fn(tx)
	}
}

// requireKey refuses without a key for codes. Errors: unavailable.
func (c *customer) requireKey() error {
	if len(c.options.Key) >= KeySize {
		return nil
	}
	return backend.Errorf(backend.CodeUnavailable, "There is no key for codes here, so no code can be sent or checked.")
}

// channelName names a channel in the journal and in sentences: channel 3 (sms).
func channelName(c backend.Channel) string { return fmt.Sprintf("channel %d (%s)", c.Priority, c.Type) }

// channelNames names several: channels 2 (email) and 3 (sms).
func channelNames(list []backend.Channel) string {
	if len(list) == 1 {
		return channelName(list[0])
	}
	names := make([]string, len(list))
	for i, ch := range list {
		names[i] = fmt.Sprintf("%d (%s)", ch.Priority, ch.Type)
	}
	last := len(names) - 1
	return "channels " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// Revision returns the number of the last change to anything of this customer.
func (c *customer) Revision(ctx context.Context) (revision int64, err error) {
	err = c.db.ReadOne(ctx, func(tx *storage.Tx) error {
		revision, err = tx.Revision(c.id)
		return err
	})
	return revision, err
}

// AwaitChange waits until the file may have been changed by any process.
func (c *customer) AwaitChange(ctx context.Context, seen uint64) (uint64, error) {
	return c.awaitChange(ctx, seen)
}

// Lacks returns "": the embedded backend has every feature.
func (c *customer) Lacks(backend.Feature) string { return "" }

// normalNFC brings text into Unicode's normal form C, so that texts that look the same
// are equal.
func normalNFC(s string) string { return norm.NFC.String(s) }
