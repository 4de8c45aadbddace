package profile

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// idWidth is a pane in which a customer's id has room.
const idWidth = 11 + 36 + 4

func (p *screen) View(w, h int) []string {
	sh := p.shell
	if sh.Session.Profile == nil {
		if p.err != nil {
			return sh.Problem("The profile could not be read.", p.err, w, h)
		}
		return shell.Pane{Title: "Customer", Focused: true}.Draw(&sh.Look, nil, w, h)
	}
	if sh.Room == shell.Compact {
		return p.scroll(append(p.small(w), p.limits(w)...), w, h)
	}
	customer, team := p.customer(), p.team()
	tall := max(len(customer), len(team)) + 2
	left := max(w*55/100, min(w-28, idWidth))
	upper := draw.Beside(
		shell.Pane{Title: "Customer", Focused: true}.Draw(&sh.Look, customer, left, tall),
		shell.Pane{Title: "Team & organization"}.Draw(&sh.Look, team, w-left, tall))
	limits := p.limits(w - 2)
	room := h - tall - len(limits) - 2
	if room < 4 { // a border, and two channels at least
		return append(upper, shell.Pane{Title: "Limits"}.Draw(&sh.Look, limits, w, h-tall)...)
	}
	out := append(upper, shell.Pane{Title: "Limits"}.Draw(&sh.Look, limits, w, len(limits)+2)...)
	ways := shell.Pane{Title: "Reached by", Right: sh.Keys.Key(keymap.Screen2) + " all of it"}
	return append(out, ways.Draw(&sh.Look, p.ways(w-2, room-2), w, room)...)
}

