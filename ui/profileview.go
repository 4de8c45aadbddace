package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// idWidth is a pane in which a customer's id has room.
const idWidth = 11 + 36 + 4

func (p *profile) View(w, h int) []string {
	d := p.d
	if d.profile == nil {
		if p.err != nil {
			return d.problem("The profile could not be read.", p.err, w, h)
		}
		return pane{title: "Customer", focused: true}.draw(&d.Look, nil, w, h)
	}
	if d.class == compact {
		return p.scroll(append(p.small(w), p.limits(w)...), w, h)
	}
	customer, team := p.customer(), p.team()
	tall := max(len(customer), len(team)) + 2
	left := max(w*55/100, min(w-28, idWidth))
	upper := draw.Beside(
		pane{title: "Customer", focused: true}.draw(&d.Look, customer, left, tall),
		pane{title: "Team & organization"}.draw(&d.Look, team, w-left, tall))
	limits := p.limits(w - 2)
	room := h - tall - len(limits) - 2
	if room < 4 { // a border, and two channels at least
		return append(upper, pane{title: "Limits"}.draw(&d.Look, limits, w, h-tall)...)
	}
	out := append(upper, pane{title: "Limits"}.draw(&d.Look, limits, w, len(limits)+2)...)
	ways := pane{title: "Reached by", right: d.keys.Key(keymap.Screen2) + " all of it"}
	return append(out, ways.draw(&d.Look, p.ways(w-2, room-2), w, room)...)
}

// ways is every channel in a line: how this customer is reached, in the order
// in which it is tried.
func (p *profile) ways(w, h int) []string {
	d := p.d
	if d.channels != nil && len(d.channels) == 0 {
		return []string{" " + d.Warn.Render(d.Attention+" no channel yet: nobody can be reached")}
	}
	var lines []string
	for i, ch := range d.channels {
		if i == h-1 && len(d.channels) > h {
			more := d.Muted.Render(fmt.Sprintf(" and %d more", len(d.channels)-i))
			if n := failing(d.channels[i:]); n > 0 {
				more += d.Err.Render(fmt.Sprintf(", %s %d failing", d.No, n))
			}
			return append(lines, more)
		}
		style, state := p.way(ch)
		value := ch.Value
		if ch.ActiveValue != "" {
			value = ch.ActiveValue // what is in force counts here
		}
		lines = append(lines, d.Text.Render(draw.Pad(fmt.Sprintf(" %3d  %s %-7s  %s", ch.Priority, d.sign(ch.Type), word(ch.Type), d.masked(ch.Type, value)), w-21))+style.Render(state))
	}
	return lines
}

// way is whether a channel leads anywhere, as far as that is known.
func (p *profile) way(ch backend.Channel) (theme.Style, string) {
	d := p.d
	switch {
	case ch.Failure != nil:
		return d.Err, d.No + " failed " + ago(d.now, ch.Failure.At)
	case !ch.Reachable() && !ch.Verified:
		return d.Warn, d.Attention + " not verified"
	case !ch.Reachable():
		return d.Muted, "off"
	case isHeld(ch):
		return d.Info, d.Held + " " + d.heldWord()
	case !ch.Proof.SeenAt.IsZero() && ch.Proof.Stale(d.now):
		return d.Warn, d.Attention + " stale, " + ago(d.now, ch.Proof.SeenAt)
	}
	return d.OK, d.Yes + " reached"
}

// isHeld reports whether the last message to a channel went no further than an inbox.
func isHeld(ch backend.Channel) bool {
	by := ch.Proof.AcceptedBy
	if t := ch.LastTest; t != nil && t.OK && !t.At.Before(ch.Proof.AcceptedAt) {
		by = t.Provider
	}
	return by == inboxProvider
}

// scroll shows the lines from the cursor on, where not all of them fit.
func (p *profile) scroll(lines []string, w, h int) []string {
	p.n = len(lines) - h + 1
	p.top = min(p.top, max(0, p.n-1))
	return draw.Fit(lines[p.top:], w, h)
}

func (d *desk) fact(label, value string) string {
	return " " + d.Muted.Render(draw.Pad(label, 11)) + value
}

func (p *profile) customer() []string {
	d, c := p.d, p.d.profile.Customer
	lines := []string{
		d.fact("Name", d.Text.Render(safe.Text(c.Name))),
		d.fact("Surname", d.Text.Render(safe.Text(c.Surname))),
		d.fact("Username", d.Text.Render(safe.Text(c.Email))+" "+d.OK.Render(d.Yes)),
	}
	if pending := d.profile.Pending; pending != nil {
		lines = append(lines, d.fact("", d.Warn.Render(d.Arrow)+" "+d.Text.Render(safe.Text(pending.Email))+"  "+p.waiting(pending)))
	}
	lines = append(lines,
		d.fact("Customer", d.Text.Render(c.ID)),
		d.fact("Since", d.Text.Render(day(c.CreatedAt))),
	)
	return append(lines, d.fact("Reach", p.reach()))
}

