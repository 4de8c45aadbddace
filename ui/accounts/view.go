package accounts

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// tableHead is how many lines of the list are above its rows.
const tableHead = 1

// View draws the list.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	switch {
	case !s.isRead && s.err != nil:
		return sh.Problem("The accounts could not be read.", s.err, w, h)
	case sh.Room == shell.Compact:
		return draw.Fit(s.compact(w, h), w, h)
	}
	return s.Pane(w, h, false)
}

// Pane draws the list in a frame of any size. isActive says that it is the active one of
// several panes. SetBeside lets it be read while another screen is in front.
func (s *screen) Pane(w, h int, isActive bool) []string {
	lines := s.table(w-2, h-2) // it lays out the columns that the frame is to name
	return shell.Pane{Title: "Accounts", Right: s.countText(), Focused: isActive}.Draw(&s.shell.Look, lines, w, h)
}

// Spots are the rows of the list.
func (s *screen) Spots(w, h int) []shell.Spot {
	if s.shell.Room != shell.Compact {
		return s.PaneSpots(w, h)
	}
	if s.find.IsTyped || len(s.part.rows) == 0 {
		return nil
	}
	return []shell.Spot{s.list.Spot(0, 0, w, keymap.Open)}
}

// PaneSpots are the rows of the list as Pane has drawn it last, in the same size.
func (s *screen) PaneSpots(w, _ int) []shell.Spot {
	if s.find.IsTyped || len(s.part.rows) == 0 {
		return nil
	}
	return []shell.Spot{s.list.Spot(1, 1+tableHead, w-2, keymap.Open)}
}

func (s *screen) table(w, h int) []string {
	sh := s.shell
	if !s.isRead && !sh.Work.Waits(readingAccounts, sh.Now) {
		return nil
	}
	if s.isRead && len(s.part.rows) == 0 {
		return s.empty(w, h)
	}
	widths := s.layout(w)
	lines := []string{sh.Look.Muted.Render(draw.Pad(s.head(widths), w))}
	if !s.isRead {
		return append(lines, sh.Placeholders(readingAccounts, w)...)
	}
	return append(lines, s.rows(widths, h-tableHead)...)
}

// compact is the list without a head, over a line about the account under the cursor.
func (s *screen) compact(w, h int) []string {
	sh := s.shell
	if !s.isRead {
		return sh.Placeholders(readingAccounts, w)
	}
	a, ok := s.current()
	if !ok {
		return s.empty(w, h)
	}
	below := sh.Look.Muted.Render(draw.Cut(" "+s.email(a)+" "+sh.Look.Dot+" "+safe.Text(a.Organization), w))
	return append(draw.Fit(s.rows(s.layout(w), h-2), w, h-2), "", below)
}

func (s *screen) rows(widths []int, h int) []string {
	return s.list.Rows(len(s.part.rows), h, func(i int, atCursor bool) string { return s.row(s.part.rows[i], atCursor, widths) })
}

// empty says why no account is shown.
func (s *screen) empty(w, h int) []string {
	sh := s.shell
	reason := "There is no account here."
	switch {
	case s.part.query.Match != "":
		reason = "No account matches '" + safe.Text(s.part.query.Match) + "'"
		if s.part.query.OnlyProblems {
			reason += " and has a problem"
		}
		reason += "."
	case s.part.query.OnlyProblems:
		reason = "No account has a problem."
	}
	lines := []string{sh.Look.Strong.Render(draw.Cut(reason, w))}
	if s.isNarrowed() {
		lines = append(lines, "", sh.Look.Focus.Render(sh.Keys.Key(keymap.AllAccounts))+sh.Look.Muted.Render("  shows all of them"))
	}
	return shell.Center(lines, w, h)
}

// countText is how many accounts there are, and by what the list is narrowed:
// "4 of 1,204,331 · /smi · problems · by email ↓".
func (s *screen) countText() string {
	sh := s.shell
	if !s.isRead {
		return ""
	}
	const most = 20 // cells of the text to find
	p, q := &s.part, s.part.query
	count := shell.Number(p.total)
	if p.isMore {
		count += "+"
	}
	isNarrowed := q.Match != "" || q.OnlyProblems
	if isNarrowed && p.all > 0 {
		count += " of " + shell.Number(p.all)
	}
	parts := []string{count}
	if q.Match != "" {
		parts = append(parts, "/"+draw.Cut(safe.Text(q.Match), most))
	}
	if q.OnlyProblems {
		parts = append(parts, "problems")
	}
	if by := s.sortedBy(); by != "" {
		parts = append(parts, by)
	}
	if sh.Connection.Offline {
		parts = append(parts, "as of "+shell.Stamp(sh.Now, s.readAt))
	}
	return strings.Join(parts, " "+sh.Look.Dot+" ")
}

// Status is the text that is being typed. In a compact window, where the list has no frame,
// the right side says what the frame says elsewhere.
func (s *screen) Status() (left shell.Part, right string) {
	sh := s.shell
	switch {
	case sh.Room == shell.Compact:
		right = s.countText()
	case len(s.part.rows) > 0 && s.part.first >= 0:
		right = fmt.Sprintf("%s/%s", shell.Number(s.part.first+s.list.At+1), shell.Number(s.part.total))
		if s.part.isMore {
			right += "+"
		}
	}
	if s.find.IsTyped {
		left = s.find.Prompt(sh)
	}
	return left, right
}
