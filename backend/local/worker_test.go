package local

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// postOffice is a sender that tells the test of each message, and keeps those
// to some addresses until it is told to go on.
type blockingSender struct {
	came chan delivery.Message
	stop map[string]chan struct{} // by address
}

func newBlockingSender() *blockingSender {
	return &blockingSender{came: make(chan delivery.Message, 100), stop: map[string]chan struct{}{}}
}

func (p *blockingSender) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	p.came <- m
	if wait := p.stop[m.To]; wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return delivery.Receipt{}, &delivery.Error{Provider: "post", Status: "no answer in time"}
		}
	}
	return delivery.Receipt{Provider: "post", Status: "taken"}, nil
}

// working runs the worker of accounts until end is called, or the test ends.
func startWorker(t *testing.T, accounts *Accounts) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	accounts.queue.open() // Deliver does so in its own time
	group.Go(func() { accounts.RunWorker(ctx, func(err error) { t.Error(err) }) })
	end = sync.OnceFunc(func() { cancel(); group.Wait() })
	t.Cleanup(end)
	return end
}

func addPhone(t *testing.T, b backend.Backend, n int) backend.Channel {
	t.Helper()
	c, err := b.CreateChannel(t.Context(), backend.TypeSMS, fmt.Sprintf("+3712000%04d", n))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheWorkerSendsWithoutHoldingTheCallerUp(t *testing.T) {
	clock, office := newClock(), newBlockingSender()
	db := openFile(t, demoFile(t, clock), storage.Options{Now: clock.Now})
	accounts := New(db, Options{Key: testKey, Sender: office})
	b, _, err := accounts.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	slow := make(chan struct{})
	office.stop["+37120000001"] = slow
	end := startWorker(t, accounts)

	addPhone(t, b, 1) // returns although its message hangs
	if m := <-office.came; m.To != "+37120000001" || len(m.Code) != 6 {
		t.Fatalf("%+v", m)
	}
	second := addPhone(t, b, 2)
	m := <-office.came
	if m.To != second.Value {
		t.Fatalf("%+v", m)
	}
	if _, err := b.VerifyChannel(t.Context(), second.Priority, m.Code); err != nil {
		t.Fatal(err)
	}
	close(slow)
	end()
	box, err := b.Messages(t.Context(), 2)
	if err != nil || box.Messages[0].State != backend.StateSent || box.Messages[1].State != backend.StateSent {
		t.Fatalf("%+v, %v", box.Messages, err)
	}
}

func TestTwoProcessesSendEachMessageOnce(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	office := newBlockingSender()
	writer := New(openFile(t, path, storage.Options{Now: clock.Now}), Options{Key: testKey, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
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
		ends = append(ends, startWorker(t, New(openFile(t, path, storage.Options{Now: clock.Now}), Options{Key: testKey, Sender: office})))
	}
	seen := map[string]bool{}
	for range 4 {
		m := <-office.came
		if seen[m.ID] {
			t.Errorf("%s went twice", m.ID)
		}
		seen[m.ID] = true
	}
	for _, end := range ends {
		end()
	}
	if n := len(office.came); n != 0 {
		t.Errorf("%d more went", n)
	}
}

// mailOnly is a sender that has no way for phones.
type emailOnlySender struct{ *blockingSender }

func (emailOnlySender) HasSender(kind backend.ChannelType) bool { return kind == backend.TypeEmail }

func TestWhatWaitsIsLeftToWhoHasASenderForIt(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), storage.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Status: "busy"}})
	c := addPhone(t, b, 1)
	if _, err := b.CreateChannel(t.Context(), backend.TypeEmail, "a@example.org"); err != nil {
		t.Fatal(err)
	}
	clock.Advance(leaseDuration)
	office := newBlockingSender()
	accounts := New(db, Options{Key: testKey, Sender: emailOnlySender{office}})
	if err := accounts.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	box, err := b.Messages(t.Context(), 2)
	if err != nil || len(office.came) != 1 || box.Messages[1].To != c.Value || box.Messages[1].State != backend.StateQueued {
		t.Fatalf("%d went; %+v, %v", len(office.came), box.Messages, err)
	}
	clock.Advance(backend.CodeLifetime)
	if err := New(db, Options{Key: testKey}).DeliverDue(t.Context()); err != nil { // with the inbox alone
		t.Fatal(err)
	}
	box, err = b.Messages(t.Context(), 2)
	if err != nil || box.Messages[1].State != backend.StateFailed || !strings.Contains(box.Messages[1].Detail, "expired") || box.Messages[1].Code != "" {
		t.Fatalf("%+v, %v", box.Messages, err)
	}
}

func TestWhatWaitsIsSealed(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	office := newBlockingSender()
	db := openFile(t, path, storage.Options{Now: clock.Now})
	accounts := New(db, Options{Key: testKey, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
	b, _, err := accounts.Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	addPhone(t, b, 1)
	db.Close()

	clock.Advance(leaseDuration)
	other := New(openFile(t, path, storage.Options{Now: clock.Now}), Options{Key: testKey, Sender: office})
	if err := other.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := <-office.came
	if len(m.Code) != 6 || !strings.HasPrefix(m.Body, m.Code) {
		t.Fatalf("%+v", m)
	}
	if where := inFile(t, path, m.Code); where != "" {
		t.Errorf("the code was in %s", where)
	}
}

func TestASealedMessageNeedsItsKey(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), storage.Options{Now: clock.Now})
	b := john(t, db, &failingSender{err: &delivery.Error{Status: "busy"}})
	addPhone(t, b, 1)
	clock.Advance(leaseDuration)
	office := newBlockingSender()
	if err := New(db, Options{Key: []byte(strings.Repeat("k", KeySize)), Sender: office}).DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	box, err := b.Messages(t.Context(), 1)
	if err != nil || box.Messages[0].State != backend.StateFailed || !strings.Contains(box.Messages[0].Detail, "another key") || len(office.came) != 0 {
		t.Fatalf("%+v, %v", box.Messages, err)
	}
}

func TestAPhoneGetsOneMessage(t *testing.T) {
	for what, body := range map[string]string{"a code": codeText(backend.TypeSMS, backend.KindVerification, "012345").body, "a test": testText("mosquito").body} {
		if len(body) > 160 {
			t.Errorf("%s has %d characters", what, len(body))
		}
	}
}

func TestMailSaysTheSameInHTML(t *testing.T) {
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
