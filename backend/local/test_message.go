package local

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// One channel can be tested maxTests times within testWindow; the numbers are our own.
const (
	maxTests   = 6
	testWindow = time.Minute
)

// opTest is the method's name in kept answers.
const opTest = "TestChannel"

// TestChannel sends a test message the way that real messages go: one transaction
// writes it, the sender is called outside of any, and a second transaction keeps the
// provider's answer, also when that is a refusal. It takes a place among the messages that are sent; without
// a free one nothing is written. A caller waits for a mail server for sendTimeout at most; then
// the answer is that the result is not known yet, and it is kept when it comes. So it is for a caller that is cancelled.
//
// The first transaction reserves the key of the command, the second keeps the answer.
func (c *customer) TestChannel(ctx context.Context, priority int) (test backend.Test, err error) {
	if err := cleanPriority(priority); err != nil {
		return test, err
	}
	run, isRepeat, err := c.beginTest(ctx, priority, &test)
	if !isRepeat {
		c.keepRefusal(ctx, opTest, err)
	}
	if isRepeat || err != nil {
		c.queue.done(run.place)
		return test, err
	}
	cancelled := ctx.Done()
	ctx = context.WithoutCancel(ctx) // the provider's answer is kept all the same
	defer c.late.begin()()           // the worker that stops waits for the result to be kept
	run.keeper = c.keepLease(ctx, run.message)
	results := make(chan attemptResult, 1)
	go func() { results <- c.send(ctx, run.message) }()
	select {
	case result := <-results:
		defer c.queue.done(run.place)
		return c.finishTest(ctx, run, result, true)
	case <-c.patience(run.channel.Type):
		return c.answerEarly(ctx, run, results)
	case <-cancelled:
		select {
		case result := <-results: // which came at the same time
			defer c.queue.done(run.place)
			return c.finishTest(ctx, run, result, true)
		default:
		}
		c.queue.freeCustomer(run.place)
		c.finishLate(ctx, run, results, true)
		return test, backend.Errorf(backend.CodeUnknownOutcome, "It is not known whether the test was sent: no answer had come when it was broken off.")
	}
}

// finishLate keeps the result of a test when it comes. isAnswer says that it is the answer of the command, too.
func (c *customer) finishLate(ctx context.Context, run runningTest, results <-chan attemptResult, isAnswer bool) {
	end := c.late.begin()
	go func() {
		defer end()
		defer c.queue.done(run.place)
		_, err := c.finishTest(ctx, run, <-results, isAnswer)
		if report := c.report.Load(); report != nil && err != nil && backend.ErrorCode(err) != backend.CodeDeliveryFailed {
			(*report)(err)
		}
	}()
}

// patience tells when a caller has waited long enough for a test: never for a sender that is
// bounded itself.
func (a *Accounts) patience(t backend.ChannelType) <-chan time.Time {
	if a.timeLimit(t) <= sendTimeout {
		return nil
	}
	return time.After(sendTimeout)
}

// answerEarly is the answer of a test whose result is not known yet.
func (c *customer) answerEarly(ctx context.Context, run runningTest, results <-chan attemptResult) (test backend.Test, err error) {
	c.queue.freeCustomer(run.place)
	c.finishLate(ctx, run, results, false)
	test = backend.Test{Unknown: true, Provider: destinationOf(run.message.Message), Duration: sendTimeout, WhileDisabled: !run.channel.Enabled,
		ProviderStatus: "has not answered yet", Detail: "It is not known yet whether the test was sent: the mail server has not answered. The result is shown when it comes."}
	err = c.db.Change(ctx, c.id, func(tx *storage.Tx) error {
		test.At = tx.Now
		return c.keepAnswer(tx, opTest, test, nil)
	})
	return test, err
}

// finishTest is the second transaction of a test. isAnswer says that the caller waits for it.
// Errors: delivery_failed.
func (c *customer) finishTest(ctx context.Context, run runningTest, result attemptResult, isAnswer bool) (test backend.Test, err error) {
	defer run.keeper.stop()
	test = testResult(run.channel, result)
	var refusal error
	if result.fault != nil && !test.Unknown {
		refusal = errDelivery(result.fault.Provider, explanation(result.fault))
	}
	err = c.recordTest(ctx, run, func(tx *storage.Tx, id string) error {
		test.At = tx.Now
		if err := saveTest(tx, run.message, test); err != nil {
			return err
		}
		if run.isSent() {
			if err := c.recordAttempt(tx, id, run.message, result); err != nil {
				return err
			}
		}
		if err := c.note(tx, "channel.tested", channelName(run.channel)+", "+testOutcome(test)); err != nil {
			return err
		}
		if !isAnswer {
			return nil
		}
		return c.keepAnswer(tx, opTest, test, refusal)
	})
	return test, cmp.Or(err, refusal)
}

// recordTest is record, also for a test that is held in the inbox, of which there is no attempt.
func (c *customer) recordTest(ctx context.Context, run runningTest, save func(tx *storage.Tx, id string) error) error {
	if run.isSent() {
		return c.record(ctx, run.keeper, save)
	}
	return c.db.Change(ctx, c.id, func(tx *storage.Tx) error { return save(tx, "") })
}

// runningTest is a test that has been written and not been sent.
type runningTest struct {
	channel backend.Channel
	message storage.QueuedMessage
	place   place // nil for a test that is held in the inbox
	keeper  *leaseKeeper
}

// isSent is false for a test that is held in the inbox.
func (r runningTest) isSent() bool { return r.message.Message.State == backend.StateQueued }

