package channels

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

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
// was opened. What was not changed is not sent, so that it stays as it is by now.
func newLabel(opened backend.Channel, values map[string]string) *string {
	label, hasField := values["label"]
	clean, err := backend.CleanLabel(label)
	switch {
	case !hasField || err == nil && clean == opened.Label:
		return nil
	case err != nil:
		return &label
	}
	return &clean
}

// newValue is the value of a form, in the same way.
func newValue(opened backend.Channel, values map[string]string) *string {
	value := values["value"]
	clean, err := backend.CleanValue(opened.Type, value, true)
	switch {
	case value == opened.Value || value == backend.ReadableHost(opened.Type, opened.Value) || err == nil && clean == opened.Value:
		return nil
	case err != nil:
		return &value
	}
	return &clean
}

// warnChanged returns the warning of a form that would overwrite the value or the label that
// another console has given the channel since the form was opened; "" for none. There is one
// warning for each such change. Then the channel is known as it is now.
func warnChanged(sh *shell.Shell, shown *atomic.Pointer[backend.Channel]) func(values map[string]string) string {
	opened := *shown.Load()
	return func(values map[string]string) string {
		known := *shown.Load()
		now, isThere := present(sh, known)
		if !isThere {
			return ""
		}
		shown.Store(&now)
		switch {
		case shell.IsReplaced(known.Value, now.Value, newValue(opened, values)):
			return "The value was changed elsewhere to " + sh.Masked(now.Type, now.Value) + ". Save again to replace it."
		case !shell.IsReplaced(known.Label, now.Label, newLabel(opened, values)):
			return ""
		case now.Label == "":
			return "The label was removed elsewhere. Save again to give it one."
		}
		return "The label was changed elsewhere to " + safe.Text(now.Label) + ". Save again to replace it."
	}
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
