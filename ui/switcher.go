package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	// listed is how many accounts the switcher reads at once: more than any window shows.
	listed = 200
	// nearEnd is how near to an end of what was read the cursor comes before more is read.
	nearEnd = 60
	// readingPause is how long after an answer with a part of the accounts it is asked for again.
	readingPause = 250 * time.Millisecond
)

// part says which part of what is found is read, and where the cursor is then.
type part int

const (
	fromTop part = iota
	toBottom
	rowsBehind
	rowsBefore
	sameRows
)

// accountsFoundMsg brings a part of the accounts that match.
type accountsFoundMsg struct {
	of    *switcher
	text  string
	part  part
	from  int // how many stand before it
	found backend.FoundAccounts
	// isMore: there are more than Total, which were not counted.
	isMore bool
	err    error
}

// searchMsg: nothing may have been typed for a while.
type searchMsg struct {
	of   shell.Overlay
	text string
}

type accountOpenedMsg struct {
	openedMsg
	err error
}

// accountOpened handles the answer to openAccount.
func (m *Model) accountOpened(msg tea.Msg) tea.Cmd {
	opened, ok := msg.(accountOpenedMsg)
	if !ok {
		return nil
	}
	if opened.err != nil {
		m.shell.Fail("The account could not be opened", opened.err)
		return nil
	}
	return func() tea.Msg { return opened.openedMsg }
}

// switcher is the dialog that opens another account, or another context. It holds a part of the
// accounts that match what is typed, and reads on when the cursor comes near to its end.
type switcher struct {
	*shell.Picker
	model  *Model
	shown  *accountsFoundMsg // what was found last; nil before the first answer
	recent []string          // ids of the accounts that were open last, but for the open one
	// chooses: enter was pressed before the answer to what is typed came.
	chooses bool
}

// noOther says that only one account can be opened here.
const noOther = "There is no other account here."

// whyNoOther says why nothing else can be opened, "" when an account or a context can.
func (m *Model) whyNoOther() string {
	if len(m.contexts) > 0 {
		return ""
	}
	return m.whyNoAccounts()
}

// whyNoAccounts says why no other account can be opened, "" when one can.
func (m *Model) whyNoAccounts() string {
	session := &m.shell.Session
	if session.Accounts == nil {
		return noOther
	}
	return session.Lacks(backend.FeatureAccounts)
}

// others are what can be opened in place of the account that is open.
func (m *Model) others() string {
	if m.whyNoAccounts() != "" {
		return "context"
	}
	return "account"
}

// openSwitcher reads the accounts and opens the list on them. It lists the contexts alone where
// no account can be chosen, or read now.
func (m *Model) openSwitcher() tea.Cmd {
	if m.whyNoAccounts() != "" || m.shell.Connection.Offline && len(m.contexts) > 0 {
		m.shell.Open(shell.NewPicker(m.shell, "Switch context", "name or address", m.contextItems(), func(chosen shell.Item) tea.Cmd {
			return m.openContext(strings.TrimPrefix(chosen.ID, itemContext))
		}))
		return nil
	}
	s := &switcher{model: m, recent: m.recentAccounts()}
	s.Picker = shell.NewPicker(m.shell, "Switch account", "name, email, organization or id", nil, s.run)
	s.Empty, s.Search = "", s.searchCmd
	m.shell.Open(s)
	return s.ask("", fromTop, 0)
}

func (s *switcher) run(chosen shell.Item) tea.Cmd {
	if name, isContext := strings.CutPrefix(chosen.ID, itemContext); isContext {
		return s.model.openContext(name)
	}
	return s.model.openAccount(chosen.ID, false)
}

func (s *switcher) typed() string { return strings.TrimSpace(s.Text()) }

// searchCmd asks for what matches: at once on a file, and once typing pauses on a server, where a
// request that is given up costs a connection.
func (s *switcher) searchCmd(string) tea.Cmd {
	if s.Shell.Session.Local {
		return s.ask(s.typed(), fromTop, 0)
	}
	return s.Shell.After(shell.TypingPause, searchMsg{s, s.Text()})
}

// ask reads a part of what matches a text. An earlier request is given up.
func (s *switcher) ask(text string, p part, from int) tea.Cmd {
	session := &s.Shell.Session
	accounts, recent, hasSearch := session.Accounts, s.recent, session.Lacks(backend.FeatureSearch) == ""
	return s.Shell.Load("accounts", func(ctx context.Context) tea.Msg {
		msg := accountsFoundMsg{of: s, text: text, part: p, from: from}
		if hasSearch {
			msg.found, msg.err = accounts.Search(ctx, backend.AccountSearch{Text: text, First: recent, Offset: from, Limit: listed})
			return msg
		}
		page, err := accounts.Page(ctx, backend.AccountQuery{Match: text, Limit: listed})
		msg.found, msg.isMore, msg.err = backend.FoundAccounts{Total: max(page.Total, len(page.Accounts)), All: page.All}, page.IsMore, err
		for _, a := range page.Accounts {
			msg.found.Accounts = append(msg.found.Accounts, a.AccountSummary)
		}
		return msg
	})
}

