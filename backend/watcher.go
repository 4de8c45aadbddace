package backend

import "context"

// Watcher is a Backend that can tell when something may have changed, so that
// Revision need not be asked again and again. A Backend may have it.
type Watcher interface {
	// AwaitChange waits until something in the account may have changed since an earlier
	// call returned, and returns what the next call takes as seen. The first call takes
	// 0, and returns as soon as it is known that changes are noticed. There may be more
	// signals than changes, and one soon after each. Errors: unsupported (changes are
	// not noticed, or no longer: ask Revision), unavailable, and that of ctx.
	AwaitChange(ctx context.Context, seen uint64) (now uint64, err error)
}
