package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// waiting is --wait: how long to wait for what becomes of a message; 0 for not at all.
type waiting struct {
	limit time.Duration
	spent time.Duration // of the limit, by the change itself
}

// usualWait is for --wait without a time: longer than the first two attempts at a mail that is delayed
// take (backend/delivery/backoff.go).
const usualWait = "2m"

// pollInterval is how often a server is asked what is new, as the console does.
const pollInterval = 500 * time.Millisecond

// lookBack is among how many messages the awaited one is looked for first.
const lookBack = 100

func (w *waiting) bind(f *pflag.FlagSet) {
	f.DurationVar(&w.limit, "wait", 0, "`TIME` wait until the message is sent or has failed, for "+usualWait+" or such a time")
	f.Lookup("wait").NoOptDefVal = usualWait
}

// check refuses a time that is none.
func (w *waiting) check(c *cobra.Command) error {
	if c.Flags().Changed("wait") && w.limit <= 0 {
		return exit.Usage("--wait is a time from now, such as 30s; leave it out to wait for nothing.")
	}
	return nil
}

// whyNot refuses to wait where messages cannot be read. Error: unsupported.
func (w *waiting) whyNot(view backend.Backend) error {
	if w.limit == 0 || view.Lacks(backend.FeatureMessages) == "" {
		return nil
	}
	return backend.Errorf(backend.CodeUnsupported, "--wait is not possible here, and nothing was done: %s", view.Lacks(backend.FeatureMessages))
}

// begin has what waits sent from now on, in front of a change that is not to wait for its own message.
func (w *waiting) begin(v *visit) {
	if w.limit > 0 && v.Send != nil {
		v.Send()
	}
}

// within is the context of a change that waits for an answer of a provider by itself.
func (w *waiting) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if w.limit == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, w.limit)
}

// message waits for a message, and says what became of it.
// Errors: delivery_failed, unknown_outcome (also when the time is over), not_found.
func (w *waiting) message(ctx context.Context, v *visit, sent *awaited) error {
	if w.limit == 0 {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, w.limit-w.spent)
	defer cancel()
	m, err := awaitSettled(limited, v.View, sent)
	switch {
	case ctx.Err() != nil:
		return exit.Failed("It was done. Whether the message has arrived was not waited for.")
	case err != nil:
		return err
	}
	return v.outcome(m, w.limit)
}

// outcome tells what became of a message.
func (v *visit) outcome(m backend.Message, waited time.Duration) error {
	said := m.Provider
	if m.Detail != "" {
		said += ", " + m.Detail
	}
	switch m.State {
	case backend.StateFailed:
		return backend.Errorf(backend.CodeDeliveryFailed, "The message was not delivered: %s.", said)
	case backend.StateUnknown:
		return backend.Errorf(backend.CodeUnknownOutcome, "It is not known whether the message was sent: %s.", said)
	case backend.StateQueued:
		why := ""
		if said != "" {
			why = ": " + said
		}
		return backend.Errorf(backend.CodeUnknownOutcome, "After %v the message still waits%s.", waited, why)
	case backend.StateSent, backend.StateHeld:
	}
	sentence := "The message is " + state.OfMessage(m.State).Word() + ": " + said + "."
	switch {
	case v.isJSON():
		return nil
	case v.isTerminal():
		return v.say(sentence)
	}
	_, err := fmt.Fprintln(v.Err, safe.Text(sentence)) // what is in the pipe is the result
	return outputError(err)
}

// awaitSettled reads the message until it waits no more or the context ends, and returns it as it was
// read last.
func awaitSettled(ctx context.Context, view backend.Backend, sent *awaited) (last backend.Message, err error) {
	changes := changes{view: view}
	isFound := false
	for {
		m, err := sent.read(ctx, view)
		if err == nil {
			last, isFound = m, true
		}
		switch {
		case err == nil && last.State != backend.StateQueued:
			return last, nil
		case err != nil && ctx.Err() == nil && !shell.IsTransient(err):
			return last, err
		}
		if changes.await(ctx) != nil && isFound {
			return last, nil
		}
		if ctx.Err() != nil {
			return last, backend.Errorf(backend.CodeUnknownOutcome, "It was done, and then the messages could not be read.")
		}
	}
}

// changes waits for changes of an account.
type changes struct {
	view     backend.Backend
	seen     uint64
	mustPoll bool
	revision int64 // that was asked for last, 0 before that
}

// await returns once something may have changed, or with the error of the context.
func (c *changes) await(ctx context.Context) error {
	watcher, isWatcher := watcherOf(c.view)
	if isWatcher && !c.mustPoll {
		seen, err := watcher.AwaitChange(ctx, c.seen)
		if err == nil {
			c.seen = seen
			return nil
		}
		c.mustPoll = !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled)
	}
	return c.poll(ctx)
}

// poll asks for the revision until it is another one, or cannot be told.
func (c *changes) poll(ctx context.Context) error {
	timer := time.NewTicker(pollInterval)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		if c.view.Lacks(backend.FeatureRevision) != "" {
			return nil
		}
		if now, err := c.view.Revision(ctx); err != nil || now != c.revision {
			c.revision = now
			return nil
		}
	}
}
