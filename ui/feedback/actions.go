package feedback

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// readingActions are those of the list of what was sent.
func (f *screen) readingActions() []shell.Action {
	return append([]shell.Action{
		{ID: keymap.WriteFeedback, Do: func() tea.Cmd { f.write(true); return nil }, Off: f.whyNoWriting, Place: shell.At(1)},
		{ID: keymap.Open, Do: f.open, Off: f.whyNoNote, Place: shell.At(2)},
		{ID: keymap.Copy, Do: func() tea.Cmd { return f.shell.CopyCmd("the feedback", f.sent[f.list.At].Text) }, Off: f.whyNoNote, Place: shell.At(3)},
		{ID: keymap.Refresh, Place: shell.At(4)},
		{ID: keymap.FindText, Off: shell.AlwaysOff("There is nothing to find on this screen.")},
	}, shell.MoveActions(func(id keymap.ID) tea.Cmd { f.list.Move(id); return nil })...)
}

// typingActions are those of the page on which feedback is written. None of
// them works while that is being sent.
func (f *screen) typingActions() []shell.Action {
	unlessSending := func(do func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if f.shell.Work.Busy(sendingFeedback) {
				return nil
			}
			return do()
		}
	}
	return []shell.Action{
		{ID: keymap.ComposeSend, Do: unlessSending(f.sendCmd), Place: shell.At(1)},
		{ID: keymap.ComposeEdit, Do: unlessSending(func() tea.Cmd { return editCmd(f.area.Value()) }), Place: shell.At(2)},
		{ID: keymap.ComposeReset, Do: unlessSending(func() tea.Cmd { f.startOver(); return nil }), Place: shell.At(3)},
		{ID: keymap.ComposeLeave, Do: unlessSending(func() tea.Cmd { f.write(false); return nil }), Place: shell.At(4)},
	}
}

func (f *screen) open() tea.Cmd {
	note := f.sent[f.list.At]
	f.shell.Open(shell.NewReader(f.shell, "Feedback of "+shell.Stamp(f.shell.Now, note.SentAt), func(w int) []string { return shell.Wrapped(note.Text, w) }))
	return nil
}

// whyNoWriting says why nothing can be written, "" when it can.
func (f *screen) whyNoWriting() string {
	if f.shell.ReadOnly {
		return shell.ReadOnlyReason
	}
	return f.shell.Session.Lacks(backend.FeatureFeedback)
}

// whyNoNote says why there is no note under the cursor, "" when there is one.
func (f *screen) whyNoNote() string {
	if why := f.shell.Session.Lacks(backend.FeatureFeedbackHistory); why != "" {
		return why
	}
	if len(f.sent) == 0 {
		return "Nothing has been sent yet. " + f.shell.Keys.Key(keymap.WriteFeedback) + " starts writing."
	}
	return ""
}
