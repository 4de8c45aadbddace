package httpapi

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// A query is sent again this often, after pauses drawn at random between zero
// and a bound that doubles. With this full jitter, consoles that lost a server
// together do not come back together.
const (
	maxRepeats = 4
	firstPause = 250 * time.Millisecond
	// maxPause is the longest pause that a server may ask of a query. A longer
	// one is returned as the error's RetryAfter.
	maxPause = 5 * time.Second
)

// query sends a query until there is an answer, the repeats are used up or the
// time is over.
func (r *Remote) query(ctx context.Context, a ask, base string) (received, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Timeouts.Read)
	defer cancel()
	// Half of the time for one attempt: a connection that died silently leaves
	// as much time for another one.
	a.timeout = r.options.Timeouts.Read / 2
	var before received // the last answer; none has the status 0
	for repeat := 0; ; repeat++ {
		answered, lost := r.send(ctx, r.clients.queries, a, base)
		switch {
		case lost == nil:
			before = answered
		case ctx.Err() != nil && before.status != 0:
			return r.queryResult(ctx, a, before, nil) // which says more than that the time is over
		default:
			r.clients.queries.CloseIdleConnections() // the other connections are as old
		}
		pause, mayRepeat := r.pauseAfter(answered, lost, repeat)
		if !mayRepeat || r.options.Wait(ctx, pause) != nil {
			return r.queryResult(ctx, a, answered, lost)
		}
	}
}

// pauseAfter reports whether a query may be sent again, and after which pause.
func (r *Remote) pauseAfter(answered received, lost *lost, repeat int) (time.Duration, bool) {
	isTemporary := lost != nil && !isRequestError(lost.err)
	switch answered.status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		isTemporary = true
	}
	isAway := codeOf(answered) == backend.CodeDatabaseAway // for which the server has waited, too
	if !isTemporary || repeat == maxRepeats || isAway && repeat > 0 || lost != nil && r.isDialing.Load() {
		return 0, false
	}
	pause := time.Duration(rand.Int64N(int64(firstPause << repeat)))
	if asked := retryAfter(answered.header, r.options.Now()); asked > 0 {
		return asked + pause, asked <= maxPause
	}
	return pause, true
}

// queryResult is what a query came to. A refusal comes with its answer, for
// those who need to see its body.
func (r *Remote) queryResult(ctx context.Context, a ask, answered received, lost *lost) (received, error) {
	switch {
	case lost != nil && isRequestError(lost.err):
		return received{}, requestError(lost.err)
	case lost != nil:
		return received{}, offline(ctx, lost.err)
	case answered.isSuccess() && !answered.isLong && utf8.Valid(answered.body):
		return answered, nil
	case answered.isSuccess() && !answered.isLong: // letters would be lost, and saved as others
		return received{}, backend.Errorf(backend.CodeUnavailable, "The server's answer is not UTF-8 text, so it cannot be read.")
	case answered.isSuccess():
		return received{}, backend.Errorf(backend.CodeUnavailable, "The server's answer is too long to be read.")
	}
	e := r.refusal(a, answered)
	if e.Code == backend.CodeDatabaseAway {
		return answered, e
	}
	switch answered.status {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		e.Code = backend.CodeOffline // a proxy answered, and not the server
	}
	return answered, e
}

// command sends a command. It is sent once, since a lost answer leaves open
// what became of it. Only a server that is known to keep idempotency keys is
// asked a second time, with the same key: it makes the change once, whichever
// of the two requests arrived.
func (r *Remote) command(ctx context.Context, a ask, base string) (received, error) {
	ctx, cancel := context.WithTimeout(ctx, r.options.Timeouts.Command)
	defer cancel()
	keepsKeys := r.keepsKeys()
	a.timeout = r.options.Timeouts.Command
	if keepsKeys && a.row().timeout == 0 { // a handler that takes longer needs the time of both attempts
		a.timeout /= 2
	}
	answered, lost := r.send(ctx, r.clients.commands, a, base)
	switch {
	case lost != nil && isRequestError(lost.err):
		return received{}, requestError(lost.err)
	case lost != nil && !lost.isSent:
		return received{}, offline(ctx, lost.err)
	case lost == nil && isDecided(answered):
		return r.commandResult(a, answered)
	case keepsKeys && ctx.Err() == nil:
		answered, lost = r.send(ctx, r.clients.commands, a, base)
		if lost == nil && isDecided(answered) && isAboutTheChange(answered) {
			return r.commandResult(a, answered)
		}
	}
	return received{}, unknown(answered, lost)
}

// isDecided reports whether an answer tells what became of a command. A server
// that failed does not know, nor does a proxy that could not reach it, nor
// does a success whose body is not the API's.
func isDecided(answered received) bool {
	switch {
	case answered.isSuccess():
		return answered.isConfirmation()
	case answered.status >= 500 && isUnknown(answered):
		return false
	case answered.status >= 500: // gateways answer 503 for a slow server, too, but without Retry-After
		return hasCode(answered) || answered.status == http.StatusServiceUnavailable && answered.header.Get("Retry-After") != ""
	default:
		return answered.status >= 300
	}
}

// isUnknown reports whether a server says that it does not know what became of a command: the answer
// of its database was lost.
func isUnknown(answered received) bool { return codeOf(answered) == backend.CodeUnknownOutcome }

// codeOf is the code of a refusal, "" for none.
func codeOf(answered received) (code backend.Code) {
	decode(membersOf(answered.body)["code"], &code)
	return code
}

// isAboutTheChange reports whether the answer to a repeated command is about
// the change. A rate limit, a server that is stopping, or a token that the
// first request may have revoked say nothing of the first request.
func isAboutTheChange(answered received) bool {
	switch answered.status {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return false
	}
	return true
}

func (r *Remote) commandResult(a ask, answered received) (received, error) {
	if answered.isSuccess() {
		return answered, nil
	}
	return received{}, r.refusal(a, answered)
}
