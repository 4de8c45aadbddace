package local

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// blockingSender sends each message to a channel of the test, and then waits for the
// messages to some addresses until the test closes their channel.
type blockingSender struct {
	came chan delivery.Message
	wait map[string]chan struct{} // by address
}

func newBlockingSender() *blockingSender {
	return &blockingSender{came: make(chan delivery.Message, 100), wait: map[string]chan struct{}{}}
}

func (s *blockingSender) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	s.came <- m
	if wait := s.wait[m.To]; wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return delivery.Receipt{}, &delivery.Error{Provider: "test-provider", Status: "no answer in time"}
		}
	}
	return delivery.Receipt{Provider: "test-provider", Status: "accepted"}, nil
}

// startWorker runs the worker of accounts until end is called, or the test ends.
func startWorker(t *testing.T, accounts *Accounts) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	accounts.TakeMessages()
	group.Go(func() { accounts.RunWorker(ctx, func(err error) { t.Error(err) }) })
	end = sync.OnceFunc(func() { cancel(); group.Wait() })
	t.Cleanup(end)
	return end
}

// addPhone adds a channel to a phone number with n at its end.
func addPhone(t *testing.T, b backend.Backend, n int) backend.Channel {
	t.Helper()
	c, err := b.CreateChannel(t.Context(), backend.TypeSMS, fmt.Sprintf("+3712000%04d", n), "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkerSendsWithoutDelayingTheCaller(t *testing.T) {
	clock, sender := newClock(), newBlockingSender()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	accounts := New(db, Options{Key: testKey, Sender: sender})
	b, _, err := accounts.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	slow := make(chan struct{})
	sender.wait["+37120000001"] = slow
	end := startWorker(t, accounts)

	addPhone(t, b, 1) // returns while its message is being sent
	if m := <-sender.came; m.To != "+37120000001" || len(m.Code) != 6 {
		t.Fatalf("%+v", m)
	}
	second := addPhone(t, b, 2)
	m := <-sender.came
	if m.To != second.Value {
		t.Fatalf("%+v", m)
	}
	if _, err := b.VerifyChannel(t.Context(), second.Priority, m.Code); err != nil {
		t.Fatal(err)
	}
	close(slow)
	end()
	inbox, err := b.Messages(t.Context(), 2)
	if err != nil || inbox.Messages[0].State != backend.StateSent || inbox.Messages[1].State != backend.StateSent {
		t.Fatalf("%+v, %v", inbox.Messages, err)
	}
}

func TestTwoProcessesSendEachMessageOnce(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	sender := newBlockingSender()
	writer := New(openFile(t, path, sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
	b, _, err := writer.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		addPhone(t, b, n)
	}
	clock.Advance(leaseDuration)
	var ends []func()
	for range 2 {
		ends = append(ends, startWorker(t, New(openFile(t, path, sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: sender})))
	}
	seen := map[string]bool{}
	for range 4 {
		m := <-sender.came
		if seen[m.ID] {
			t.Errorf("%s was sent twice", m.ID)
		}
		seen[m.ID] = true
	}
	for _, end := range ends {
		end()
	}
	if n := len(sender.came); n != 0 {
		t.Errorf("%d more were sent", n)
	}
}

// emailOnlySender sends to email addresses only.
type emailOnlySender struct{ *blockingSender }

func (emailOnlySender) HasSender(kind backend.ChannelType) bool { return kind == backend.TypeEmail }

func TestMessagesWithoutASenderStayQueued(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Status: "busy"}})
	c := addPhone(t, b, 1)
	if _, err := b.CreateChannel(t.Context(), backend.TypeEmail, "a@example.org", ""); err != nil {
		t.Fatal(err)
	}
	clock.Advance(leaseDuration)
	sender := newBlockingSender()
	accounts := New(db, Options{Key: testKey, Sender: emailOnlySender{sender}})
	if err := accounts.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(t.Context(), 2)
	if err != nil || len(sender.came) != 1 || inbox.Messages[1].To != c.Value || inbox.Messages[1].State != backend.StateQueued {
		t.Fatalf("%d were sent; %+v, %v", len(sender.came), inbox.Messages, err)
	}
	clock.Advance(backend.CodeLifetime)
	if err := New(db, Options{Key: testKey}).DeliverDue(t.Context()); err != nil { // without any sender
		t.Fatal(err)
	}
	inbox, err = b.Messages(t.Context(), 2)
	if err != nil || inbox.Messages[1].State != backend.StateFailed || !strings.Contains(inbox.Messages[1].Detail, "expired") || inbox.Messages[1].Code != "" {
		t.Fatalf("%+v, %v", inbox.Messages, err)
	}
}

func TestQueuedMessageIsSealed(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	sender := newBlockingSender()
	db := openFile(t, path, sqlite.Options{Now: clock.Now})
	accounts := New(db, Options{Key: testKey, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
	b, _, err := accounts.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	addPhone(t, b, 1)
	db.Close()

	clock.Advance(leaseDuration)
	other := New(openFile(t, path, sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: sender})
	if err := other.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := <-sender.came
	if len(m.Code) != 6 || !strings.HasPrefix(m.Body, m.Code) {
		t.Fatalf("%+v", m)
	}
	if where := inFile(t, path, m.Code); where != "" {
		t.Errorf("the code is in %s", where)
	}
}

func TestSealedMessageNeedsItsKey(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Status: "busy"}})
	addPhone(t, b, 1)
	clock.Advance(leaseDuration)
	sender := newBlockingSender()
	if err := New(db, Options{Key: []byte(strings.Repeat("k", KeySize)), Sender: sender}).DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(t.Context(), 1)
	if err != nil || inbox.Messages[0].State != backend.StateQueued || !strings.Contains(inbox.Messages[0].Detail, "another key") || len(sender.came) != 0 {
		t.Fatalf("%+v, %v", inbox.Messages, err)
	}
}

func TestTextsFitIntoOneSMS(t *testing.T) {
	for name, body := range map[string]string{"a code": codeText(backend.TypeSMS, backend.KindVerification, "012345").body, "a test": testText("mosquito").body} {
		if len(body) > 160 {
			t.Errorf("%s has %d characters", name, len(body))
		}
	}
}

func TestEmailAsHTML(t *testing.T) {
	text := codeText(backend.TypeEmail, backend.KindVerification, "012345")
	m := backend.Message{Type: backend.TypeEmail, Subject: "<b>&", Body: text.body, Code: "012345"}
	got := asHTML(m)
	for _, want := range []string{"<b>012345</b>", "&lt;b&gt;&amp;", "Never give this code to anybody."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	m.Type = backend.TypeSMS
	if asHTML(m) != "" {
		t.Error("an SMS has no HTML")
	}
}
