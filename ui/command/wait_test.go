package command

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// run runs "pinghome" with these arguments on a view, in a pipe, and returns what it printed and its error.
func run(t *testing.T, view backend.Backend, args ...string) (said, told string, err error) {
	t.Helper()
	return runOn(t, Opened{View: view}, args...)
}

// runOn is run on what was opened.
func runOn(t *testing.T, opened Opened, args ...string) (said, told string, err error) {
	t.Helper()
	return runAsking(t, opened, nil, args...)
}

// runAsking is runOn where a person answers questions; nil for none.
func runAsking(t *testing.T, opened Opened, ask func(context.Context, string) (string, error), args ...string) (said, told string, err error) {
	t.Helper()
	return runUntil(t.Context(), t, opened, ask, args...)
}

// runUntil is runAsking until ctx ends.
func runUntil(ctx context.Context, t *testing.T, opened Opened, ask func(context.Context, string) (string, error), args ...string) (said, told string, err error) {
	t.Helper()
	out, failed := os.CreateTemp(t.TempDir(), "out")
	if failed != nil {
		t.Fatal(failed)
	}
	defer out.Close()
	var stderr strings.Builder
	err = runInto(ctx, opened, ask, out, &stderr, args...)
	content, failed := os.ReadFile(out.Name())
	if failed != nil {
		t.Fatal(failed)
	}
	return string(content), stderr.String(), err
}

// runInto is runAsking with these outputs, until ctx ends.
func runInto(ctx context.Context, opened Opened, ask func(context.Context, string) (string, error), out *os.File, told io.Writer, args ...string) (err error) {
	opened.Close = func(bool) (string, error) { return "", nil }
	p := &Program{In: os.Stdin, Out: out, Err: told, Ask: ask, Data: httpapi.Data, Now: func() time.Time { return time.Unix(0, 0) },
		Run: func(work func(context.Context) error) error { return work(ctx) },
		Source: func(*cobra.Command, bool) func(context.Context, Purpose) (Opened, error) {
			return func(context.Context, Purpose) (Opened, error) { return opened, nil }
		}}
	for _, c := range p.Commands() {
		if c.Name() != args[0] {
			continue
		}
		c.SetArgs(args[1:])
		c.SilenceErrors, c.SilenceUsage = true, true
		err = c.ExecuteContext(ctx)
	}
	return err
}

// codeOf is the exit code of an error, 0 for none.
func codeOf(err error) int {
	if known, is := errors.AsType[*exit.Error](exit.From(err)); is {
		return known.Code
	}
	return 0
}

// sending is a view on which a message was sent again, and that has these states in later readings; the last one
// stays.
func sending(states ...backend.MessageState) backendtest.Stub {
	m := backend.Message{ID: "id", Type: backend.TypeEmail, To: "ada@byron.example", Kind: backend.KindNotice}
	return backendtest.Stub{
		ResendMessageFunc: func(context.Context, string) (backend.Message, error) { return m, nil },
		MessagesFunc: func(context.Context, int) (backend.MessageList, error) {
			if len(states) == 0 {
				return backend.MessageList{}, nil
			}
			m.State, m.Provider, m.Detail = states[0], "smtp mail.example.org", "answered"
			if len(states) > 1 {
				states = states[1:]
			}
			return backend.MessageList{Messages: []backend.Message{m}}, nil
		},
	}
}

// watched is a view that signals at once that something may have changed, until the context ends.
type watched struct{ backendtest.Stub }

func (watched) AwaitChange(ctx context.Context, seen uint64) (uint64, error) {
	if seen < 3 {
		return seen + 1, nil
	}
	<-ctx.Done()
	return 0, ctx.Err()
}

