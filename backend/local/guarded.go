package local

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

// A panic of a sender, or of a worker, ends one attempt and not the process.

// panicError is a panic as an error for the log: what was said, without what is
// sensitive in it, and where.
type panicError struct {
	said  string
	stack []byte
}

func newPanicError(value any, sensitive ...string) *panicError {
	e := &panicError{said: fmt.Sprint(value), stack: make([]byte, 16<<10)}
	for _, s := range sensitive {
		if s != "" {
			e.said = strings.ReplaceAll(e.said, s, backend.Redacted)
		}
	}
	e.stack = e.stack[:runtime.Stack(e.stack, false)]
	return e
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %s\n%s", e.said, e.stack) }

// guarded calls fn, and returns a panic as an error.
func guarded(fn func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = newPanicError(value)
		}
	}()
	return fn()
}

// sent is what one call of a sender returned.
type sent struct {
	receipt delivery.Receipt
	fault   *delivery.Error
}

// callSender calls a sender in the goroutine of the caller. A call that panics, or that
// ends its goroutine, is a temporary failure; done is called with every result.
func callSender(ctx context.Context, sender delivery.Sender, m delivery.Message, done func(sent)) {
	result := sent{fault: &delivery.Error{Provider: "sender", Status: "ended without an answer"}}
	defer func() {
		if value := recover(); value != nil {
			err := newPanicError(value, append([]string{m.Code, m.Word, m.To}, m.SigningSecrets...)...)
			result.fault = &delivery.Error{Provider: "sender", Status: "failed because of an error in the program", Err: err}
		}
		done(result)
	}()
	receipt, err := sender.Send(ctx, m)
	result = sent{receipt: receipt}
	if err != nil {
		result = sent{fault: delivery.AsError(err)}
	}
}

// reportPanic passes the panic of a sender to the log of the worker, if there is one.
func (a *Accounts) reportPanic(s sent) {
	if s.fault == nil {
		return
	}
	p, isPanic := errors.AsType[*panicError](s.fault.Err)
	if report := a.report.Load(); isPanic && report != nil {
		(*report)(p)
	}
}
