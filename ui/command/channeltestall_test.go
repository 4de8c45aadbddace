package command

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// tested is a view of three channels, the last of which is off, where tests come to these errors.
func tested(asked *[]int, results map[int]error) backendtest.Stub {
	list := []backend.Channel{proved(1, "a@b.example"), proved(2, "c@d.example"), proved(3, "e@f.example")}
	list[2].Enabled = false
	return backendtest.Stub{
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return append([]backend.Channel{}, list...), nil
		},
		TestChannelFunc: func(_ context.Context, priority int) (backend.Test, error) {
			*asked = append(*asked, priority)
			test := backend.Test{OK: results[priority] == nil, Provider: "smtp", ProviderStatus: "250 ok"}
			list[priority-1].LastTest = &test
			return test, results[priority]
		}}
}

// TestAllThatAreOnAreTested: one that fails keeps no other from its test, and a server that is away ends them.
func TestAllThatAreOnAreTested(t *testing.T) {
	failed := backend.Errorf(backend.CodeDeliveryFailed, "The provider refused it.")
	for _, c := range []struct {
		results map[int]error
		asked   int
		code    int
		told    string
	}{
		{nil, 2, 0, ""},
		{map[int]error{1: failed}, 2, exit.CodeNotDelivered, "Channel 1: The provider refused it."},
		{map[int]error{1: backend.Errorf(backend.CodeRateLimited, "Wait."), 2: failed}, 2, exit.CodeTooOften, "Channel 1: Wait. Channel 2: The provider refused it."},
		{map[int]error{1: backend.Errorf(backend.CodeOffline, "No answer.")}, 1, exit.CodeUnreachable, "Channel 1: No answer."},
	} {
		var asked []int
		said, _, err := run(t, tested(&asked, c.results), "channel", "test-all")
		if told := ""; err != nil {
			if told = err.Error(); told != c.told {
				t.Errorf("%v: it says %q", c.results, told)
			}
		}
		if codeOf(err) != c.code || len(asked) != c.asked || strings.Count(said, "\n") != c.asked || !strings.HasPrefix(said, "1\temail\ta@b.example\t") {
			t.Errorf("%v: %d, %v, %s", c.results, codeOf(err), asked, said)
		}
	}
	if _, _, err := run(t, backendtest.Stub{ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) { return nil, nil }}, "channel", "test-all"); codeOf(err) != exit.CodeConflict {
		t.Error(err)
	}
}

// TestAnInterruptedTestOfAllIsTold: what was tested before a signal, and what is not known.
func TestAnInterruptedTestOfAllIsTold(t *testing.T) {
	for _, answer := range []error{nil, backend.Errorf(backend.CodeUnknownOutcome, "It is not known.")} {
		ctx, interrupt := context.WithCancel(t.Context())
		var asked []int
		view := tested(&asked, map[int]error{1: answer})
		test := view.TestChannelFunc
		view.TestChannelFunc = func(ctx context.Context, priority int) (backend.Test, error) {
			interrupt()
			return test(ctx, priority)
		}
		said, _, err := runUntil(ctx, t, Opened{View: view}, nil, "channel", "test-all")
		if len(asked) != 1 || strings.Count(said, "\n") != 1 || !strings.HasPrefix(said, "1\temail\ta@b.example\t") {
			t.Errorf("%v were asked, and it says %s", asked, said)
		}
		if isTold := backend.ErrorCode(err) == backend.CodeUnknownOutcome; isTold != (answer != nil) || !isTold && !errors.Is(err, context.Canceled) {
			t.Errorf("it ends with %v", err)
		}
	}
}

// TestAFaultIsToldWhereTheOutputFailsToo, and its exit code is kept. "It was done" is said where all was.
func TestAFaultIsToldWhereTheOutputFailsToo(t *testing.T) {
	refused := map[int]error{1: backend.Errorf(backend.CodeDeliveryFailed, "The provider refused it.")}
	ended, end := context.WithCancel(t.Context())
	defer end()
	for _, c := range []struct {
		ctx     context.Context
		results map[int]error
		code    int
		told    string
	}{
		{t.Context(), nil, exit.CodeFailed, "It was done. The output could not be written: "},
		{t.Context(), refused, exit.CodeNotDelivered, "Channel 1: The provider refused it. The output could not be written: "},
		{ended, nil, exit.CodeFailed, "The output could not be written: "},
	} {
		var asked []int
		view := tested(&asked, c.results)
		if test := view.TestChannelFunc; c.ctx == ended {
			view.TestChannelFunc = func(ctx context.Context, priority int) (backend.Test, error) { end(); return test(ctx, priority) }
		}
		wantFault(t, runInto(c.ctx, Opened{View: view}, nil, closedFile(t), io.Discard, "channel", "test-all"), c.code, c.told)
	}
}

// TestAnApplyWhoseOutputFails says how far it came.
func TestAnApplyWhoseOutputFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "me.toml")
	if err := os.WriteFile(path, []byte("[[channel]]\nvalue = 'new@b.example'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for readings, want := range map[int]struct { // that are answered
		code int
		told string
	}{
		2:   {exit.CodeRefused, "Add the channel new@b.example (email): This token is not valid. Done so far: 0 steps. The output could not be written: "},
		100: {exit.CodeFailed, "Done so far: 1 step. The output could not be written: "},
	} {
		d := &declaredAccount{channels: []backend.Channel{proved(1, "old@b.example")}}
		d.before = func(reading int) error {
			if reading > readings {
				return backend.Errorf(backend.CodeUnauthorized, "This token is not valid.")
			}
			return nil
		}
		wantFault(t, runInto(t.Context(), Opened{View: d.view()}, nil, closedFile(t), io.Discard, "apply", "-f", path, "--yes"), want.code, want.told)
	}
}

// TestOnlyTestsOfThisRunAreTold: one that was refused shows no earlier test.
func TestOnlyTestsOfThisRunAreTold(t *testing.T) {
	earlier := backend.Test{OK: true, Provider: "smtp", ProviderStatus: "250 earlier"}
	ch := proved(1, "a@b.example")
	ch.LastTest = &earlier
	view := backendtest.Stub{
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{ch}, nil
		},
		TestChannelFunc: func(context.Context, int) (backend.Test, error) {
			return backend.Test{}, backend.Errorf(backend.CodeRateLimited, "Wait.")
		}}
	said, _, err := run(t, view, "channel", "test-all")
	if codeOf(err) != exit.CodeTooOften || said != "1\temail\ta@b.example\t\t\t\n" {
		t.Errorf("%q, %v", said, err)
	}
}

func closedFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	return f
}

// wantFault checks the exit code and the beginning of what an error says.
func wantFault(t *testing.T, err error, code int, told string) {
	t.Helper()
	if codeOf(err) != code || !strings.HasPrefix(err.Error(), told) {
		t.Errorf("it ends with %d: %v; want %d: %s", codeOf(err), err, code, told)
	}
}