// TestWaitingForAMessage ends with its outcome, and after its time with an outcome that is not known.
func TestWaitingForAMessage(t *testing.T) {
	for _, c := range []struct {
		states []backend.MessageState
		code   int
		told   string
	}{
		{[]backend.MessageState{backend.StateQueued, backend.StateQueued, backend.StateSent}, 0, "The message is sent: smtp mail.example.org, answered."},
		{[]backend.MessageState{backend.StateHeld}, 0, "The message is held"},
		{[]backend.MessageState{backend.StateQueued, backend.StateFailed}, exit.CodeNotDelivered, "The message was not delivered: smtp mail.example.org, answered."},
		{[]backend.MessageState{backend.StateUnknown}, exit.CodeUnknown, "It is not known whether the message was sent"},
		{[]backend.MessageState{backend.StateQueued}, exit.CodeUnknown, "After 10ms the message still waits: smtp mail.example.org, answered."},
		{nil, exit.CodeNotFound, "The message is not there any more."},
	} {
		_, told, err := run(t, watched{sending(c.states...)}, "messages", "resend", "id", "--wait=10ms")
		if err != nil {
			told = err.Error()
		}
		if code := codeOf(err); code != c.code || !strings.Contains(told, c.told) {
			t.Errorf("%v: it ends with %d and says %q", c.states, code, told)
		}
	}
}

// TestWaitingOutlivesABrokenConnection: what fails for a moment is read again.
func TestWaitingOutlivesABrokenConnection(t *testing.T) {
	view, readings := sending(backend.StateSent), 0
	messages := view.MessagesFunc
	view.MessagesFunc = func(ctx context.Context, limit int) (backend.MessageList, error) {
		if readings++; readings == 1 {
			return backend.MessageList{}, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
		}
		return messages(ctx, limit)
	}
	if _, told, err := run(t, watched{view}, "messages", "resend", "id", "--wait=1m"); err != nil || !strings.Contains(told, "is sent") {
		t.Errorf("%v, %q", err, told)
	}
}

// TestWithoutWaitNothingIsAwaited, and in a pipe the result stands alone.
func TestWithoutWaitNothingIsAwaited(t *testing.T) {
	said, told, err := run(t, backendtest.Stub{ResendMessageFunc: sending().ResendMessageFunc}, "messages", "resend", "id", "--json", "to")
	if err != nil || told != "" || said != "{\n  \"to\": \"ada@byron.example\"\n}\n" {
		t.Errorf("%v, %q, %q", err, told, said)
	}
}

// TestACodeThatWasNotSentIsNotSaidToBe.
func TestACodeThatWasNotSentIsNotSaidToBe(t *testing.T) {
	const to = "new@b.example"
	for _, c := range []struct {
		message backend.Message
		said    string
	}{
		{backend.Message{State: backend.StateSent}, "A code was sent to new@b.example; "},
		{backend.Message{State: backend.StateQueued}, "A code is being sent to new@b.example; "},
		{backend.Message{State: backend.StateQueued, Attempts: 1, Detail: "answered 500"}, "The code for new@b.example could not be sent yet, and is tried again: answered 500; "},
		{backend.Message{State: backend.StateFailed, Detail: "550 unknown."}, "The code for new@b.example could not be sent: 550 unknown; "},
	} {
		ch := proved(1, "ada@b.example")
		ch.Value, ch.Verified = to, false
		c.message.Kind, c.message.Type, c.message.To = backend.KindVerification, backend.TypeEmail, to
		view := backendtest.Stub{
			RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
			ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
				return []backend.Channel{ch}, nil
			},
			MessagesFunc: func(context.Context, int) (backend.MessageList, error) {
				return backend.MessageList{Messages: []backend.Message{c.message}}, nil
			},
			UpdateChannelFunc: func(context.Context, int, string, *string) (backend.ChannelUpdate, error) {
				return backend.ChannelUpdate{Channel: ch, CodeSent: true}, nil
			}}
		ask := func(context.Context, string) (string, error) { return "", errNothingTyped } // a person, who is told more
		if said, _, err := runAsking(t, Opened{View: view}, ask, "channel", "send-code", "1"); err != nil || !strings.HasPrefix(said, strings.TrimSuffix(c.said, "; ")) {
			t.Errorf("it says %q, %v, want %q", said, err, c.said)
		}
	}
}
