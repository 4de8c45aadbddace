package channels

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// The forms that add and edit a channel send these when they have been saved. A form
// that cannot be saved says so itself.
type (
	addedMsg struct {
		channel backend.Channel
		isLeft  bool // the form was left before
	}
	editedMsg struct {
		was    backend.Channel // as it was shown
		update backend.ChannelUpdate
		isLeft bool
	}
)

// Left leaves the code for later.
func (m addedMsg) Left() tea.Msg { m.isLeft = true; return m }

// Left leaves the code for later.
func (m editedMsg) Left() tea.Msg { m.isLeft = true; return m }

// examples are values of each type as they should look.
var examples = map[backend.ChannelType]string{
	backend.TypeEmail:   "name@example.org",
	backend.TypeSMS:     "+994551234567",
	backend.TypeWebhook: "https://hooks.example.com/alerts",
	backend.TypePush:    "https://push.example.com/device",
}

// whyNoAdd says why no channel can be added, "" when one can or when the limit is
// not known.
func (s *screen) whyNoAdd() string {
	if !s.isRead() {
		return s.whyNoChannel()
	}
	if l, ok := channelLimit(s.shell.Session.Profile); ok && l.Value > 0 && len(s.shell.Session.Channels) >= l.Value {
		return fmt.Sprintf("The plan has room for %s. %s deletes one.", shell.Count(l.Value, "channel"), s.shell.Keys.Key(keymap.DeleteChannel))
	}
	return ""
}

// anyExample stands in an empty value of which the type is not known yet.
const anyExample = "name@example.org, +994…, or https://…"

// addForm asks for the value, from which the type follows; another type can be chosen.
// The backend decides the priority.
func addForm(sh *shell.Shell) *shell.FormDialog {
	var options []form.Option
	for _, t := range backend.ChannelTypes {
		options = append(options, form.Option{Value: string(t), Label: sh.Sign(t) + " " + shell.TypeName(t)})
	}
	kind, value := form.NewChoice(options...), form.NewInput("", anyExample)
	kind.Follow(func() string { return string(backend.InferType(value.Value())) })
	chosen := func() backend.ChannelType { return backend.ChannelType(kind.Value()) }
	view := sh.Session.View
	next := 1
	if n := len(sh.Session.Channels); n > 0 {
		next = sh.Session.Channels[n-1].Priority + 1
	}
	fields := form.New(append([]form.Entry{
		{Name: "type", Label: "Type", Hint: "← → or space; letters go to the value", Field: kind},
		{Name: "value", Label: "Value", Hint: valueHint(sh), Field: value, Check: checkValue(chosen)},
	}, labelEntries(sh, "")...)...)
	fields.Start(1)
	return &shell.FormDialog{
		Name: "add channel", Title: "Add channel", Form: fields,
		Note: func() string {
			return keptAs(chosen(), value.Value()) + fmt.Sprintf("It becomes number %d (1 is tried first). A code is sent to it; the channel works once you enter it.", next)
		},
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			return func(ctx context.Context) (tea.Msg, error) {
				added, err := view.CreateChannel(ctx, backend.ChannelType(values["type"]), values["value"], values["label"])
				return addedMsg{channel: added}, err
			}
		},
	}
}

// applyTo asks for the code of the new channel. Over that it shows the signing secret
// of a webhook: no other answer has it.
func (m addedMsg) applyTo(s *screen) tea.Cmd {
	sh, ch := s.shell, m.channel
	secret := ch.SigningSecret
	ch.SigningSecret = ""
	s.wanted = ch.Priority
	sh.Undoable(nil)
	s.put(ch)
	if m.isLeft {
		sh.Tell(shell.Good, "Added channel %d: %s enters its code.", ch.Priority, sh.Keys.Key(keymap.VerifyChannel))
	} else {
		sh.Tell(shell.Good, "Added channel %d.", ch.Priority)
		verify.OpenCode(sh, verify.Channel(sh, ch), "")
	}
	if secret != "" {
		sh.Open(&secretDialog{shell: sh, priority: ch.Priority, secret: secret})
	}
	return nil
}

// editForm changes the value of a channel, its label or both.
func editForm(sh *shell.Shell, ch backend.Channel) *shell.FormDialog {
	view, known := sh.Session.View, ch // as the form knows it
	value := form.NewInput(backend.ReadableHost(ch.Type, ch.Value), examples[ch.Type])
	return &shell.FormDialog{
		Name:  editName(ch),
		Title: fmt.Sprintf("Edit channel %d %s %s", ch.Priority, sh.Look.Dot, shell.TypeName(ch.Type)),
		Form: form.New(append([]form.Entry{{Name: "value", Label: "Value", Hint: valueHint(sh), Field: value,
			Check: checkValue(func() backend.ChannelType { return ch.Type }, value.Value(), ch.Value, ch.ActiveValue)}}, labelEntries(sh, ch.Label)...)...),
		Note: func() string {
			note := "A code is sent to a new value; the channel works once you enter it."
			if ch.ActiveValue != "" {
				note = fmt.Sprintf("Messages go to %s until the code of a new value is entered.", sh.Masked(ch.Type, ch.ActiveValue))
			}
			if sh.Session.Lacks(backend.FeatureLabels) == "" {
				note += " A new label needs no code."
			}
			if value.Value() != ch.Value {
				note = keptAs(ch.Type, value.Value()) + note
			}
			return note
		},
		Present: func() map[string]shell.Presented {
			known, _ = present(sh, known)
			readable := backend.ReadableHost(known.Type, known.Value)
			return map[string]shell.Presented{"value": {Value: readable, Text: sh.Masked(known.Type, known.Value)}, "label": {Value: known.Label}}
		},
		Gone: func() string { return gone(sh, known) },
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			was, value, label := known, newValue(known, values), newLabel(known, values)
			return func(ctx context.Context) (tea.Msg, error) {
				update, err := saveEdited(ctx, view, was, value, label)
				return editedMsg{was: was, update: update}, err
			}
		},
	}
}

