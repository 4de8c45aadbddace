package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// lockWait is how long a process waits for another one that creates or migrates
// the same file. A migration copies the file first, half a second per 100 MB.
const lockWait = 30 * time.Second

var errLocked = errors.New("held by another process")

// lock keeps other pinghome processes from creating or migrating path until the
// returned file is closed. SQLite's own locks are not enough: they need a
// database file, and switching to a write-ahead log does not wait for them. The
// lock file is not removed, since that would race with its next user.
func lock(ctx context.Context, path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fileError("lock", path, err)
	}
	err = retryWhile(ctx, time.Now().Add(lockWait), func() error {
		isLocked, err := tryLock(f)
		if isLocked {
			return errLocked
		}
		return err
	}, func(err error) bool { return errors.Is(err, errLocked) })
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, errLocked) {
		return nil, backend.Errorf(backend.CodeBusy, "Another pinghome is preparing %s; try again when it has finished.", path)
	}
	return nil, fileError("lock", path, err)
}

// fileError is the error of an operation on a file, with the reason that the
// system gives; verb is what was tried, such as "open".
func fileError(verb, path string, err error) error {
	if _, isKnown := errors.AsType[*backend.Error](err); isKnown {
		return err
	}
	reason := err
	if p, isPathError := errors.AsType[*os.PathError](err); isPathError {
		reason = p.Err
	}
	return &backend.Error{Code: backend.CodeUnavailable, Err: err,
		Message: fmt.Sprintf("Could not %s %s (%v); check the folder, its permissions and the disk.", verb, path, reason)}
}
