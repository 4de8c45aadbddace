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
)

// relabelledMsg: a change of a label was undone, or err says why not.
type relabelledMsg struct{ err error }

// labelEntries are the field of the label, none where the backend keeps no labels.
func labelEntries(sh *shell.Shell, label string) []form.Entry {
	if sh.Session.Lacks(backend.FeatureLabels) != "" {
		return nil
	}
	return []form.Entry{{Name: "label", Label: "Label", Optional: true,
		Field: form.NewInput(label, "such as work or pager"), Check: form.Fault(backend.CleanLabel)}}
}

// valueHint says that the label may be left out, "" where there is none.
func valueHint(sh *shell.Shell) string {
	if sh.Session.Lacks(backend.FeatureLabels) != "" {
		return ""
	}
	return fmt.Sprintf("%s saves %s %s to the label", sh.Keys.Key(keymap.FormEnter), sh.Look.Dot, sh.Keys.Key(keymap.FormNext))
}

// newLabel is the label of a form, nil where it is the one that the channel had when the form
// was known. What was not changed is not sent, so that it stays as it is by now.
func newLabel(known backend.Channel, values map[string]string) *string {
	label, hasField := values["label"]
	clean, err := backend.CleanLabel(label)
	switch {
	case !hasField || err == nil && clean == known.Label:
		return nil
	case err != nil:
		return &label
	}
	return &clean
}

// newValue is the value of a form, in the same way.
func newValue(known backend.Channel, values map[string]string) *string {
	value := values["value"]
	clean, err := backend.CleanValue(known.Type, value, true)
	switch {
	case value == known.Value || value == backend.ReadableHost(known.Type, known.Value) || err == nil && clean == known.Value:
		return nil
	case err != nil:
		return &value
	}
	return &clean
}

// present is a channel as it was read last; false where it is not there any more.
func present(sh *shell.Shell, shown backend.Channel) (backend.Channel, bool) {
	i := slices.IndexFunc(sh.Session.Channels, func(now backend.Channel) bool {
		return now.Priority == shown.Priority && !shell.IsAnother(shown, now)
	})
	if i < 0 {
		return shown, false
	}
	return sh.Session.Channels[i], true
}

// gone says that a channel was deleted or moved elsewhere, and what to do; "" while it is there.
func gone(sh *shell.Shell, shown backend.Channel) string {
	if _, isThere := present(sh, shown); isThere {
		return ""
	}
	i := slices.IndexFunc(sh.Session.Channels, func(now backend.Channel) bool { return !shell.IsAnother(shown, now) })
	if i >= 0 {
		return fmt.Sprintf("Channel %d was moved elsewhere: it is number %d now. Edit it there; what you typed goes with it.", shown.Priority, sh.Session.Channels[i].Priority)
	}
	text := fmt.Sprintf("Channel %d was deleted elsewhere.", shown.Priority)
	if sh.Session.Lacks(backend.FeatureUndo) == "" {
		text += fmt.Sprintf(" Activity (%s) can take that back; what you typed stays.", sh.Keys.Key(keymap.Screen4))
	}
	return text
}

// tellLabel tells the new label and makes an undo. The undo does nothing where the label has
// been changed again since.
func tellLabel(sh *shell.Shell, was, saved backend.Channel) {
	called := "is called " + safe.Text(saved.Label)
	if saved.Label == "" {
		called = "has no label now"
	}
	sh.Tell(shell.Good, "Channel %d %s%s", saved.Priority, called, sh.UndoHint())
	view := sh.Session.View
	sh.Undoable(func() tea.Cmd {
		if now, isThere := present(sh, saved); !isThere || now.Label != saved.Label {
			sh.Tell(shell.Warning, "The label has been changed again since: it stays.")
			return nil
		}
		return sh.Change("label", func(ctx context.Context) tea.Msg {
			return relabelledMsg{shell.AsLabelled(ctx, view, saved, func(ctx context.Context) error {
				_, err := view.UpdateChannel(ctx, saved.Priority, saved.Value, &was.Label)
				return err
			})}
		})
	})
}

func (m relabelledMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.Fail("The label could not be put back", m.err)
		return s.shell.Reload()
	}
	s.shell.Tell(shell.Good, "The label is as it was.")
	return s.shell.Reload()
}
