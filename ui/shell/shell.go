package shell

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/theme"
)

// unmasked is how long values stay readable after they were asked for.
const unmasked = 10 * time.Second

// readOnlyReason says why nothing can be changed where Shell.ReadOnly is set.
const ReadOnlyReason = "Opened for reading only: start without --read-only to change things."

// Shell is what the console offers to its screens and dialogs: the look, the
// keys, the clock, and the one way to start work, to tell something and to open
// a dialog. What is known about the account is in its Session.
type Shell struct {
	Session    Session
	Look       theme.Look
	Place      string // where the accounts are, for the header: "local", "demo", a server
	ReadOnly   bool
	Keys       keymap.Map
	Now        time.Time // of the message being handled
	Room       Room
	Work       Work
	Notices    Notices
	Drafts     Drafts
	Connection Connection
	Reload     func() tea.Cmd // reads again what every screen shows
	Undo       func() tea.Cmd // takes the last reversible change back; nil when there is none

	options  Options
	Overlays []Overlay
	revealed time.Time // values are readable until then
}

// ShellOptions make a shell.
type Options struct {
	Place    string // where the accounts are, for the header: "local", "demo", a server
	ReadOnly bool
	Look     theme.Look
	Drafts   *draft.Store            // nil: nothing typed is kept
	Now      func() time.Time        // nil: time.Now
	Still    bool                    // for pictures and tests: time passes only when it is told to
	Copy     func(text string) error // to the terminal's clipboard; nil: there is none
	Log      *slog.Logger            // nil: none
}

func New(o Options) *Shell {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Shell{
		Look: o.Look, Place: o.Place, ReadOnly: o.ReadOnly, Keys: keymap.New(), Now: o.Now(), options: o,
		Work: newWork(), Drafts: newDrafts(o.Drafts), Reload: func() tea.Cmd { return nil },
	}
}

// show puts the shell on an account of which nothing has been read yet.
func (s *Shell) Show(o Opened) {
	s.Session = Session{Opened: o}
	s.Connection = Connection{LastRead: s.Now}
	for _, o := range s.Overlays {
		if secret, ok := o.(forgetter); ok {
			secret.Forget()
		}
	}
	s.Overlays, s.Undo = nil, nil
	s.Work.CancelAll()
	s.Drafts.Scope = o.Scope + "|" + o.Account.ID
}

// handle notes the time of a message before anything is done about it.
func (s *Shell) ReadClock() { s.Now = s.options.Now() }

// load reads something beside what goes on; see work.load.
func (s *Shell) Load(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return s.Work.load(s.Now, name, do)
}

// change changes something; see work.change.
func (s *Shell) Change(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return s.Work.change(s.Now, name, do)
}

func (s *Shell) Tell(w Weight, format string, args ...any) {
	s.Notices.tell(s.Now, w, fmt.Sprintf(format, args...))
}

// log notes an error without anybody's words in it.
func (s *Shell) LogError(what string, err error) {
	if s.options.Log != nil {
		s.options.Log.Error(what, "code", string(backend.ErrorCode(err)))
	}
}

// after tells a fact a little later. Where time only passes when told to, it
// is told at once.
func (s *Shell) after(span time.Duration, fact tea.Msg) tea.Cmd {
	if s.options.Still {
		return func() tea.Msg { return fact }
	}
	return tea.Tick(span, func(time.Time) tea.Msg { return fact })
}

// unread says that something has not been read, and which key tries again.
func (s *Shell) Unread(what string) string {
	return what + " not been read yet. " + s.Keys.Key(keymap.Refresh) + " tries again."
}

type checkedMsg struct{ err error }

type revisionMsg struct {
	revision int64
	err      error
}

// checkCmd runs the slow checks of the store beside the first frame.
func (s *Shell) CheckCmd() tea.Cmd {
	check := s.Session.Check
	if check == nil {
		return nil
	}
	return func() tea.Msg { return checkedMsg{check(context.Background())} }
}

// beat lets time pass: notices end, drafts are written, and the account is
// asked whether somebody else changed it.
func (s *Shell) PassTime() tea.Cmd {
	s.Notices.pass(s.Now)
	cmds := []tea.Cmd{s.Drafts.saveCmd()}
	cmds = append(cmds, s.watchCmd())
	return tea.Batch(cmds...)
}

const (
	readingRevision = "revision"
	// soon is how long the look for changes may take: whoever cannot answer
	// in that time counts as away.
	revisionTimeout = 2 * time.Second
)

func (s *Shell) revisionCmd() tea.Cmd {
	view := s.Session.View
	return s.Load(readingRevision, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, revisionTimeout)
		defer cancel()
		r, err := view.Revision(ctx)
		return revisionMsg{r, err}
	})
}

// learn takes the facts that concern everybody.
func (s *Shell) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case checkedMsg:
		if fact.err != nil {
			s.Fail("The database was checked", fact.err)
		}
	case copiedMsg:
		if fact.err != nil {
			s.Tell(Failure, "Could not copy %s: %v", fact.what, fact.err)
			break
		}
		s.Tell(Good, "Gave %s to the terminal to copy", fact.what)
	case DraftFoundMsg:
		s.Drafts.found(fact)
	case GivenUpMsg:
		s.Drafts.givenUp()
	case draftsSavedMsg:
		s.Drafts.saved(fact)
		if fact.err != nil {
			s.Tell(Warning, "What you typed could not be kept as a draft: %v", fact.err)
		}
	case revisionMsg:
		switch {
		case backend.ErrorCode(fact.err) == backend.CodeUnauthorized:
			s.Session.End(fact.err)
		case IsOffline(fact.err):
			s.Disconnected()
		case fact.err == nil && s.Session.Revision != 0 && fact.revision != s.Session.Revision:
			s.Session.Revision = fact.revision
			return s.Reload()
		case fact.err == nil:
			s.Session.Revision = fact.revision
		}
	}
	return nil
}

// undoCmd takes the last reversible change back, once.
func (s *Shell) UndoCmd() tea.Cmd {
	undo := s.Undo
	s.Undo = nil
	return undo()
}

// reveals reports whether values are shown in full now.
func (s *Shell) ShowsValues() bool { return s.Now.Before(s.revealed) }

// toggleValues shows values for a while, or hides them.
func (s *Shell) ToggleValues() {
	if s.ShowsValues() {
		s.revealed = time.Time{}
		return
	}
	s.revealed = s.Now.Add(unmasked)
}

type copiedMsg struct {
	what string
	err  error
}

// canCopy reports whether there is a way to the terminal's clipboard.
func (s *Shell) CanCopy() bool { return s.options.Copy != nil }

// copyCmd puts a value on the terminal's clipboard.
func (s *Shell) CopyCmd(what, value string) tea.Cmd {
	if !s.CanCopy() {
		s.Tell(Warning, "This terminal gives no way to copy.")
		return nil
	}
	copyText := s.options.Copy
	return func() tea.Msg { return copiedMsg{what, copyText(value)} }
}
