package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// checkState is what Change needs to know about Check.
type checkState struct {
	running chan struct{} // closed when the running check ends; nil when none runs
	damage  error         // what the last finished check found
}

// Check reads the whole file and returns an error when it is damaged. Open does
// not notice a file that was cut short, or a page of zeros. It takes about 0.4 s
// for 100 MB, so it is meant to run in the background: reads go on, changes wait
// for its end, and are refused when it has found damage.
// Errors: unavailable, busy (ctx ended first; then it is not known whether the
// file is damaged).
func (d *DB) Check(ctx context.Context) error {
	d.oneCheck.Lock()
	defer d.oneCheck.Unlock()
	done, err := d.beginCheck()
	if err != nil {
		return err
	}
	return d.runCheck(ctx, done)
}

// StartCheck is Check beside everything else: changes that come after it wait for
// its end already when it returns. report is called with the result.
func (d *DB) StartCheck(report func(error)) {
	d.oneCheck.Lock()
	done, err := d.beginCheck()
	go func() {
		defer d.oneCheck.Unlock()
		if err == nil {
			err = d.runCheck(context.Background(), done)
		}
		report(err)
	}()
}

// CheckBeside is Check for a file that has been open for long: changes do not wait for it,
// and are refused once it has found damage.
func (d *DB) CheckBeside(ctx context.Context) error {
	d.oneCheck.Lock()
	defer d.oneCheck.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.life, cancel)()
	err := d.quickCheck(ctx)
	if errors.Is(err, errDamaged) || isDamage(err) {
		return d.noteDamage(err)
	}
	return err
}

// beginCheck makes changes wait until the channel that it returns is closed. The
// caller has oneCheck.
func (d *DB) beginCheck() (done chan struct{}, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, errClosed()
	}
	d.check.running = make(chan struct{})
	return d.check.running, nil
}

func (d *DB) runCheck(ctx context.Context, done chan struct{}) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.life, cancel)()

	err := d.quickCheck(ctx)

	d.mu.Lock()
	d.check.running = nil
	if err != nil && backend.ErrorCode(err) != backend.CodeBusy {
		d.check.damage = err // what a reading has met stays, too
	}
	d.mu.Unlock()
	close(done)
	return err
}

// quickCheck uses a connection of its own, so that it takes none from the readers.
func (d *DB) quickCheck(ctx context.Context) error {
	c, err := dial(ctx, d.path, reading)
	if err != nil {
		return err
	}
	defer c.close()
	var found string
	// With the context, unlike other statements: this one takes long, and
	// interrupting it affects no other caller.
	if err := c.pinned.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		if ctx.Err() != nil {
			return storage.CancelledError(ctx.Err())
		}
		return translate(d.path, err)
	}
	if found != "ok" {
		return damagedError(d.path, errors.New(found))
	}
	return nil
}

// waitForCheck waits while a check runs, and returns the damage that the last one
// found; nil when it found none or none has run.
func (d *DB) waitForCheck(ctx context.Context) error {
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
			return storage.CancelledError(ctx.Err())
		}
	}
}

// errDamaged is among the causes of every damagedError.
var errDamaged = errors.New("damaged")

func damagedError(path string, cause error) error {
	var told *backend.Error
	if errors.As(cause, &told) && told.Err != nil {
		cause = told.Err // its sentence may be the same one
	}
	return &backend.Error{Code: backend.CodeUnavailable, Message: fmt.Sprintf(damagedMessage, path), Err: errors.Join(errDamaged, cause)}
}
