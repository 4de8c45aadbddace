// Package ui is the console: screens, dialogs and keys over one backend.Backend. It
// knows no database and no network, only that interface.
//
// Model is the root. It routes keys (keys.go), does the actions that are no single
// screen's (actions.go, where the screens are registered, too), draws what is around
// the screen in front (layout.go, status.go), finds what is under the mouse (mouse.go),
// and delivers every message to shell, screens and dialogs; each handles its own. In a vast
// window beside.go draws the accounts beside another screen. Until an account is open, a
// start screen (firstrun.go with firstserver.go and firstrunview.go, away.go) stands in place of the screens.
// switcher.go opens another account, and removedemo.go removes those that are made up.
// help.go lists the keys, palette.go finds what can be done, settings.go has what can be chosen there, title.go names the window, remember.go keeps what is open for the
// next start, and parting.go says what is left after the end.
//
// A screen is a package of its own: ui/profile, ui/channels, ui/feedback, ui/messages,
// ui/accounts.
// What they share is in ui/shell; the dialogs that take a code are in ui/verify.
package ui

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// QuitMsg makes the console write its drafts and end at once.
type QuitMsg struct{}

// Model is the root of the console.
type Model struct {
	shell      *shell.Shell
	start      start          // nil once an account is open
	screens    []shell.Screen // those that the account has, in the order of the tabs
	at         int            // the screen in front
	right      int            // the one that was in front before the side, and is beside it
	mouse      mouse
	always     []shell.Action // of the root, that work everywhere, also while text is typed
	actions    []shell.Action // of the root, on every screen
	w, h       int
	commands   []string            // the ids of the actions that were chosen last from the palette, the last one first
	opens      map[string][]string // by place, the accounts that were open last, the newest first
	helpList   shell.Overlay       // the list of keys that was opened last; nil: none was
	unknown    string              // the key that was told to do nothing, since the last one that does
	recent     recent
	isStill    bool // no timers, see shell.Options
	beat       beat
	leaving    bool // waits for changes that are being saved, until leaveBy
	leavingNow bool // and then ends although drafts could not be kept
	leaveBy    time.Time

	firstAccount *Setup                          // see Options
	contexts     []Context                       // see Options
	context      string                          // the name of the one that is open
	keepSettings func([]Setting) (string, error) // see Options
	chosen       []Setting                       // since the start, that are not kept
	titles       Title
	titled       string // the title that the window has now
	memory       memory
	beginsOn     keymap.Scope // the screen that the next account begins on; "" for the first one
	beginsBeside keymap.Scope // the one that is before the side

	bodyTop, bodyHeight int // where the screen in front was drawn last
}

// New returns a console that has not read anything yet.
func New(o Options) *Model {
	m := &Model{shell: shell.New(o.Shell), isStill: o.Shell.Still}
	m.always, m.actions = m.alwaysActions(), m.rootActions()
	m.mouse.isOn, m.firstAccount, m.titles, m.contexts, m.context = o.Mouse, o.FirstAccount, o.Title, o.Contexts, o.Context
	m.memory.store, m.beginsOn, m.beginsBeside = o.Opened, o.Screen, firstBeside
	m.showTables(o.Tables)
	m.commands, m.keepSettings = strings.Fields(o.Commands), o.KeepSettings
	m.shell.TellFaults(o.Warnings)
	m.opens = map[string][]string{}
	if o.Start.Scope != "" {
		m.opens[o.Start.Scope] = strings.Fields(o.Recent)
	}
	switch {
	case o.Setup != nil:
		m.start = newFirstRun(m.shell, *o.Setup, len(o.Warnings) > 0)
	case o.Away != nil:
		m.start = newAway(m.shell, *o.Away, len(m.contexts) > 0)
	default:
		m.show(o.Start)
	}
	return m
}

// show opens an account, with new screens.
func (m *Model) show(o Opened) {
	m.shell.Show(o)
	m.noteRecent(o.Scope, o.Account.ID)
	m.shell.Reload = m.reload
	m.screens = nil
	for _, s := range screens {
		if s.whyNot(m.shell) == "" {
			m.screens = append(m.screens, s.open(m.shell))
		}
	}
	m.at, m.right, m.start = m.numberOf(m.beginsOn), m.numberOf(m.beginsBeside), nil
	m.beginsOn, m.beginsBeside = "", firstBeside
}

// screen is the one in front.
func (m *Model) screen() shell.Screen { return m.screens[m.at] }

// Init starts the clock and reads what the screens show.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.beatIn(PollInterval)}
	if m.mouse.isOn {
		cmds = append(cmds, tea.EnableMouseCellMotion)
	}
	if m.start != nil {
		return tea.Batch(append(cmds, m.start.Init())...)
	}
	return tea.Batch(append(cmds, m.begin())...)
}

