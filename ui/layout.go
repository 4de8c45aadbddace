package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the console. The screen in front gets what header and footer leave.
func (m *Model) View() string {
	if m.w == 0 {
		return "" // the size is not known yet
	}
	var lines []string
	foot := 0
	switch {
	case m.shell.Room == shell.TooSmall:
		lines = m.tooSmall()
	case m.start != nil:
		lines = m.start.View(m.w, m.h)
	case m.shell.Session.Ended:
		lines = m.endView()
	default:
		lines, foot = m.frame()
	}
	lines = m.shell.DrawOverlays(lines, m.behind(foot))
	text := strings.Join(draw.Fit(lines, m.w, m.h), "\n")
	if m.shell.Look.ASCII {
		text = plainSigns.Replace(text)
	}
	return m.shell.Look.Painted(text)
}

// behind is what the dialogs lie on: the window, of which the lowest foot lines stay in
// sight, and the row under the cursor.
func (m *Model) behind(foot int) shell.Behind {
	b := shell.Behind{W: m.w, H: m.h, Foot: foot}
	if m.shell.Top() == nil || m.start != nil || m.shell.Session.Ended || m.shell.Room == shell.TooSmall {
		return b
	}
	for _, p := range shell.Moved(m.bodySpots(m.w, m.bodyHeight), 0, m.bodyTop) {
		if p.Row > 0 {
			b.Row, b.List = shell.Spot{X: p.X, Y: p.Y + p.Row - 1, W: p.W, H: 1}, p
		}
	}
	return b
}

// plainSigns replaces signs inside sentences, which the ASCII glyphs do not.
var plainSigns = strings.NewReplacer("…", "~", "·", "-", "–", "-", "↑", "^", "↓", "v", "→", ">", "←", "<", "≥", ">=", "›", ">", "‹", "<")

// frame draws header, screen and footer, and says how many lines are below the screen.
func (m *Model) frame() (lines []string, below int) {
	sh := m.shell
	head := []string{m.header(), m.tabs()}
	if sh.Room != shell.Compact { // there the status line has it
		head = append(head, m.verdict())
	}
	foot := append(m.status(), m.footer())
	below = len(foot)
	if sh.Room == shell.Compact {
		rule := sh.Look.Border.Render(strings.Repeat(sh.Look.Across, m.w))
		head, foot = append(head, rule), append([]string{rule}, foot...)
	}
	m.bodyTop, m.bodyHeight = len(head), m.h-len(head)-len(foot)
	body := m.body(m.w, m.bodyHeight)
	return append(append(head, body...), foot...), below
}

func (m *Model) header() string {
	sh := m.shell
	who := safe.Text(sh.Session.Account.FullName())
	if p := sh.Session.Profile; p != nil {
		who = safe.Text(p.Customer.FullName())
	}
	label, place := sh.Label(max(14, m.w/5)), " "+sh.Where()
	if label != "" && sh.Room == shell.Compact { // it says where, in fewer cells
		place = ""
	}
	where := sh.Look.OK.Render(sh.Look.Online) + sh.Look.Muted.Render(place)
	switch {
	case sh.Connection.Offline:
		where = sh.Look.Err.Render(sh.Look.No + " " + sh.OfflineText())
		if sh.Room != shell.Compact {
			where = sh.Look.Muted.Render(sh.Where()+" ") + where
		}
	case sh.Session.Profile == nil && sh.Work.Waits(shell.ReadingProfile, sh.Now):
		where = sh.Look.Info.Render(sh.Look.Busy) + sh.Look.Muted.Render(" loading")
	case sh.Work.Slow(sh.Now):
		where = sh.Look.Info.Render(sh.Spinner()) + sh.Look.Muted.Render(" working")
	case sh.Spins():
		where = sh.Look.Info.Render(sh.Spinner()) + sh.Look.Muted.Render(place)
	}
	if label != "" {
		where = label + " " + where
	}
	if sh.ReadOnly {
		where = sh.Look.Warn.Render("read-only") + "  " + where
	}
	if text := sh.ValuesText(); text != "" {
		where = sh.Look.Warn.Render(text) + "  " + where
	}
	if sh.Room == shell.Compact {
		return draw.Ends(sh.Look.Brand.Render(sh.Look.Diamond)+" "+sh.Look.Strong.Render(who), where, m.w)
	}
	where = sh.Look.Muted.Render(shell.Zone(sh.Now)+"  ") + where
	return draw.Ends(m.whose(who, m.w-draw.Width(where)-2), where+" ", m.w)
}

