package storage

import "time"

// Observer is told what an engine does, for those who watch a server. Its methods are called beside
// the work of others: they return at once, and are safe for use by many goroutines. An engine has
// none by default, and then takes no times either.
type Observer interface {
	// Waited is called when a change has had its turn, with the time that it waited for that: for the
	// writer of a file and its lock; on PostgreSQL for a connection, and for the lock of its account
	// with the first statement.
	Waited(d time.Duration)
	// Committed is called after a commit, with the changes in it and how long it took. err is nil where
	// it was done, and unknown_outcome where that is not known.
	Committed(changes int, took time.Duration, err error)
	// TriedAgain is called when a transaction is made once more, since something kept it from being made.
	TriedAgain()
}

// Connections are those of an engine to its database.
type Connections struct{ InUse, Idle, Max int }
