package local

import (
	"context"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// renewAfter is how long after a renewal a lease is renewed again, while its message is being
// sent: what is left then is enough for a change that has to wait for others.
const renewAfter = leaseDuration / 3

// leaseKeeper keeps the lease of a message that is being sent, however long that takes.
type leaseKeeper struct {
	mu      sync.Mutex
	message storage.QueuedMessage // LeasedUntil is of the last renewal that worked
	// unknown is until when the lease lasts if a renewal was made whose answer was lost; zero for none.
	unknown time.Time
	timer   *time.Timer
	stopped bool
}

// keepLease renews the lease of q until stop is called, or until another process has leased it,
// as after this machine was suspended.
func (a *Accounts) keepLease(ctx context.Context, q storage.QueuedMessage) *leaseKeeper {
	k := &leaseKeeper{message: q}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.timer = time.AfterFunc(renewAfter, func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.stopped {
			return
		}
		if mayTryAgain := k.renew(ctx, a.db); mayTryAgain {
			k.timer.Reset(renewAfter)
		}
	})
	return k
}

// renew renews the lease once. mayTryAgain is false when the message is not this process's any more.
func (k *leaseKeeper) renew(ctx context.Context, db storage.Store) (mayTryAgain bool) {
	var until time.Time
	isOurs := false
	err := db.Change(ctx, k.message.Customer, func(tx *storage.Tx) (err error) {
		until = tx.Now.Add(leaseDuration)
		isOurs, err = tx.LeaseMessage(k.message, until)
		if renewed := k.message; err == nil && !isOurs && !k.unknown.IsZero() {
			renewed.LeasedUntil = k.unknown
			isOurs, err = tx.LeaseMessage(renewed, until)
		}
		return err
	})
	switch {
	case backend.ErrorCode(err) == backend.CodeUnknownOutcome:
		k.unknown = until
	case err == nil && isOurs:
		k.message.LeasedUntil, k.unknown = until, time.Time{}
	}
	return err != nil || isOurs // what failed may work the next time
}

// until is until when the lease lasts.
func (k *leaseKeeper) until() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.message.LeasedUntil
}

// stop ends the renewing. It waits for one that is running.
func (k *leaseKeeper) stop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stopped = true
	k.timer.Stop()
}
