package command

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/declared"
)

func wantSaid(t *testing.T, said string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(said, text) {
			t.Errorf("it does not say %q: %s", text, said)
		}
	}
}

// TestOnlyWhatWasAgreedToIsDone: while a code is waited for, another program adds a channel and proves it, and switches
// one off. Neither is taken back unasked.
func TestOnlyWhatWasAgreedToIsDone(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example"), proved(2, "on@b.example")}, codes: []error{nil}}
	d.before = func(int) error {
		if len(d.channels) == 3 && !d.channels[2].Verified {
			d.channels = append(d.channels, proved(4, "other@b.example"))
			d.channels[1].Enabled = false
		}
		return nil
	}
	said, err := d.apply(t, []string{"on@b.example", "new@b.example"}, []string{"111111"})
	left := slices.ContainsFunc(d.channels, func(ch backend.Channel) bool { return ch.Value == "other@b.example" })
	gone := !slices.ContainsFunc(d.channels, func(ch backend.Channel) bool { return ch.Value == "old@b.example" })
	if codeOf(err) != exit.CodeWanted || !left || !gone {
		t.Errorf("%v, %v", err, d.channels)
	}
	wantSaid(t, said, "(new@b.example) with its code: done.", "(old@b.example), which is not declared: done.", "(on@b.example) on (the account was changed in the meantime; this was not in the plan)",
		"(other@b.example), which is not declared (the account was changed in the meantime; this was not in the plan)", "Run it again then.")
}

// TestWhatComesTooOftenKeepsNothingElse from being done.
func TestWhatComesTooOftenKeepsNothingElse(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
	view := d.view()
	create := view.CreateChannelFunc
	view.CreateChannelFunc = func(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
		if strings.HasPrefix(value, "soon") {
			return backend.Channel{}, backend.Errorf(backend.CodeRateLimited, "Another one in 52 seconds.")
		}
		return create(ctx, kind, value, label)
	}
	d.changed = &view
	said, err := d.apply(t, []string{"old@b.example", "soon@b.example", "soon2@b.example", "new@b.example"}, nil)
	if codeOf(err) != exit.CodeTooOften || len(d.channels) != 2 || !strings.Contains(err.Error(), "soon@b.example (email): Another one") || !strings.Contains(err.Error(), "soon2@b.example") {
		t.Errorf("%v, %v", err, d.channels)
	}
	wantSaid(t, said, "Add the channel new@b.example (email): done.", "- Add the channel soon@b.example (email); a code is sent to soon@b.example\n")
}

// TestACodeThatIsOverIsReplaced where a person can type the new one; else it is said how to get one.
func TestACodeThatIsOverIsReplaced(t *testing.T) {
	over := func() *declaredAccount {
		ch := backend.Channel{Type: backend.TypeEmail, Value: "new@b.example", Priority: 1, Code: &backend.CodeState{ExpiresAt: time.Unix(-1, 0), AttemptsLeft: 5}}
		return &declaredAccount{channels: []backend.Channel{ch}, codes: []error{nil}}
	}
	d := over()
	said, err := d.apply(t, []string{"new@b.example"}, []string{"111111"})
	if err != nil || d.sent != 1 {
		t.Errorf("%v, %d", err, d.sent)
	}
	wantSaid(t, said, "A new code was sent.", "Everything is as it is declared.")
	d = over()
	said, err = d.apply(t, []string{"new@b.example"}, nil)
	if codeOf(err) != exit.CodeWanted || d.sent != 0 || strings.Contains(said, "channel verify") {
		t.Errorf("%v, %d, %s", err, d.sent, said)
	}
	wantSaid(t, said, `with its code; the code that was sent is not valid any more ("pinghome channel send-code 1" sends a new one)`)
}

