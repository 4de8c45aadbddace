package local

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/storage/storagetest"
)

// told is an observer that remembers what it was told.
type told struct {
	mu   sync.Mutex
	list []string
}

func (o *told) add(format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.list = append(o.list, fmt.Sprintf(format, args...))
}

func (o *told) CodeSent(kind backend.ChannelType) { o.add("code by %s", kind) }
func (o *told) CodeEntered(refusal backend.Code)  { o.add("entered %q", refusal) }
func (o *told) CodesLocked()                      { o.add("locked") }
func (o *told) Attempted(kind backend.ChannelType, outcome backend.Outcome, _ time.Duration) {
	o.add("%s by %s", outcome, kind)
}

// takes ends the test unless the observer was told these since the last time.
func (o *told) takes(t *testing.T, what string, want ...string) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if !slices.Equal(o.list, want) {
		t.Errorf("%s: told of %q, want %q", what, o.list, want)
	}
	o.list = nil
}

// TestAnObserverIsToldOfCodesAndAttempts once for each, also where transactions are run again.
func TestAnObserverIsToldOfCodesAndAttempts(t *testing.T) {
	for name, wrap := range map[string]func(storage.Store) storage.Store{
		"": func(s storage.Store) storage.Store { return s }, "run again": storagetest.RunAgain,
	} {
		t.Run(name, func(t *testing.T) {
			clock, o, sender := newClock(), new(told), &backendtest.Sender{}
			sender.StopHolding()
			accounts := New(wrap(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})), Options{Key: testKey, Sender: sender, Observer: o})
			b, ctx := accounts.View(DemoCustomer), context.Background()
			ch, err := b.CreateChannel(ctx, backend.TypeSMS, "+37129999999", "")
			if err != nil {
				t.Fatal(err)
			}
			o.takes(t, "a new channel", "code by sms", "sent by sms")
			sent := sender.Sent()
			digits := sent[len(sent)-1].Code
			wrong := "000000"
			if digits == wrong {
				wrong = "111111"
			}
			for range backend.CodeTries {
				_, _ = b.VerifyChannel(ctx, ch.Priority, wrong)
				o.takes(t, "a wrong code", `entered "code_invalid"`)
			}
			_, _ = b.VerifyChannel(ctx, ch.Priority, digits)
			o.takes(t, "after too many tries", `entered "code_exhausted"`)
			clock.Advance(time.Hour)
			if _, err := b.UpdateChannel(ctx, ch.Priority, ch.Value, nil); err != nil {
				t.Fatal(err)
			}
			o.takes(t, "another code", "code by sms", "sent by sms")
			for range backend.MaxCodeFailures - backend.CodeTries - 1 {
				_, _ = b.VerifyChannel(ctx, ch.Priority, wrong)
			}
			o.list = nil
			_, _ = b.VerifyChannel(ctx, ch.Priority, wrong)
			o.takes(t, "the last wrong code", "locked", `entered "code_invalid"`)
			_, _ = b.VerifyChannel(ctx, ch.Priority, wrong)
			o.takes(t, "where it is locked", `entered "code_locked"`)
		})
	}
}

// TestAnObserverIsToldOfARefusedMessage.
func TestAnObserverIsToldOfARefusedMessage(t *testing.T) {
	clock, o := newClock(), new(told)
	refusing := senderFunc(func(context.Context, delivery.Message) (delivery.Receipt, error) {
		return delivery.Receipt{}, &delivery.Error{Kind: delivery.Permanent, Provider: "test-provider", Status: "no such user"}
	})
	accounts := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey, Sender: refusing, Observer: o})
	if _, err := accounts.View(DemoCustomer).CreateChannel(t.Context(), backend.TypeSMS, "+37129999999", ""); err != nil {
		t.Fatal(err)
	}
	o.takes(t, "a refused number", "code by sms", "failed by sms")
	if taken, all := accounts.Places(); taken != 0 || all != workers {
		t.Errorf("%d of %d places are taken", taken, all)
	}
}