// ways is every channel in a line: how this customer is reached, in the order
// in which it is tried.
func (p *screen) ways(w, h int) []string {
	sh := p.shell
	if sh.Session.Channels != nil && len(sh.Session.Channels) == 0 {
		return []string{" " + sh.Look.Warn.Render(sh.Look.Attention+" no channel yet: nobody can be reached")}
	}
	var lines []string
	for i, ch := range sh.Session.Channels {
		if i == h-1 && len(sh.Session.Channels) > h {
			more := sh.Look.Muted.Render(fmt.Sprintf(" and %d more", len(sh.Session.Channels)-i))
			if n := failing(sh.Session.Channels[i:]); n > 0 {
				more += sh.Look.Err.Render(fmt.Sprintf(", %s %d failing", sh.Look.No, n))
			}
			return append(lines, more)
		}
		style, state := p.way(ch)
		value := ch.Value
		if ch.ActiveValue != "" {
			value = ch.ActiveValue // what is in force counts here
		}
		lines = append(lines, sh.Look.Text.Render(draw.Pad(fmt.Sprintf(" %3d  %s %-7s  %s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), sh.Masked(ch.Type, value)), w-21))+style.Render(state))
	}
	return lines
}

// way is whether a channel leads anywhere, as far as that is known.
func (p *screen) way(ch backend.Channel) (theme.Style, string) {
	sh := p.shell
	switch {
	case ch.Failure != nil:
		return sh.Look.Err, sh.Look.No + " failed " + shell.Ago(sh.Now, ch.Failure.At)
	case !ch.Reachable() && !ch.Verified:
		return sh.Look.Warn, sh.Look.Attention + " not verified"
	case !ch.Reachable():
		return sh.Look.Muted, "off"
	case isHeld(ch):
		return sh.Look.Info, sh.Look.Held + " " + sh.Session.HeldShort()
	case !ch.Proof.SeenAt.IsZero() && ch.Proof.Stale(sh.Now):
		return sh.Look.Warn, sh.Look.Attention + " stale, " + shell.Ago(sh.Now, ch.Proof.SeenAt)
	}
	return sh.Look.OK, sh.Look.Yes + " reached"
}

// isHeld reports whether the last message to a channel is only held in an inbox.
func isHeld(ch backend.Channel) bool {
	if t := ch.LastTest; t != nil && t.OK && !t.At.Before(ch.Proof.AcceptedAt) {
		return t.Held
	}
	return ch.Proof.Held
}

// scroll shows the lines from the cursor on, where not all of them fit.
func (p *screen) scroll(lines []string, w, h int) []string {
	p.n = len(lines) - h + 1
	p.top = min(p.top, max(0, p.n-1))
	return draw.Fit(lines[p.top:], w, h)
}

func (p *screen) customer() []string {
	sh, c := p.shell, p.shell.Session.Profile.Customer
	lines := []string{
		sh.Fact("Name", sh.Look.Text.Render(safe.Text(c.Name))),
		sh.Fact("Surname", sh.Look.Text.Render(safe.Text(c.Surname))),
		sh.Fact("Username", sh.Look.Text.Render(safe.Text(c.Email))+" "+sh.Look.OK.Render(sh.Look.Yes)),
	}
	if pending := sh.Session.Profile.Pending; pending != nil {
		lines = append(lines, sh.Fact("", sh.Look.Warn.Render(sh.Look.Arrow)+" "+sh.Look.Text.Render(safe.Text(pending.Email))+"  "+p.waiting(pending)))
	}
	lines = append(lines,
		sh.Fact("Customer", sh.Look.Text.Render(c.ID)),
		sh.Fact("Since", sh.Look.Text.Render(shell.Day(c.CreatedAt))),
	)
	return append(lines, sh.Fact("Reach", p.reach()))
}

// waiting is the state of the code of the new username.
func (p *screen) waiting(pending *backend.PendingUsername) string {
	if left := shell.TimeLeft(&pending.Code, p.shell.Now); left != "" {
		return p.shell.Look.Warn.Render(p.shell.Look.Glyphs.Pending + " " + left)
	}
	return p.shell.Look.Warn.Render(p.shell.Look.Attention + " code expired")
}

// reach is who can be reached and how, at a glance.
func (p *screen) reach() string {
	sh := p.shell
	if sh.Session.Channels == nil {
		return ""
	}
	n, seen, words := 0, map[backend.ChannelType]bool{}, []string(nil)
	for _, c := range sh.Session.Channels {
		if !c.Reachable() {
			continue
		}
		n++
		if !seen[c.Type] {
			seen[c.Type] = true
			words = append(words, shell.TypeName(c.Type))
		}
	}
	if n == 0 {
		return sh.Look.Err.Render(sh.Look.No + " nobody: no channel is on")
	}
	reached := sh.Look.OK.Render(sh.Look.Yes) + " " + sh.Look.Text.Render(strings.Join(words, ", "))
	if lost := failing(sh.Session.Channels); lost > 0 {
		return sh.Look.Err.Render(fmt.Sprintf("%s %d failing", sh.Look.No, lost)) + sh.Look.Muted.Render(" "+sh.Look.Dot+" ") + reached
	}
	return reached + sh.Look.Muted.Render(fmt.Sprintf(" %s %d of %d channels", sh.Look.Dot, n, len(sh.Session.Channels)))
}

// failing counts the channels whose last message did not arrive.
func failing(channels []backend.Channel) int {
	n := 0
	for _, ch := range channels {
		if ch.Failure != nil {
			n++
		}
	}
	return n
}

func (p *screen) team() []string {
	sh, o := p.shell, p.shell.Session.Profile.Organization
	lines := []string{
		sh.Fact("Team", sh.Look.Text.Render(safe.Text(sh.Session.Profile.Team.Name))),
		sh.Fact("Role", sh.Look.Text.Render(string(sh.Session.Profile.Customer.Role))),
		"",
		sh.Fact("Org", sh.Look.Text.Render(safe.Text(o.Name))),
		sh.Fact("Plan", sh.Look.Text.Render(string(o.Plan))),
	}
	if o.Trial.Active {
		lines = append(lines, sh.Fact("Trial", sh.Look.Warn.Render("until "+shell.Day(o.Trial.EndsAt))))
	}
	return lines
}

func (p *screen) small(w int) []string {
	sh, c := p.shell, p.shell.Session.Profile.Customer
	short := func(label, value string) string { return sh.Look.Muted.Render(draw.Pad(label, 7)) + value }
	lines := []string{
		short("Name", sh.Look.Text.Render(safe.Text(c.FullName()))),
		short("User", sh.Look.Text.Render(draw.Middle(safe.Text(c.Email), w-9))+" "+sh.Look.OK.Render(sh.Look.Yes)),
	}
	if pending := sh.Session.Profile.Pending; pending != nil {
		state := p.waiting(pending)
		lines = append(lines, short("", sh.Look.Warn.Render(sh.Look.Arrow)+" "+sh.Look.Text.Render(draw.Middle(safe.Text(pending.Email), w-11-draw.Width(state)))+" "+state))
	}
	return append(lines,
		short("Reach", p.reach()),
		short("Team", sh.Look.Text.Render(safe.Text(sh.Session.Profile.Team.Name))+sh.Look.Muted.Render(" "+sh.Look.Dot+" "+string(c.Role))),
		short("Org", sh.Look.Text.Render(safe.Text(sh.Session.Profile.Organization.Name))+sh.Look.Muted.Render(" "+sh.Look.Dot+" "+string(sh.Session.Profile.Organization.Plan))))
}

// nearlyFull is from when on a limit is worth a warning, in percent.
const nearlyFull = 80

func (p *screen) limits(w int) []string {
	sh := p.shell
	title := 0
	for _, l := range sh.Session.Profile.Limits {
		title = max(title, draw.Width(safe.Text(l.Title)))
	}
	title = min(title, max(8, w/2-2))
	edge := " "
	if sh.Room == shell.Compact {
		edge = ""
	}
	var lines []string
	for _, l := range sh.Session.Profile.Limits {
		numbers := fmt.Sprintf("%d/%d", l.Used, l.Value)
		style, remark := barStyle(sh, l)
		room := w - title - 10 - draw.Width(remark) - 4
		room = min(room, 40)
		lines = append(lines, edge+sh.Look.Muted.Render(draw.Pad(safe.Text(l.Title), title))+" "+bar(sh, l, room, style)+" "+
			sh.Look.Text.Render(draw.Right(numbers, 7))+" "+style.Render(remark))
	}
	return lines
}

func barStyle(sh *shell.Shell, l backend.Limit) (theme.Style, string) {
	switch {
	case l.Value <= 0:
		return sh.Look.Muted, ""
	case l.Used >= l.Value:
		return sh.Look.Err, sh.Look.No + " full"
	case l.Used*100 >= l.Value*nearlyFull:
		return sh.Look.Warn, fmt.Sprintf("%s %d%%", sh.Look.Attention, l.Used*100/l.Value)
	}
	return sh.Look.OK, ""
}

func bar(sh *shell.Shell, l backend.Limit, w int, style theme.Style) string {
	if w < 1 {
		return ""
	}
	full := 0
	if l.Value > 0 {
		full = min(w, (l.Used*w+l.Value-1)/l.Value)
	}
	return style.Render(strings.Repeat(sh.Look.Full, full)) + sh.Look.Faint.Render(strings.Repeat(sh.Look.Rest, w-full))
}
