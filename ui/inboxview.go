package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

func (b *inbox) View(w, h int) []string {
	d := b.d
	switch {
	case b.err != nil && !b.read:
		return d.problem("The inbox could not be read.", b.err, w, h)
	case d.class == compact:
		return draw.Fit(b.rows(w, h), w, h)
	}
	upper := max(7, min(len(b.box.Messages)+4, h*55/100))
	box := pane{title: "Inbox", right: fmt.Sprintf("%d unread", b.box.Unread), focused: true}
	out := box.draw(&d.Look, b.table(w-2, upper-2), w, upper)
	var lines []string
	if m, ok := b.current(); ok {
		for _, line := range b.page(m, w-4) {
			lines = append(lines, " "+line)
		}
	}
	return append(out, pane{title: "Message"}.draw(&d.Look, lines, w, h-upper)...)
}

// toWidth is how much of an address the table shows: the subject says more.
func toWidth(w int) int {
	if w < 100 {
		return 20
	}
	return 30
}

func (b *inbox) table(w, h int) []string {
	d := b.d
	if b.read && len(b.box.Messages) == 0 {
		return center([]string{d.Strong.Render("Nothing here yet"), "", "Codes, notices and test messages arrive here."}, w, h)
	}
	head := draw.Pad("   "+draw.Pad("When", 16)+"  "+draw.Pad("Channel", 9)+"  "+draw.Pad("To", toWidth(w))+"  Subject", w)
	return append([]string{d.Muted.Render(head), d.Border.Render(strings.Repeat(d.Across, w))}, b.rows(w, h-2)...)
}

func (b *inbox) rows(w, h int) []string {
	d := b.d
	b.list.fit(len(b.box.Messages), h)
	from, to := b.list.seen()
	var lines []string
	for i := from; i < to; i++ {
		m := b.box.Messages[i]
		look, mark := &d.Palette, " "
		if i == b.list.at {
			look, mark = &d.Cursor, d.Glyphs.Mark
		}
		sign := " "
		switch {
		case b.chosen[m.ID]:
			sign = d.Chosen
		case !m.Read:
			sign = d.Unread
		}
		text := stamp(d.now, m.At)
		if d.class == compact {
			text = draw.Pad(ago(d.now, m.At), 8) + d.sign(m.Type) + " " + safe.Text(m.Subject)
		} else {
			text = draw.Pad(text, 16) + "  " + d.sign(m.Type) + " " + draw.Pad(word(m.Type), 7) + "  " +
				draw.Pad(draw.Middle(d.masked(m.Type, m.To), toWidth(w)), toWidth(w)) + "  " + safe.Text(m.Subject)
		}
		style := look.Muted
		if !m.Read {
			style = look.Text
		}
		state := ""
		if m.State == backend.StateFailed {
			state = " " + d.No + " failed"
		}
		lines = append(lines, look.Mark.Render(mark)+look.Brand.Render(sign)+style.Render(" "+draw.Pad(text, w-3-draw.Width(state)))+look.Err.Render(state))
	}
	return lines
}

// page is a whole message.
func (b *inbox) page(m backend.Message, w int) []string {
	d := b.d
	lines := []string{
		d.Muted.Render("To       ") + d.Text.Render(draw.Cut(d.masked(m.Type, m.To), w-9)),
		d.Muted.Render("Kind     ") + d.Text.Render(string(m.Kind)) + d.Muted.Render(" "+d.Dot+" "+stamp(d.now, m.At)),
		d.Muted.Render("State    ") + b.state(m),
	}
	if m.Code != "" {
		words := d.Info.Render(d.keys.Key(keymap.UseCode) + " enters it where it belongs")
		if !d.now.Before(m.CodeExpiresAt) {
			words = d.Warn.Render("expired")
		}
		lines = append(lines, d.Muted.Render("Code     ")+d.Strong.Render(m.Code)+"  "+words)
	}
	lines = append(lines, "")
	for _, line := range wrapped(m.Body, w) {
		lines = append(lines, d.Text.Render(line))
	}
	return lines
}

func (b *inbox) state(m backend.Message) string {
	d := b.d
	words := safe.Text(m.Detail)
	switch m.State {
	case backend.StateFailed:
		return d.Err.Render(d.No + " failed: " + words)
	case backend.StateQueued:
		return d.Warn.Render(d.Glyphs.Pending + " not handed over yet")
	case backend.StateHeld:
		return d.OK.Render(d.Yes) + d.Text.Render(" held in the inbox")
	}
	return d.OK.Render(d.Yes) + d.Text.Render(" "+safe.Text(m.Provider)+" "+words)
}
