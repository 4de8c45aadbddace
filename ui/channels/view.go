package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the table or the detail; in a wide window the one beside the other.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	compact := sh.Room == shell.Compact
	switch {
	case s.isUnreadable():
		return sh.Problem("The channels could not be read.", s.err, w, h)
	case compact && !s.isRead():
		return draw.Fit(nil, w, h)
	case s.isDetail:
		return s.detailPage(w, h)
	case compact:
		return draw.Fit(s.compactTable(w, h), w, h)
	}
	tableWidth := s.tableWidth(w)
	pane := shell.Pane{Title: "Channels", Right: s.narrowed(s.usedText()).Text(sh), Focused: tableWidth < w}
	lines := pane.Draw(&sh.Look, s.table(tableWidth-2, h-2), tableWidth, h)
	if tableWidth < w {
		return draw.Beside(lines, s.detailBeside(w-tableWidth, h))
	}
	return lines
}

func (s *screen) tableWidth(w int) int {
	if s.shell.Room >= shell.Wide {
		return w * 65 / 100
	}
	return w
}

// Spots are the rows of the table, or the page of the detail. While the text to find is
// typed there are none: the keys that move are letters of that text.
func (s *screen) Spots(w, h int) []shell.Spot {
	switch {
	case s.find.IsTyped || len(s.shown) == 0:
		return nil
	case s.isDetail:
		return []shell.Spot{{W: w, H: h, Wheel: s.page.moveBy}}
	case s.shell.Room == shell.Compact:
		return []shell.Spot{s.list.Spot(0, 0, w, keymap.Open)}
	}
	return []shell.Spot{s.list.Spot(1, 1+tableHead, s.tableWidth(w)-2, keymap.Open)}
}

// usedText is how many channels there are of those that the plan allows.
func (s *screen) usedText() string {
	if l, ok := channelLimit(s.shell.Session.Profile); ok {
		return fmt.Sprintf("%d of %d used", l.Used, l.Value)
	}
	return ""
}
