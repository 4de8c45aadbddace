package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the table or the detail. Where there is room the detail is below the table or
// beside it, and the newest messages are under the table.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	compact := sh.Room == shell.Compact
	switch {
	case s.isUnreadable():
		return sh.Problem("The channels could not be read.", s.err, w, h)
	case compact && !s.isRead():
		return draw.Fit(sh.Placeholders(readingChannels, w), w, h)
	case s.isDetail:
		return s.detailPage(w, h)
	case compact:
		return draw.Fit(s.compactTable(w, h), w, h)
	}
	p := s.panes(w, h)
	lines := s.tablePane(p.table.w, p.table.h)
	if p.timeline > 0 {
		lines = append(lines, sh.Timeline(p.table.w, p.timeline)...)
	}
	switch {
	case p.table.w < w:
		return draw.Beside(lines, s.detailBeside(w-p.table.w, h))
	case p.detail > 0:
		return append(lines, s.detailBelow(w, p.detail)...)
	}
	return lines
}

// InPage reports whether the detail is shown in the place of the table.
func (s *screen) InPage() bool { return s.isDetail }

// panes are the sizes of what is on the screen, in cells.
type panes struct {
	table    struct{ w, h int }
	timeline int // its height, under the table; 0: it is not shown
	detail   int // its height, where it is below the table
}

// panes divides the screen. The table has the height of its rows, as long as something
// else can use what is left.
func (s *screen) panes(w, h int) (p panes) {
	const leastTable, leastDetail, leastTimeline = 7, 9, 6
	p.table.w, p.table.h = w, h
	switch room := s.shell.Room; {
	case room >= shell.Timeline:
		p.table.w = w * 2 / 3
		p.table.h = min(max(leastTable, s.tableNeeds(h)+1), h-leastTimeline)
		p.timeline = h - p.table.h
	case room == shell.Wide:
		p.table.w = w * 2 / 3
	case room == shell.Below && len(s.shown) > 0:
		p.table.h = min(max(leastTable, s.tableNeeds(h)), max(leastTable, h*55/100))
		if p.detail = h - p.table.h; p.detail < leastDetail {
			p.table.h, p.detail = h, 0
		}
	}
	return p
}

// tableNeeds is the height of a pane with all rows, or anything above most.
func (s *screen) tableNeeds(most int) int { return 2 + tableHead + s.linesOfRows(most) }

func (s *screen) tablePane(w, h int) []string {
	sh := s.shell
	pane := shell.Pane{Title: "Channels", Right: s.narrowed(s.usedText()).Text(sh), Focused: sh.Room >= shell.Below && s.isFront}
	return pane.Draw(&sh.Look, s.table(w-2, h-2), w, h)
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
	return []shell.Spot{s.list.Spot(1, 1+tableHead, s.panes(w, h).table.w-2, keymap.Open)}
}

// usedText is how many channels there are of those that the plan allows.
func (s *screen) usedText() string {
	if l, ok := channelLimit(s.shell.Session.Profile); ok {
		return fmt.Sprintf("%d of %d used", l.Used, l.Value)
	}
	return ""
}
