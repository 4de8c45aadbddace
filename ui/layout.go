package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// class is how much room there is.
type Room int

const (
	Normal Room = iota
	Compact
	Wide
	TooSmall
)

// The bounds of the classes, in cells.
const (
	minWidth, minHeight       = 40, 15
	normalWidth, normalHeight = 70, 20
	wideWidth, wideHeight     = 110, 24
)

func roomOf(w, h int) Room {
	switch {
	case w < minWidth || h < minHeight:
		return TooSmall
	case w < normalWidth || h < normalHeight:
		return Compact
	case w >= wideWidth && h >= wideHeight:
		return Wide
	}
	return Normal
}

// View draws the console: what the header and the footer leave is the body's.
func (m *Model) View() string {
	if m.w == 0 {
		return "" // the size is not known yet
	}
	var lines []string
	foot := 0
	switch {
	case m.shell.Room == TooSmall:
		lines = m.tooSmall()
	case m.start != nil:
		lines = m.start.View(m.w, m.h)
	case m.shell.Session.Ended:
		lines = m.goneView()
	default:
		lines, foot = m.frame()
	}
	lines = m.shell.layOverlays(lines, m.w, m.h, foot)
	text := strings.Join(draw.Fit(lines, m.w, m.h), "\n")
	if m.shell.Look.ASCII {
		text = plainSigns.Replace(text)
	}
	return text
}

// plainSigns replaces what the ASCII glyphs do not: signs inside sentences.
var plainSigns = strings.NewReplacer("…", "~", "·", "-", "–", "-", "↑", "^", "↓", "v", "→", ">", "←", "<", "≥", ">=")

// frame draws the screen in front, and says how many lines stand below it.
func (m *Model) frame() (lines []string, below int) {
	sh := m.shell
	head := []string{m.header(), m.tabs()}
	foot := append(m.status(), m.footer())
	below = len(foot)
	if sh.Room == Compact {
		rule := sh.Look.Border.Render(strings.Repeat(sh.Look.Across, m.w))
		head, foot = append(head, rule), append([]string{rule}, foot...)
	}
	body := m.screen().View(m.w, m.h-len(head)-len(foot))
	return append(append(head, body...), foot...), below
}

func (m *Model) header() string {
	sh := m.shell
	who := safe.Text(sh.Session.Account.FullName())
	if p := sh.Session.Profile; p != nil {
		who = safe.Text(p.Customer.FullName())
	}
	where := sh.Look.OK.Render(sh.Look.Online) + sh.Look.Muted.Render(" "+sh.Place)
	switch {
	case sh.Connection.Down:
		where = sh.Look.Err.Render(sh.Look.No + " " + sh.offlineSince())
	case sh.Session.Profile == nil && sh.Work.waits("profile", sh.Now):
		where = sh.Look.Info.Render(sh.Look.Busy) + sh.Look.Muted.Render(" loading")
	case sh.Work.slow(sh.Now):
		where = sh.Look.Info.Render(sh.Look.Busy) + sh.Look.Muted.Render(" working")
	}
	if sh.ReadOnly {
		where = sh.Look.Warn.Render("read-only") + "  " + where
	}
	if sh.Room == Compact {
		return draw.Ends(sh.Look.Brand.Render(sh.Look.Diamond)+" "+sh.Look.Strong.Render(who), where, m.w)
	}
	email := sh.Session.Account.Email
	if sh.Session.Profile != nil {
		email = sh.Session.Profile.Customer.Email
	}
	left := " " + sh.Look.Brand.Render(sh.Look.Diamond+" pinghome") + "  " + sh.Look.Strong.Render(who) + " " + sh.Look.Muted.Render(sh.Look.Left+safe.Text(email)+sh.Look.Right)
	if sh.Room == Wide {
		a := sh.Session.Account
		left += "  " + sh.Look.Muted.Render(safe.Text(a.Organization)+" / "+safe.Text(a.Team))
	}
	return draw.Ends(left, where+" ", m.w)
}

func (m *Model) tabs() string {
	sh := m.shell
	if sh.Room == Compact {
		s := m.screen()
		left := sh.Look.Focus.Render(fmt.Sprintf("%s %d/%d %s %s", sh.Look.Left, m.at+1, len(m.screens), s.Title()+s.Badge(), sh.Look.Right))
		_, right := s.Status()
		return draw.Ends(left, sh.Look.Muted.Render(right), m.w)
	}
	var b strings.Builder
	b.WriteString(" ")
	for i, s := range m.screens {
		name := fmt.Sprintf("%d %s%s", i+1, s.Title(), s.Badge())
		if i == m.at {
			b.WriteString(sh.Look.Focus.Render("[" + name + "]"))
		} else {
			b.WriteString(sh.Look.Muted.Render(" " + name + " "))
		}
		b.WriteString(" ")
	}
	return draw.Pad(b.String(), m.w)
}

