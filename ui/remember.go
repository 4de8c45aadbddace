package ui

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
)

// Last is the account and the screen that were open last in a database or on a server, how
// tables were shown, and what was chosen last from the palette. It has no text in it that a
// person entered.
type Last struct {
	Account  string // its id, "" for none
	Screen   keymap.Scope
	Tables   string // see Options
	Commands string // see Options
	Recent   string // ids of the accounts that were open last, the newest first, with blanks between
}

// The names of its parts in the store.
const (
	lastAccount  = "account"
	lastScreen   = "screen"
	lastTables   = "tables"
	lastCommands = "commands"
	lastRecent   = "recent"
)

// LoadLast returns what was open last where the accounts have this scope; zero for
// nothing. A nil store has nothing.
func LoadLast(store *draft.Store, scope string) Last {
	d, _ := store.Load(scope)
	return Last{d.Fields[lastAccount], keymap.Scope(d.Fields[lastScreen]), d.Fields[lastTables], d.Fields[lastCommands], d.Fields[lastRecent]}
}

// ForgetLast forgets the account that was open last, where it is one of these, and keeps
// the screen.
func ForgetLast(store *draft.Store, scope string, accounts []string) error {
	last := LoadLast(store, scope)
	isGone := func(id string) bool { return slices.Contains(accounts, id) }
	recent := strings.Fields(last.Recent)
	if !isGone(last.Account) && !slices.ContainsFunc(recent, isGone) {
		return nil
	}
	if isGone(last.Account) {
		last.Account = ""
	}
	last.Recent = strings.Join(slices.DeleteFunc(recent, isGone), " ")
	return saveLast(store, scope, last)
}

// KeepLast keeps that an account was opened, and which others were before. That it fails is no reason to disturb: the
// next start begins as the first did.
func KeepLast(store *draft.Store, scope, account string) {
	if store == nil {
		return
	}
	last := LoadLast(store, scope)
	recent := slices.DeleteFunc(strings.Fields(last.Recent), func(id string) bool { return id == account })
	recent = slices.Insert(recent, 0, account)
	last.Account, last.Recent = account, strings.Join(recent[:min(len(recent), mostKept)], " ")
	_ = saveLast(store, scope, last)
}

func saveLast(store *draft.Store, scope string, last Last) error {
	return store.Save(scope, map[string]string{lastAccount: last.Account, lastScreen: string(last.Screen), lastTables: last.Tables, lastCommands: last.Commands, lastRecent: last.Recent})
}

// memory writes what is open now, for the next start.
type memory struct {
	store   *draft.Store
	newest  atomic.Pointer[place]
	written atomic.Pointer[place]
	writing sync.Mutex
}

type place struct {
	scope string
	last  Last
}

// rememberCmd writes which account and screen are open, where another one was. Of an
// account that was deleted the screen alone is left.
func (m *Model) rememberCmd() tea.Cmd {
	session := &m.shell.Session
	switch {
	case m.start != nil || len(m.screens) == 0:
		return nil
	case session.IsDeleted:
		return m.forgetAccountCmd()
	case session.Ended:
		return nil
	}
	return m.memory.noteCmd(place{session.Scope, m.last(session.Account.ID)})
}

// forgetAccountCmd writes that no account is open, since the one that was is deleted.
func (m *Model) forgetAccountCmd() tea.Cmd {
	m.forgetRecent(m.shell.Session.Scope, m.shell.Session.Account.ID)
	return m.memory.noteCmd(place{m.shell.Session.Scope, m.last("")})
}

// last is what is open now, with this account.
func (m *Model) last(account string) Last {
	return Last{account, m.screen().Scope(), m.tables(), strings.Join(m.commands, " "), strings.Join(m.opens[m.shell.Session.Scope], " ")}
}

// mostKept is how many accounts are kept as open last.
const mostKept = 10

// noteRecent notes that an account was opened now.
func (m *Model) noteRecent(scope, id string) {
	m.forgetRecent(scope, id)
	list := slices.Insert(m.opens[scope], 0, id)
	m.opens[scope] = list[:min(len(list), mostKept)]
}

func (m *Model) forgetRecent(scope, id string) {
	m.opens[scope] = slices.DeleteFunc(m.opens[scope], func(other string) bool { return other == id })
}

// recentAccounts are those that were open last in the same place, but for the one that is.
func (m *Model) recentAccounts() []string {
	here := m.shell.Session.Account.ID
	return slices.DeleteFunc(slices.Clone(m.opens[m.shell.Session.Scope]), func(id string) bool { return id == here })
}

// tables is how the tables are shown, a line for each screen.
func (m *Model) tables() string {
	var lines []string
	for _, screen := range slices.Sorted(maps.Keys(m.shell.Tables)) {
		if text := m.shell.Tables[screen]; text != "" {
			lines = append(lines, string(screen)+"="+text)
		}
	}
	return strings.Join(lines, "\n")
}

// showTables shows the tables as tables has written them down.
func (m *Model) showTables(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if screen, columns, ok := strings.Cut(line, "="); ok {
			m.shell.Tables[keymap.Scope(screen)] = columns
		}
	}
}

// noteCmd writes what is open now; nil where that was noted already.
func (w *memory) noteCmd(now place) tea.Cmd {
	if was := w.newest.Load(); w.store == nil || was != nil && *was == now {
		return nil
	}
	w.newest.Store(&now)
	return func() tea.Msg { w.write(); return nil }
}

// write writes the newest place, unless that is done. That it fails is no reason to
// disturb: the next start begins as the first did.
func (w *memory) write() {
	w.writing.Lock()
	defer w.writing.Unlock()
	now := w.newest.Load()
	if now == nil || now == w.written.Load() {
		return
	}
	_ = saveLast(w.store, now.scope, now.last)
	w.written.Store(now)
}

// numberOf is the number of a screen, and that of the first one where the account lacks it.
func (m *Model) numberOf(screen keymap.Scope) int {
	return max(0, slices.IndexFunc(m.screens, func(s shell.Screen) bool { return s.Scope() == screen }))
}
