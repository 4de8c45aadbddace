package feedback

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// feedback is the screen for telling the company something: a page to write
// on, whose draft survives everything, and what was sent before.
type screen struct {
	shell    *shell.Shell
	area     *form.Area
	writing  bool
	refusal  string
	restored bool
	thrown   string // what was there before the page was emptied
	sent     []backend.FeedbackNote
	read     bool
	err      error
	list     shell.List
	reading  []shell.Action // while the notes are looked at
	typing   []shell.Action // while one is written
}

type feedbackReadMsg struct {
	notes []backend.FeedbackNote
	err   error
}

type feedbackSentMsg struct{ err error }

const (
	feedbackDraft   = "feedback"
	sendingFeedback = "send feedback"
	// shownFeedback is how many old notes are read.
	shownFeedback = 100
)

// New returns the screen on the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	f := &screen{shell: sh, area: form.NewArea("What works, what does not, what you miss…")}
	f.reading, f.typing = f.readingActions(), f.typingActions()
	return f
}

func (f *screen) Title() string       { return "Feedback" }
func (f *screen) Badge() string       { return "" }
func (f *screen) Scope() keymap.Scope { return keymap.Feedback }
func (f *screen) Init() tea.Cmd       { return tea.Batch(f.Load(), f.shell.Drafts.FindCmd(feedbackDraft)) }

func (f *screen) TypingScope() keymap.Scope {
	if f.writing {
		return keymap.Compose
	}
	return ""
}

func (f *screen) Actions() []shell.Action {
	if f.writing {
		return f.typing
	}
	return f.reading
}

func (f *screen) Load() tea.Cmd {
	view := f.shell.Session.View
	if f.shell.Session.Lacks(backend.FeatureFeedbackHistory) != "" {
		return nil
	}
	return f.shell.Load("feedback", func(ctx context.Context) tea.Msg {
		notes, err := view.FeedbackHistory(ctx, shownFeedback)
		return feedbackReadMsg{notes, err}
	})
}

func (f *screen) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case feedbackReadMsg:
		f.err = fact.err
		if fact.err != nil {
			f.shell.FailRead("Earlier feedback could not be read", fact.err)
			return nil
		}
		f.sent, f.read = fact.notes, true
		f.list.Fit(len(f.sent), f.list.H)
	case shell.DraftFoundMsg:
		if fact.Key == f.shell.Drafts.Key(feedbackDraft) && fact.Values["text"] != "" {
			f.restore(fact.Values["text"])
		}
	case shell.GoToMsg:
		if fact.Screen != keymap.Feedback {
			f.write(false)
		}
	case feedbackSentMsg:
		f.shell.Drafts.Ended(feedbackDraft, fact.err)
		return f.wasSent(fact.err)
	case editorReadyMsg:
		return f.runEditor(fact)
	case editorClosedMsg:
		return fact.readCmd()
	case editedMsg:
		f.edited(fact)
	}
	return nil
}

// restore brings a draft back, before what may have been typed already.
func (f *screen) restore(text string) {
	if typed := f.area.Value(); typed != "" {
		text += "\n" + typed
	}
	f.area.SetValue(text)
	f.restored = true
}

func (f *screen) wasSent(err error) tea.Cmd {
	if err != nil {
		var e *backend.Error
		if errors.As(err, &e) && len(e.Fields["feedback"]) > 0 {
			f.refusal = e.Fields["feedback"][0]
			return nil
		}
		w, words := f.shell.Unsaved(err)
		f.shell.Tell(w, "%s", words)
		if w == shell.Unknown {
			return f.shell.Reload() // look, before anybody does it again
		}
		return nil
	}
	f.area.SetValue("")
	f.thrown = ""
	f.shell.Drafts.Drop(feedbackDraft)
	f.write(false)
	f.shell.Undo = nil
	f.shell.Tell(shell.Good, "Thank you. Your feedback was sent.")
	return f.shell.Reload()
}

func (f *screen) write(on bool) {
	f.writing = on
	f.area.Focus(on)
	f.refusal = ""
}

// Type takes what is written.
func (f *screen) Type(msg tea.KeyMsg) tea.Cmd {
	if f.shell.Work.Busy(sendingFeedback) {
		return nil // it is being sent: what is typed now would be lost with it
	}
	f.area.Update(msg)
	f.refusal = ""
	f.keep()
	return nil
}

// startOver empties the page; a second one in a row takes that back.
func (f *screen) startOver() {
	text := f.area.Value()
	if text == "" {
		f.area.SetValue(f.thrown)
		f.thrown = ""
	} else {
		f.area.SetValue("")
		f.thrown = text
	}
	f.refusal, f.restored = "", false
	f.keep()
}

func (f *screen) keep() {
	if text := f.area.Value(); text != "" {
		f.shell.Drafts.Keep(feedbackDraft, map[string]string{"text": text})
	} else {
		f.shell.Drafts.Drop(feedbackDraft)
	}
}

// whyNotSent says why nothing can be sent now, "" when it can. A draft is
// written all the same: that needs no server.
func (f *screen) whyNotSent() string {
	if f.shell.Connection.Down {
		return "Sending is off while offline. What you write is kept."
	}
	return ""
}

func (f *screen) sendCmd() tea.Cmd {
	if f.refusal = f.whyNotSent(); f.refusal != "" {
		return nil
	}
	text := f.area.Value()
	if _, err := backend.CleanFeedback(text); err != nil {
		f.refusal = err.Error()
		return nil
	}
	view := f.shell.Session.View
	command := f.shell.Drafts.Command(feedbackDraft, map[string]string{"text": text})
	return f.shell.Change(sendingFeedback, func(ctx context.Context) tea.Msg {
		_, err := view.SendFeedback(backend.WithCommand(ctx, command), text)
		return feedbackSentMsg{err}
	})
}
