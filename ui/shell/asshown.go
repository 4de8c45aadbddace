package shell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// A channel is named by its priority, and a priority comes back: whoever
// deletes channel 1 and adds another one has a channel 1 again. What was
// decided on the channels that were shown must not be done to others that
// have taken their numbers since.

// looks is how often a change is decided anew because something else, such as
// a message that was delivered, came between looking and changing.
const staleTries = 5

// whileShown does a change to channels as they were shown. It looks first, and
// where the backend can say so the change holds only for what was looked at.
func AsShown(ctx context.Context, view backend.Backend, shown []backend.Channel, do func(context.Context) error) error {
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
		if words := whatChanged(shown, now); words != "" {
			return &backend.Error{Code: backend.CodeStale, Message: words}
		}
		if err = do(backend.WithCommand(ctx, command)); backend.ErrorCode(err) != backend.CodeStale {
			return err
		}
	}
	return backend.Errorf(backend.CodeBusy, "Too much is being changed at the moment. Try again.")
}

// whatChanged says which of the channels are not as they were shown, "" for none.
func whatChanged(shown, now []backend.Channel) string {
	var words []string
	for _, was := range shown {
		i := slices.IndexFunc(now, func(ch backend.Channel) bool { return ch.Priority == was.Priority })
		switch {
		case i < 0:
			words = append(words, fmt.Sprintf("Channel %d is not there any more.", was.Priority))
		case now[i].Type == was.Type && now[i].Value == was.Value:
		case IsAnother(was, now[i]):
			words = append(words, fmt.Sprintf("Channel %d is another one by now, of type %s.", was.Priority, TypeName(now[i].Type)))
		default:
			words = append(words, fmt.Sprintf("Channel %d has another value by now.", was.Priority))
		}
	}
	return strings.Join(words, " ")
}

// isAnother reports whether a number was given to another channel, and not
// only another value to the same one.
func IsAnother(was, now backend.Channel) bool {
	return was.Type != now.Type || !was.CreatedAt.Equal(now.CreatedAt)
}

// alone is a list of one.
func One(ch backend.Channel) []backend.Channel { return []backend.Channel{ch} }
