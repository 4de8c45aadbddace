package channels

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// The detail is everything about the channel under the cursor: its facts in one pane
// and its deliveries in another. It stands beside the table or below it where there is
// room, and is a page of its own where there is none, or enter is pressed.

// deliveriesWidth is a pane that has room for the strip of attempts.
const deliveriesWidth = shownAttempts + 6

func (s *screen) detailTitle(ch backend.Channel) string {
	return s.shell.ChannelTitle("Channel", ch)
}

// detailBeside is the detail at the right of the table: facts above, deliveries below.
func (s *screen) detailBeside(w, h int) []string {
	sh := s.shell
	ch, ok := s.current()
	if !ok || !s.isRead() {
		return shell.Pane{Title: "Channel"}.Draw(&sh.Look, nil, w, h)
	}
	facts, deliveries := channelFacts(sh, ch, w-4), s.deliveries(ch, w-4)
	if deliveries == nil {
		return shell.Pane{Title: s.detailTitle(ch)}.Draw(&sh.Look, facts, w, h)
	}
	const leastDeliveries = 14
	if len(facts)+2+leastDeliveries > h {
		facts = shortFacts(sh, ch, w-4)
	}
	upper := min(len(facts)+2, h/2)
	lines := shell.Pane{Title: s.detailTitle(ch)}.Draw(&sh.Look, facts, w, upper)
	return append(lines, s.deliveriesPane(ch).Draw(&sh.Look, deliveries, w, h-upper)...)
}

// detailBelow is the detail under the table: facts at the left, deliveries at the right.
func (s *screen) detailBelow(w, h int) []string {
	sh := s.shell
	ch, ok := s.current()
	if !ok || !s.isRead() {
		return shell.Pane{Title: "Channel"}.Draw(&sh.Look, nil, w, h)
	}
	right := max(deliveriesWidth, w/2)
	deliveries := s.deliveries(ch, right-4)
	if deliveries == nil {
		right = 0
	}
	facts := channelFacts(sh, ch, w-right-4)
	if len(facts)+2 > h {
		facts = append(shortFacts(sh, ch, w-right-4), testFacts(sh, ch, w-right-4)...)
	}
	left := shell.Pane{Title: s.detailTitle(ch)}.Draw(&sh.Look, facts, w-right, h)
	if right == 0 {
		return left
	}
	return draw.Beside(left, s.deliveriesPane(ch).Draw(&sh.Look, deliveries, right, h))
}

// detailPage is the detail in place of the table: facts at the left, deliveries at
// the right.
func (s *screen) detailPage(w, h int) []string {
	sh := s.shell
	ch, ok := s.current()
	if !ok {
		return draw.Fit(nil, w, h)
	}
	if sh.Room == shell.Compact {
		return s.compactPage(ch, w, h)
	}
	right := max(deliveriesWidth, w/2)
	deliveries := s.deliveries(ch, right-4)
	if deliveries == nil {
		facts := s.page.window(channelFacts(sh, ch, w-4), h-2)
		return s.factsPane(ch).Draw(&sh.Look, facts, w, h)
	}
	facts := channelFacts(sh, ch, w-right-4)
	for len(facts) < len(deliveries) { // both panes scroll together
		facts = append(facts, "")
	}
	facts = s.page.window(facts, h-2)
	return draw.Beside(
		s.factsPane(ch).Draw(&sh.Look, facts, w-right, h),
		s.deliveriesPane(ch).Draw(&sh.Look, deliveries[min(s.page.top, len(deliveries)):], right, h))
}

// compactPage is the detail in one column without borders.
func (s *screen) compactPage(ch backend.Channel, w, h int) []string {
	sh := s.shell
	lines := append(append(shortFacts(sh, ch, w-4), testFacts(sh, ch, w-4)...), s.deliveries(ch, w-4)...)
	lines = s.page.window(lines, h-1)
	head := draw.Ends(sh.Look.Strong.Render(s.detailTitle(ch)), sh.Look.Muted.Render(s.scrollHint()), w)
	return draw.Fit(append([]string{head}, lines...), w, h)
}

// factsPane is drawn after the window of the page is known: its border says whether
// there is more.
func (s *screen) factsPane(ch backend.Channel) shell.Pane {
	return shell.Pane{Title: s.detailTitle(ch), Right: s.scrollHint(), Focused: true}
}

func (s *screen) deliveriesPane(ch backend.Channel) shell.Pane {
	return shell.Pane{Title: "Deliveries", Right: s.attemptCount(ch)}
}

// scrollHint names the key that scrolls the page, "" where all of it is in sight.
func (s *screen) scrollHint() string {
	switch {
	case s.page.top < s.page.last:
		return s.shell.Keys.Key(keymap.HalfDown) + " more"
	case s.page.last > 0:
		return s.shell.Keys.Key(keymap.HalfUp) + " back"
	}
	return ""
}

// scroll is which lines of a page are in sight.
type scroll struct {
	top    int // the first line in sight
	last   int // the last line that can be the first one in sight; 0 where all lines fit
	height int // how many lines fit
}

// window returns the lines in sight, where h lines fit.
func (p *scroll) window(lines []string, h int) []string {
	p.last, p.height = max(0, len(lines)-h), h
	p.top = min(p.top, p.last)
	return lines[p.top:]
}

// moveBy scrolls by so many lines, up for a negative number.
func (p *scroll) moveBy(lines int) { p.top = min(max(0, p.top+lines), p.last) }

// move scrolls by half a page. It reports false where there is nothing to scroll, or
// the action is another one.
func (p *scroll) move(id keymap.ID) bool {
	switch {
	case p.last == 0:
		return false
	case id == keymap.HalfDown:
		p.top = min(p.top+max(1, p.height/2), p.last)
	case id == keymap.HalfUp:
		p.top = max(0, p.top-max(1, p.height/2))
	default:
		return false
	}
	return true
}
