package feedback

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

// newReadingActions makes the actions of the list of what was sent.
func (s *screen) newReadingActions() []shell.Action {
	return append([]shell.Action{
		{ID: keymap.WriteFeedback, Do: func() tea.Cmd { s.setWriting(true); return nil }, Off: s.whyNoWriting, Place: shell.At(1)},
		{ID: keymap.Open, Do: s.open, Off: s.whyNoNote, Place: shell.At(2)},
		{ID: keymap.Copy, Do: func() tea.Cmd { return s.shell.CopyTextCmd("the feedback", s.shown[s.list.At].Text) }, Off: s.whyNoNote, Place: shell.At(3)},
		{ID: keymap.CopyRecord, Do: func() tea.Cmd {
			return s.shell.CopyTextCmd("the feedback as JSON", export.Note(s.shown[s.list.At]))
		}, Off: s.whyNoNote},
		{ID: keymap.Refresh, Place: shell.At(4)},
		{ID: keymap.FindText, Do: s.find.Begin, Off: s.whyNothingToFind},
		{ID: keymap.Back, Do: func() tea.Cmd { s.find.Clear(); s.narrow(); return nil }},
	}, shell.MoveActions(func(id keymap.ID) tea.Cmd { s.list.Move(id); return nil })...)
}

// newWritingActions makes the actions while feedback is written. They do nothing while
// it is being sent.
func (s *screen) newWritingActions() []shell.Action {
	unlessSending := func(do func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			if s.shell.Work.Busy(sendingFeedback) {
				return nil
			}
			return do()
		}
	}
	return []shell.Action{
		{ID: keymap.ComposeSend, Do: unlessSending(s.sendCmd), Off: s.whyNotSent, Place: shell.At(1)},
		{ID: keymap.ComposeEdit, Do: unlessSending(func() tea.Cmd { return editCmd(s.area.Value()) }), Place: shell.At(2)},
		{ID: keymap.ComposeReset, Do: unlessSending(func() tea.Cmd { s.startOver(); return nil }), Place: shell.At(3)},
		{ID: keymap.ComposeLeave, Do: unlessSending(func() tea.Cmd { s.setWriting(false); return nil }), Place: shell.At(4)},
	}
}

// open shows earlier feedback as a page of its own.
func (s *screen) open() tea.Cmd {
	note := s.shown[s.list.At]
	s.shell.Open(shell.NewReader(s.shell, "Feedback of "+shell.Stamp(s.shell.Now, note.SentAt), func(w int) []string { return shell.Wrapped(note.Text, w) }))
	return nil
}

// whyNoWriting says why nothing can be written, "" when it can.
func (s *screen) whyNoWriting() string {
	if s.shell.ReadOnly {
		return s.shell.WhyReadOnly()
	}
	return s.shell.Session.Lacks(backend.FeatureFeedback)
}

// whyNoNote says why no earlier feedback is under the cursor, "" when some is.
func (s *screen) whyNoNote() string {
	if why := s.shell.Session.Lacks(backend.FeatureFeedbackHistory); why != "" {
		return why
	}
	if len(s.sent) > 0 && len(s.shown) == 0 {
		return "No feedback has this text. " + s.shell.Keys.Key(keymap.Back) + " shows all of it again."
	}
	if len(s.sent) == 0 {
		return "There is no feedback yet. " + s.shell.Keys.Key(keymap.WriteFeedback) + " starts writing."
	}
	return ""
}

// whyNothingToFind says why there is nothing to find, "" when there is something.
func (s *screen) whyNothingToFind() string {
	if len(s.sent) > 0 {
		return ""
	}
	return s.whyNoNote()
}
