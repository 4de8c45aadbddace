package local

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// brokenOff is an account of a process without a worker, whose messages to email and phone wait until slow is closed.
func brokenOff(t *testing.T) (accounts *Accounts, b backend.Backend, sender *blockingSender, slow chan struct{}) {
	t.Helper()
	clock, sender := newClock(), newBlockingSender()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	accounts = New(db, Options{Key: testKey, Sender: sender})
	b, _, err := accounts.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	return accounts, b, sender, make(chan struct{})
}

// TestACancelledChangeDoesNotWaitForItsMessage, which is recorded all the same where the process waits for it.
func TestACancelledChangeDoesNotWaitForItsMessage(t *testing.T) {
	accounts, b, sender, slow := brokenOff(t)
	const phone = "+37120000001"
	sender.wait[phone] = slow
	ctx, cancel := context.WithCancel(t.Context())
	added := make(chan error)
	go func() {
		_, err := b.CreateChannel(ctx, backend.TypeSMS, phone, "")
		added <- err
	}()
	<-sender.came
	cancel()
	if err := <-added; err != nil {
		t.Errorf("the channel was added, and it says %v", err)
	}
	close(slow)
	accounts.EndCalls(time.Minute)
	inbox, err := b.Messages(t.Context(), 1)
	if err != nil || len(inbox.Messages) != 1 {
		t.Fatalf("%+v, %v", inbox.Messages, err)
	}
	if m := inbox.Messages[0]; m.To != phone || m.State != backend.StateSent {
		t.Errorf("%+v", m)
	}
}

// TestACancelledTestIsNotKnown, and its result is kept when it comes, also for its idempotency key.
func TestACancelledTestIsNotKnown(t *testing.T) {
	accounts, b, sender, slow := brokenOff(t)
	before, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil {
		t.Fatal(err)
	}
	sender.wait[before[1].ActiveValue] = slow
	keyed := backend.WithCommand(t.Context(), backend.Command{Key: "once", Fingerprint: "test"})
	ctx, cancel := context.WithCancel(keyed)
	tested := make(chan error)
	go func() {
		_, err := b.TestChannel(ctx, before[1].Priority)
		tested <- err
	}()
	sent := <-sender.came
	cancel()
	if err := <-tested; backend.ErrorCode(err) != backend.CodeUnknownOutcome {
		t.Errorf("it says %v", err)
	}
	close(slow)
	accounts.EndCalls(time.Minute)
	again, err := b.TestChannel(keyed, before[1].Priority)
	if err != nil || !again.OK {
		t.Errorf("%+v, %v", again, err)
	}
	now, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil || len(now) != len(before) {
		t.Fatalf("%+v, %v", now, err)
	}
	if last := now[1].LastTest; last == nil || !last.OK {
		t.Errorf("its last test is %+v", last)
	}
	if len(sender.came) != 0 {
		t.Error("it was sent twice")
	}
	if _, err := b.ConfirmReceipt(t.Context(), before[1].Priority, sent.Word); err != nil {
		t.Error(err)
	}
}

// TestCancelledTestsLeaveRoom for others of the same customer, while their provider hangs.
func TestCancelledTestsLeaveRoom(t *testing.T) {
	accounts, b, sender, slow := brokenOff(t)
	list, err := b.Channels(t.Context(), backend.ChannelFilter{})
	if err != nil || len(list) < 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	sender.wait[list[0].ActiveValue] = slow
	for range perCustomer {
		ctx, cancel := context.WithCancel(t.Context())
		tested := make(chan error)
		go func() {
			_, err := b.TestChannel(ctx, list[0].Priority)
			tested <- err
		}()
		<-sender.came
		cancel()
		if err := <-tested; backend.ErrorCode(err) != backend.CodeUnknownOutcome {
			t.Fatalf("it says %v", err)
		}
	}
	if _, err := b.TestChannel(t.Context(), list[1].Priority); err != nil {
		t.Error(err)
	}
	close(slow)
	accounts.EndCalls(time.Minute)
}
