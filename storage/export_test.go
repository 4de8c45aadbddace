package storage

// What tests of the tables, which open them with an engine, know of this package.
const (
	SweepLimit = sweepLimit
	MaxOutlook = maxOutlook
)

// WithoutLessee lets no process have the messages that are written from now on.
func (t *Tx) WithoutLessee() { t.hooks.Lessee = nil }
