package local

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// busyOffice opens the demo with a worker whose sender hangs for every phone
// of John's until it is let go.
func openDemo(t *testing.T) (c *clock, accounts *Accounts, office *blockingSender, letGo chan struct{}) {
	t.Helper()
	c, office, letGo = newClock(), newBlockingSender(), make(chan struct{})
	accounts = New(openFile(t, demoFile(t, c), storage.Options{Now: c.Now}), Options{Key: testKey, Sender: office})
	return c, accounts, office, letGo
}

func TestOneCustomersHangingReceiversLeaveHandsToTheOthers(t *testing.T) {
	_, accounts, office, letGo := openDemo(t)
	b := accounts.View(DemoCustomer)
	for n := range perCustomer + 1 {
		office.stop["+3712000000"+string(rune('0'+n))] = letGo
	}
	startWorker(t, accounts)
	for n := range perCustomer + 1 {
		addPhone(t, b, n)
	}
	for range perCustomer {
		<-office.came
	}
	other, err := accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	healthy := addPhone(t, accounts.View(other.ID), 9)
	if m := <-office.came; m.To != healthy.Value {
		t.Fatalf("John has more than his share: %s", m.To)
	}
	close(letGo)
	<-office.came // the last of John's
}

func TestAMessageWhoseLeaseHasEndedIsNotSentTwice(t *testing.T) {
	clock, accounts, office, _ := openDemo(t)
	b := accounts.View(DemoCustomer)
	var q storage.Queued
	err := accounts.db.Change(t.Context(), func(tx *storage.Tx) (err error) {
		c := customer{accounts, DemoCustomer}
		q, err = c.addMessage(tx, backend.Message{Type: backend.TypeSMS, To: "+37120000001", Kind: backend.KindNotice}, usernameNotice("x"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(leaseDuration)
	if err := accounts.DeliverDue(t.Context()); err != nil { // somebody else, meanwhile
		t.Fatal(err)
	}
	<-office.came
	if err := accounts.deliver(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	box, err := b.Messages(t.Context(), 1)
	if err != nil || len(office.came) != 0 || box.Messages[0].Attempts != 1 {
		t.Fatalf("%d more went; %+v, %v", len(office.came), box.Messages, err)
	}
}

func TestWhatIsBeingHandedOverIsNotSentAgain(t *testing.T) {
	_, accounts, office, letGo := openDemo(t)
	b := accounts.View(DemoCustomer)
	office.stop["+37120000001"] = letGo
	end := startWorker(t, accounts)
	addPhone(t, b, 1)
	m := <-office.came
	for range 2 {
		if _, err := b.ResendMessage(t.Context(), m.ID); backend.ErrorCode(err) != backend.CodeNotResendable {
			t.Fatalf("sent again: %v", err)
		}
	}
	close(letGo)
	end()
	if n := len(office.came); n != 0 {
		t.Fatalf("%d more went", n)
	}
}

func TestTheWorkerEndsWithWhatWasBegun(t *testing.T) {
	_, accounts, office, letGo := openDemo(t)
	b := accounts.View(DemoCustomer)
	for n := range perCustomer + 1 {
		office.stop["+3712000000"+string(rune('0'+n))] = letGo
	}
	end := startWorker(t, accounts)
	for n := range perCustomer + 1 {
		addPhone(t, b, n)
	}
	for range perCustomer {
		<-office.came
	}
	ended := make(chan struct{})
	go func() { end(); close(ended) }()
	close(letGo)
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
	if left+len(office.came) != 1 {
		t.Errorf("%d wait and %d more went, of one", left, len(office.came))
	}
	if err := accounts.DeliverDue(t.Context()); err != nil { // at once: the leases were given back
		t.Fatal(err)
	}
	if len(office.came) != 1 {
		t.Errorf("%d of one went in the end", len(office.came))
	}
}

// A caller that leaves does not change what the provider says.
func TestATestWhoseCallerLeavesEndsAsTheProviderSays(t *testing.T) {
	_, accounts, office, letGo := openDemo(t)
	b := accounts.View(DemoCustomer)
	office.stop["john.smith@ping-home.org"] = letGo
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { _, err := b.TestChannel(ctx, 1); ended <- err }()
	m := <-office.came
	leave()
	close(letGo)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if _, err := b.ConfirmReceipt(t.Context(), 1, m.Word); err != nil {
		t.Fatal(err)
	}
}

// What a process that died leaves of a test, the next one ends: with the word
// that is still waited for.
func TestATestOutlivesItsProcess(t *testing.T) {
	clock, accounts, office, _ := openDemo(t)
	b := accounts.View(DemoCustomer)
	err := accounts.db.Change(t.Context(), func(tx *storage.Tx) error {
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
	m := <-office.came
	list, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil || list[0].LastTest == nil || list[0].LastTest.Provider != "post" {
		t.Fatalf("%+v, %v", list[0].LastTest, err)
	}
	if _, err := b.ConfirmReceipt(t.Context(), 1, m.Word); err != nil {
		t.Fatal(err)
	}
}

// The number of a channel may be another's by the time a test has ended.
func TestAWordProvesItsOwnChannelOnly(t *testing.T) {
	_, accounts, office, letGo := openDemo(t)
	made, err := accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: uuid.NewString() + "@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	b := accounts.View(made.ID)
	first := addPhone(t, b, 1)
	if _, err := b.VerifyChannel(t.Context(), 1, (<-office.came).Code); err != nil {
		t.Fatal(err)
	}
	office.stop[first.Value] = letGo
	ended := make(chan error)
	go func() { _, err := b.TestChannel(t.Context(), 1); ended <- err }()
	m := <-office.came
	if _, err := b.DeleteChannels(t.Context(), []int{1}); err != nil {
		t.Fatal(err)
	}
	addPhone(t, b, 2)
	close(letGo)
	<-ended
	if _, err := b.ConfirmReceipt(t.Context(), 1, m.Word); backend.ErrorCode(err) != backend.CodeNoTest {
		t.Fatalf("the new channel was proven: %v", err)
	}
}

func TestWhyAMessageWasGivenUpIsSaid(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), storage.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Kind: delivery.RateLimited, Provider: "post", Status: "answered 429", RetryAfter: backend.CodeLifetime}})
	addPhone(t, b, 1)
	box, err := b.Messages(t.Context(), 1)
	if m := box.Messages[0]; err != nil || m.State != backend.StateFailed || m.Detail != "answered 429; given up, since it would be too late at the next try" {
		t.Fatalf("%+v, %v", box.Messages[0], err)
	}
}
