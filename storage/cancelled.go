package storage

import (
	"context"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

// CancelledError is the error for a caller whose context ended, with err, before
// anything was changed: busy.
func CancelledError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &backend.Error{Code: backend.CodeBusy, Message: "This took too long, so nothing was changed; try again.", Err: err}
	}
	return &backend.Error{Code: backend.CodeBusy, Message: "This was cancelled; nothing was changed.", Err: err}
}