// waiting is the state of the code of the new username.
func (p *profile) waiting(pending *backend.PendingUsername) string {
	if left := lasts(&pending.Code, p.d.now); left != "" {
		return p.d.Warn.Render(p.d.Glyphs.Pending + " " + left)
	}
	return p.d.Warn.Render(p.d.Attention + " code expired")
}

// reach is who can be reached and how, at a glance.
func (p *profile) reach() string {
	d := p.d
	if d.channels == nil {
		return ""
	}
	n, seen, words := 0, map[backend.ChannelType]bool{}, []string(nil)
	for _, c := range d.channels {
		if !c.Reachable() {
			continue
		}
		n++
		if !seen[c.Type] {
			seen[c.Type] = true
			words = append(words, word(c.Type))
		}
	}
	if n == 0 {
		return d.Err.Render(d.No + " nobody: no channel is on")
	}
	reached := d.OK.Render(d.Yes) + " " + d.Text.Render(strings.Join(words, ", "))
	if lost := failing(d.channels); lost > 0 {
		return d.Err.Render(fmt.Sprintf("%s %d failing", d.No, lost)) + d.Muted.Render(" "+d.Dot+" ") + reached
	}
	return reached + d.Muted.Render(fmt.Sprintf(" %s %d of %d channels", d.Dot, n, len(d.channels)))
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

func (p *profile) team() []string {
	d, o := p.d, p.d.profile.Organization
	lines := []string{
		d.fact("Team", d.Text.Render(safe.Text(d.profile.Team.Name))),
		d.fact("Role", d.Text.Render(string(d.profile.Customer.Role))),
		"",
		d.fact("Org", d.Text.Render(safe.Text(o.Name))),
		d.fact("Plan", d.Text.Render(string(o.Plan))),
	}
	if o.Trial.Active {
		lines = append(lines, d.fact("Trial", d.Warn.Render("until "+day(o.Trial.EndsAt))))
	}
	return lines
}

func (p *profile) small(w int) []string {
	d, c := p.d, p.d.profile.Customer
	short := func(label, value string) string { return d.Muted.Render(draw.Pad(label, 7)) + value }
	lines := []string{
		short("Name", d.Text.Render(safe.Text(c.FullName()))),
		short("User", d.Text.Render(draw.Middle(safe.Text(c.Email), w-9))+" "+d.OK.Render(d.Yes)),
	}
	if pending := d.profile.Pending; pending != nil {
		state := p.waiting(pending)
		lines = append(lines, short("", d.Warn.Render(d.Arrow)+" "+d.Text.Render(draw.Middle(safe.Text(pending.Email), w-11-draw.Width(state)))+" "+state))
	}
	return append(lines,
		short("Reach", p.reach()),
		short("Team", d.Text.Render(safe.Text(d.profile.Team.Name))+d.Muted.Render(" "+d.Dot+" "+string(c.Role))),
		short("Org", d.Text.Render(safe.Text(d.profile.Organization.Name))+d.Muted.Render(" "+d.Dot+" "+string(d.profile.Organization.Plan))))
}

// nearlyFull is from when on a limit is worth a warning, in percent.
const nearlyFull = 80

func (p *profile) limits(w int) []string {
	d := p.d
	title := 0
	for _, l := range d.profile.Limits {
		title = max(title, draw.Width(safe.Text(l.Title)))
	}
	title = min(title, max(8, w/2-2))
	edge := " "
	if d.class == compact {
		edge = ""
	}
	var lines []string
	for _, l := range d.profile.Limits {
		numbers := fmt.Sprintf("%d/%d", l.Used, l.Value)
		style, remark := d.barStyle(l)
		room := w - title - 10 - draw.Width(remark) - 4
		room = min(room, 40)
		lines = append(lines, edge+d.Muted.Render(draw.Pad(safe.Text(l.Title), title))+" "+d.bar(l, room, style)+" "+
			d.Text.Render(draw.Right(numbers, 7))+" "+style.Render(remark))
	}
	return lines
}

func (d *desk) barStyle(l backend.Limit) (theme.Style, string) {
	switch {
	case l.Value <= 0:
		return d.Muted, ""
	case l.Used >= l.Value:
		return d.Err, d.No + " full"
	case l.Used*100 >= l.Value*nearlyFull:
		return d.Warn, fmt.Sprintf("%s %d%%", d.Attention, l.Used*100/l.Value)
	}
	return d.OK, ""
}

func (d *desk) bar(l backend.Limit, w int, style theme.Style) string {
	if w < 1 {
		return ""
	}
	full := 0
	if l.Value > 0 {
		full = min(w, (l.Used*w+l.Value-1)/l.Value)
	}
	return style.Render(strings.Repeat(d.Full, full)) + d.Faint.Render(strings.Repeat(d.Rest, w-full))
}

// problem is a screen that has nothing to show but why.
func (d *desk) problem(what string, err error, w, h int) []string {
	lines := []string{d.Err.Render(d.No + " " + what), ""}
	for _, line := range draw.Wrap(safe.Text(sentence(err)), min(60, w-4)) {
		lines = append(lines, d.Text.Render(line))
	}
	return center(append(lines, "", d.Focus.Render(d.keys.Key(keymap.Refresh))+d.Muted.Render(" tries again")), w, h)
}
