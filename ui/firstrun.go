package ui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// Setup is what the first run needs to know and to do.
type Setup struct {
	Path string // where the database will be, as it is shown
	// IsServer: Path is the address of a database on a server, and not a file.
	IsServer bool
	Exists   bool // it is there and holds no account, which is asked for first
	Demo     func(context.Context) (Opened, error)
	Empty    func(context.Context, backend.NewAccount) (Opened, error)
	// Server asks a server and keeps its address and token, when it has answered. said
	// tells the person how it is opened from then on. nil: there is no such answer.
	Server func(context.Context, NewServer) (opened Opened, said string, err error)
	// ServerName is the name of the context for an address, where none is given; nil where
	// Server is.
	ServerName func(address string) string
}

// NewServer is a server that a person has named. An error of Setup.Server has the names
// of these fields in lower case.
type NewServer struct {
	Address string
	Token   backend.Credential
	Name    string // of the context; "" for one that the address suggests
}

// firstRun is the start screen where no account exists yet. It asks where the accounts
// shall be: on this computer, empty or with demo data, or on a server. Nothing is made
// before that is answered; firstrunview.go draws it.
type firstRun struct {
	shell   *shell.Shell
	setup   Setup
	at      int // the choice under the cursor
	account firstForm
	server  firstForm
	filled  *firstForm // the one that is being filled in; nil while it is chosen
	refusal string
}

// firstForm is a form behind one of the choices.
type firstForm struct {
	*form.Form
	title string
	draft string // the name of its draft
}

type setUpMsg struct {
	opened Opened
	said   string
	err    error
}

const settingUp = "set up"

// firstPlace is one of the places that the accounts can have.
type firstPlace int

const (
	firstEmpty firstPlace = iota
	firstDemo
	firstServer
)

// newFirstRun returns the start screen of the first run. It begins with the choice where the
// database is not there, or where notices have to be listed first, for which a form has no key.
func newFirstRun(sh *shell.Shell, s Setup, hasNotices bool) *firstRun {
	f := &firstRun{shell: sh, setup: s}
	f.account = firstForm{title: "Your account", draft: "first account", Form: form.New(
		form.Entry{Name: "name", Label: "Name", Field: form.NewInput("", "John"), Check: form.Fault(backend.CleanName)},
		form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput("", "Smith"), Check: form.Fault(backend.CleanName)},
		form.Entry{Name: "email", Label: "Email", Field: form.NewInput("", "john.smith@example.org"), Check: form.Fault(backend.CleanEmail)},
	)}
	f.server = serverForm(s)
	if s.Exists && !hasNotices {
		f.filled = &f.account
	}
	return f
}

func (f *firstRun) Typing() bool           { return f.filled != nil }
func (f *firstRun) PassTime() tea.Cmd      { return nil }
func (f *firstRun) Due() (time.Time, bool) { return time.Time{}, false }

func (f *firstRun) Scope() keymap.Scope {
	if f.filled != nil {
		return keymap.Form
	}
	return keymap.FirstRun
}

// Init looks for drafts of the forms.
func (f *firstRun) Init() tea.Cmd {
	f.shell.Drafts.Scope = f.setup.Path
	return tea.Batch(f.shell.Drafts.FindCmd(f.account.draft), f.shell.Drafts.FindCmd(f.server.draft))
}

// Update takes the drafts of the forms, and opens what was set up or says why nothing
// was.
func (f *firstRun) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case shell.DraftFoundMsg:
		for _, asked := range []*firstForm{&f.account, &f.server} {
			if msg.Key == f.shell.Drafts.Key(asked.draft) && msg.Values != nil && !asked.Touched() {
				asked.Restore(msg.Values)
			}
		}
	case setUpMsg:
		return f.ended(msg)
	}
	return nil
}

func (f *firstRun) ended(done setUpMsg) tea.Cmd {
	if done.err == nil {
		f.shell.Drafts.Drop(f.account.draft)
		f.shell.Drafts.Drop(f.server.draft)
		if done.said != "" {
			f.shell.Tell(shell.Good, "%s", done.said)
		}
		return func() tea.Msg { return openedMsg{opened: done.opened} }
	}
	var e *backend.Error
	if errors.As(done.err, &e) && len(e.Fields) > 0 && f.filled != nil && f.filled.Fail(e.Fields) {
		return nil
	}
	f.refusal = shell.Sentence(done.err)
	return nil
}

// Key chooses or types; nothing while something is being set up.
func (f *firstRun) Key(msg tea.KeyMsg) tea.Cmd {
	if f.shell.Work.Busy(settingUp) {
		return nil
	}
	f.refusal = ""
	if f.filled != nil {
		return f.fill(msg)
	}
	n := len(f.options())
	switch f.shell.Keys.Find(msg.String(), keymap.FirstRun, keymap.Anywhere) {
	case keymap.FirstRunDown:
		f.at = (f.at + 1) % n
	case keymap.FirstRunUp:
		f.at = (f.at + n - 1) % n
	case keymap.FirstRunNext:
		return f.choose()
	case keymap.Quit:
		return func() tea.Msg { return QuitMsg{} }
	default:
		f.shell.Refuse(shell.Warning, "There is nothing here before you have chosen.")
	}
	return nil
}

func (f *firstRun) choose() tea.Cmd {
	switch f.chosen() {
	case firstEmpty:
		f.filled = &f.account
	case firstServer:
		f.filled = &f.server
	case firstDemo:
		demo := f.setup.Demo
		return f.shell.Change(settingUp, func(ctx context.Context) tea.Msg {
			opened, err := demo(ctx)
			return setUpMsg{opened: opened, err: err}
		})
	}
	return nil
}

func (f *firstRun) fill(msg tea.KeyMsg) tea.Cmd {
	switch f.shell.FormKey(f.filled.Form, msg) {
	case keymap.FormClose:
		if len(f.options()) > 1 { // else there is nothing to go back to
			f.filled = nil
		}
	case keymap.FormSave:
		return f.save()
	case keymap.FormReset, shell.TypedInForm:
		if f.filled.Touched() {
			f.shell.Drafts.Keep(f.filled.draft, withoutTokens(f.filled))
		} else {
			f.shell.Drafts.Drop(f.filled.draft)
		}
	}
	return nil
}

// save sets up what the form says.
func (f *firstRun) save() tea.Cmd {
	if !f.filled.Valid() {
		return nil
	}
	v, setup := f.filled.Values(), f.setup
	if f.filled == &f.server {
		return f.shell.Change(settingUp, func(ctx context.Context) tea.Msg {
			opened, said, err := setup.Server(ctx, NewServer{Address: v["address"], Token: backend.Credential(v["token"]), Name: v["name"]})
			return setUpMsg{opened, said, err}
		})
	}
	return f.shell.Change(settingUp, func(ctx context.Context) tea.Msg {
		opened, err := setup.Empty(ctx, backend.NewAccount{Name: v["name"], Surname: v["surname"], Email: v["email"]})
		return setUpMsg{opened: opened, err: err}
	})
}
