package feedback

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	sendingFeedback = "send feedback" // names the request
	readingFeedback = "feedback"      // the same
)

// sendingIsOff is why nothing is sent while the server cannot be reached.
const sendingIsOff = "Sending is off while offline. What you write is kept."

// sentMsg: the feedback was sent, or err says why not.
type sentMsg struct{ err error }

// setWriting begins or ends the writing.
func (s *screen) setWriting(on bool) {
	s.isWriting = on
	s.area.Focus(on)
	s.refusal = ""
}

// Type takes a key of the text.
func (s *screen) Type(msg tea.KeyMsg) tea.Cmd {
	if s.find.IsTyped {
		s.find.Type(msg)
		s.narrow()
		return nil
	}
	if s.shell.Work.Busy(sendingFeedback) {
		return nil // the area is emptied once the text is sent
	}
	s.area.Update(msg)
	s.refusal = ""
	s.keepDraft()
	return nil
}

func (s *screen) keepDraft() {
	if text := s.area.Value(); text != "" {
		s.shell.Drafts.Keep(shell.FeedbackDraft, map[string]string{shell.FeedbackField: text})
	} else {
		s.shell.Drafts.Drop(shell.FeedbackDraft)
	}
}

// draftFound puts the draft into the area, above what was typed while it was read.
func (s *screen) draftFound(msg shell.DraftFoundMsg) {
	text := msg.Values[shell.FeedbackField]
	if msg.Key != s.shell.Drafts.Key(shell.FeedbackDraft) || text == "" {
		return
	}
	if typed := s.area.Value(); typed != "" {
		text += "\n" + typed
	}
	s.area.SetValue(text)
	s.isRestored = true
}

// startOver empties the area. Done again before anything is typed, it takes that back.
func (s *screen) startOver() {
	text := s.area.Value()
	if text == "" {
		s.area.SetValue(s.discarded)
		s.discarded = ""
	} else {
		s.area.SetValue("")
		s.discarded = text
	}
	s.refusal, s.isRestored = "", false
	s.keepDraft()
}

// whyNotSent says why nothing can be sent now, "" when it can. It can be written all
// the same.
func (s *screen) whyNotSent() string {
	if s.shell.Connection.Offline {
		return sendingIsOff
	}
	return ""
}

func (s *screen) sendCmd() tea.Cmd {
	s.refusal = ""
	text := s.area.Value()
	if _, err := backend.CleanFeedback(text); err != nil {
		s.refusal = err.Error()
		return nil
	}
	view := s.shell.Session.View
	command := s.shell.Drafts.Command(shell.FeedbackDraft, map[string]string{shell.FeedbackField: text})
	return s.shell.Change(sendingFeedback, func(ctx context.Context) tea.Msg {
		_, err := view.SendFeedback(backend.WithCommand(ctx, command), text)
		return sentMsg{err}
	})
}

func (m sentMsg) applyTo(s *screen) tea.Cmd {
	s.shell.Drafts.Ended(shell.FeedbackDraft, m.err)
	if m.err != nil {
		return s.notSent(m.err)
	}
	s.area.SetValue("")
	s.discarded = ""
	s.shell.Drafts.Drop(shell.FeedbackDraft)
	s.setWriting(false)
	s.shell.NotUndoable("Feedback that was sent cannot be taken back")
	_, sent := s.destination()
	s.shell.Tell(shell.Good, "Thank you. %s", sent)
	return s.shell.Reload()
}

// destination says where feedback goes, as a clause, and where it is once it was sent, as a
// sentence.
func (s *screen) destination() (goes, sent string) {
	switch place := s.shell.Place; {
	case place == shell.DemoPlace:
		return "stays in the demo", "Your feedback is stored in the demo, and goes with it."
	case s.shell.Session.Local:
		return "stays in this file", "Your feedback is stored in this file, and goes nowhere else."
	case s.shell.Session.Database:
		return "stays in this database", "Your feedback is stored in this database, and goes nowhere else."
	default:
		host := strings.TrimPrefix(place, shell.RemotePlace)
		return "goes to " + host, "Your feedback was sent to " + host + "."
	}
}

// notSent keeps the text and says why it was not sent. Where the answer was lost, it
// reads again: the text may be among what was sent.
func (s *screen) notSent(err error) tea.Cmd {
	var e *backend.Error
	if errors.As(err, &e) && len(e.Fields["feedback"]) > 0 {
		s.refusal = e.Fields["feedback"][0]
		return nil
	}
	weight, text := s.shell.Unsaved(err)
	if shell.IsOffline(err) {
		s.shell.TellOffline(shell.Failure, "%s", text)
		return nil
	}
	s.shell.Tell(weight, "%s", text)
	if weight == shell.Unknown {
		return s.shell.Reload()
	}
	return nil
}
