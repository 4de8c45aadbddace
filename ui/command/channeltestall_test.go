package command

import (
	"context"
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
		if codeOf(err) != c.code || len(asked) != c.asked || strings.Count(said, "\n") != 2 || !strings.HasPrefix(said, "1\temail\ta@b.example\t") {
			t.Errorf("%v: %d, %v, %s", c.results, codeOf(err), asked, said)
		}
	}
	if _, _, err := run(t, backendtest.Stub{ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) { return nil, nil }}, "channel", "test-all"); codeOf(err) != exit.CodeConflict {
		t.Error(err)
	}
}
