package command

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// declaredAccount is an account in memory: its channels, and what happens before a reading of them.
type declaredAccount struct {
	channels []backend.Channel
	readings int
	before   func(reading int) error // of a reading of the channels, the first of which is 1; nil for nothing
	codes    []error                 // what each code that is entered comes to; nil for right
	sent     int                     // how many codes were sent again
	changed  *backendtest.Stub       // the view, where it is another one
}

func proved(priority int, value string) backend.Channel {
	return backend.Channel{Type: backend.TypeEmail, Value: value, ActiveValue: value, Priority: priority, Enabled: true, Verified: true}
}

func (d *declaredAccount) view() backendtest.Stub {
	at := func(priority int) *backend.Channel {
		return &d.channels[slices.IndexFunc(d.channels, func(ch backend.Channel) bool { return ch.Priority == priority })]
	}
	return backendtest.Stub{
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
		ProfileFunc:  func(context.Context) (backend.Profile, error) { return backend.Profile{}, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			if d.readings++; d.before != nil {
				if err := d.before(d.readings); err != nil {
					return nil, err
				}
			}
			return slices.Clone(d.channels), nil
		},
		CreateChannelFunc: func(_ context.Context, kind backend.ChannelType, value, _ string) (backend.Channel, error) {
			ch := backend.Channel{Type: kind, Value: value, Priority: len(d.channels) + 1}
			d.channels = append(d.channels, ch)
			return ch, nil
		},
		UpdateChannelFunc: func(_ context.Context, priority int, _ string, _ *string) (backend.ChannelUpdate, error) {
			d.sent++
			return backend.ChannelUpdate{Channel: *at(priority), CodeSent: true}, nil
		},
		VerifyChannelFunc: func(_ context.Context, priority int, _ string) (backend.Channel, error) {
			err := d.codes[0]
			if d.codes = d.codes[1:]; err == nil {
				ch := at(priority)
				ch.ActiveValue, ch.Verified, ch.Enabled = ch.Value, true, true
			}
			return backend.Channel{}, err
		},
		OrderChannelsFunc: func(_ context.Context, order []int) (all []backend.Channel, _ error) {
			for i, priority := range order {
				ch := *at(priority)
				ch.Priority = i + 1
				all = append(all, ch)
			}
			d.channels = all
			return all, nil
		},
		DeleteChannelsFunc: func(_ context.Context, list []int) (backend.ChannelDeletion, error) {
			d.channels = slices.DeleteFunc(d.channels, func(ch backend.Channel) bool { return slices.Contains(list, ch.Priority) })
			return backend.ChannelDeletion{Deleted: list}, nil
		},
	}
}

// apply runs apply on the account, with a file that declares these values. Questions get these answers, and then none.
func (d *declaredAccount) apply(t *testing.T, values, answers []string, flags ...string) (said string, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "me.toml")
	content := ""
	for _, value := range values {
		content += "[[channel]]\nvalue = '" + value + "'\n"
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var ask func(context.Context, string) (string, error)
	if answers != nil {
		ask = func(context.Context, string) (string, error) {
			if len(answers) == 0 {
				return "", errNothingTyped
			}
			answer := answers[0]
			answers = answers[1:]
			return answer, nil
		}
	}
	view := d.view()
	if d.changed != nil {
		view = *d.changed
	}
	said, told, err := runAsking(t, Opened{View: view}, ask, append([]string{"apply", "-f", path, "--yes"}, flags...)...)
	return said + told, err
}

// TestNoWayIsTakenAwayWhileTheOtherIsOff: another console switches the declared channel off after the plan was agreed to.
func TestNoWayIsTakenAwayWhileTheOtherIsOff(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "new@b.example"), proved(2, "old@b.example")}}
	d.before = func(reading int) error {
		d.channels[0].Enabled = reading == 1
		return nil
	}
	said, err := d.apply(t, []string{"new@b.example"}, nil)
	if codeOf(err) != exit.CodeWanted || len(d.channels) != 2 {
		t.Errorf("%v, %v", err, d.channels)
	}
	wantSaid(t, said, "this was not in the plan", "Delete channel 2 (old@b.example), which is not declared; waits until a declared channel is on")
}

