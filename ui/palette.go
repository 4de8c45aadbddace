package ui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	// mostRecent is how many actions the palette lists first, since they were chosen last.
	mostRecent = 5
	// mostAccounts is how many accounts it finds: enough for a name, and few beside the actions.
	// The list of accounts finds all.
	mostAccounts = 20
)

// palette is the dialog that finds every action of every screen, contexts, settings and accounts. What cannot be
// done has the reason beside it, and stands last until something is typed.
type palette struct {
	*shell.Picker
	model   *Model
	actions []shell.Item // and contexts
}

// paletteAccountsMsg brings the accounts that match what was typed.
type paletteAccountsMsg struct {
	of   *palette
	text string
	list []backend.AccountSummary
	err  error
}

// The beginnings of an item's id, by what it is.
const (
	itemAction  = "action "
	itemAccount = "account "
)

// openPalette opens the palette on the actions. Accounts are found once something is typed.
func (m *Model) openPalette() tea.Cmd {
	p := &palette{model: m, actions: slices.Concat(m.commandItems(), m.contextItems(), m.settingItems(), []shell.Item{pastHint})}
	p.Picker = shell.NewPicker(m.shell, "Commands", "what to do, or an account", p.actions, p.run)
	p.Also = p.searchCmd
	m.shell.Open(p)
	return nil
}

func (p *palette) run(chosen shell.Item) tea.Cmd {
	if id, isAccount := strings.CutPrefix(chosen.ID, itemAccount); isAccount {
		return p.model.openAccount(id, false)
	}
	if name, isContext := strings.CutPrefix(chosen.ID, itemContext); isContext {
		return p.model.openContext(name)
	}
	if chosen.ID == pastHint.ID {
		p.Shell.Open(p)
		return p.Refine("at ")
	}
	if text, isPast := strings.CutPrefix(chosen.ID, itemPast); isPast {
		return p.model.openPast(text)
	}
	if strings.HasPrefix(chosen.ID, itemSetting) {
		return p.model.chooseSetting(chosen.ID)
	}
	return p.model.runCommand(keymap.ID(strings.TrimPrefix(chosen.ID, itemAction)))
}

// searchCmd looks for accounts: at once on a file, and once typing pauses on a server.
func (p *palette) searchCmd(text string) tea.Cmd {
	if item, isPast := p.model.pastItem(text); isPast {
		p.Fill(append([]shell.Item{item}, p.actions...))
		return nil
	}
	if strings.TrimSpace(text) == "" || p.model.whyNoAccounts() != "" {
		p.Fill(p.actions)
		return nil
	}
	if p.Shell.Session.Local {
		return p.accountsCmd(text)
	}
	return p.Shell.After(shell.TypingPause, searchMsg{p, text})
}

// Update takes the accounts that match what is typed still.
func (p *palette) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case searchMsg:
		if msg.of == shell.Overlay(p) && msg.text == p.Text() {
			return p.accountsCmd(msg.text)
		}
	case paletteAccountsMsg:
		switch {
		case msg.of != p || msg.text != p.Text():
		case msg.err != nil:
			p.Shell.FailRead("The accounts could not be searched", msg.err)
		default:
			p.Fill(slices.Concat(p.actions, p.accountItems(msg.list)))
		}
	}
	return nil
}

func (p *palette) accountsCmd(text string) tea.Cmd {
	session := &p.Shell.Session
	accounts, hasSearch := session.Accounts, session.Lacks(backend.FeatureSearch) == ""
	return p.Shell.Load("accounts of the palette", func(ctx context.Context) tea.Msg {
		if !hasSearch {
			list, err := accounts.List(ctx, text, mostAccounts)
			return paletteAccountsMsg{p, text, list, err}
		}
		found, err := accounts.Search(ctx, backend.AccountSearch{Text: strings.TrimSpace(text), Limit: mostAccounts})
		return paletteAccountsMsg{p, text, found.Accounts, err}
	})
}

func (p *palette) accountItems(list []backend.AccountSummary) []shell.Item {
	session := &p.Shell.Session
	items := make([]shell.Item, len(list))
	for i, a := range list {
		items[i] = shell.Item{Text: "Account: " + a.FullName(), Right: p.Shell.MaskedAccount(a.Email), ID: itemAccount + a.ID, IsFound: true}
		if a.ID == session.Account.ID && !session.Ended {
			items[i].Off = "This account is open."
		}
	}
	return items
}

