package shell

import (
	"context"
	"errors"
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
	return unlessChanged(ctx, view, shown, func(now []backend.Channel) string { return whatChanged(shown, now) }, do)
}

// AsLabelled is AsShown for a change that is about the label of a channel as well.
func AsLabelled(ctx context.Context, view backend.Backend, shown backend.Channel, do func(context.Context) error) error {
	return unlessChanged(ctx, view, One(shown), func(now []backend.Channel) string {
		changes := whatChanged(One(shown), now)
		if i := indexOf(now, shown); changes == "" && now[i].Label != shown.Label {
			changes = labelChanged(shown)
		}
		return changes
	}, do)
}

// AsReplaced gives a channel another value, another label or both, nil for what stays as it is
// by now. It does so only while what it replaces is as it was shown, or is the new one already:
// a first try may have changed it, and its answer been lost. do gets the channel as it is.
func AsReplaced(ctx context.Context, view backend.Backend, shown backend.Channel, value, label *string, do func(context.Context, backend.Channel) error) error {
	present := shown
	return unlessChanged(ctx, view, One(shown), func(now []backend.Channel) string {
		i := indexOf(now, shown)
		if i < 0 || IsAnother(shown, now[i]) {
			return whatChanged(One(shown), now)
		}
		present = now[i]
		switch {
		case IsReplaced(shown.Value, present.Value, value):
			return valueChanged(shown)
		case IsReplaced(shown.Label, present.Label, label):
			return labelChanged(shown)
		}
		return ""
	}, func(ctx context.Context) error { return do(ctx, present) })
}

// IsReplaced reports whether a text is another one now than it was, and not the one that is to
// replace it either; replacement is nil where it is to stay.
func IsReplaced(was, now string, replacement *string) bool {
	return replacement != nil && now != was && now != *replacement
}

// indexOf is where a channel stands that has the priority of another one, -1 for nowhere.
func indexOf(list []backend.Channel, ch backend.Channel) int {
	return slices.IndexFunc(list, func(other backend.Channel) bool { return other.Priority == ch.Priority })
}

func valueChanged(ch backend.Channel) string {
	return fmt.Sprintf("Channel %d has another value now.", ch.Priority)
}

func labelChanged(ch backend.Channel) string {
	return fmt.Sprintf("Channel %d has another label now.", ch.Priority)
}

// unlessChanged is UnlessChanged for the channels.
func unlessChanged(ctx context.Context, view backend.Backend, shown []backend.Channel, changed func(now []backend.Channel) string, do func(context.Context) error) error {
	read := func(ctx context.Context) ([]backend.Channel, error) {
		return view.Channels(ctx, backend.ChannelFilter{})
	}
	var conflicts []backend.Conflict
	err := UnlessChanged(ctx, view, read, func(now []backend.Channel) string {
		conflicts = conflictsOf(shown, now)
		return changed(now)
	}, do)
	var stale *backend.Error
	if errors.As(err, &stale) && stale.Code == backend.CodeStale {
		stale.Conflicts = conflicts
	}
	return err
}

// conflictsOf are the parts in which channels are others than they were shown.
func conflictsOf(shown, now []backend.Channel) (list []backend.Conflict) {
	for _, was := range shown {
		i := indexOf(now, was)
		switch {
		case i < 0:
			list = append(list, backend.Conflict{Channel: was.Priority, Type: was.Type, Part: "channel", Expected: was.InForce()})
		case IsAnother(was, now[i]):
			list = append(list, backend.Conflict{Channel: was.Priority, Type: was.Type, PresentType: now[i].Type, Part: "channel",
				Expected: was.InForce(), Present: now[i].InForce()})
		default:
			list = append(list, backend.Differences(backend.SettingsOf(was), backend.SettingsOf(now[i]))...)
		}
	}
	return list
}

// UnlessChanged does a change only while changed, which is given what read returns, says that
// nothing is different.
func UnlessChanged[T any](ctx context.Context, view backend.Backend, read func(context.Context) (T, error), changed func(now T) string, do func(context.Context) error) error {
	var err error
	for range staleTries {
		command := backend.CommandOf(ctx)
		if view.Lacks(backend.FeatureRevision) == "" {
			if command.IfRevision, err = view.Revision(ctx); err != nil {
				return err
			}
		}
		now, err := read(ctx)
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
		i := indexOf(now, was)
		switch {
		case i < 0:
			changes = append(changes, fmt.Sprintf("Channel %d is not there any more.", was.Priority))
		case now[i].Type == was.Type && now[i].Value == was.Value:
		case IsAnother(was, now[i]):
			changes = append(changes, fmt.Sprintf("Channel %d is another one now, of type %s.", was.Priority, TypeName(now[i].Type)))
		default:
			changes = append(changes, valueChanged(was))
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