// TestNoWayIsTakenAwayThatIsNeededByNow: between the plan and its step, another console changes the value of the other channel.
func TestNoWayIsTakenAwayThatIsNeededByNow(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "new@b.example"), proved(2, "old@b.example")}}
	d.before = func(reading int) error {
		if reading == 3 { // those of the command, of the plan, and of what is done while the plan holds
			d.channels[0].Verified, d.channels[0].Value, d.channels[0].ActiveValue = false, "new@b.example", "other@b.example"
		}
		return nil
	}
	said, err := d.apply(t, []string{"new@b.example"}, nil)
	if codeOf(err) != exit.CodeWanted || len(d.channels) != 2 || !strings.Contains(said, "Delete channel 2 (old@b.example), which is not declared; waits until new@b.example can be reached") {
		t.Errorf("%v, %v, %s", err, d.channels, said)
	}
}

// TestWhatIsOpenIsNotKnown where the account cannot be read after a step: that is no "as it is declared".
func TestWhatIsOpenIsNotKnown(t *testing.T) {
	for _, flags := range [][]string{nil, {"--json"}} {
		d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
		d.before = func(reading int) error {
			if reading > 3 {
				return backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
			}
			return nil
		}
		said, err := d.apply(t, []string{"old@b.example", "new@b.example"}, nil, flags...)
		want := map[bool]string{true: "What else is open is not known. Run it again.", false: `"open": null`}[flags == nil]
		if codeOf(err) != exit.CodeUnreachable || !strings.Contains(said, want) || strings.Contains(said, "Everything") {
			t.Errorf("%v, %s", err, said)
		}
	}
}

// TestCodesAreAskedForUntilOneIsRight: one that is used up is replaced by a new one, and an end of the input leaves the step open.
func TestCodesAreAskedForUntilOneIsRight(t *testing.T) {
	waits := func() *declaredAccount {
		return &declaredAccount{channels: []backend.Channel{{Type: backend.TypeEmail, Value: "new@b.example", Priority: 1}, proved(2, "old@b.example")}}
	}
	d := waits()
	short := &backend.Error{Code: backend.CodeInvalid, Message: "A value is not right.", Fields: map[string][]string{"code": {"A code has six digits."}}}
	d.codes = []error{short, backend.Errorf(backend.CodeWrong, "This code is wrong."), backend.Errorf(backend.CodeExhausted, "No tries are left."), nil}
	said, err := d.apply(t, []string{"new@b.example", "old@b.example"}, []string{"11", "111111", "222222", "n", "333333"})
	for _, want := range []string{"This code is wrong.", "No tries are left.", "A new code was sent.", "Verify channel 1 (new@b.example) with its code: done.", "Everything is as it is declared."} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	if strings.Contains(said, "(code:") || !strings.Contains(said, "A code has six digits.") {
		t.Errorf("a wrong code is told as %s", said)
	}
	if err != nil || d.sent != 1 || !d.channels[0].Verified {
		t.Errorf("%v, %d, %v", err, d.sent, d.channels)
	}
	d = waits()
	if said, err := d.apply(t, []string{"new@b.example"}, []string{}); codeOf(err) != exit.CodeWanted || !strings.Contains(said, "channel verify 1 CODE") || strings.Contains(said, "nothing was changed") {
		t.Errorf("%v, %s", err, said)
	}
}

// TestApplyWaitsForItsMessages, if it is to: one that is not delivered is its exit code.
func TestApplyWaitsForItsMessages(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
	view := d.view()
	view.MessagesFunc = func(context.Context, int) (backend.MessageList, error) {
		return backend.MessageList{Messages: []backend.Message{{Kind: backend.KindVerification, Type: backend.TypeEmail, To: "new@b.example", State: backend.StateFailed, Provider: "smtp"}}}, nil
	}
	path := filepath.Join(t.TempDir(), "me.toml")
	if err := os.WriteFile(path, []byte("[[channel]]\nvalue = 'old@b.example'\n[[channel]]\nvalue = 'new@b.example'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	said, _, err := run(t, view, "apply", "-f", path, "--yes", "--wait")
	if codeOf(err) != exit.CodeNotDelivered || !strings.Contains(err.Error(), "Add the channel new@b.example (email): The message was not delivered") || !strings.Contains(said, "Still open:\n- Verify channel 2 (new@b.example)") {
		t.Errorf("%v, %s", err, said)
	}
}