// editName is the name of the form that edits a channel, and of its draft. It stays the same where
// the channel gets another number.
func editName(ch backend.Channel) string {
	if ch.CreatedAt.IsZero() { // a server does not tell
		return fmt.Sprintf("edit channel %d", ch.Priority)
	}
	return fmt.Sprintf("edit %s channel of %d", ch.Type, ch.CreatedAt.UnixMilli())
}

// saveEdited changes value and label of a channel, nil for what stays as it is by now. What is
// replaced is still as it was shown.
func saveEdited(ctx context.Context, view backend.Backend, shown backend.Channel, value, label *string) (update backend.ChannelUpdate, err error) {
	err = shell.AsReplaced(ctx, view, shown, value, label, func(ctx context.Context, now backend.Channel) (err error) {
		if value == nil && label != nil && *label == now.Label { // sent with what it has, it would ask for a code
			update = backend.ChannelUpdate{Channel: now, LabelChanged: true}
			return nil
		}
		to := now.Value
		if value != nil {
			to = *value
		}
		update, err = view.UpdateChannel(ctx, now.Priority, to, label)
		return err
	})
	return update, err
}

// keptAs is a sentence about the value that was typed, as it will be kept, and a space; "" while
// it is none, and for an address that stays as it is.
func keptAs(kind backend.ChannelType, value string) string {
	clean, err := backend.CleanValue(kind, value, true)
	readable := safe.Text(backend.ReadableValue(kind, clean))
	switch {
	case err != nil, kind != backend.TypeSMS && (value == clean || value == readable || value+"/" == clean):
		return ""
	case kind == backend.TypeSMS:
		return "The number is kept as " + readable + ". "
	}
	return "It is kept as " + readable + ". "
}

// checkValue checks a value as the backend will. Plain http to this machine passes
// here, since only the backend knows whether it is allowed, and so do the kept values: what
// a channel has may stay, also where earlier versions took what this one refuses.
func checkValue(kind func() backend.ChannelType, kept ...string) func(string) error {
	return func(value string) error {
		if value != "" && slices.Contains(kept, value) {
			return nil
		}
		_, err := backend.CleanValue(kind(), value, true)
		return err
	}
}

// applyTo tells what was changed, and asks for the code where one was sent.
func (m editedMsg) applyTo(s *screen) tea.Cmd {
	sh, u, p := s.shell, m.update, m.update.Channel.Priority
	if u.Changed || u.CodeSent {
		sh.Undoable(nil)
	}
	s.put(u.Channel)
	switch {
	case u.CodeSent && u.Channel.ActiveValue != "":
		sh.Tell(shell.Good, "Channel %d: the old value works until the new one is verified.", p)
	case u.CodeSent:
		sh.Tell(shell.Good, "Channel %d has a new value.", p)
	case u.Changed:
		sh.Tell(shell.Good, "Channel %d keeps %s; the new value is dropped.", p, sh.Masked(u.Channel.Type, u.Channel.ActiveValue))
	case u.LabelChanged:
		tellLabel(sh, m.was, u.Channel)
	default:
		sh.Tell(shell.Neutral, "Nothing to save: channel %d has this already.", p)
	}
	if u.CodeSent && !m.isLeft {
		verify.OpenCode(sh, verify.Channel(sh, u.Channel), "")
	}
	return nil
}

// put takes over a channel from the answer to a change. What was read before that
// does not know of the code yet, and the dialog that asks for it would close.
func (s *screen) put(ch backend.Channel) {
	s.shell.Session.Channels = withChannel(s.shell.Session.Channels, ch)
	if s.filter.Keeps(ch.Type) {
		s.passing = withChannel(s.passing, ch)
	}
	s.narrow()
}

// withChannel returns the list, which is sorted by priority, with ch in it. Where a
// later state of ch was read already, that stays.
func withChannel(list []backend.Channel, ch backend.Channel) []backend.Channel {
	i, found := slices.BinarySearchFunc(list, ch.Priority, func(x backend.Channel, p int) int { return x.Priority - p })
	switch {
	case !found:
		return slices.Insert(slices.Clone(list), i, ch)
	case list[i].Value == ch.Value && !list[i].UpdatedAt.Before(ch.UpdatedAt):
		return list
	}
	list = slices.Clone(list)
	list[i] = ch
	return list
}
