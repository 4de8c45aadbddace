package command

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// onceKey is --idempotency-key: a change with it is made once, however often the command is run within a day. "" is none.
type onceKey string

// longestKey is how long a key may be. Servers take 255 characters; the id of a message comes behind it.
const longestKey = 200

func (o *onceKey) bind(f *pflag.FlagSet) {
	f.StringVar((*string)(o), "idempotency-key", "", "`KEY` do it once, however often the command is run with this key within a day, as after exit code 10")
}

// check refuses what is no key.
func (o *onceKey) check(c *cobra.Command) error {
	if !c.Flags().Changed("idempotency-key") {
		return nil
	}
	isVisible := !strings.ContainsFunc(string(*o), func(r rune) bool { return r <= ' ' || r > '~' })
	if *o == "" || len(*o) > longestKey || !isVisible {
		return exit.Usage("--idempotency-key has 1 to %d letters, digits and signs of ASCII, and no blanks.", longestKey)
	}
	return nil
}

// once is a view on which each change has an idempotency key: a commit or an answer that was lost is looked for then,
// and the change is not made twice. The key of the context or the one that was given is that of the only change which
// a command makes; "" makes one for each.
type once struct {
	backend.Backend
	given onceKey
}

// repeated is what a change answers whose check was refused: the answer that it has had with the same key before, since it
// may itself have changed what was checked, or else the refusal.
func repeated(ctx context.Context, view backend.Backend, refusal error, change func(context.Context) error) error {
	o, is := view.(once)
	command := backend.CommandOf(ctx)
	if hasKey := is && cmp.Or(command.Key, string(o.given)) != ""; !hasKey || view.Lacks(backend.FeatureRevision) != "" {
		return refusal
	}
	command.IfRevision = backend.NoRevision // which makes nothing
	err := change(backend.WithCommand(ctx, command))
	if code := backend.ErrorCode(err); code == backend.CodeStale || code == backend.CodeKeyReused {
		return refusal
	}
	return err
}

// watcherOf is the view beneath, where that tells of changes.
func watcherOf(view backend.Backend) (backend.Watcher, bool) {
	if o, is := view.(once); is {
		view = o.Backend
	}
	w, is := view.(backend.Watcher)
	return w, is
}

// with is the context of a change with these arguments.
func (o once) with(ctx context.Context, arguments ...any) context.Context {
	command := backend.CommandOf(ctx)
	if command.Key = cmp.Or(command.Key, string(o.given)); command.Key == "" {
		command.Key = rand.Text()
	}
	text, _ := json.Marshal(arguments) // texts, numbers and truths
	sum := sha256.Sum256(text)
	command.Fingerprint = "command " + hex.EncodeToString(sum[:])
	return backend.WithCommand(ctx, command)
}

func (o once) UpdateName(ctx context.Context, change backend.NameChange) (backend.Profile, error) {
	return o.Backend.UpdateName(o.with(ctx, change), change)
}

func (o once) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return o.Backend.ChangeUsername(o.with(ctx, email), email)
}

func (o once) ConfirmUsername(ctx context.Context, code string) (backend.Profile, error) {
	return o.Backend.ConfirmUsername(o.with(ctx, code), code)
}

func (o once) CancelUsername(ctx context.Context) (backend.Profile, error) {
	return o.Backend.CancelUsername(o.with(ctx))
}

func (o once) DeleteAccount(ctx context.Context, reason string) error {
	return o.Backend.DeleteAccount(o.with(ctx, reason), reason)
}

func (o once) CreateChannel(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
	return o.Backend.CreateChannel(o.with(ctx, kind, value, label), kind, value, label)
}

func (o once) UpdateChannel(ctx context.Context, priority int, value string, label *string) (backend.ChannelUpdate, error) {
	return o.Backend.UpdateChannel(o.with(ctx, priority, value, label), priority, value, label)
}

func (o once) VerifyChannel(ctx context.Context, priority int, code string) (backend.Channel, error) {
	return o.Backend.VerifyChannel(o.with(ctx, priority, code), priority, code)
}

func (o once) DeleteChannels(ctx context.Context, priorities []int) (backend.ChannelDeletion, error) {
	return o.Backend.DeleteChannels(o.with(ctx, priorities), priorities)
}

func (o once) TestChannel(ctx context.Context, priority int) (backend.Test, error) {
	return o.Backend.TestChannel(o.with(ctx, priority), priority)
}

func (o once) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (backend.Channel, error) {
	return o.Backend.SetChannelEnabled(o.with(ctx, priority, enabled), priority, enabled)
}

func (o once) SetChannelsEnabled(ctx context.Context, priorities []int, enabled bool) ([]backend.Channel, error) {
	return o.Backend.SetChannelsEnabled(o.with(ctx, priorities, enabled), priorities, enabled)
}

func (o once) OrderChannels(ctx context.Context, priorities []int) ([]backend.Channel, error) {
	return o.Backend.OrderChannels(o.with(ctx, priorities), priorities)
}

func (o once) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	return o.Backend.SendFeedback(o.with(ctx, text), text)
}

// MarkMessage marks one of several messages that a command names: each has a key of its own.
func (o once) MarkMessage(ctx context.Context, id string, read bool) error {
	command := backend.CommandOf(ctx)
	if command.Key = cmp.Or(command.Key, string(o.given)); command.Key != "" {
		command.Key += "/" + id
	}
	return o.Backend.MarkMessage(o.with(backend.WithCommand(ctx, command), id, read), id, read)
}

func (o once) DeleteMessages(ctx context.Context, ids []string) error {
	return o.Backend.DeleteMessages(o.with(ctx, ids), ids)
}

func (o once) ResendMessage(ctx context.Context, id string) (backend.Message, error) {
	return o.Backend.ResendMessage(o.with(ctx, id), id)
}

func (o once) ConfirmReceipt(ctx context.Context, priority int, word string) (backend.Channel, error) {
	return o.Backend.ConfirmReceipt(o.with(ctx, priority, word), priority, word)
}

func (o once) RotateSecret(ctx context.Context, priority int, overlap bool) (backend.SigningSecret, error) {
	return o.Backend.RotateSecret(o.with(ctx, priority, overlap), priority, overlap)
}

func (o once) Undo(ctx context.Context, entry string) (backend.JournalEntry, error) {
	return o.Backend.Undo(o.with(ctx, entry), entry)
}

func (o once) Redo(ctx context.Context) (backend.JournalEntry, error) {
	return o.Backend.Redo(o.with(ctx))
}