// TestASigningSecretGetsIntoNoLog: it is told a person, or as JSON.
func TestASigningSecretGetsIntoNoLog(t *testing.T) {
	for _, c := range []struct {
		answers []string
		flags   []string
		isTold  bool
		want    string
	}{
		{nil, nil, false, `"pinghome channel rotate-secret 2" gives a new one`},
		{nil, []string{"--json"}, true, `"signing_secret": "whsec_x"`},
		{nil, []string{"--json=open"}, false, `"pinghome channel rotate-secret 2" gives a new one`},
		{[]string{}, nil, true, "The signing secret of https://b.example/hook is not shown again: whsec_x"},
	} {
		d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
		view := d.view()
		create := view.CreateChannelFunc
		view.CreateChannelFunc = func(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
			ch, err := create(ctx, kind, value, label)
			ch.SigningSecret = "whsec_x"
			return ch, err
		}
		d.changed = &view
		said, err := d.apply(t, []string{"old@b.example", "https://b.example/hook"}, c.answers, c.flags...)
		if codeOf(err) != exit.CodeWanted || strings.Contains(said, "whsec_x") != c.isTold {
			t.Errorf("%v: %v, %s", c.flags, err, said)
		}
		wantSaid(t, said, c.want)
	}
}

// TestAnInterruptTellsWhatWasDone also of the step that it came in the middle of.
func TestAnInterruptTellsWhatWasDone(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
	view := d.view()
	ctx, interrupt := context.WithCancel(t.Context())
	create := view.CreateChannelFunc
	view.CreateChannelFunc = func(_ context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
		interrupt()
		_, _ = create(ctx, kind, value, label)
		return backend.Channel{}, ctx.Err()
	}
	view.ProfileFunc = func(ctx context.Context) (backend.Profile, error) { return backend.Profile{}, ctx.Err() }
	var said strings.Builder
	v := &visit{Opened: Opened{View: view}, command: &cobra.Command{}, Program: &Program{Out: &said, Err: &said, Data: httpapi.Data, Now: time.Now}}
	wanted, err := declared.Parse([]byte("[[channel]]\nvalue = 'old@b.example'\n[[channel]]\nvalue = 'new@b.example'\n[[channel]]\nvalue = 'late@b.example'\n"))
	if err != nil {
		t.Fatal(err)
	}
	a := application{visit: v, wanted: wanted}
	if a.agreed, err = a.compare(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.run(ctx); err == nil || len(a.done) != 1 {
		t.Errorf("%v, %v", err, a.done)
	}
	wantSaid(t, said.String(), "Add the channel new@b.example (email): done.\nStill open:\n", "- Verify channel 2", "- Add the channel late@b.example")
}

// TestALostAnswerOfAStepIsLookedUp: where the account has what was declared, the step was made, and nothing is unknown.
func TestALostAnswerOfAStepIsLookedUp(t *testing.T) {
	for isMade, want := range map[bool]int{true: exit.CodeWanted, false: exit.CodeUnknown} {
		d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
		view := d.view()
		create := view.CreateChannelFunc
		view.CreateChannelFunc = func(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
			if isMade {
				_, _ = create(ctx, kind, value, label)
			}
			return backend.Channel{}, backend.Errorf(backend.CodeUnknownOutcome, "It is not known.")
		}
		d.changed = &view
		said, err := d.apply(t, []string{"new@b.example"}, nil)
		if codeOf(err) != want || strings.Contains(said, "Add the channel new@b.example (email): done.") != isMade {
			t.Errorf("it ends with %v: %s", err, said)
		}
	}
}

// TestASecretThatWasLostIsTold: that of a webhook whose step was made, and whose answer was lost.
func TestASecretThatWasLostIsTold(t *testing.T) {
	d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
	view := d.view()
	create := view.CreateChannelFunc
	view.CreateChannelFunc = func(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
		_, _ = create(ctx, kind, value, label)
		return backend.Channel{}, backend.Errorf(backend.CodeUnknownOutcome, "It is not known.")
	}
	d.changed = &view
	said, err := d.apply(t, []string{"https://a.example/hook", "old@b.example"}, nil)
	if codeOf(err) != exit.CodeWanted {
		t.Errorf("it ends with %v", err)
	}
	wantSaid(t, said, "The signing secret of https://a.example/hook was lost with the answer; \"pinghome channel rotate-secret 2\" gives a new one.")
}
