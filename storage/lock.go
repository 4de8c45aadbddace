package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// lockWait is how long one program waits for another that creates or migrates
// the same file; a migration copies the file first, half a second per 100 MB.
const lockWait = 30 * time.Second

var errHeld = errors.New("held by another process")

// lock keeps other pinghomes from creating or migrating path until the
// returned file is closed. SQLite's own locks do not do: they begin only when
// there is a database, and its first switch to a write-ahead log does not wait
// for them. The file stays, since removing a lock file races with its next user.
func lock(ctx context.Context, path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannot("lock", path, err)
	}
	err = wait(ctx, time.Now().Add(lockWait), func() error {
		held, err := tryLock(f)
		if held {
			return errHeld
		}
		return err
	}, func(err error) bool { return err == errHeld })
	if err == nil {
		return f, nil
	}
	f.Close()
	if err == errHeld {
		return nil, backend.Errorf(backend.CodeBusy, "Another pinghome is preparing %s; try again when it has finished.", path)
	}
	return nil, cannot("lock", path, err)
}

// cannot is a failure of the file system, told with the system's own reason.
func cannot(do, path string, err error) error {
	var known *backend.Error
	if errors.As(err, &known) {
		return err
	}
	reason := err
	var p *os.PathError
	if errors.As(err, &p) {
		reason = p.Err
	}
	return &backend.Error{Code: backend.CodeUnavailable, Err: err,
		Message: fmt.Sprintf("Could not %s %s (%v); check the folder, its permissions and the disk.", do, path, reason)}
}