// beginTest is the first transaction of a test. isRepeat says that it was made before:
// then test is filled. Where the answer to its commit was lost, it looks whether the test was written.
func (c *customer) beginTest(ctx context.Context, priority int, test *backend.Test) (run runningTest, isRepeat bool, err error) {
	begin := c.requireAccount(func(tx *storage.Tx) (err error) {
		if id := run.message.Message.ID; id != "" { // of another run of this transaction, or of one whose answer was lost
			if _, err := tx.QueuedMessage(c.id, id); !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		if isRepeat, err = c.beginCommand(tx, opTest, test); isRepeat || err != nil {
			return err
		}
		if run.channel, run.message, err = c.writeTest(tx, priority); err != nil {
			return err
		}
		c.queue.done(run.place) // of another run of this transaction
		if run.place, err = c.placeForTest(run.message.Message); err != nil {
			return err
		}
		return c.reserveKey(tx, opTest)
	})
	err = c.db.Change(ctx, c.id, begin)
	if backend.ErrorCode(err) == backend.CodeUnknownOutcome {
		if again := c.db.Change(ctx, c.id, begin); isDecided(again) {
			err = again
		}
	}
	return run, isRepeat, err
}

// placeForTest takes the place of a test, which is one of those of the worker; nil for a
// test that is held in the inbox. Errors: busy, when there is no place at once.
func (c *customer) placeForTest(m backend.Message) (place, error) {
	if m.State != backend.StateQueued {
		return nil, nil
	}
	p, isTaken := c.queue.tryTake(m, c.id)
	if !isTaken {
		return nil, errTestBusy()
	}
	return p, nil
}

// writeTest checks the channel and the rate of its tests, and writes the message.
// Errors: not_found, channel_not_verified, rate_limited.
func (c *customer) writeTest(tx *storage.Tx, priority int) (ch backend.Channel, message storage.QueuedMessage, err error) {
	ch, err = c.channel(tx, priority)
	if err != nil {
		return ch, message, err
	}
	if ch.ActiveValue == "" {
		return ch, message, errNotVerified(priority, "test it")
	}
	sends, err := tx.Sends(c.id, storage.SendTest, tx.Now.Add(-testWindow))
	if err != nil {
		return ch, message, err
	}
	counted := countedTarget(ch.Type, ch.ActiveValue)
	n := 0
	for _, s := range sends {
		if s.Target != counted {
			continue
		}
		if n++; n == maxTests {
			return ch, message, errTooOften(s.At.Add(testWindow).Sub(tx.Now), "A channel can be tested six times a minute.")
		}
	}
	err = tx.AddSend(c.id, storage.SendTest, tx.NewID(), storage.Send{Target: counted, At: tx.Now}, tx.Now.Add(-testWindow))
	if err != nil {
		return ch, message, err
	}
	test := backend.Message{Type: ch.Type, To: ch.ActiveValue, Kind: backend.KindTest}
	if c.requireKey() == nil {
		test.Word = randomTestWord()
	}
	if message, err = c.addMessage(tx, test, testText(test.Word)); err != nil {
		return ch, message, err
	}
	return ch, message, c.storeTestWord(tx, ch, message.Message)
}

// saveTest keeps the result of a test with its channel. The word of a test that failed
// cannot be entered.
func saveTest(tx *storage.Tx, q storage.QueuedMessage, test backend.Test) error {
	if err := tx.SaveTest(q.Customer, q.Message.Type, q.Message.To, test); err != nil || test.OK || test.Unknown {
		return err
	}
	return tx.CloseTest(q.Customer, q.Message.ID)
}

// saveOrphanedTest keeps the result of a test whose process ended before it.
func (a *Accounts) saveOrphanedTest(tx *storage.Tx, q storage.QueuedMessage, result attemptResult) error {
	if q.Message.Kind != backend.KindTest {
		return nil
	}
	all, err := tx.Channels(q.Customer)
	for _, ch := range all {
		if err == nil && ch.Type == q.Message.Type && ch.ActiveValue == q.Message.To {
			test := testResult(ch, result)
			test.At = tx.Now
			err = saveTest(tx, q, test)
		}
	}
	return err
}

// testResult is the result of a test, with the provider's answer and a sentence for
// the person.
func testResult(ch backend.Channel, result attemptResult) backend.Test {
	receipt, fault := result.receipt, result.fault
	t := backend.Test{OK: fault == nil, Provider: receipt.Provider, ProviderStatus: receipt.Status, Duration: result.took, WhileDisabled: !ch.Enabled}
	switch {
	case fault != nil && fault.Kind == delivery.Unknown:
		t.Provider, t.ProviderStatus, t.Unknown = fault.Provider, fault.Status, true
		t.Detail = fmt.Sprintf("It is not known whether the test was sent: %s.", fault.Status)
	case fault != nil:
		t.Provider, t.ProviderStatus = fault.Provider, explanation(fault)
		t.Detail = fmt.Sprintf("The test failed: %s.", t.ProviderStatus)
	case receipt.Held:
		t.Held = true
		t.Detail = "The test is held."
	default:
		t.Detail = fmt.Sprintf("The test was sent by %s.", receipt.Provider)
	}
	if t.WhileDisabled {
		t.Detail += " The channel is off, so real messages do not go there."
	}
	return t
}

// testOutcome is the word of the journal for the result of a test.
func testOutcome(t backend.Test) string {
	switch {
	case t.Held:
		return "held"
	case t.OK:
		return "delivered"
	case t.Unknown:
		return "not known whether delivered"
	}
	return "not delivered"
}
