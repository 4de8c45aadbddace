package local

import (
	"testing"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// openDemo opens the demo's accounts with a sender that waits for the messages to the
// addresses in sender.wait until the test closes release.
func openDemo(t *testing.T) (c *clock, accounts *Accounts, sender *blockingSender, release chan struct{}) {
	t.Helper()
	c, sender, release = newClock(), newBlockingSender(), make(chan struct{})
	accounts = New(openFile(t, demoFile(t, c), sqlite.Options{Now: c.Now}), Options{Key: testKey, Sender: sender})
	return c, accounts, sender, release
}

func TestHangingReceiversOfOneCustomerDelayNoOther(t *testing.T) {
	_, accounts, sender, release := openDemo(t)
	b := accounts.View(DemoCustomer)
	for n := range perCustomer + 1 {
		sender.wait["+3712000000"+string(rune('0'+n))] = release
	}
	startWorker(t, accounts)
	for n := range perCustomer + 1 {
		addPhone(t, b, n)
	}
	for range perCustomer {
		<-sender.came
	}
	other, err := accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	healthy := addPhone(t, accounts.View(other.ID), 9)
	if m := <-sender.came; m.To != healthy.Value {
		t.Fatalf("John has more than perCustomer messages in progress: %s", m.To)
	}
	close(release)
	<-sender.came // the last one of John
}

func TestMessageWithAnEndedLeaseIsNotSentTwice(t *testing.T) {
	clock, accounts, sender, _ := openDemo(t)
	b := accounts.View(DemoCustomer)
	var q storage.QueuedMessage
	err := accounts.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) (err error) {
		c := customer{accounts, DemoCustomer}
		q, err = c.addMessage(tx, backend.Message{Type: backend.TypeSMS, To: "+37120000001", Kind: backend.KindNotice}, usernameNotice("x"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(leaseDuration)
	if err := accounts.DeliverDue(t.Context()); err != nil { // as another process does
		t.Fatal(err)
	}
	<-sender.came
	if err := accounts.deliver(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(t.Context(), 1)
	if err != nil || len(sender.came) != 0 || inbox.Messages[0].Attempts != 1 {
		t.Fatalf("%d more were sent; %+v, %v", len(sender.came), inbox.Messages, err)
	}
}

func TestMessageThatIsBeingSentIsNotResent(t *testing.T) {
	_, accounts, sender, release := openDemo(t)
	b := accounts.View(DemoCustomer)
	sender.wait["+37120000001"] = release
	end := startWorker(t, accounts)
	addPhone(t, b, 1)
	m := <-sender.came
	for range 2 {
		if _, err := b.ResendMessage(t.Context(), m.ID); backend.ErrorCode(err) != backend.CodeNotResendable {
			t.Fatalf("resent: %v", err)
		}
	}
	close(release)
	end()
	if n := len(sender.came); n != 0 {
		t.Fatalf("%d more were sent", n)
	}
}

func TestWorkerEndsAfterTheRunningAttempts(t *testing.T) {
	_, accounts, sender, release := openDemo(t)
	b := accounts.View(DemoCustomer)
	for n := range perCustomer + 1 {
		sender.wait["+3712000000"+string(rune('0'+n))] = release
	}
	end := startWorker(t, accounts)
	for n := range perCustomer + 1 {
		addPhone(t, b, n)
	}
	for range perCustomer {
		<-sender.came
	}
	ended := make(chan struct{})
	go func() { end(); close(ended) }()
	close(release)
	<-ended
	waiting, err := b.Messages(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, m := range waiting.Messages {
		if m.State == backend.StateQueued {
			left++
		}
	}
	if left+len(sender.came) != 1 {
		t.Errorf("%d are queued and %d were sent, of one message", left, len(sender.came))
	}
	if err := accounts.DeliverDue(t.Context()); err != nil { // due at once, since the leases were released
		t.Fatal(err)
	}
	if len(sender.came) != 1 {
		t.Errorf("%d were sent in the end, of one message", len(sender.came))
	}
}

// The test of a process that ended is sent by the next one, and its word can still be
// entered.
func TestTestOutlivesItsProcess(t *testing.T) {
	clock, accounts, sender, _ := openDemo(t)
	b := accounts.View(DemoCustomer)
	err := accounts.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		c := customer{accounts, DemoCustomer}
		_, _, err := c.writeTest(tx, 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(leaseDuration)
	if err := accounts.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := <-sender.came
	list, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil || list[0].LastTest == nil || list[0].LastTest.Provider != "test-provider" {
		t.Fatalf("%+v, %v", list[0].LastTest, err)
	}
	if _, err := b.ConfirmReceipt(t.Context(), 1, m.Word); err != nil {
		t.Fatal(err)
	}
}

// The priority of a channel may belong to another one by the time its test has ended.
func TestWordProvesItsOwnChannelOnly(t *testing.T) {
	_, accounts, sender, release := openDemo(t)
	made, err := accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: uuid.NewString() + "@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	b := accounts.View(made.ID)
	first := addPhone(t, b, 1)
	if _, err := b.VerifyChannel(t.Context(), 1, (<-sender.came).Code); err != nil {
		t.Fatal(err)
	}
	sender.wait[first.Value] = release
	ended := make(chan error)
	go func() { _, err := b.TestChannel(t.Context(), 1); ended <- err }()
	m := <-sender.came
	if _, err := b.DeleteChannels(t.Context(), []int{1}); err != nil {
		t.Fatal(err)
	}
	addPhone(t, b, 2)
	close(release)
	<-ended
	if _, err := b.ConfirmReceipt(t.Context(), 1, m.Word); backend.ErrorCode(err) != backend.CodeNoOpenTest {
		t.Fatalf("the new channel was proven: %v", err)
	}
}

func TestDetailOfAMessageThatWasGivenUp(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Kind: delivery.RateLimited, Provider: "test-provider", Status: "answered 429", RetryAfter: backend.CodeLifetime}})
	addPhone(t, b, 1)
	inbox, err := b.Messages(t.Context(), 1)
	if m := inbox.Messages[0]; err != nil || m.State != backend.StateFailed || m.Detail != "answered 429; it asks to wait 10 minutes; given up, since it would be too late at the next try" {
		t.Fatalf("%+v, %v", inbox.Messages[0], err)
	}
}
