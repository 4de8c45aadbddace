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
	d        *desk
	area     *form.Area
	writing  bool
	refusal  string
	restored bool
	thrown   string // what was there before the page was emptied
	sent     []backend.FeedbackNote
	read     bool
	err      error
	list     list
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

func newFeedback(d *desk) *feedback {
	return &feedback{d: d, area: form.NewArea("What works, what does not, what you miss…")}
}

func (f *feedback) Title() string       { return "Feedback" }
func (f *feedback) Badge() string       { return "" }
func (f *feedback) Scope() keymap.Scope { return keymap.Feedback }
func (f *feedback) Capturing() bool     { return f.writing }
func (f *feedback) Init() tea.Cmd       { return tea.Batch(f.Load(), f.d.drafts.findCmd(feedbackDraft)) }

func (f *feedback) Load() tea.Cmd {
	view := f.d.view()
	if f.d.lacks(backend.FeatureFeedbackHistory) != "" {
		return nil
	}
	return f.d.load("feedback", func(ctx context.Context) tea.Msg {
		notes, err := view.FeedbackHistory(ctx, shownFeedback)
		return feedbackReadMsg{notes, err}
	})
}

func (f *feedback) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case feedbackReadMsg:
		f.err = fact.err
		if fact.err != nil {
			f.d.failRead("Earlier feedback could not be read", fact.err)
			return nil
		}
		f.sent, f.read = fact.notes, true
		f.list.fit(len(f.sent), f.list.h)
	case draftFoundMsg:
		if fact.key == f.d.drafts.key(feedbackDraft) && fact.values["text"] != "" {
			f.restore(fact.values["text"])
		}
	case goToMsg:
		if fact.screen != atFeedback {
			f.write(false)
		}
	case feedbackSentMsg:
		f.d.drafts.ended(feedbackDraft, fact.err)
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
		w, words := f.d.unsaved(err)
		f.d.tell(w, "%s", words)
		if w == unknown {
			return f.d.reload() // look, before anybody does it again
		}
		return nil
	}
	f.area.SetValue("")
	f.thrown = ""
	f.d.drafts.drop(feedbackDraft)
	f.write(false)
	f.d.undo = nil
	f.d.tell(good, "Thank you. Your feedback was sent.")
	return f.d.reload()
}

func (f *feedback) write(on bool) {
	f.writing = on
	f.area.Focus(on)
	f.refusal = ""
}

func (f *feedback) Off(id keymap.ID) string {
	switch id {
	case keymap.WriteFeedback:
		if f.d.readOnly {
			return readingOnly
		}
		return f.d.lacks(backend.FeatureFeedback)
	case keymap.Open, keymap.Copy:
		if why := f.d.lacks(backend.FeatureFeedbackHistory); why != "" {
			return why
		}
		if len(f.sent) == 0 {
			return "Nothing has been sent yet. " + f.d.keys.Key(keymap.WriteFeedback) + " starts writing."
		}
	case keymap.FindText:
		return "There is nothing to find on this screen."
	}
	return ""
}

func (f *feedback) Do(id keymap.ID) tea.Cmd {
	if f.list.move(id) {
		return nil
	}
	switch id {
	case keymap.WriteFeedback:
		f.write(true)
	case keymap.Open:
		note := f.sent[f.list.at]
		f.d.open(newReader(f.d, "Feedback of "+stamp(f.d.now, note.SentAt), func(w int) []string { return wrapped(note.Text, w) }))
	case keymap.Copy:
		return f.d.copyCmd("the feedback", f.sent[f.list.at].Text)
	}
	return nil
}

// Key takes what is written.
func (f *feedback) Key(msg tea.KeyMsg) tea.Cmd {
	if f.d.work.busy(sendingFeedback) {
		return nil // it is being sent: what is typed now would be lost with it
	}
	id := f.d.keys.Find(msg.String(), keymap.Compose)
	if msg.Paste {
		id = ""
	}
	switch id {
	case keymap.ComposeLeave:
		f.write(false)
	case keymap.ComposeSend:
		if why := f.whyNotSent(); why != "" {
			f.refusal = why
			return nil
		}
		return f.sendCmd()
	case keymap.ComposeEdit:
		return editCmd(f.area.Value())
	case keymap.ComposeEmpty:
		f.startOver()
	default:
		f.area.Update(msg)
		f.refusal = ""
		f.keep()
	}
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
		f.d.drafts.keep(feedbackDraft, map[string]string{"text": text})
	} else {
		f.d.drafts.drop(feedbackDraft)
	}
}

// whyNotSent says why nothing can be sent now, "" when it can. A draft is
// written all the same: that needs no server.
func (f *feedback) whyNotSent() string {
	if f.d.line.down {
		return "Sending is off while offline. What you write is kept."
	}
	return ""
}

func (f *feedback) sendCmd() tea.Cmd {
	text := f.area.Value()
	if _, err := backend.CleanFeedback(text); err != nil {
		f.refusal = err.Error()
		return nil
	}
	view := f.d.view()
	command := f.d.drafts.command(feedbackDraft, map[string]string{"text": text})
	return f.d.change(sendingFeedback, func(ctx context.Context) tea.Msg {
		_, err := view.SendFeedback(backend.WithCommand(ctx, command), text)
		return feedbackSentMsg{err}
	})
}

func (f *feedback) Footer() []keymap.ID {
	if f.writing {
		return []keymap.ID{keymap.ComposeSend, keymap.ComposeEdit, keymap.ComposeEmpty, keymap.ComposeLeave}
	}
	return []keymap.ID{keymap.WriteFeedback, keymap.Open, keymap.Copy, keymap.Refresh}
}
