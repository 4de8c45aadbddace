package httpapi

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Readings are repeated this often, after pauses that are drawn from nothing
// to a bound which doubles: full jitter, so that many consoles which lost a
// server together do not come back together.
const (
	maxRepeats = 4
	firstPause = 250 * time.Millisecond
	// maxPause is the longest that a reading waits when a server asks for it;
	// whoever is told to wait longer is told so, and decides.
	maxPause = 5 * time.Second
)

// read asks for something until there is an answer, the repeats are used up
// or the time is over.
func (r *Remote) read(ctx context.Context, a ask, base string) (received, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Patience.Read)
	defer cancel()
	// Half of the time for one attempt: a connection that died without a word
	// leaves as much for one that lives.
	a.limit = r.options.Patience.Read / 2
	for repeat := 0; ; repeat++ {
		answered, lost := r.send(ctx, r.ways.reads, a, base)
		if lost != nil {
			r.ways.reads.CloseIdleConnections() // its neighbours are as old
		}
		pause, mayRepeat := r.pauseAfter(answered, lost, repeat)
		if !mayRepeat || r.options.Wait(ctx, pause) != nil {
			return r.readingOf(ctx, a, answered, lost)
		}
	}
}

// pauseAfter says whether a reading may be repeated after this, and when.
func (r *Remote) pauseAfter(answered received, lost *lost, repeat int) (time.Duration, bool) {
	isPassing := lost != nil && !isOurMistake(lost.err)
	switch answered.status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		isPassing = true
	}
	if !isPassing || repeat == maxRepeats || lost != nil && r.isGreeting.Load() {
		return 0, false
	}
	pause := time.Duration(rand.Int64N(int64(firstPause << repeat)))
	if asked := retryAfter(answered.header, r.options.Now()); asked > 0 {
		return asked + pause, asked <= maxPause
	}
	return pause, true
}

// readingOf is what a reading came to. A refusal comes with its answer, for
// whoever has to see how it was put.
func (r *Remote) readingOf(ctx context.Context, a ask, answered received, lost *lost) (received, error) {
	switch {
	case lost != nil && isOurMistake(lost.err):
		return received{}, mistake(lost.err)
	case lost != nil:
		return received{}, offline(ctx, lost.err)
	case answered.isSuccess() && !answered.isLong:
		return answered, nil
	case answered.isSuccess():
		return received{}, backend.Errorf(backend.CodeUnavailable, "The server's answer is too long to be read.")
	}
	e := r.refusal(a, answered)
	switch answered.status {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		e.Code = backend.CodeOffline // whatever is in between answered, and not the server
	}
	return answered, e
}

// command asks for a change. It is sent once, since nobody can tell what
// became of an answer that was lost. Only a server that is known to keep
// idempotency keys is asked a second time, with the same key: there the change
// is made once, whichever of the two arrived.
func (r *Remote) command(ctx context.Context, a ask, base string) (received, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Patience.Command)
	defer cancel()
	keepsKeys := r.keepsKeys()
	a.limit = r.options.Patience.Command
	if keepsKeys && !a.isSending { // a provider that hangs would be told as unknown
		a.limit /= 2
	}
	answered, lost := r.send(ctx, r.ways.commands, a, base)
	switch {
	case lost != nil && isOurMistake(lost.err):
		return received{}, mistake(lost.err)
	case lost != nil && !lost.isSent:
		return received{}, offline(ctx, lost.err)
	case lost == nil && isDecided(answered):
		return r.outcome(a, answered)
	case keepsKeys && ctx.Err() == nil:
		answered, lost = r.send(ctx, r.ways.commands, a, base)
		if lost == nil && isDecided(answered) && isOfTheChange(answered) {
			return r.outcome(a, answered)
		}
	}
	return received{}, unknown(answered, lost)
}

// isDecided reports whether an answer says what became of a command. A server
// that failed, or something between that failed to reach it, does not know;
// neither does whoever says yes in words that are not the API's.
func isDecided(answered received) bool {
	switch {
	case answered.isSuccess():
		return isConfirmation(answered)
	case answered.status >= 500: // gateways say 503 of a server that took too long as well, but without a time
		return tellsCode(answered.body) || answered.status == http.StatusServiceUnavailable && answered.header.Get("Retry-After") != ""
	default:
		return answered.status >= 300
	}
}

// isOfTheChange reports whether the answer to a repeated command is about the
// change, and not about the repeat: a limit, a server that is closing, or a
// token that the first one may have ended say nothing of the first.
func isOfTheChange(answered received) bool {
	switch answered.status {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return false
	}
	return true
}

func (r *Remote) outcome(a ask, answered received) (received, error) {
	if answered.isSuccess() {
		return answered, nil
	}
	return received{}, r.refusal(a, answered)
}

// retryAfter reads how long a server asks to wait: in seconds or until a date
// (RFC 9110, 10.2.3).
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// pause waits for d, or until the context ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// etagOf is the tag of a revision in the shape that our server's have.
func etagOf(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }
