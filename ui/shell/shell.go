// Package shell is what the screens and dialogs of the console share.
//
// A Shell holds the Session (what is known about the open account: session.go)
// and what the console has around it: one way to start requests (work.go), to
// tell something (notice.go), to keep what is typed (drafts.go, command.go), to
// open a dialog (overlay.go) and to word an error (refusal.go). Dialogs that more
// than one screen uses are here: question, form, list with a search field
// (picker.go), page of text (reader.go), filter of a list (filter.go). verdict.go says how the
// customer is reached, problems.go where what fails is. screen.go says what a screen is, and what
// an action of it is.
//
// The shell knows no screen.
package shell

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/mask"
	"github.com/account-settings/pinghome/ui/theme"
)

// The places that are no server.
const (
	LocalPlace = "local"
	DemoPlace  = "demo" // of made-up accounts that go when the console ends
	// RemotePlace begins those that are servers.
	RemotePlace = "remote "
)

// Shell is what the console provides to its screens and dialogs. There is one for
// the whole console; screens and dialogs hold a pointer to it and come and go.
type Shell struct {
	Session    Session // what is known about the account
	Look       theme.Look
	Place      string // where the accounts are, for the header: "local", "demo", a server
	ReadOnly   bool
	Keys       keymap.Map
	Now        time.Time // when the message that is being handled arrived
	Room       Room
	Work       Work
	Notices    Notices
	Drafts     Drafts
	Connection Connection
	Overlays   []Overlay      // the dialogs, the topmost last
	Reload     func() tea.Cmd // reads again what every screen shows; set by the root

	// Kept is what screens keep by their scopes while another account is opened; what it is
	// made of is theirs.
	Kept map[keymap.Scope]any
	// Tables is how the columns of each screen's table were chosen, ordered and sorted, where
	// that is not as usual.
	Tables map[keymap.Scope]string

	Times string // one of TimeStyles; "" for the first

	options       Options
	label         theme.Style                    // of the name of the place
	hasNoMasks    bool                           // values are shown in full
	chosenColumns map[keymap.Scope]ChosenColumns // until their tables begin
	watch         *watch
	flash         flash
	problem       GoToMsg   // where NextProblemCmd went last
	digitsAt      time.Time // digits are dropped until then; see DropDigits
	isInDigits    bool      // one was dropped
	undoing       undoing
	revealed      time.Time     // values are shown in full until then
	masks         masks         // of the values that the session knows
	accountMasks  mask.Assigner // of the emails in lists of accounts
	dropped       string        // the key that is dropped when it is the next one; "" for none
	dropUntil     time.Time
}

// Options make a shell.
type Options struct {
	Place    string // where the accounts are, for the header: "local", "demo", a server
	ReadOnly bool
	Keys     *keymap.Map // nil: the usual ones
	Look     theme.Look
	Theme    *theme.Options   // Look is made of it, and again when the terminal's background changes; nil: Look stays
	Drafts   *draft.Store     // nil: nothing typed is kept
	Now      func() time.Time // nil: time.Now
	Still    bool             // nothing happens by itself, for pictures and tests: no timers
	NoMotion bool             // nothing flashes or turns
	NoMasks  bool             // values are shown in full from the beginning
	Times    string           // one of TimeStyles; "" for the first
	// Columns are those that tables begin with, in place of those that were chosen last.
	Columns map[keymap.Scope]ChosenColumns
	// Copy puts a text on the person's clipboard; nil: there is no way to.
	Copy func(text string) (clipboard.Way, error)
	Log  *slog.Logger // nil: none
}

// New returns a shell without an account; see Show.
func New(o Options) *Shell {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Keys == nil {
		usual := keymap.New()
		o.Keys = &usual
	}
	s := &Shell{
		Look: o.Look, Place: o.Place, ReadOnly: o.ReadOnly, Keys: *o.Keys, options: o,
		Work: newWork(), Drafts: newDrafts(o.Drafts), Reload: func() tea.Cmd { return nil }, watch: &watch{},
		Kept: map[keymap.Scope]any{}, Tables: map[keymap.Scope]string{},
		Times: o.Times, hasNoMasks: o.NoMasks, chosenColumns: maps.Clone(o.Columns),
	}
	s.ReadClock()
	s.dress()
	return s
}

// Show opens an account of which nothing has been read yet. What belonged to the
// last one goes: its dialogs, its undo, and requests that still run.
func (s *Shell) Show(o Opened) {
	s.watch.stop()
	s.watch, s.flash, s.Session = &watch{}, flash{}, Session{Opened: o}
	s.Connection = Connection{LastRead: s.Now}
	if o.Place != "" {
		s.Place = o.Place
	}
	s.ReadOnly = s.options.ReadOnly || o.WhyReadOnly != ""
	s.dress()
	for _, o := range s.Overlays {
		if secret, ok := o.(forgetter); ok {
			secret.Forget()
		}
	}
	s.Overlays, s.undoing = nil, undoing{}
	s.Work.CancelAll()
	s.Drafts.Scope = DraftScope(o.Scope, o.Account.ID)
}

// Where says where the accounts are, for the header, or that the one that is open is
// made up.
func (s *Shell) Where() string {
	if s.Session.Account.IsDemo && s.Place == LocalPlace {
		return "demo data"
	}
	return s.Place
}

// ReadClock sets Now. The root calls it before it handles a message.
func (s *Shell) ReadClock() { s.Now = s.inZone(s.options.Now()) }

// Load starts a reading under a name, in place of one of the same name that
// still runs. What do returns is delivered as a message.
func (s *Shell) Load(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return s.Work.load(s.Now, name, do)
}

// Change starts a change under a name; nil while one of the same name runs. What
// do returns is delivered as a message.
func (s *Shell) Change(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return s.Work.change(s.Now, name, do)
}

// Tell puts a sentence into the status line.
func (s *Shell) Tell(w Weight, format string, args ...any) {
	s.Notices.tell(s.Now, w, fmt.Sprintf(format, args...))
}

// Refuse says in the status line why a key did nothing. It goes with the next key.
func (s *Shell) Refuse(w Weight, format string, args ...any) {
	s.Tell(w, format, args...)
	s.Notices.last().isRefusal = true
}

// TellOff says in the status line why an action is off; see WhyOff.
func (s *Shell) TellOff(w Weight, why string) {
	if why == s.whyOffline() {
		s.TellOffline(w, "%s", why)
		s.Notices.last().isRefusal = true
		return
	}
	s.Refuse(w, "%s", why)
}

// TellOffline puts a sentence into the status line that says that the accounts cannot
// be reached. It goes when they can, or when they are tried again.
func (s *Shell) TellOffline(w Weight, format string, args ...any) {
	s.Tell(w, format, args...)
	s.Notices.last().isOffline = true
}

// LogError logs the code of an error. Its message may hold values of the
// customer, and is left out.
func (s *Shell) LogError(what string, err error) {
	if s.options.Log != nil {
		s.options.Log.Error(what, "code", string(backend.ErrorCode(err)))
	}
}

// After delivers a message later, or at once where nothing happens by itself.
func (s *Shell) After(delay time.Duration, msg tea.Msg) tea.Cmd {
	if s.options.Still {
		return func() tea.Msg { return msg }
	}
	return tea.Tick(delay, func(time.Time) tea.Msg { return msg })
}

// Pause is a wait before something that would happen by itself, 0 where nothing does.
func (s *Shell) Pause(d time.Duration) time.Duration {
	if s.options.Still {
		return 0
	}
	return d
}

// Unread says that something has not been read yet, and which key reads it.
func (s *Shell) Unread(what string) string {
	return what + " not been read yet. " + s.Keys.Key(keymap.Refresh) + " tries again."
}

type checkedMsg struct{ err error }

// CheckCmd runs the slow checks of the database beside the first frame; nil
// where there are none.
func (s *Shell) CheckCmd() tea.Cmd {
	check := s.Session.Check
	if check == nil {
		return nil
	}
	return func() tea.Msg { return checkedMsg{check(context.Background())} }
}

// PassTime does what is due: notices end, drafts are written, and the account is
// polled for changes of other consoles. The root calls it when it looks at the clock.
func (s *Shell) PassTime() tea.Cmd {
	s.Notices.pass(s.Now)
	return tea.Batch(s.Drafts.saveCmd(), s.pollCmd())
}

// Update handles the messages that are about no single screen.
func (s *Shell) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case background.LateMsg:
		s.Draw(func(o *theme.Options) { o.Ground = Ground(background.Shade(msg)) })
	case checkedMsg:
		if msg.err != nil {
			s.Fail("The database was checked", msg.err)
		}
	case copiedMsg:
		s.copied(msg)
	case DraftFoundMsg:
		s.Drafts.found(msg)
	case exportedMsg:
		s.exported(msg)
	case formSavedMsg:
		return s.formSaved(msg)
	case changeMsg:
		return s.changedElsewhere(msg)
	case ChannelsReadMsg:
		s.flashChanged(msg)
	case GivenUpMsg:
		s.watch.changed = true // the answer may have been dropped
		s.Drafts.givenUp()
	case draftsSavedMsg:
		s.notKept(msg.draftsWritten)
		if msg.err != nil {
			s.Tell(Warning, "Drafts could not be removed: %v", msg.err)
		}
	case quitWrittenMsg:
		return s.quitWritten(msg)
	case pastReadMsg:
		s.pastRead(msg)
	case undoneMsg:
		return s.undone(msg)
	case revisionMsg:
		return s.polled(msg)
	}
	return nil
}
