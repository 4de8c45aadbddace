package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// readingActions are those of the list of what was sent.
func (f *feedback) readingActions() []action {
	return append([]action{
		{id: keymap.WriteFeedback, do: func() tea.Cmd { f.write(true); return nil }, off: f.whyNoWriting, place: at(1)},
		{id: keymap.Open, do: f.open, off: f.whyNoNote, place: at(2)},
		{id: keymap.Copy, do: func() tea.Cmd { return f.shell.copyCmd("the feedback", f.sent[f.list.at].Text) }, off: f.whyNoNote, place: at(3)},
		{id: keymap.Refresh, place: at(4)},
		{id: keymap.FindText, off: offHere("There is nothing to find on this screen.")},
	}, moves(func(id keymap.ID) tea.Cmd { f.list.move(id); return nil })...)
}

// typingActions are those of the page on which feedback is written. None of
// them works while that is being sent.
func (f *feedback) typingActions() []action {
	unlessSending := func(do func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if f.shell.Work.busy(sendingFeedback) {
				return nil
			}
			return do()
		}
	}
	return []action{
		{id: keymap.ComposeSend, do: unlessSending(f.sendCmd), place: at(1)},
		{id: keymap.ComposeEdit, do: unlessSending(func() tea.Cmd { return editCmd(f.area.Value()) }), place: at(2)},
		{id: keymap.ComposeEmpty, do: unlessSending(func() tea.Cmd { f.startOver(); return nil }), place: at(3)},
		{id: keymap.ComposeLeave, do: unlessSending(func() tea.Cmd { f.write(false); return nil }), place: at(4)},
	}
}

func (f *feedback) open() tea.Cmd {
	note := f.sent[f.list.at]
	f.shell.open(newReader(f.shell, "Feedback of "+stamp(f.shell.Now, note.SentAt), func(w int) []string { return wrapped(note.Text, w) }))
	return nil
}

// whyNoWriting says why nothing can be written, "" when it can.
func (f *feedback) whyNoWriting() string {
	if f.shell.ReadOnly {
		return readOnlyReason
	}
	return f.shell.Session.Lacks(backend.FeatureFeedback)
}

// whyNoNote says why there is no note under the cursor, "" when there is one.
func (f *feedback) whyNoNote() string {
	if why := f.shell.Session.Lacks(backend.FeatureFeedbackHistory); why != "" {
		return why
	}
	if len(f.sent) == 0 {
		return "Nothing has been sent yet. " + f.shell.Keys.Key(keymap.WriteFeedback) + " starts writing."
	}
	return ""
}