// footer shows the keys of this moment; what is off now is faint.
func (m *Model) footer() string {
	ids, off := footerOf(m.screen().Actions()), m.whyOff
	if m.screen().TypingScope() != "" {
		return m.shell.hints(ids, m.w, nil)
	}
	ids = append(ids, keymap.Help)
	if m.shell.top() != nil { // the dialog has the keys
		off = func(keymap.ID) string { return "behind a dialog" }
	}
	return m.shell.hints(ids, m.w, off)
}

// hints draws keys with their words in w cells. The last one always has its
// place; of the others come as many as there is room for.
func (s *Shell) hints(ids []keymap.ID, w int, off func(keymap.ID) string) string {
	one := func(id keymap.ID) (string, int) {
		a := s.Keys.Action(id)
		key := keymap.Show(a.Keys[0])
		n := draw.Width(key) + 1 + draw.Width(a.Label)
		if off != nil && off(id) != "" {
			return s.Look.Faint.Render(key + " " + a.Label), n
		}
		return s.Look.Focus.Render(key) + " " + s.Look.Muted.Render(a.Label), n
	}
	if len(ids) == 0 {
		return ""
	}
	gap := "  "
	if s.Room == Compact {
		gap = " "
	}
	last, used := one(ids[len(ids)-1])
	used++
	var b strings.Builder
	b.WriteString(" ")
	if s.Room == Compact {
		b.Reset()
		used--
	}
	for _, id := range ids[:len(ids)-1] {
		text, n := one(id)
		if used+n+len(gap) > w {
			break
		}
		b.WriteString(text + gap)
		used += n + len(gap)
	}
	b.WriteString(last)
	return b.String()
}

func (m *Model) tooSmall() []string {
	sh := m.shell
	lines := []string{
		sh.Look.Strong.Render("This window is too small"), "",
		fmt.Sprintf("needs %dx%d, has %dx%d", minWidth, minHeight, m.w, m.h), "",
		"Make it larger. Nothing is lost.",
	}
	return center(lines, m.w, m.h)
}

func (m *Model) goneView() []string {
	sh := m.shell
	lines := []string{sh.Look.Warn.Render(sh.Look.Attention + " Nothing more can be done here"), ""}
	for _, line := range draw.Wrap(safe.Text(sh.Session.Ending), min(50, m.w-4)) {
		lines = append(lines, sh.Look.Text.Render(line))
	}
	keys := sh.Look.Focus.Render(sh.Keys.Key(keymap.Quit)) + sh.Look.Muted.Render(" quit")
	if m.whyNoOther() == "" {
		keys = sh.Look.Focus.Render(sh.Keys.Key(keymap.Switch)) + sh.Look.Muted.Render(" another account   ") + keys
	}
	lines = append(lines, "", keys)
	return center(lines, m.w, m.h)
}

// center puts lines in the middle of w by h cells, left-aligned to each other.
func center(lines []string, w, h int) []string {
	widest := 0
	for _, l := range lines {
		widest = max(widest, draw.Width(l))
	}
	left := max(0, (w-widest)/2)
	out := make([]string, max(0, (h-len(lines))/2), h)
	for _, l := range lines {
		out = append(out, draw.Space(left)+l)
	}
	return draw.Fit(out, w, h)
}

// pane is a bordered room with a title and a word at its right end.
type pane struct {
	title, right string
	focused      bool
	foot         string // in the lower border
}

// draw puts lines into the pane, which is exactly w by h cells with its border.
func (p pane) draw(look *theme.Look, lines []string, w, h int) []string {
	border, mark := look.Border, ""
	if p.focused {
		border, mark = look.Focus, look.Glyphs.Pane+" "
	}
	out := make([]string, 0, h)
	out = append(out, edge(look, border, look.NW, look.NE, mark+p.title, p.right, w))
	side := border.Render(look.Down)
	for i := range h - 2 {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, side+draw.Pad(line, w-2)+side)
	}
	return append(out, edge(look, border, look.SW, look.SE, p.foot, "", w))
}

func edge(look *theme.Look, border theme.Style, left, right, title, end string, w int) string {
	room := w - 4
	if title != "" {
		title = " " + draw.Cut(title, room-2) + " "
	}
	if end != "" {
		end = " " + draw.Cut(end, room-draw.Width(title)-3) + " "
	}
	fill := room - draw.Width(title) - draw.Width(end)
	if fill < 0 {
		fill, end = room-draw.Width(title), ""
	}
	return border.Render(left+look.Across) + look.Strong.Render(title) + border.Render(strings.Repeat(look.Across, max(0, fill))) +
		look.Muted.Render(end) + border.Render(look.Across+right)
}