// commandItems are the actions: those that were chosen last, those of the screen in front, of
// all screens, and of the others; behind them what cannot be done now.
func (m *Model) commandItems() []shell.Item {
	var ids []keymap.ID
	add := func(scope keymap.Scope) {
		for _, a := range m.shell.Keys.In(scope) {
			ids = append(ids, a.ID)
		}
	}
	add(m.screen().Scope())
	add(keymap.Anywhere)
	for _, s := range m.screens {
		if s != m.screen() {
			add(s.Scope())
		}
	}
	ids = slices.DeleteFunc(ids, isMotion)
	recency := func(id keymap.ID) int {
		if i := slices.Index(m.commands, string(id)); i >= 0 {
			return i
		}
		return len(m.commands)
	}
	slices.SortStableFunc(ids, func(a, b keymap.ID) int { return recency(a) - recency(b) })
	items := make([]shell.Item, len(ids))
	for i, id := range ids {
		items[i] = m.commandItem(id)
	}
	slices.SortStableFunc(items, func(a, b shell.Item) int { return order(a.Off != "") - order(b.Off != "") })
	return items
}

func order(isLast bool) int {
	if isLast {
		return 1
	}
	return 0
}

// isMotion reports that an action moves within what is in sight or to the next screen, or is
// the palette itself: a list of them helps no person.
func isMotion(id keymap.ID) bool {
	switch id {
	case keymap.FindText:
		return false
	case keymap.NextScreen, keymap.PrevScreen, keymap.Back, keymap.Commands:
		return true
	}
	return strings.HasPrefix(string(id), "list.")
}

func (m *Model) commandItem(id keymap.ID) shell.Item {
	a := m.shell.Keys.Action(id)
	text := shell.Capitalized(a.Title)
	switch {
	case a.Where != keymap.Anywhere:
		text = string(a.Where) + ": " + a.Title
	case slices.ContainsFunc(screens, func(s registration) bool { return s.action == id }):
		text = "Go to " + a.Title
	}
	return shell.Item{Text: text, Right: a.AllKeys(), Off: m.whyNoCommand(a), Names: string(id) + " " + alsoCalled[id], ID: itemAction + string(id)}
}

// whyNoCommand says why an action of any screen cannot be done now, "" when it can. One that
// is done with a row of another screen can be: that screen comes to the front.
func (m *Model) whyNoCommand(a keymap.Action) string {
	s := m.screenOf(a.Where)
	switch {
	case s == nil || s == m.screen():
		return m.whyOff(a.ID)
	case a.ID.OfRow() && a.Changes && m.shell.ReadOnly:
		return m.shell.WhyReadOnly()
	case a.ID.OfRow():
		return ""
	}
	if action, isThere := shell.FindAction(s.Actions(), a.ID); isThere {
		return m.shell.WhyOff(action)
	}
	return ""
}

// screenOf is the screen with these keys, nil for those of all screens.
func (m *Model) screenOf(scope keymap.Scope) shell.Screen {
	i := slices.IndexFunc(m.screens, func(s shell.Screen) bool { return s.Scope() == scope })
	if i < 0 {
		return nil
	}
	return m.screens[i]
}

// runCommand does an action that was chosen from the palette, and lists it first from now on.
// Where it is another screen's, that comes to the front; what is done with a row is then left
// to its key, so that the row is seen first.
func (m *Model) runCommand(id keymap.ID) tea.Cmd {
	m.commands = slices.Insert(slices.DeleteFunc(m.commands, func(other string) bool { return other == string(id) }), 0, string(id))
	m.commands = m.commands[:min(len(m.commands), mostRecent)]
	a := m.shell.Keys.Action(id)
	if s := m.screenOf(a.Where); s != nil && s != m.screen() {
		cmd := m.goTo(shell.GoToMsg{Screen: a.Where})
		if !id.OfRow() {
			return tea.Sequence(cmd, func() tea.Msg { return shell.ActMsg{ID: id} })
		}
		m.shell.Refuse(shell.Neutral, "This is %s. With the row that you mean, %s: %s.", s.Title(), m.shell.Keys.Key(id), a.Title)
		return cmd
	}
	return m.act(id)
}
