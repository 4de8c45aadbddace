package profile

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// idWidth is the width of a pane that has room for the id of a customer: a label, the
// id and the border.
const idWidth = 11 + 36 + 4

// View draws the customer beside the team, a line of the limits below, and under it the
// channels, where there is room for two at least.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	profile := sh.Session.Profile
	switch {
	case profile == nil && s.err != nil:
		return sh.Problem("The profile could not be read.", s.err, w, h)
	case profile == nil:
		return shell.Pane{Title: "Customer"}.Draw(&sh.Look, nil, w, h)
	case sh.Room == shell.Compact:
		return s.scrolled(append(s.compactLines(w), limitLines(sh, w)...), w, h)
	}
	left := max(w*55/100, min(w-28, idWidth))
	customer, team := s.customerLines(left-2), s.teamLines()
	upper := max(len(customer), len(team)) + 2
	lines := draw.Beside(
		shell.Pane{Title: "Customer"}.Draw(&sh.Look, customer, left, upper),
		shell.Pane{Title: "Team & organization"}.Draw(&sh.Look, team, w-left, upper))
	limits := limitLines(sh, w-1)
	for i, line := range limits {
		limits[i] = " " + line // as in a pane
	}
	room := h - upper - len(limits)
	if room < 4 { // the border and two channels
		return append(lines, draw.Fit(limits, w, h-upper)...)
	}
	lines = append(lines, draw.Fit(limits, w, len(limits))...)
	pane := shell.Pane{Title: "Reached by", Key: sh.Keys.Key(keymap.Screen2), Right: "all channels"}
	return append(lines, pane.Draw(&sh.Look, channelLines(sh, w-2, room-2), w, room)...)
}

// scrolled are the lines from top on, where not all of them fit.
func (s *screen) scrolled(lines []string, w, h int) []string {
	s.lastTop = max(0, len(lines)-h)
	s.top = min(s.top, s.lastTop)
	return draw.Fit(lines[s.top:], w, h)
}

// Spots is the whole page in a compact window, where it may have to be scrolled.
func (s *screen) Spots(w, h int) []shell.Spot {
	if s.shell.Room != shell.Compact {
		return nil
	}
	return []shell.Spot{{W: w, H: h, Wheel: func(lines int) { s.top = min(max(0, s.top+lines), s.lastTop) }}}
}

func (s *screen) customerLines(w int) []string {
	sh, c := s.shell, s.shell.Session.Profile.Customer
	lines := []string{
		sh.LabelledValue("Name", sh.Look.Text.Render(safe.Text(c.Name))),
		sh.LabelledValue("Surname", sh.Look.Text.Render(safe.Text(c.Surname))),
		sh.LabelledValue("Username", sh.Look.Text.Render(safe.Text(c.Email))+" "+sh.Look.OK.Render(sh.Look.Yes)),
	}
	if pending := s.pending(); pending != nil {
		lines = append(lines, sh.LabelledValue("", sh.Look.Warn.Render(sh.Look.Arrow)+" "+sh.Look.Text.Render(safe.Text(pending.Email))+"  "+codeState(sh, pending)))
	}
	return append(lines,
		sh.LabelledValue("Customer", sh.Look.Text.Render(c.ID)),
		sh.LabelledValue("Since", sh.Look.Text.Render(shell.Day(c.CreatedAt))),
		sh.LabelledValue("Reach", reachText(sh, w-13)),
	)
}

// codeState is how long the code of the new username can still be entered.
func codeState(sh *shell.Shell, pending *backend.PendingUsername) string {
	now := state.OfCode(&pending.Code, sh.Now)
	text := sh.CodeWord(&pending.Code)
	if now == state.WaitingCode {
		text = shell.TimeLeft(&pending.Code, sh.Now)
	}
	return now.Style(&sh.Look.Palette).Render(now.With(&sh.Look, text))
}

func (s *screen) teamLines() []string {
	sh, p := s.shell, s.shell.Session.Profile
	lines := []string{
		sh.LabelledValue("Team", sh.Look.Text.Render(safe.Text(p.Team.Name))),
		sh.LabelledValue("Role", sh.Look.Text.Render(string(p.Customer.Role))),
		"",
		sh.LabelledValue("Org", sh.Look.Text.Render(safe.Text(p.Organization.Name))),
		sh.LabelledValue("Plan", sh.Look.Text.Render(string(p.Organization.Plan))),
	}
	if trial := p.Organization.Trial; trial.Active {
		lines = append(lines, sh.LabelledValue("Trial", sh.Look.Warn.Render("until "+shell.Day(trial.EndsAt))))
	}
	return lines
}

// compactLines are customer and team without borders.
func (s *screen) compactLines(w int) []string {
	sh, p := s.shell, s.shell.Session.Profile
	labelled := func(label, value string) string { return sh.Look.Muted.Render(draw.Pad(label, 7)) + value }
	lines := []string{
		labelled("Name", sh.Look.Text.Render(safe.Text(p.Customer.FullName()))),
		labelled("User", sh.Look.Text.Render(draw.Middle(safe.Text(p.Customer.Email), w-9))+" "+sh.Look.OK.Render(sh.Look.Yes)),
	}
	if p.Pending != nil {
		code := codeState(sh, p.Pending)
		lines = append(lines, labelled("", sh.Look.Warn.Render(sh.Look.Arrow)+" "+sh.Look.Text.Render(draw.Middle(safe.Text(p.Pending.Email), w-11-draw.Width(code)))+" "+code))
	}
	return append(lines,
		labelled("Reach", reachText(sh, w-7)),
		labelled("Team", sh.Look.Text.Render(safe.Text(p.Team.Name))+sh.Look.Muted.Render(" "+sh.Look.Dot+" "+string(p.Customer.Role))),
		labelled("Org", sh.Look.Text.Render(safe.Text(p.Organization.Name))+sh.Look.Muted.Render(" "+sh.Look.Dot+" "+string(p.Organization.Plan))))
}

// Status says that a new username waits for its code.
func (s *screen) Status() (left shell.Part, right string) {
	if s.pending() == nil {
		return left, ""
	}
	text := "The new username waits for its code " + s.shell.Look.Dot + " " + s.shell.Keys.Key(keymap.EnterUsernameCode) + " enters it"
	return shell.Part{Style: s.shell.Look.Muted, Text: text}, ""
}
