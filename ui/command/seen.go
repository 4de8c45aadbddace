package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// seen is --if-value: the value that a channel had when it was decided to change it. A channel is named by
// its number, and another one may have that by now.
type seen struct {
	value   string
	inForce string   // the value that it had in force, too; "" for any
	list    []string // as given: of a command on several channels, one for each
}

func (s *seen) bind(f *pflag.FlagSet) {
	f.StringArrayVar(&s.list, "if-value", nil, "`VALUE` do it only while the channel has this value; with several channels, once for each, in their order")
}

func (s *seen) check(c *cobra.Command, args []string) error {
	isSeveral := strings.Contains(c.Use, "...")
	switch {
	case len(s.list) == 0:
		return nil
	case slices.Contains(s.list, ""):
		return exit.Usage("--if-value is empty; give it the value that the channel has.")
	case len(s.list) > 1 && !isSeveral:
		return exit.Usage("--if-value is given twice; give it once.")
	case isSeveral && len(s.list) != len(args):
		return exit.Usage("--if-value is about one channel; give it once for each number, in their order.")
	}
	s.value = s.list[0]
	return nil
}

// do makes a change to a channel. With --if-value it does so only while the channel has that value, in force
// or waiting for its code: nothing comes between the check and the change where the backend has revisions.
// Errors: precondition_failed, not_found, and those of the change.
func (s *seen) do(ctx context.Context, view backend.Backend, priority int, change func(context.Context) error) error {
	if s.value == "" {
		return change(ctx)
	}
	return doWhile(ctx, view, []int{priority}, []seen{*s}, change)
}

// doAll is do for the change of several channels at once.
func (s *seen) doAll(ctx context.Context, view backend.Backend, priorities []int, change func(context.Context) error) error {
	if len(s.list) == 0 {
		return change(ctx)
	}
	values := make([]seen, len(s.list))
	for i, value := range s.list {
		values[i].value = value
	}
	return doWhile(ctx, view, priorities, values, change)
}

// doWhile makes a change only while each of some channels has its value.
func doWhile(ctx context.Context, view backend.Backend, priorities []int, values []seen, change func(context.Context) error) error {
	err := shell.UnlessChanged(ctx, view, allChannels(view), func(now []backend.Channel) string {
		for i, priority := range priorities {
			ch, isThere := channelIn(now, priority)
			if isThere && !values[i].isOf(ch) { // of one that is not there, the change itself says so
				return values[i].stale(priority).Message
			}
		}
		return ""
	}, change)
	if backend.ErrorCode(err) == backend.CodeStale {
		return repeated(ctx, view, err, change)
	}
	return err
}

// clean is the value as a backend has it.
func (s *seen) clean() *string {
	clean, err := backend.CleanValue(backend.InferType(s.value), s.value, true)
	if err != nil {
		return &s.value // it is none, so that no channel has it
	}
	return &clean
}

// stale is the refusal of a change of a channel that has another value by now.
func (s *seen) stale(priority int) *backend.Error {
	return &backend.Error{Code: backend.CodeStale, Message: fmt.Sprintf("Channel %d has another value now. Nothing was changed.", priority)}
}

// isOf reports whether a channel has the value, in any of its spellings.
func (s *seen) isOf(ch backend.Channel) bool {
	if s.inForce != "" && s.inForce != ch.InForce() {
		return false
	}
	value := backend.CanonicalValue(ch.Type, s.value)
	return value == backend.CanonicalValue(ch.Type, ch.Value) || value == backend.CanonicalValue(ch.Type, ch.InForce())
}

func allChannels(view backend.Backend) func(context.Context) ([]backend.Channel, error) {
	return func(ctx context.Context) ([]backend.Channel, error) {
		return view.Channels(ctx, backend.ChannelFilter{})
	}
}

func channelIn(list []backend.Channel, priority int) (ch backend.Channel, isThere bool) {
	i := slices.IndexFunc(list, func(ch backend.Channel) bool { return ch.Priority == priority })
	if i < 0 {
		return ch, false
	}
	return list[i], true
}

// readChannel reads one channel.
func readChannel(ctx context.Context, view backend.Backend, priority int) (backend.Channel, error) {
	all, err := allChannels(view)(ctx)
	if err != nil {
		return backend.Channel{}, err
	}
	ch, isThere := channelIn(all, priority)
	if !isThere {
		return ch, backend.Errorf(backend.CodeNotFound, "There is no channel %d.", priority)
	}
	return ch, nil
}
