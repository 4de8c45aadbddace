package cli

import (
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// repeatInterval is how often the same error is logged again while it lasts.
const repeatInterval = time.Minute

// repeats is the last error of several that are logged.
type repeats struct {
	mu   sync.Mutex
	said string
	at   time.Time
}

// isTold reports whether a sentence was logged last, a short while ago, and takes note of one that was not.
func (r *repeats) isTold(sentence string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.said == sentence && now.Sub(r.at) < repeatInterval {
		return true
	}
	r.said, r.at = sentence, now
	return false
}

// logOnce logs errors, the same one once a minute. Of a database that is away it says where, and what
// the system said.
func logOnce(log *slog.Logger, what string) func(error) {
	var before repeats
	return func(err error) {
		if before.isTold(err.Error(), time.Now()) {
			return
		}
		attributes := []any{"error", err.Error()}
		if cause := errors.Unwrap(err); cause != nil && backend.ErrorCode(err) == backend.CodeDatabaseAway {
			attributes = append(attributes, "cause", cause.Error())
		}
		log.Error(what, attributes...)
	}
}
