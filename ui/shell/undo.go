package shell

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// Changes are taken back by the backend, whose journal is the stack: it lasts when the console
// ends. Where a server has no journal, the console takes back its own last change, once.

// undoneMsg: a change was taken back, or made again, or err says why not.
type undoneMsg struct {
	entry  backend.JournalEntry
	isRedo bool
	err    error
}

// undoing is what an undo needs to know beside the journal.
type undoing struct {
	own     func() tea.Cmd   // takes the last change back where the backend cannot; nil for none
	final   string           // says what was done last and has no way back; "" for a change that has one
	noted   int              // how many changes were noted, and taken back
	waiting []func() tea.Cmd // for changes to end; see afterChanges
	sent    sentUndo
}

// sentUndo is the last undo or redo that was sent, until another change is made.
type sentUndo struct {
	entry  string
	isRedo bool
	key    string // its idempotency key
	isLost bool   // its answer is not known
}

// Undoable notes that the last change can be taken back. undo does that for a backend that cannot
// do it, and may be nil.
func (s *Shell) Undoable(undo func() tea.Cmd) {
	s.undoing.noted++
	s.undoing.own, s.undoing.final, s.undoing.sent.isLost = nil, "", false
	if s.Session.Lacks(backend.FeatureUndo) != "" {
		s.undoing.own = undo
	}
}

// SentStays is for NotUndoable, about messages.
const SentStays = "A sent message cannot be taken back"

// NotUndoable notes that what was done last has no way back, and why, in a sentence without its
// full stop. The next undo says so, and only one after it takes an earlier change back.
func (s *Shell) NotUndoable(why string) {
	s.undoing.noted++
	s.undoing.sent.isLost = false
	if s.WhyNoUndo() == "" {
		s.undoing.final = why
	}
}

// Sending returns a NotUndoable about messages that are being sent now, for their answer. It does
// nothing where something else was done meanwhile, which is the last thing then.
func (s *Shell) Sending() (sent func()) {
	noted := s.undoing.noted
	return func() {
		if s.undoing.noted == noted {
			s.NotUndoable(SentStays)
		}
	}
}

// UndoHint ends the notice of a change that can be taken back: " · z undo".
func (s *Shell) UndoHint() string { return s.hint(keymap.Undo, "undo") }

// UndoHintHere is UndoHint for what only the backend can take back.
func (s *Shell) UndoHintHere() string {
	if s.Session.Lacks(backend.FeatureUndo) != "" {
		return ""
	}
	return s.UndoHint()
}

func (s *Shell) hint(id keymap.ID, does string) string {
	key := s.Keys.Key(id)
	if key == "" {
		return ""
	}
	return fmt.Sprintf(" %s %s %s", s.Look.Dot, key, does)
}

// UndoKey names how the last change is taken back: its key, or the words to find it by.
func (s *Shell) UndoKey() string {
	if !s.Keys.Has(keymap.Undo) {
		return "undo in " + s.Keys.Key(keymap.Undo)
	}
	return s.Keys.Key(keymap.Undo)
}

// WhyNoUndo says why nothing can be undone, "" when something may be.
func (s *Shell) WhyNoUndo() string {
	if s.Session.Lacks(backend.FeatureUndo) != "" && s.undoing.own == nil {
		return "Nothing to undo: on this server a changed name, a label and on/off can be, once."
	}
	return ""
}

// UndoCmd takes the last change back, once those that are being made are.
func (s *Shell) UndoCmd() tea.Cmd {
	return s.afterChanges(func() tea.Cmd {
		switch undo, final := s.undoing.own, s.undoing.final; {
		case final != "":
			s.undoing.final = ""
			s.Refuse(Warning, "%s: %s undoes the change before it.", final, s.UndoKey())
			return nil
		case undo != nil:
			s.undoing.own = nil
			return undo()
		}
		return s.UndoEntryCmd("")
	})
}

// UndoEntryCmd takes an entry of the journal back; "" stands for the last change.
func (s *Shell) UndoEntryCmd(entry string) tea.Cmd {
	view := s.Session.View
	return s.undoCmd(sentUndo{entry: entry}, func(ctx context.Context) (backend.JournalEntry, error) { return view.Undo(ctx, entry) })
}

