package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// itemPast begins the id of the item that shows the account as it was; the time follows as it
// was typed.
const itemPast = "past "

// pastHint leads to pastItem: it begins the text that this one needs.
var pastHint = shell.Item{Text: "Show the account as it was", Right: "at 2h", Names: "at past time history back then", ID: itemPast}

// pastItem is the item of the palette for "at 2h", "at 14:05" or "at 2026-11-20"; false for
// another text.
func (m *Model) pastItem(text string) (item shell.Item, isPast bool) {
	when, isPast := strings.CutPrefix(strings.TrimLeft(text, " "), "at ")
	if !isPast {
		return item, false
	}
	at, err := shell.ParsePast(when, m.shell.Now)
	item = shell.Item{Text: strings.TrimSpace(text) + ": the account as it was", ID: itemPast + when}
	switch why := m.shell.Session.Lacks(backend.FeatureUndo); {
	case why != "":
		item.Off = why
	case err != nil:
		item.Text, item.Off = strings.TrimSpace(text), err.Error()
	case at.After(m.shell.Now):
		item.Off = "This time has not come yet."
	default:
		item.Right = at.In(m.shell.Now.Location()).Format(time.DateTime)
	}
	return item, true
}

// openPast shows the account as it was at a time that was typed.
func (m *Model) openPast(when string) tea.Cmd {
	at, err := shell.ParsePast(when, m.shell.Now)
	if err != nil {
		m.shell.Refuse(shell.Warning, "%v", err)
		return nil
	}
	return m.shell.OpenPast(at)
}
