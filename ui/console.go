// Package ui is the console: screens, dialogs and keys over one
// backend.Backend. It knows no store and no network, only the contract.
//
// Model is the root. It draws the frame, leads keys to where they belong
// (keys.go) and hands every fact to whoever recognises it. Screens do the
// work; dialogs lie over them; the shell is what they all share.
package ui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// Opened and ShellOptions are what a caller gives to the shell below the console.
type (
	Opened       = shell.Opened
	ShellOptions = shell.Options
)

// Options make a console.
type Options struct {
	Shell ShellOptions
	Start Opened // the account to show; zero when Setup or Away is set
	Setup *Setup // the first run: asked before anything exists
	Away  *Away  // in place of Start: a server that has not answered yet
}

// Setup is what the first run needs to know and to do.
type Setup struct {
	Path   string // where the database will be, as it is shown
	Exists bool   // it is there and holds no account: only the account is asked for
	Demo   func(context.Context) (Opened, error)
	Empty  func(context.Context, backend.NewAccount) (Opened, error)
}

// beat is how often the console looks at the clock and at what other consoles
// changed. Two of them make the "within a second" that is promised.
const pollInterval = 500 * time.Millisecond

type tickMsg struct{}

// QuitMsg asks the console to keep the drafts and to leave at once.
type QuitMsg struct{}

// Model is the root of the console.
type Model struct {
	shell   *shell.Shell
	start   start // until there is an account
	screens []shell.Screen
	at      int
	actions []shell.Action // of the root
	w, h    int
	recent  recent
	isStill bool // time passes only when it is told to
	leaving bool // waits for changes that are being saved
	leaveBy time.Time
}

// New returns a console that has read nothing yet.
func New(o Options) *Model {
	m := &Model{shell: shell.New(o.Shell), isStill: o.Shell.Still}
	m.actions = m.rootActions()
	switch {
	case o.Setup != nil:
		m.start = newFirstRun(m.shell, *o.Setup)
	case o.Away != nil:
		m.start = newAway(m.shell, *o.Away)
	default:
		m.show(o.Start)
	}
	return m
}

// show puts the console on an account, with fresh screens.
func (m *Model) show(o Opened) {
	m.shell.Show(o)
	m.shell.Reload = m.reload
	m.screens = nil
	for _, s := range screens {
		if s.whyNot(m.shell) == "" {
			m.screens = append(m.screens, s.open(m.shell))
		}
	}
	m.at, m.start = 0, nil
}

// screen is the one in front.
func (m *Model) screen() shell.Screen { return m.screens[m.at] }

// Init starts the clock and reads what the screens show.
func (m *Model) Init() tea.Cmd {
	if m.start != nil {
		return tea.Batch(m.tick(), m.start.Init())
	}
	return tea.Batch(m.tick(), m.begin())
}

// begin reads what a fresh account needs, beside the first frame.
func (m *Model) begin() tea.Cmd {
	cmds := []tea.Cmd{m.shell.CheckCmd()}
	for _, s := range m.screens {
		cmds = append(cmds, s.Init())
	}
	return tea.Batch(cmds...)
}

func (m *Model) reload() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range m.screens {
		cmds = append(cmds, s.Load())
	}
	return tea.Batch(cmds...)
}

// beat lets time pass for what stands there.
func (m *Model) passTime() tea.Cmd {
	if m.start != nil {
		return tea.Batch(m.shell.PassTime(), m.start.PassTime())
	}
	return m.shell.PassTime()
}

// tick waits for the next poll interval.
func (m *Model) tick() tea.Cmd {
	if m.isStill {
		return nil
	}
	return tea.Tick(pollInterval, func(time.Time) tea.Msg { return tickMsg{} })
}

// Update is a switchboard: keys go the way of keys, news about the terminal
// stays here, and facts go to everybody.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.shell.ReadClock()
	m.recent.add(msg)
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return m, m.key(msg)
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
		return m, m.deliver(msg) // what is in sight may have to be read
	case tea.ResumeMsg:
		return m, tea.Batch(tea.WindowSize(), m.reload())
	case tickMsg:
		return m, tea.Batch(m.tick(), m.passTime(), m.leave())
	case QuitMsg:
		return m, m.shell.QuitCmd()
	case openedMsg:
		m.show(msg.opened)
		return m, tea.Batch(m.begin(), tea.WindowSize())
	case shell.GoToMsg:
		return m, m.goTo(msg.Screen)
	case shell.ActMsg:
		return m, m.act(msg.ID)
	case shell.DoneMsg:
		if m.shell.Work.Finish(msg) {
			return m, tea.Batch(m.deliver(msg.Fact), m.leave())
		}
	default:
		return m, m.deliver(msg)
	}
	return m, nil
}

// deliver hands a fact to everybody; each knows its own.
func (m *Model) deliver(fact tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{m.learn(fact), m.shell.Update(fact)}
	if m.start != nil {
		cmds = append(cmds, m.start.Update(fact))
	}
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(fact))
	}
	for _, o := range m.shell.Overlays {
		cmds = append(cmds, o.Update(fact))
	}
	return tea.Batch(cmds...)
}

// quit leaves at once, unless changes are being saved: those get two seconds,
// or a second word.
func (m *Model) quit() tea.Cmd {
	if m.shell.Work.Saving() > 0 && !m.leaving {
		m.leaving = true
		m.leaveBy = m.shell.Now.Add(2 * time.Second)
		return nil
	}
	return m.shell.QuitCmd()
}

func (m *Model) leave() tea.Cmd {
	if m.leaving && (m.shell.Work.Saving() == 0 || !m.shell.Now.Before(m.leaveBy)) {
		return m.quit()
	}
	return nil
}

func (m *Model) resize(w, h int) {
	m.w, m.h = w, h
	m.shell.Room = shell.RoomOf(w, h)
}

// SaveDrafts writes what has been typed and not been written yet. It is for
// signals and crashes, when no more messages are handled.
func (m *Model) SaveDrafts() { m.shell.FlushDrafts() }

// RecentMessages returns the type names of the last messages, oldest first.
func (m *Model) RecentMessages() []string { return m.recent.list() }

// recent holds the type names of the last 50 messages, for the report of a crash.
type recent struct {
	names [50]string // a ring
	n     int        // how many messages there were in all
}

func (r *recent) add(msg tea.Msg) {
	if done, ok := msg.(shell.DoneMsg); ok {
		msg = done.Fact
	}
	r.names[r.n%len(r.names)] = fmt.Sprintf("%T", msg)
	r.n++
}

// list returns the names, oldest first.
func (r *recent) list() []string {
	var out []string
	for i := max(0, r.n-len(r.names)); i < r.n; i++ {
		out = append(out, r.names[i%len(r.names)])
	}
	return out
}
