package local

import (
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Observer is told what becomes of codes and messages, for those who watch a server: of what was
// changed once that is durable. Its methods return at once, and are safe for use by many goroutines.
type Observer interface {
	// CodeSent is called when a code was written for an address of a type.
	CodeSent(kind backend.ChannelType)
	// CodeEntered is called when a code was entered: "" for a right one, else why it was refused.
	CodeEntered(refusal backend.Code)
	// CodesLocked is called when an address was locked, since too many wrong codes were entered.
	CodesLocked()
	// Attempted is called after an attempt at a message. took is 0 where no provider was asked.
	Attempted(kind backend.ChannelType, outcome backend.Outcome, took time.Duration)
}

// observeCode tells the observer after the commit.
func (a *Accounts) observeCode(tx *storage.Tx, tell func(Observer)) {
	if o := a.options.Observer; o != nil {
		tx.AfterCommit(func() { tell(o) })
	}
}

// observeEntry tells the observer how a code was taken. A refusal that changes nothing is told at once,
// since no commit follows.
func (a *Accounts) observeEntry(tx *storage.Tx, err error) {
	o := a.options.Observer
	if o == nil {
		return
	}
	var counted *committedRefusal
	switch code := backend.ErrorCode(err); {
	case err == nil:
		a.observeCode(tx, func(o Observer) { o.CodeEntered("") })
	case errors.As(err, &counted):
		code = backend.ErrorCode(counted.error)
		a.observeCode(tx, func(o Observer) { o.CodeEntered(code) })
	case code == backend.CodeExpired, code == backend.CodeExhausted, code == backend.CodeLocked:
		o.CodeEntered(code)
	}
}

// observeAttempt tells the observer after the commit.
func (a *Accounts) observeAttempt(tx *storage.Tx, kind backend.ChannelType, outcome backend.Outcome, took time.Duration) {
	if o := a.options.Observer; o != nil {
		tx.AfterCommit(func() { o.Attempted(kind, outcome, took) })
	}
}

// Places are those in which this process sends messages at once: how many are taken, and how many there are.
func (a *Accounts) Places() (taken, all int) {
	a.queue.mu.Lock()
	defer a.queue.mu.Unlock()
	return a.queue.inProgress[share{kind: ofAll}], workers
}

// Queued is how many messages this process has taken that wait for a place.
func (a *Accounts) Queued() int {
	a.queue.mu.Lock()
	defer a.queue.mu.Unlock()
	return a.queue.waiting
}
