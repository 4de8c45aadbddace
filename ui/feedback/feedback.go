// Package feedback is the screen on which feedback is written, and on which earlier
// feedback can be read again.
//
// What is written is kept as a draft until it has been sent. In reading order:
//
//   - feedback.go: the screen, what it reads, and the messages it handles
//   - actions.go: what can be done, while earlier feedback is read and while some is
//     written
//   - writing.go, editor.go: write, start over and send; write in an editor of one's own
//   - view.go: what is drawn
package feedback

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// screen is the Feedback screen: an area for text, and a list of what was sent.
type screen struct {
	shell          *shell.Shell
	area           *form.Area
	isWriting      bool   // the keys go into the area
	isRestored     bool   // the area has a draft from earlier
	discarded      string // what was in the area before it was started over
	refusal        string // why it was not sent or not edited, "" for none
	sent           []backend.FeedbackNote
	isRead         bool                   // sent has been read at least once
	find           shell.Find             // the text to find
	shown          []backend.FeedbackNote // those of sent that have it
	list           shell.List             // the cursor in shown
	readingActions []shell.Action
	writingActions []shell.Action // while isWriting
	findingActions []shell.Action // while the text to find is typed
}

// historyReadMsg: earlier feedback was read, or err says why not.
type historyReadMsg struct {
	notes []backend.FeedbackNote
	err   error
}

// result is a message of this package: something that was started on the screen has
// ended. Its type and what it changes stand in the file that started it.
type result interface {
	applyTo(s *screen) tea.Cmd
}

// maxNotes is how much earlier feedback is read: the newest.
const maxNotes = 100

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	s := &screen{shell: sh, find: shell.NewFind(), area: form.NewArea("What works, what does not, what you miss…")}
	s.readingActions, s.writingActions, s.findingActions = s.newReadingActions(), s.newWritingActions(), s.find.Actions(s.narrow)
	return s
}

func (s *screen) Init() tea.Cmd {
	return tea.Batch(s.Load(), s.shell.Drafts.FindCmd(shell.FeedbackDraft))
}
func (s *screen) Title() string       { return "Feedback" }
func (s *screen) Badge() []shell.Part { return nil }
func (s *screen) Scope() keymap.Scope { return keymap.Feedback }

func (s *screen) TypingScope() keymap.Scope {
	if s.isWriting {
		return keymap.Compose
	}
	return s.find.Scope()
}

func (s *screen) Actions() []shell.Action {
	if s.isWriting {
		return s.writingActions
	}
	if s.find.IsTyped {
		return s.findingActions
	}
	return s.readingActions
}

// Load reads what was sent, where the backend keeps that.
func (s *screen) Load() tea.Cmd {
	view := s.shell.Session.View
	if s.shell.Session.Lacks(backend.FeatureFeedbackHistory) != "" {
		return nil
	}
	return s.shell.Load(readingFeedback, func(ctx context.Context) tea.Msg {
		notes, err := view.FeedbackHistory(ctx, maxNotes)
		return historyReadMsg{notes, err}
	})
}

// Update takes a draft that was found, ends the writing when another screen comes to the
// front, and handles results.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case shell.DraftFoundMsg:
		s.draftFound(msg)
	case shell.GoToMsg:
		if msg.Screen != keymap.Feedback {
			s.setWriting(false)
			s.find.IsTyped = false
		}
	case shell.ProfileReadMsg:
		if msg.Err == nil && s.refusal == sendingIsOff {
			s.refusal = ""
		}
	case result:
		return msg.applyTo(s)
	}
	return nil
}

func (m historyReadMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.FailRead("Earlier feedback could not be read", m.err)
		return nil
	}
	s.sent, s.isRead = m.notes, true
	s.narrow()
	return nil
}

// narrow sets what is shown of what was sent: what has the text to find.
func (s *screen) narrow() {
	s.shown = nil
	for _, note := range s.sent {
		if s.find.Has(note.Text) {
			s.shown = append(s.shown, note)
		}
	}
	s.list.Fit(len(s.shown), s.list.H)
}
