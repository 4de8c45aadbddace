package local

import (
	"context"
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// maxTests in testWindow is how often one channel can be tested (contract, "Test").
const (
	maxTests   = 6
	testWindow = time.Minute
)

// TestChannel sends a test message the way a real one goes: one transaction
// writes it, the sender carries it outside of any, and a second transaction
// keeps what the provider said, also when that is a refusal.
//
// A command's key is taken by the first and answered by the second.
func (c *customer) TestChannel(ctx context.Context, priority int) (test backend.Test, err error) {
	if err := cleanPriority(priority); err != nil {
		return test, err
	}
	const op = "TestChannel"
	var done bool
	var ch backend.Channel
	var message storage.Queued
	err = c.db.Change(ctx, c.requireAccount(func(tx *storage.Tx) (err error) {
		if done, err = c.beginCommand(tx, op, &test); done || err != nil {
			return err
		}
		if ch, message, err = c.writeTest(tx, priority); err != nil {
			return err
		}
		return c.reserveKey(tx, op)
	}))
	if !done {
		c.keepRefusal(ctx, op, err)
	}
	if done || err != nil {
		return test, err
	}
	// Whoever asked may leave; what the provider says is true all the same.
	sent := c.send(context.WithoutCancel(ctx), message)
	test = testResult(ch, sent)
	var refusal error
	if sent.fault != nil {
		refusal = errDelivery(sent.fault.Provider, sent.fault.Status)
	}
	err = c.db.Change(context.WithoutCancel(ctx), func(tx *storage.Tx) error {
		test.At = tx.Now
		if err := saveTest(tx, message, test); err != nil {
			return err
		}
		if message.Message.State == backend.StateQueued {
			if err := c.recordAttempt(tx, message, sent); err != nil {
				return err
			}
		}
		if err := c.note(tx, "channel.tested", channelName(ch)+", "+testOutcome(test)); err != nil {
			return err
		}
		return c.keepAnswer(tx, op, test, refusal)
	})
	return test, firstError(err, refusal)
}

// writeTest checks the channel and its rate and writes the message.
func (c *customer) writeTest(tx *storage.Tx, priority int) (ch backend.Channel, message storage.Queued, err error) {
	ch, err = c.channel(tx, priority)
	if err != nil {
		return ch, message, err
	}
	if !ch.Verified {
		return ch, message, errNotVerified(ch, "test")
	}
	sends, err := tx.Sends(c.id, storage.SendTest, tx.Now.Add(-testWindow))
	if err != nil {
		return ch, message, err
	}
	counted := countedTarget(ch.Type, ch.Value)
	n := 0
	for _, s := range sends {
		if s.Target != counted {
			continue
		}
		if n++; n == maxTests {
			return ch, message, errTooOften(s.At.Add(testWindow).Sub(tx.Now), "A channel can be tested six times a minute.")
		}
	}
	err = tx.AddSend(c.id, storage.SendTest, newID(), storage.Send{Target: counted, At: tx.Now}, tx.Now.Add(-testWindow))
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

// saveTest remembers how a test ended. Nobody can know the word of one that
// did not go out.
func saveTest(tx *storage.Tx, q storage.Queued, test backend.Test) error {
	if err := tx.SaveTest(q.Customer, q.Message.Type, q.Message.To, test); err != nil || test.OK {
		return err
	}
	return tx.CloseTest(q.Customer, q.Message.ID)
}

// saveOldTest is for a test that its own process did not live to see the end of.
func (a *Accounts) saveOrphanedTest(tx *storage.Tx, q storage.Queued, sent attemptResult) error {
	if q.Message.Kind != backend.KindTest {
		return nil
	}
	all, err := tx.Channels(q.Customer)
	for _, ch := range all {
		if err == nil && ch.Type == q.Message.Type && ch.ActiveValue == q.Message.To {
			test := testResult(ch, sent)
			test.At = tx.Now
			err = saveTest(tx, q, test)
		}
	}
	return err
}

// testResult is a test in the provider's words and in ours.
func testResult(ch backend.Channel, sent attemptResult) backend.Test {
	receipt, fault := sent.receipt, sent.fault
	t := backend.Test{OK: fault == nil, Provider: receipt.Provider, ProviderStatus: receipt.Status, Duration: sent.took, WhileDisabled: !ch.Enabled}
	switch {
	case fault != nil:
		t.Provider, t.ProviderStatus = fault.Provider, fault.Status
		t.Detail = fmt.Sprintf("The test was not delivered: %s.", fault.Status)
	case receipt.Held:
		t.Held = true
		t.Detail = "The test message is in the inbox."
	default:
		t.Detail = fmt.Sprintf("%s took the test message.", receipt.Provider)
	}
	if t.WhileDisabled {
		t.Detail += " The channel is off, so real messages do not go there."
	}
	return t
}

func testOutcome(t backend.Test) string {
	if t.OK {
		return "delivered"
	}
	return "not delivered"
}
