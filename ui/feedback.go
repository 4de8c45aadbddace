package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
)

// feedback is the screen for telling the company something: a page to write
// on, whose draft survives everything, and what was sent before.
type feedback struct {
	shell    *Shell
	area     *form.Area
	writing  bool
	refusal  string
	restored bool
	thrown   string // what was there before the page was emptied
	sent     []backend.FeedbackNote
	read     bool
	err      error
	list     list
	reading  []action // while the notes are looked at
	typing   []action // while one is written
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

func newFeedback(sh *Shell) *feedback {
	f := &feedback{shell: sh, area: form.NewArea("What works, what does not, what you miss…")}
	f.reading, f.typing = f.readingActions(), f.typingActions()
	return f
}

func (f *feedback) Title() string       { return "Feedback" }
func (f *feedback) Badge() string       { return "" }
func (f *feedback) Scope() keymap.Scope { return keymap.Feedback }
func (f *feedback) Init() tea.Cmd       { return tea.Batch(f.Load(), f.shell.Drafts.findCmd(feedbackDraft)) }

func (f *feedback) TypingScope() keymap.Scope {
	if f.writing {
		return keymap.Compose
	}
	return ""
}

func (f *feedback) Actions() []action {
	if f.writing {
		return f.typing
	}
	return f.reading
}

func (f *feedback) Load() tea.Cmd {
	view := f.shell.Session.View
	if f.shell.Session.Lacks(backend.FeatureFeedbackHistory) != "" {
		return nil
	}
	return f.shell.load("feedback", func(ctx context.Context) tea.Msg {
		notes, err := view.FeedbackHistory(ctx, shownFeedback)
		return feedbackReadMsg{notes, err}
	})
}

func (f *feedback) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case feedbackReadMsg:
		f.err = fact.err
		if fact.err != nil {
			f.shell.failRead("Earlier feedback could not be read", fact.err)
			return nil
		}
		f.sent, f.read = fact.notes, true
		f.list.fit(len(f.sent), f.list.h)
	case draftFoundMsg:
		if fact.key == f.shell.Drafts.key(feedbackDraft) && fact.values["text"] != "" {
			f.restore(fact.values["text"])
		}
	case goToMsg:
		if fact.screen != keymap.Feedback {
			f.write(false)
		}
	case feedbackSentMsg:
		f.shell.Drafts.ended(feedbackDraft, fact.err)
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
func (f *feedback) restore(text string) {
	if typed := f.area.Value(); typed != "" {
		text += "\n" + typed
	}
	f.area.SetValue(text)
	f.restored = true
}

func (f *feedback) wasSent(err error) tea.Cmd {
	if err != nil {
		var e *backend.Error
		if errors.As(err, &e) && len(e.Fields["feedback"]) > 0 {
			f.refusal = e.Fields["feedback"][0]
			return nil
		}
		w, words := f.shell.unsaved(err)
		f.shell.tell(w, "%s", words)
		if w == unknown {
			return f.shell.Reload() // look, before anybody does it again
		}
		return nil
	}
	f.area.SetValue("")
	f.thrown = ""
	f.shell.Drafts.drop(feedbackDraft)
	f.write(false)
	f.shell.Undo = nil
	f.shell.tell(good, "Thank you. Your feedback was sent.")
	return f.shell.Reload()
}

func (f *feedback) write(on bool) {
	f.writing = on
	f.area.Focus(on)
	f.refusal = ""
}

// Type takes what is written.
func (f *feedback) Type(msg tea.KeyMsg) tea.Cmd {
	if f.shell.Work.busy(sendingFeedback) {
		return nil // it is being sent: what is typed now would be lost with it
	}
	f.area.Update(msg)
	f.refusal = ""
	f.keep()
	return nil
}

// startOver empties the page; a second one in a row takes that back.
func (f *feedback) startOver() {
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

func (f *feedback) keep() {
	if text := f.area.Value(); text != "" {
		f.shell.Drafts.keep(feedbackDraft, map[string]string{"text": text})
	} else {
		f.shell.Drafts.drop(feedbackDraft)
	}
}

// whyNotSent says why nothing can be sent now, "" when it can. A draft is
// written all the same: that needs no server.
func (f *feedback) whyNotSent() string {
	if f.shell.Connection.Down {
		return "Sending is off while offline. What you write is kept."
	}
	return ""
}

func (f *feedback) sendCmd() tea.Cmd {
	if f.refusal = f.whyNotSent(); f.refusal != "" {
		return nil
	}
	text := f.area.Value()
	if _, err := backend.CleanFeedback(text); err != nil {
		f.refusal = err.Error()
		return nil
	}
	view := f.shell.Session.View
	command := f.shell.Drafts.command(feedbackDraft, map[string]string{"text": text})
	return f.shell.change(sendingFeedback, func(ctx context.Context) tea.Msg {
		_, err := view.SendFeedback(backend.WithCommand(ctx, command), text)
		return feedbackSentMsg{err}
	})
}