// RedoCmd makes the change again that was taken back last.
func (s *Shell) RedoCmd() tea.Cmd {
	view := s.Session.View
	return s.afterChanges(func() tea.Cmd { return s.undoCmd(sentUndo{isRedo: true}, view.Redo) })
}

// undoCmd sends an undo. After a lost answer the same one has the same key, so that what was
// done then is not done to the next change, too.
func (s *Shell) undoCmd(u sentUndo, do func(context.Context) (backend.JournalEntry, error)) tea.Cmd {
	last := &s.undoing.sent
	if !last.isLost || last.entry != u.entry || last.isRedo != u.isRedo {
		u.key = rand.Text()
		*last = u
	}
	command := backend.Command{Key: last.key, Fingerprint: fmt.Sprint("undo ", u.isRedo, u.entry)}
	return s.Change("undo", func(ctx context.Context) tea.Msg {
		e, err := do(backend.WithCommand(ctx, command))
		return undoneMsg{entry: e, isRedo: u.isRedo, err: err}
	})
}

// afterChanges does something about the last change once none is being made any more: keys are
// typed faster than a server answers.
func (s *Shell) afterChanges(do func() tea.Cmd) tea.Cmd {
	if s.Work.Saving() == 0 {
		return do()
	}
	s.undoing.waiting = append(s.undoing.waiting, do)
	return nil
}

// ResumeCmd does the first of what waits for changes to end. The root calls it when a request
// has ended.
func (s *Shell) ResumeCmd() tea.Cmd {
	if len(s.undoing.waiting) == 0 || s.Work.Saving() > 0 {
		return nil
	}
	do := s.undoing.waiting[0]
	s.undoing.waiting = s.undoing.waiting[1:]
	return do()
}

// undone tells what was taken back.
func (s *Shell) undone(msg undoneMsg) tea.Cmd {
	sent := &s.undoing.sent
	sent.isLost = IsUnknown(msg.err) || sent.isLost && msg.err != nil && IsTransient(msg.err)
	what, hint := "Undone", s.hint(keymap.Redo, "makes it again")
	if msg.isRedo {
		what, hint = "Made again", s.UndoHint()
	}
	switch backend.ErrorCode(msg.err) {
	case "":
		s.undoing.noted++
		s.undoing.final = ""
		s.Tell(Good, "%s: %s%s", what, s.ChangeText(msg.entry), hint)
	case backend.CodeNothingToUndo:
		s.Refuse(Warning, "%s", Sentence(msg.err))
		return nil
	default:
		s.Fail("Not undone", msg.err)
	}
	return s.Reload()
}

// openConflicts shows both versions of what is different from what it was expected to be; false
// where the error is not about that.
func (s *Shell) openConflicts(what string, err error) (isOpen bool) {
	var e *backend.Error
	if !errors.As(err, &e) || len(e.Conflicts) == 0 {
		return false
	}
	why := because(what, Refusal(e))
	if e.Code == backend.CodeChangedSince && s.undoing.sent.entry == "" { // else it was named in Activity
		why += fmt.Sprintf(" Changes before it can be taken back in Activity (%s).", s.Keys.Key(keymap.Screen4))
	}
	s.Open(NewReader(s, "Changed again since", func(w int) []string { return s.conflictLines(why, e.Conflicts, w) }))
	return true
}

func (s *Shell) conflictLines(why string, conflicts []backend.Conflict, w int) []string {
	const label = 12
	var lines []string
	for _, line := range draw.Wrap(s.Look.No+" "+safe.Text(why), w) {
		lines = append(lines, s.Look.Err.Render(line))
	}
	row := func(name, text string) string {
		return s.Look.Muted.Render(draw.Pad("  "+name, label)) + s.Look.Text.Render(draw.Cut(text, w-label))
	}
	for _, c := range conflicts {
		of := backend.Change{Channel: c.Channel, Type: c.Type, Part: c.Part}
		is := of
		is.Type = cmp.Or(c.PresentType, c.Type)
		lines = append(lines, "", s.Look.Strong.Render(draw.Cut(PartName(of), w)), row("it was", s.PartText(of, c.Expected)), row("it is", s.PartText(is, c.Present)))
		if c.Wanted != "" {
			lines = append(lines, row("before", s.PartText(of, c.Wanted)))
		}
	}
	return lines
}