// isCurrent reports whether what is listed is the answer to what is typed.
func (s *switcher) isCurrent() bool {
	return s.shown != nil && s.shown.err == nil && s.shown.text == s.typed()
}

// Key reads on where the cursor comes near to an end of what was read. enter waits for the answer
// to what is typed.
func (s *switcher) Key(msg tea.KeyMsg) tea.Cmd {
	s.chooses = false
	switch id := s.Shell.Keys.Find(msg.String(), keymap.Pick); {
	case id == keymap.PickRun && s.hasFailed() && s.Current().ID != "": // a context
		return s.Choose()
	case id == keymap.PickRun && !s.isCurrent():
		s.chooses = true
		return s.ask(s.typed(), fromTop, 0)
	case id == keymap.PickTop && s.isCurrent() && s.shown.from > 0:
		return s.ask(s.shown.text, fromTop, 0)
	case id == keymap.PickBottom && s.isCurrent() && s.hasMore():
		return s.ask(s.shown.text, toBottom, max(0, s.shown.found.Total-listed))
	}
	return tea.Batch(s.Picker.Key(msg), s.readOn())
}

// hasFailed reports whether the accounts for what is typed could not be read.
func (s *switcher) hasFailed() bool {
	return s.shown != nil && s.shown.err != nil && s.shown.text == s.typed()
}

// hasMore reports whether more accounts stand behind those that were read, and can be read.
func (s *switcher) hasMore() bool {
	return s.Shell.Session.Lacks(backend.FeatureSearch) == "" && s.shown.from+len(s.shown.found.Accounts) < s.shown.found.Total
}

func (s *switcher) readOn() tea.Cmd {
	if !s.isCurrent() || s.Shell.Work.Busy("accounts") {
		return nil
	}
	switch isFirst, isLast := s.Near(nearEnd); {
	case isLast && s.hasMore():
		return s.ask(s.shown.text, rowsBehind, s.shown.from+len(s.shown.found.Accounts))
	case isFirst && s.shown.from > 0:
		return s.ask(s.shown.text, rowsBefore, max(0, s.shown.from-listed))
	}
	return nil
}

// Update shows the accounts that were found for what is typed still.
func (s *switcher) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case searchMsg:
		if msg.of == shell.Overlay(s) && msg.text == s.Text() {
			p := sameRows
			if !s.isCurrent() {
				p = fromTop
			}
			return s.ask(s.typed(), p, 0)
		}
	case accountsFoundMsg:
		switch {
		case msg.of != s || msg.text != s.typed() || errors.Is(msg.err, context.Canceled):
		case msg.err != nil:
			s.Shell.FailRead("The accounts could not be listed", msg.err)
			s.chooses = false
			if !s.isCurrent() {
				msg.part, msg.from = fromTop, 0
				return s.take(msg) // the contexts that match
			}
		default:
			return s.take(msg)
		}
	}
	return nil
}

// take shows what was found, and asks again where not all accounts were read yet.
func (s *switcher) take(msg accountsFoundMsg) tea.Cmd {
	isFirst, was := s.shown == nil, s.shown
	switch list := &msg.found.Accounts; msg.part {
	case rowsBehind:
		*list, msg.from = slices.Concat(was.found.Accounts, *list), was.from
	case rowsBefore:
		*list = slices.Concat((*list)[:min(len(*list), was.from-msg.from)], was.found.Accounts)
	case fromTop, toBottom, sameRows: // these stand in the place of what was shown
	}
	s.shown = &msg
	items := s.items()
	if msg.part == fromTop || msg.part == toBottom {
		s.Fill(items)
	} else {
		s.Refill(items)
	}
	switch {
	case msg.part == toBottom:
		s.MoveTo(keymap.Bottom)
	case isFirst && len(s.recent) == 0:
		s.Point(s.Shell.Session.Account.ID)
	}
	if s.chooses {
		s.chooses = false
		return s.Choose()
	}
	if msg.found.IsReading && msg.from == 0 {
		return s.Shell.After(readingPause, searchMsg{s, s.Text()})
	}
	return nil
}

// openAccount opens another account, which was chosen in the side or elsewhere.
func (m *Model) openAccount(id string, isFromSide bool) tea.Cmd {
	from := m.shell.Session.Opened
	return m.shell.Load("open account", func(ctx context.Context) tea.Msg {
		view, account, err := from.Accounts.Open(ctx, id)
		return accountOpenedMsg{openedMsg{from.With(view, account), isFromSide}, err}
	})
}
