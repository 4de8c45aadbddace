package shell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// A channel is named by its priority, and priorities are used again: after channel 1
// was deleted, a new one may be channel 1. A change that was decided on the channels
// that were shown must not be done to others that have their numbers since.

// staleTries is how often a change is tried while other changes, such as a message
// that was delivered, come between the check and the change.
const staleTries = 5

// AsShown does a change only while the channels are as they were shown, and else
// returns an error with CodeStale that says what is different. Where the backend has
// revisions, nothing can come between the check and the change.
func AsShown(ctx context.Context, view backend.Backend, shown []backend.Channel, do func(context.Context) error) error {
	return unlessChanged(ctx, view, func(now []backend.Channel) string { return whatChanged(shown, now) }, do)
}

// AsLabelled is AsShown for a change that is about the label of a channel as well.
func AsLabelled(ctx context.Context, view backend.Backend, shown backend.Channel, do func(context.Context) error) error {
	return unlessChanged(ctx, view, func(now []backend.Channel) string {
		changes := whatChanged(One(shown), now)
		if i := slices.IndexFunc(now, func(ch backend.Channel) bool { return ch.Priority == shown.Priority }); changes == "" && now[i].Label != shown.Label {
			changes = fmt.Sprintf("Channel %d has another label now.", shown.Priority)
		}
		return changes
	}, do)
}

// unlessChanged does a change only while changed, which is given the channels, says that
// nothing is different.
func unlessChanged(ctx context.Context, view backend.Backend, changed func(now []backend.Channel) string, do func(context.Context) error) error {
	var err error
	for range staleTries {
		command := backend.CommandOf(ctx)
		if view.Lacks(backend.FeatureRevision) == "" {
			if command.IfRevision, err = view.Revision(ctx); err != nil {
				return err
			}
		}
		now, err := view.Channels(ctx, backend.ChannelFilter{})
		if err != nil {
			return err
		}
		if changes := changed(now); changes != "" {
			return &backend.Error{Code: backend.CodeStale, Message: changes}
		}
		if err = do(backend.WithCommand(ctx, command)); backend.ErrorCode(err) != backend.CodeStale {
			return err
		}
	}
	return backend.Errorf(backend.CodeBusy, "Too much is being changed now. Try again in a moment.")
}

// whatChanged says which channels are not as they were shown, "" for none.
func whatChanged(shown, now []backend.Channel) string {
	var changes []string
	for _, was := range shown {
		i := slices.IndexFunc(now, func(ch backend.Channel) bool { return ch.Priority == was.Priority })
		switch {
		case i < 0:
			changes = append(changes, fmt.Sprintf("Channel %d is not there any more.", was.Priority))
		case now[i].Type == was.Type && now[i].Value == was.Value:
		case IsAnother(was, now[i]):
			changes = append(changes, fmt.Sprintf("Channel %d is another one now, of type %s.", was.Priority, TypeName(now[i].Type)))
		default:
			changes = append(changes, fmt.Sprintf("Channel %d has another value now.", was.Priority))
		}
	}
	return strings.Join(changes, " ")
}

// IsAnother reports whether a priority now belongs to another channel. The same
// channel with another value is no other.
func IsAnother(was, now backend.Channel) bool {
	return was.Type != now.Type || !was.CreatedAt.Equal(now.CreatedAt)
}

// One is a list of one channel.
func One(ch backend.Channel) []backend.Channel { return []backend.Channel{ch} }
