package accounts

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// needs are the widths of what has been read, in cells.
type needs struct {
	name, email, organization int
	of                        *backend.AccountRow // the first of the rows, which are
	rows                      int                 // so many
	here                      string              // the open account
	isShown                   bool                // the emails are
}

// neededWidths are the widths that the columns need. They are measured once for the rows that
// have been read, of which there may be many.
func (s *screen) neededWidths() needs {
	sh, rows := s.shell, s.part.rows
	n := needs{rows: len(rows), here: sh.Session.Account.ID, isShown: sh.ShowsValues()}
	if len(rows) > 0 {
		n.of = &rows[0]
	}
	if was := s.needs; was.of == n.of && was.rows == n.rows && was.here == n.here && was.isShown == n.isShown && n.rows > 0 {
		return was
	}
	const arrow = 2 // cells behind the title of the column that sorts
	n.name, n.email, n.organization = len("Name")+arrow, len("Email")+arrow, len("Organization")
	for _, a := range rows {
		name := draw.Width(safe.Text(a.FullName()))
		if a.ID == n.here {
			name += draw.Width(s.hereText())
		}
		n.name = max(n.name, name)
		n.email = max(n.email, draw.Width(s.email(a)))
		n.organization = max(n.organization, draw.Width(safe.Text(a.Organization)))
	}
	s.needs = n
	return n
}

// lead is what stands before the columns: the cursor, and the sign of the reach with a blank.
func (s *screen) lead() int { return 2 + s.signWidth() }

func (s *screen) signWidth() int {
	if s.shell.Look.ASCII {
		return 2
	}
	return 1
}

func (s *screen) row(a backend.AccountRow, atCursor bool, widths []int) string {
	sh := s.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	sign, style := " ", look.Text
	if a.Reach != nil && s.hasReach() {
		now := state.OfAccount(a.Reach.State)
		if sign, style = now.Sign(&sh.Look), now.Style(look); sign == "" {
			sign = sh.Look.Never // the word alone says it
		}
	}
	return look.Mark.Render(mark) + style.Render(draw.Pad(sign, s.signWidth())+" ") + s.columns.Cells(look, a, widths)
}

// name is the name of an account in w cells; the one that is open says so.
func (s *screen) name(a backend.AccountRow, w int) string {
	name, here := safe.Text(a.FullName()), s.hereText()
	switch whole := draw.Width(name + here); {
	case a.ID != s.shell.Session.Account.ID, whole > w && w < 2*draw.Width(here)+2:
		return draw.Cut(name, w)
	}
	return draw.Cut(name, w-draw.Width(here)) + here
}

// hereText stands behind the name of the account that is open.
func (s *screen) hereText() string { return " " + s.shell.Look.Dot + " here" }

func (s *screen) email(a backend.AccountRow) string {
	if s.shell.ShowsValues() {
		return safe.Text(backend.ReadableEmail(a.Email))
	}
	return s.shell.MaskedAccount(a.Email)
}

// reachCell says in w cells by what an account is reached, and what fails.
func (s *screen) reachCell(look *theme.Palette, a backend.AccountRow, w int) string {
	r := a.Reach
	if r == nil {
		return look.Text.Render(draw.Space(w))
	}
	parts := reachWords(s.shell, look, *r)
	width := 0
	for i := range parts {
		if i > 0 {
			parts[i].Text = ", " + parts[i].Text
		}
		width += draw.Width(parts[i].Text)
	}
	room, last := w, look.Text
	if width > w {
		room-- // for the …
	}
	var b strings.Builder
	for _, part := range parts {
		text := draw.Clip(part.Text, room)
		if text == "" {
			break
		}
		room, last = room-draw.Width(text), part.Style
		b.WriteString(last.Render(text))
	}
	if width > w {
		b.WriteString(last.Render("…"))
	}
	return b.String() + look.Text.Render(draw.Space(room))
}

// reachWords are the words for a reach, what fails first: "sms fails 3h", "email"; "not reached"; "seen 95d
// ago", "email"; "held".
func reachWords(sh *shell.Shell, look *theme.Palette, r backend.Reach) (parts []shell.Part) {
	now := state.OfAccount(r.State)
	style := now.Style(look)
	add := func(style theme.Style, text string) { parts = append(parts, shell.Part{Style: style, Text: text}) }
	switch {
	case len(r.Types) == 0 && len(r.Failing) == 0:
		add(style, state.Unreached.Word())
	case r.State == backend.ReachHeld:
		add(style, state.Held.Word())
	case r.State == backend.ReachStale && r.SeenAt.IsZero():
		add(style, state.Unseen.Word())
	case r.State == backend.ReachStale:
		add(style, state.Seen.Word()+" "+sh.Ago(r.SeenAt))
	}
	for _, f := range r.Failing {
		text := shell.TypeName(f.Type) + " fails " + shell.Short(sh.Now.Sub(f.Since))
		if slices.Contains(r.Types, f.Type) {
			text = "one " + text
		}
		add(state.Failing.Style(look), text)
	}
	if r.State != backend.ReachHeld {
		for _, t := range r.Types {
			add(look.Text, shell.TypeName(t))
		}
	}
	for _, t := range r.Pending {
		add(state.WaitingCode.Style(look), shell.TypeName(t)+" "+state.WaitingCode.Word())
	}
	return parts
}
