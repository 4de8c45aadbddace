// Package storage has the tables of the accounts, for every engine that can keep them: one file
// a table, with its SQL in sight. A caller sees rows as structs and every failure as a
// *backend.Error.
//
// An engine is a package below this one that has a Store. It runs the statements of a Tx through
// its Session, and knows everything else: connections, locks, how a change becomes durable, and
// how the tables are made. The package storage/sqlite is one.
package storage

import (
	"context"
	"time"
)

// Store is where accounts are kept: an engine with its transactions. It is safe for use by many
// goroutines at once.
type Store interface {
	// Read runs fn in a transaction that sees one snapshot, without what is changed at the same
	// time, and returns fn's error as it is. fn cannot write. Errors of its own: busy, unavailable.
	Read(ctx context.Context, fn func(*Tx) error) error
	// ReadOne is Read for an fn that runs one statement at most, which some engines run without a
	// transaction around it, in half the time.
	ReadOne(ctx context.Context, fn func(*Tx) error) error
	// Change runs fn in a transaction that may read and write. It returns nil once what fn did is
	// durable. When fn returns an error, what it did is undone and Change returns that error as it
	// is. Changes of one account, by its id, come one after the other; NoAccount is for what belongs
	// to none, or to several.
	//
	// fn may run again where nothing of it was kept, so it sets what it fills at its beginning.
	// Errors of its own: read_only, busy, unavailable, unknown_outcome.
	Change(ctx context.Context, account string, fn func(*Tx) error) error
	// Outlook tells what waits to be sent. Messages older than maxAge do not.
	Outlook(ctx context.Context, maxAge time.Duration) (Outlook, error)
	// ReleaseLeasesOfDead makes messages due at once that a process has leased which is gone.
	ReleaseLeasesOfDead(ctx context.Context) error
	// CheckBeside looks for damage, beside the other work.
	CheckBeside(ctx context.Context) error
	// AwaitChange waits until something may have been changed since a count that it has returned
	// before, 0 at first. Errors: unsupported where that cannot be noticed.
	AwaitChange(ctx context.Context, seen uint64) (now uint64, err error)
	// Name is what the store is called in sentences: the path of a file.
	Name() string
	// Now is the time of the clock of the transactions.
	Now() time.Time
}

// Long returns a context for a transaction that may take long, such as one that goes through all rows.
// An engine that bounds the others lets it take as long as ctx does.
func Long(ctx context.Context) context.Context { return context.WithValue(ctx, longKey{}, true) }

// IsLong reports whether a context is one of Long.
func IsLong(ctx context.Context) bool { return ctx.Value(longKey{}) != nil }

type longKey struct{}

// NoAccount is the account of a change that belongs to none, or to several.
const NoAccount = ""