// whose says in at most w cells whose account is open: the name, the address and, in a wide
// window, organization and team. What does not fit is left out, and an address is closed by
// its bracket however much of it is cut.
func (m *Model) whose(who string, w int) string {
	const least = 12 // cells of an address that says something
	sh := m.shell
	left := " " + sh.Look.Brand.Render(sh.Look.Diamond+" pinghome") + "  " + sh.Look.Strong.Render(who)
	email := sh.Session.Account.Email
	if sh.Session.Profile != nil {
		email = sh.Session.Profile.Customer.Email
	}
	email = safe.Text(backend.ReadableEmail(email))
	if room := w - draw.Width(left) - 3; room >= min(least, draw.Width(email)) {
		left += " " + sh.Look.Muted.Render(sh.Look.Left+draw.Middle(email, room)+sh.Look.Right)
	}
	var belongs []string
	for _, name := range []string{sh.Session.Account.Organization, sh.Session.Account.Team} {
		if name = safe.Text(name); name != "" && name != who && !slices.Contains(belongs, name) {
			belongs = append(belongs, name)
		}
	}
	if text := "  " + strings.Join(belongs, " / "); belongs != nil && sh.Room >= shell.Wide && draw.Width(left+text) <= w {
		left += sh.Look.Muted.Render(text)
	}
	return left
}

// verdict is the line under the tabs: how the customer is reached, and at its end the key
// that leads to what fails or waits.
func (m *Model) verdict() string {
	sh := m.shell
	if sh.WhyNoProblem() != "" {
		return draw.Pad(" "+sh.Verdict(m.w-2), m.w)
	}
	hint := sh.Keys.Key(keymap.NextProblem) + " shows it"
	shown := sh.Look.Focus.Render(sh.Keys.Key(keymap.NextProblem)) + sh.Look.Muted.Render(" shows it")
	return draw.Ends(" "+sh.Verdict(m.w-4-draw.Width(hint)), shown+" ", m.w)
}

// footer draws the keys of the actions that have a place in it; those that are off
// are faint.
func (m *Model) footer() string {
	return m.shell.Hints(m.footerKeys(), m.w, m.footerOff())
}

// footerOff says why a key of the footer does nothing now.
func (m *Model) footerOff() func(keymap.ID) string {
	if m.shell.Top() != nil { // the dialog has the keys
		return func(keymap.ID) string { return "behind a dialog" }
	}
	return m.whyOff
}

func (m *Model) footerKeys() []keymap.ID {
	ids := shell.Footer(m.screen().Actions())
	if m.screen().TypingScope() == "" {
		ids = append(ids, keymap.Commands, keymap.Help)
	}
	return ids
}

func (m *Model) tooSmall() []string {
	sh := m.shell
	needs := fmt.Sprintf("needs %dx%d, has %dx%d", shell.MinWidth, shell.MinHeight, m.w, m.h)
	var lines []string
	for _, line := range draw.Wrap("This window is too small", m.w) {
		lines = append(lines, sh.Look.Strong.Render(line))
	}
	rest := append(append([]string{""}, draw.Wrap(needs, m.w)...), "")
	lines = append(append(lines, rest...), draw.Wrap("Make it larger. Nothing is lost.", m.w)...)
	if len(lines) > m.h {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	}
	return shell.Center(lines, m.w, m.h)
}

func (m *Model) endView() []string {
	sh := m.shell
	lines := []string{sh.Look.Warn.Render(sh.Look.Attention + " Nothing more can be done here"), ""}
	if sh.Session.IsDeleted {
		lines[0] = sh.Look.OK.Render(sh.Look.Yes) + " " + sh.Look.Strong.Render("The account is deleted")
	}
	for _, line := range draw.Wrap(safe.Text(sh.Session.Ending), min(50, m.w-4)) {
		lines = append(lines, sh.Look.Text.Render(line))
	}
	keys := sh.Look.Focus.Render(sh.Keys.Key(keymap.Quit)) + sh.Look.Muted.Render(" quit")
	if m.whyNoOther() == "" {
		keys = sh.Look.Focus.Render(sh.Keys.Key(keymap.Switch)) + sh.Look.Muted.Render(" another "+m.others()+"   ") + keys
	}
	lines = append(lines, "", keys)
	n, told := sh.Notices.Current()
	if !told {
		return shell.Center(lines, m.w, m.h)
	}
	foot := sh.NoticeLines(n, m.w, shell.NoticeHeight)
	return append(shell.Center(lines, m.w, m.h-len(foot)), foot...)
}
