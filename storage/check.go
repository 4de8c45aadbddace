package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/account-settings/pinghome/backend"
)

// checkState is what Change needs to know of Check.
type checkState struct {
	running chan struct{} // closed when the running check ends; nil when none runs
	damage  error         // what the last finished check found
}

// Check reads the whole file and returns an error when it is damaged; opening
// notices neither a file cut short nor a page of zeros. It takes about 0.4 s
// for 100 MB, so it is meant to run beside the first frame: reads go on,
// changes wait for it, and after damage they are refused.
// Errors: unavailable, busy (when ctx ends first, which settles nothing).
func (d *DB) Check(ctx context.Context) error {
	d.oneCheck.Lock()
	defer d.oneCheck.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.life, cancel)()

	done := make(chan struct{})
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return errClosed()
	}
	d.check.running = done
	d.mu.Unlock()

	err := d.quickCheck(ctx)

	d.mu.Lock()
	d.check.running = nil
	if backend.ErrorCode(err) != backend.CodeBusy {
		d.check.damage = err
	}
	d.mu.Unlock()
	close(done)
	return err
}

// quickCheck has a connection of its own, so that it takes none from the reads.
func (d *DB) quickCheck(ctx context.Context) error {
	c, err := dial(ctx, d.path, reading)
	if err != nil {
		return err
	}
	defer c.close()
	var found string
	// With the context, unlike other statements: this one is long, and
	// interrupting it hurts nobody.
	if err := c.one.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		if ctx.Err() != nil {
			return stopped(ctx.Err())
		}
		return fault(d.path, err)
	}
	if found != "ok" {
		return damaged(d.path, errors.New(found))
	}
	return nil
}

// sound waits for a running check and returns what it found.
func (d *DB) sound(ctx context.Context) error {
	for {
		d.mu.Lock()
		running, damage := d.check.running, d.check.damage
		d.mu.Unlock()
		if running == nil {
			return damage
		}
		select {
		case <-running:
		case <-ctx.Done():
			return stopped(ctx.Err())
		}
	}
}

func damaged(path string, cause error) error {
	return &backend.Error{Code: backend.CodeUnavailable, Message: fmt.Sprintf(damage, path), Err: cause}
}