// begin reads what the screens of a new account show.
func (m *Model) begin() tea.Cmd {
	cmds := []tea.Cmd{m.shell.CheckCmd(), m.shell.WatchCmd()}
	for _, s := range m.screens {
		cmds = append(cmds, s.Init())
	}
	return tea.Batch(append(cmds, m.setBeside(), m.deliver(m.frontMsg("")))...)
}

func (m *Model) reload() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range m.screens {
		cmds = append(cmds, s.Load())
	}
	return tea.Batch(cmds...)
}

// passTime does what is due.
func (m *Model) passTime() tea.Cmd {
	if m.start != nil {
		return tea.Batch(m.shell.PassTime(), m.start.PassTime())
	}
	return m.shell.PassTime()
}

// Update handles a message, and sets the timer of the next TickMsg.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.shell.ReadClock()
	m.recent.add(msg)
	cmd := m.route(msg)
	return m, tea.Batch(cmd, m.titleCmd(), m.rememberCmd(), m.keepTime(msg))
}

// route routes a message: keys to key, what is about the terminal or the account as a
// whole is handled here, and everything else is delivered.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.mouse.last = click{}
		if m.isMouseKey(msg) {
			return m.toggleMouse()
		}
		return m.key(msg)
	case tea.MouseMsg:
		return m.useMouse(msg)
	case tea.WindowSizeMsg:
		was := m.shell.Room
		m.resize(msg.Width, msg.Height)
		return tea.Batch(m.deliver(msg), m.placed(was)) // what is in sight may have to be read
	case tea.ResumeMsg:
		return tea.Batch(tea.WindowSize(), m.reload())
	case TickMsg:
		return tea.Batch(m.passTime(), m.leave())
	case QuitMsg:
		return m.quitCmd(true)
	case openedMsg:
		m.keepScreens(msg)
		m.show(msg.opened)
		return tea.Batch(m.begin(), tea.WindowSize())
	case shell.GoToMsg:
		return m.goTo(msg)
	case shell.OpenAccountMsg:
		return m.openAccount(msg.ID, true)
	case shell.ActMsg:
		return m.act(msg.ID)
	case shell.DoneMsg:
		if m.shell.Work.Finish(msg) {
			return tea.Batch(m.deliver(msg.Result), m.shell.ResumeCmd(), m.leave())
		}
	default:
		return m.deliver(msg)
	}
	return nil
}

// deliver gives a message to shell, screens and dialogs. Each handles its own.
func (m *Model) deliver(msg tea.Msg) tea.Cmd {
	m.settingsKept(msg)
	cmds := []tea.Cmd{m.accountOpened(msg), m.contextOpened(msg), m.updateDemo(msg), m.shell.Update(msg)}
	if m.start != nil {
		cmds = append(cmds, m.start.Update(msg))
	}
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(msg))
	}
	for _, o := range m.shell.Overlays {
		cmds = append(cmds, o.Update(msg))
	}
	return tea.Batch(cmds...)
}

// quit ends the program. While changes are being saved it waits for them, for two
// seconds at most, or until it is asked again.
func (m *Model) quit() tea.Cmd { return m.end(false) }

// quitNow is quit for the key that always works: it ends the program although drafts
// could not be kept.
func (m *Model) quitNow() tea.Cmd { return m.end(true) }

func (m *Model) end(now bool) tea.Cmd {
	if (m.shell.Work.StopLasting() || m.shell.Work.Saving() > 0) && !m.leaving {
		m.leaving, m.leavingNow = true, now
		m.leaveBy = m.shell.Now.Add(2 * time.Second)
		return nil
	}
	now = now || m.leavingNow
	m.leaving, m.leavingNow = false, false
	return m.quitCmd(now)
}

// quitCmd writes what is not written yet, and ends the program; see shell.QuitCmd for now.
func (m *Model) quitCmd(now bool) tea.Cmd {
	return tea.Sequence(func() tea.Msg { m.memory.write(); return nil }, m.shell.QuitCmd(now))
}

func (m *Model) leave() tea.Cmd {
	if m.leaving && (!m.shell.Work.StopLasting() && m.shell.Work.Saving() == 0 || !m.shell.Now.Before(m.leaveBy)) {
		return m.quit()
	}
	return nil
}

func (m *Model) resize(w, h int) {
	m.w, m.h = w, h
	m.shell.Room = shell.RoomOf(w, h)
}

// SaveDrafts writes the drafts at once. It is for signals and crashes, when no more
// messages are handled.
func (m *Model) SaveDrafts() {
	m.shell.FlushDrafts()
	m.memory.write()
}

// RecentMessages returns the type names of the last messages, oldest first.
func (m *Model) RecentMessages() []string { return m.recent.list() }

// recent holds the type names of the last 50 messages, for the report of a crash.
type recent struct {
	names [50]string // a ring
	n     int        // how many messages there were in all
}

func (r *recent) add(msg tea.Msg) {
	if done, ok := msg.(shell.DoneMsg); ok {
		msg = done.Result
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
