// Package accounts is the screen of all accounts: who can be reached, by what, and what
// fails. It is for operators; of a token that sees its own account only there is none.
//
// It has a list of which only the part around the cursor is read, with any number of
// accounts. In reading order:
//
//   - accounts.go: the screen, and the messages it handles
//   - part.go: the part of the list that has been read, and the cursor in it
//   - trim.go: how much of it is kept
//   - reading.go: the requests that read it, and its ends as the cursor comes near
//   - count.go: how many accounts fail, for the tab
//   - narrowing.go: the text to find, problems only, the order
//   - actions.go: what can be done, and when
//   - view.go, columns.go, row.go: what is drawn
package accounts

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// screen is the Accounts screen.
type screen struct {
	shell    *shell.Shell
	kept     *kept
	find     shell.Find
	typed    int   // how often the text to find has changed
	part     part  // what was read last
	needs    needs // of what was read
	isRead   bool  // something was
	readAt   time.Time
	askedAt  time.Time  // when it was read, or its failing accounts were counted
	isDue    bool       // it is read again soon: see rereadMsg
	err      error      // of the last reading
	list     shell.List // the cursor in the rows of part
	columns  shell.Table[backend.AccountRow]
	width    int  // of the list as it is drawn, in cells
	isFront  bool // no other screen is in front of this one
	isBeside bool // it is in sight beside another screen
	actions  []shell.Action
	finding  []shell.Action // while the text to find is typed
}

// kept is how the list is shown. It stays while another account is opened.
type kept struct {
	of       backend.Accounts
	text     string // the text to find
	problems bool   // only those with a problem
	failing  int    // how many accounts fail; 0 also where that is not known
}

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	k, _ := sh.Kept[keymap.Accounts].(*kept)
	if k == nil || k.of != sh.Session.Accounts {
		k = &kept{of: sh.Session.Accounts}
		sh.Kept[keymap.Accounts] = k
	}
	s := &screen{shell: sh, kept: k, find: shell.NewFind()}
	s.find.Set(k.text)
	s.columns = s.newTable()
	s.actions, s.finding = s.newActions(), s.newFinding()
	return s
}

func (s *screen) Init() tea.Cmd             { return s.countCmd() }
func (s *screen) Title() string             { return "Accounts" }
func (s *screen) Scope() keymap.Scope       { return keymap.Accounts }
func (s *screen) TypingScope() keymap.Scope { return s.find.Scope() }

func (s *screen) Actions() []shell.Action {
	if s.find.IsTyped {
		return s.finding
	}
	return s.actions
}

// Load reads again what is in sight: the list, or else its count in the tab.
func (s *screen) Load() tea.Cmd {
	if !s.isInSight() {
		return s.countCmd()
	}
	return s.readAround()
}

// SetBeside says whether the list is in sight beside another screen: see Pane.
func (s *screen) SetBeside(isBeside bool) tea.Cmd {
	if s.isBeside == isBeside {
		return nil
	}
	s.isBeside = isBeside
	return s.Load()
}

// Update handles a message, and then reads on where the cursor is near an end of what has
// been read.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.handle(msg)
	return tea.Batch(cmd, s.readOn())
}

func (s *screen) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case shell.GoToMsg:
		s.isFront = msg.Screen == keymap.Accounts
		s.find.IsTyped = s.find.IsTyped && s.isFront
		if s.isFront {
			return s.Load()
		}
	case readMsg:
		s.read(msg)
	case countedMsg:
		s.counted(msg)
	case typedMsg:
		if msg.of == s && msg.typed == s.typed {
			return s.narrow()
		}
	case rereadMsg:
		if msg.of == s {
			s.isDue = false
			return s.Load()
		}
	default:
		return s.hear(msg)
	}
	return nil
}

// hear reads again when accounts may have changed elsewhere; see untilReread.
func (s *screen) hear(msg tea.Msg) tea.Cmd {
	isHeard, isTold, isQuiet := s.shell.IsHeardOf(msg)
	if !isHeard || s.isDue || isQuiet && !s.isInSight() { // what is in sight grows old with time
		return nil
	}
	age, isRunning := s.shell.Now.Sub(s.askedAt), s.shell.Work.Busy(readingAccounts) || s.shell.Work.Busy(countingAccounts)
	if !isTold && !s.isInSight() && age < countInterval {
		return nil
	}
	// A change is told several times while it is written. A number in a tab can wait for the last.
	wait := untilReread(isTold && s.isInSight(), isRunning, age)
	switch {
	case wait <= 0:
		return s.Load()
	case !isTold:
		return nil // the next poll asks again
	}
	s.isDue = true
	return s.shell.After(wait, rereadMsg{s})
}
