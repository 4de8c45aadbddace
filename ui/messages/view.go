package messages

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the table, and under it or beside it the message under the cursor.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	compact := sh.Room == shell.Compact
	switch {
	case s.err != nil && sh.Session.Inbox == nil:
		return sh.Problem("The messages could not be read.", s.err, w, h)
	case compact && sh.Session.Inbox == nil:
		return draw.Fit(sh.Placeholders(readingMessages, w), w, h)
	case compact && len(s.shown) == 0:
		return s.emptyTable(w, h)
	case compact:
		return draw.Fit(s.rows(w, h), w, h)
	}
	tw, th := s.tableSize(w, h)
	pane := shell.Pane{Title: "Messages", Right: s.countText(), Focused: s.isFront}
	table := pane.Draw(&sh.Look, s.table(tw-2, th-2), tw, th)
	if tw < w {
		return draw.Beside(table, s.messagePane(w-tw, h))
	}
	return append(table, s.messagePane(w, h-th)...)
}

// messagePane is the message under the cursor, as far as there is room.
func (s *screen) messagePane(w, h int) []string {
	sh := s.shell
	var lines []string
	if m, ok := s.current(); ok {
		for _, line := range s.pageLines(m, w-4) {
			lines = append(lines, " "+line)
		}
	}
	message := shell.Pane{Title: "Message"}
	if len(lines) > h-2 {
		message.Key, message.Right = sh.Keys.Key(keymap.Open), "all of it"
	}
	return message.Draw(&sh.Look, lines, w, h)
}

// tableSize is the room of the table: two thirds of the width where the message stands
// beside it, else the upper part.
func (s *screen) tableSize(w, h int) (tw, th int) {
	if s.shell.Room >= shell.Wide && w >= wideScreen {
		return w * 2 / 3, h
	}
	return w, max(7, min(len(s.shown)+4, h*45/100))
}

// wideScreen is the width from which on a third of it has room for a message.
const wideScreen = 120

// Spots are the rows of the table.
func (s *screen) Spots(w, h int) []shell.Spot {
	switch {
	case len(s.shown) == 0 || s.find.IsTyped:
		return nil
	case s.shell.Room == shell.Compact:
		return []shell.Spot{s.list.Spot(0, 0, w, keymap.Open)}
	}
	tw, _ := s.tableSize(w, h)
	return []shell.Spot{s.list.Spot(1, 1+tableHead, tw-2, keymap.Open)}
}

// countText is how many messages have not been read, and by what the list is narrowed.
func (s *screen) countText() string {
	sh := s.shell
	if sh.Session.Inbox == nil {
		return ""
	}
	return s.narrowed(fmt.Sprintf("all %s %d unread", sh.Look.Dot, sh.Session.Inbox.Unread)).Text(sh)
}

// narrowed is by what the list is narrowed.
func (s *screen) narrowed(base string) shell.Narrowed {
	n := shell.Narrowed{Base: base, Shown: len(s.shown), Chosen: len(s.chosen), Find: s.find.Text(), Filter: s.filter.Words(), Sorted: s.columns.SortedBy()}
	if inbox := s.shell.Session.Inbox; inbox != nil {
		n.Total = len(inbox.Messages)
	}
	return n
}

// Status is the text that is being typed. In a compact window, where the list has no frame,
// the right side says what the frame says elsewhere.
func (s *screen) Status() (left shell.Part, right string) {
	sh := s.shell
	if n := len(s.shown); n > 0 {
		total := n
		if !s.isNarrowed() {
			total = max(n, sh.Session.Inbox.Total)
		}
		right = fmt.Sprintf("%d/%d", s.list.At+1, total)
	}
	if sh.Room == shell.Compact {
		right = s.narrowed(right).Text(sh)
	}
	if s.find.IsTyped {
		left = s.find.Prompt(sh)
	}
	return left, right
}
