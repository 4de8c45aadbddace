package channels

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// examples are values of each type as they should look.
var examples = map[backend.ChannelType]string{
	backend.TypeEmail:   "name@example.org",
	backend.TypeSMS:     "+994551234567",
	backend.TypeWebhook: "https://hooks.example.com/alerts",
	backend.TypePush:    "https://push.example.com/device",
}

// addForm asks for type and value; the backend gives the priority.
func addForm(sh *shell.Shell) *shell.FormDialog {
	var options []form.Option
	for _, t := range backend.ChannelTypes {
		options = append(options, form.Option{Value: string(t), Label: sh.Sign(t) + " " + shell.TypeName(t), Key: shell.TypeName(t)[:1]})
	}
	kind, value := form.NewChoice(options...), form.NewInput("", "")
	chosen := func() backend.ChannelType { return backend.ChannelType(kind.Value()) }
	view := sh.Session.View
	next := 1
	if n := len(sh.Session.Channels); n > 0 {
		next = sh.Session.Channels[n-1].Priority + 1
	}
	return &shell.FormDialog{
		Name: "add channel", Title: "Add channel",
		Form: form.New(
			form.Entry{Name: "type", Label: "Type", Hint: "← → or e, s, w, p; other text is the value", Field: kind},
			form.Entry{Name: "value", Label: "Value", Field: value, Check: checkValue(chosen)},
		),
		Note: func() string {
			return fmt.Sprintf("Such as %s. It becomes number %d (1 is tried first). A code is sent to it; the channel works once you enter it.", examples[chosen()], next)
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			added, err := view.CreateChannel(ctx, backend.ChannelType(values["type"]), values["value"])
			return channelAddedMsg{added}, err
		},
	}
}

// editForm changes the value of a channel.
func editForm(sh *shell.Shell, ch backend.Channel) *shell.FormDialog {
	view, p := sh.Session.View, ch.Priority
	return &shell.FormDialog{
		// A number may come back with another channel, a moment of making does not.
		Name: fmt.Sprintf("edit channel %d of %d", p, ch.CreatedAt.UnixMilli()), Title: fmt.Sprintf("Edit channel %d %s %s", p, sh.Look.Dot, shell.TypeName(ch.Type)),
		Form: form.New(form.Entry{Name: "value", Label: "Value", Field: form.NewInput(ch.Value, examples[ch.Type]),
			Check: checkValue(func() backend.ChannelType { return ch.Type })}),
		Note: func() string {
			if ch.ActiveValue != "" {
				return "A code is sent to the new value. Until it is entered, messages go to the old one."
			}
			return "A code is sent to the new value; the channel works once you enter it."
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			var update backend.ChannelUpdate
			change := func(ctx context.Context) (err error) {
				update, err = view.UpdateChannel(ctx, p, values["value"])
				return err
			}
			err := shell.AsShown(ctx, view, shell.One(ch), change)
			if backend.ErrorCode(err) == backend.CodeStale { // unless it is as this very change left it
				after := ch
				if after.Value, _ = backend.CleanValue(ch.Type, values["value"], true); after.Value != ch.Value {
					if again := shell.AsShown(ctx, view, shell.One(after), change); backend.ErrorCode(again) != backend.CodeStale {
						err = again
					}
				}
			}
			return channelEditedMsg{update}, err
		},
	}
}

// checkValue judges as the backend will. Plain http to this machine passes
// here, since only the backend knows whether it is allowed.
func checkValue(kind func() backend.ChannelType) func(string) error {
	return func(value string) error {
		_, err := backend.CleanValue(kind(), value, true)
		return err
	}
}
