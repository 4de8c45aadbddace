package messages

import (
	"fmt"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the table, and under it the message under the cursor, as far as there is
// room.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	compact := sh.Room == shell.Compact
	switch {
	case s.err != nil && sh.Session.Inbox == nil:
		return sh.Problem("The messages could not be read.", s.err, w, h)
	case compact && sh.Session.Inbox != nil && len(s.shown) == 0:
		return s.emptyTable(w, h)
	case compact:
		return draw.Fit(s.rows(w, h), w, h)
	}
	upper := s.tableHeight(h)
	pane := shell.Pane{Title: "Messages", Right: s.countText(), Focused: true}
	table := pane.Draw(&sh.Look, s.table(w-2, upper-2), w, upper)
	var lines []string
	if m, ok := s.current(); ok {
		for _, line := range s.pageLines(m, w-4) {
			lines = append(lines, " "+line)
		}
	}
	more := ""
	if room := h - upper - 2; len(lines) > room {
		more = sh.Keys.Key(keymap.Open) + " all of it"
	}
	return append(table, shell.Pane{Title: "Message", Right: more}.Draw(&sh.Look, lines, w, h-upper)...)
}

func (s *screen) tableHeight(h int) int { return max(7, min(len(s.shown)+4, h*45/100)) }

// Spots are the rows of the table.
func (s *screen) Spots(w, _ int) []shell.Spot {
	switch {
	case len(s.shown) == 0:
		return nil
	case s.shell.Room == shell.Compact:
		return []shell.Spot{s.list.Spot(0, 0, w, keymap.Open)}
	}
	return []shell.Spot{s.list.Spot(1, 1+tableHead, w-2, keymap.Open)}
}

// countText is which messages are shown, and how many have not been read.
func (s *screen) countText() string {
	sh := s.shell
	if sh.Session.Inbox == nil {
		return ""
	}
	shown := "all"
	if s.state != "" {
		shown = fmt.Sprintf("%s: %d of %d", stateName(s.state), len(s.shown), len(sh.Session.Inbox.Messages))
	}
	return fmt.Sprintf("%s %s %d unread", shown, sh.Look.Dot, sh.Session.Inbox.Unread)
}

// Status says what is chosen and which state is shown.
func (s *screen) Status() (left, right string) {
	sh := s.shell
	if n := len(s.shown); n > 0 {
		total := n
		if s.state == "" {
			total = max(n, sh.Session.Inbox.Total)
		}
		right = fmt.Sprintf("%d/%d", s.list.At+1, total)
	}
	if s.state != "" && sh.Room == shell.Compact { // no pane says it there
		right = stateName(s.state) + " " + right
	}
	switch n := len(s.chosen); {
	case n > 0:
		return fmt.Sprintf("%d chosen", n), right
	case s.state != "":
		return fmt.Sprintf("only %s %s %s shows all", stateName(s.state), sh.Look.Dot, sh.Keys.Key(keymap.ClearStates)), right
	case sh.Session.Local && s.areAllHeld():
		return "These messages never left this machine", right
	}
	return "", right
}

// areAllHeld reports whether every message is held in the inbox.
func (s *screen) areAllHeld() bool {
	return len(s.shown) > 0 && !slices.ContainsFunc(s.shown, func(m backend.Message) bool { return m.State != backend.StateHeld })
}
