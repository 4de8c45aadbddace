package local

import (
	"context"
	"sync"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// renewAfter is how long after a renewal a lease is renewed again, while its message is being
// sent: what is left then is enough for a change that has to wait for others.
const renewAfter = leaseDuration / 3

// leaseKeeper keeps the lease of a message that is being sent, however long that takes.
type leaseKeeper struct {
	mu      sync.Mutex
	timer   *time.Timer
	stopped bool
}

// keepLease renews the lease of q until stop is called, or until another process has leased it,
// as after this machine was suspended.
func (a *Accounts) keepLease(ctx context.Context, q storage.QueuedMessage) *leaseKeeper {
	k := &leaseKeeper{}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.timer = time.AfterFunc(renewAfter, func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.stopped {
			return
		}
		var until time.Time
		isOurs := false
		err := a.db.Change(ctx, q.Customer, func(tx *storage.Tx) (err error) {
			until = tx.Now.Add(leaseDuration)
			isOurs, err = tx.LeaseMessage(q, until)
			return err
		})
		if err == nil && isOurs {
			q.LeasedUntil = until
		}
		if err != nil || isOurs { // what failed may work the next time
			k.timer.Reset(renewAfter)
		}
	})
	return k
}

// stop ends the renewing. It waits for one that is running.
func (k *leaseKeeper) stop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stopped = true
	k.timer.Stop()
}
