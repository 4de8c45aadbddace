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

func (b *messages) View(w, h int) []string {
	d := b.d
	switch {
	case b.err != nil && d.inbox == nil:
		return d.problem("The messages could not be read.", b.err, w, h)
	case d.inbox != nil && len(b.shown) == 0 && d.class == compact:
		return b.nothing(w, h)
	case d.class == compact:
		return draw.Fit(b.rows(w, h), w, h)
	}
	upper := max(7, min(len(b.shown)+4, h*45/100))
	box := pane{title: "Messages", right: b.header(), focused: true}
	out := box.draw(&d.Look, b.table(w-2, upper-2), w, upper)
	var lines []string
	if m, ok := b.current(); ok {
		for _, line := range b.page(m, w-4) {
			lines = append(lines, " "+line)
		}
	}
	more := ""
	if room := h - upper - 2; len(lines) > room {
		more = d.keys.Key(keymap.Open) + " all of it"
	}
	return append(out, pane{title: "Message", right: more}.draw(&d.Look, lines, w, h-upper)...)
}

// header says what is looked for, and what has not been read.
func (b *messages) header() string {
	d := b.d
	if d.inbox == nil {
		return ""
	}
	look := "all"
	if b.state != "" {
		look = fmt.Sprintf("%s: %d of %d", stateWord(b.state), len(b.shown), len(d.inbox.Messages))
	}
	return fmt.Sprintf("%s %s %d unread", look, d.Dot, d.inbox.Unread)
}

// messageColumns are the widths of the table. What is told of a message takes
// what the others leave.
type messageColumns struct{ state, when, to int }

const stateWidth = 8 // "… queued", "✗ failed"

func (b *messages) columns(w int) messageColumns {
	if w < 100 {
		return messageColumns{stateWidth, 10, 18}
	}
	return messageColumns{stateWidth, 16, 30}
}

func (b *messages) table(w, h int) []string {
	d := b.d
	switch {
	case d.inbox == nil && !d.work.waits("messages", d.now):
		return nil
	case d.inbox != nil && len(b.shown) == 0:
		return b.nothing(w, h)
	}
	k := b.columns(w)
	head := draw.Pad("   "+draw.Pad("State", k.state)+"  "+draw.Pad("When", k.when)+"  "+draw.Pad("Channel", 9)+"  "+draw.Pad("To", k.to)+"  What", w)
	lines := []string{d.Muted.Render(head), d.Border.Render(strings.Repeat(d.Across, w))}
	if d.inbox == nil {
		return append(lines, d.shades(w)...)
	}
	return append(lines, b.rows(w, h-2)...)
}

// nothing says why no message is shown.
func (b *messages) nothing(w, h int) []string {
	d := b.d
	if b.state == "" {
		return center([]string{d.Strong.Render("Nothing here yet"), "", "Codes, notices and tests show here,", "and what became of each of them."}, w, h)
	}
	return center([]string{d.Strong.Render("No message is " + stateWord(b.state)), "",
		d.Focus.Render(d.keys.Key(keymap.ClearStates)) + d.Muted.Render("  shows all of them")}, w, h)
}

func (b *messages) rows(w, h int) []string {
	b.list.fit(len(b.shown), h)
	from, to := b.list.seen()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, b.row(b.shown[i], i == b.list.at, w))
	}
	return lines
}

func (b *messages) row(m backend.Message, atCursor bool, w int) string {
	d := b.d
	look, mark := &d.Palette, " "
	if atCursor {
		look, mark = &d.Cursor, d.Glyphs.Mark
	}
	lead := " "
	switch {
	case b.chosen[m.ID]:
		lead = d.Chosen
	case !m.Read:
		lead = d.Unread
	}
	style := look.Muted
	if !m.Read {
		style = look.Text
	}
	stateStyle, sign := d.stateSign(look, m.State)
	head := look.Mark.Render(mark) + look.Brand.Render(lead)
	words, tell := kindWord(m.Kind), d.told(m)
	if d.class == compact {
		if tell == "" {
			tell = safe.Text(string(m.State))
		}
		text := draw.Pad(ago(d.now, m.At), 7) + " " + d.sign(m.Type) + " " + words + " "
		lead := draw.Pad(sign, max(2, draw.Width(d.Yes)+1))
		return head + stateStyle.Render(lead) + style.Render(text) + stateStyle.Render(draw.Pad(tell, w-2-draw.Width(lead+text)))
	}
	k := b.columns(w)
	when := ago(d.now, m.At)
	if k.when > 10 {
		when = stamp(d.now, m.At)
	}
	if tell != "" {
		words += " " + d.Dot + " "
	}
	text := "  " + draw.Pad(when, k.when) + "  " + d.sign(m.Type) + " " + draw.Pad(word(m.Type), 7) + "  " +
		draw.Pad(draw.Middle(d.masked(m.Type, m.To), k.to), k.to) + "  " + words
	return head + stateStyle.Render(" "+draw.Pad(sign+" "+safe.Text(string(m.State)), k.state)) + style.Render(text) +
		stateStyle.Render(draw.Pad(tell, w-3-k.state-draw.Width(text)))
}

// stateSign is the glyph of a state with its colour.
func (d *desk) stateSign(look *theme.Palette, s backend.MessageState) (theme.Style, string) {
	switch s {
	case backend.StateQueued:
		return look.Warn, d.Glyphs.Pending
	case backend.StateHeld:
		return look.Info, d.Held
	case backend.StateFailed:
		return look.Err, d.No
	case backend.StateSent:
		return look.OK, d.Yes
	}
	return look.Warn, d.Attention
}

// told is what a row says beside the state: when the next try is and why, or
// what the provider said.
func (d *desk) told(m backend.Message) string {
	why := safe.Text(m.Detail)
	switch m.State {
	case backend.StateQueued:
		next := "not handed over yet"
		if m.Attempts > 0 {
			next = again(d.now, m.NextAt)
		}
		return strings.TrimSuffix(next+": "+why, ": ")
	case backend.StateFailed:
		return why
	case backend.StateSent:
		return "by " + safe.Text(m.Provider)
	}
	return ""
}

// kindWord is a kind in a table.
func kindWord(k backend.MessageKind) string {
	if k == backend.KindVerification {
		return "code"
	}
	return safe.Text(string(k))
}

// page is a whole message and what became of it. Where it went wrong, that
// comes before what it says.
func (b *messages) page(m backend.Message, w int) []string {
	d := b.d
	lines := []string{
		d.Muted.Render("To       ") + d.Text.Render(draw.Middle(d.masked(m.Type, m.To), w-12-len(word(m.Type)))) + d.Muted.Render(" "+d.Dot+" "+word(m.Type)),
		d.Muted.Render("Kind     ") + d.Text.Render(safe.Text(string(m.Kind))) + d.Muted.Render(" "+d.Dot+" "+stamp(d.now, m.At)),
	}
	lines = append(lines, b.stateLines(m, w)...)
	if m.Code != "" {
		words := d.Info.Render(d.keys.Key(keymap.UseCode) + " enters it where it belongs")
		if !d.now.Before(m.CodeExpiresAt) {
			words = d.Warn.Render("expired")
		}
		lines = append(lines, d.Muted.Render("Code     ")+d.Strong.Render(safe.Text(m.Code))+"  "+words)
	}
	if m.Word != "" {
		lines = append(lines, d.Muted.Render("Word     ")+d.Strong.Render(safe.Text(m.Word))+"  "+d.Info.Render(d.keys.Key(keymap.UseCode)+" gives it back"))
	}
	text := []string{""}
	for _, line := range wrapped(m.Body, w) {
		text = append(text, d.Text.Render(line))
	}
	if m.State == backend.StateHeld {
		return append(append(lines, text...), b.attemptsOf(m, w)...)
	}
	return append(append(lines, b.attemptsOf(m, w)...), text...)
}

// lines is a sentence in lines of at most w cells.
func (d *desk) lines(style theme.Style, text string, w int) []string {
	var out []string
	for _, line := range draw.Wrap(text, w) {
		out = append(out, style.Render(line))
	}
	return out
}

// stateLines say how far the message has come, in the provider's words.
func (b *messages) stateLines(m backend.Message, w int) []string {
	d := b.d
	style, sign := d.stateSign(&d.Palette, m.State)
	provider, words := safe.Text(m.Provider), strings.TrimSpace(safe.Text(m.Detail))
	head, rest := sign+" "+safe.Text(string(m.State)), ""
	switch m.State {
	case backend.StateHeld:
		head, rest, words = sign, d.heldWords(), ""
	case backend.StateQueued:
		rest = d.Dot + " not handed over yet"
		if m.Attempts > 0 {
			rest = d.Dot + " " + again(d.now, m.NextAt)
		}
		if d.now.Before(m.NextAt) && b.whyNotAgain(m) == "" {
			rest += " " + d.Dot + " " + d.keys.Key(keymap.SendAgain) + " sends it now"
		}
	case backend.StateFailed:
		if provider != "" {
			rest = "by " + provider
		}
	default:
		rest = "taken by " + provider
	}
	var lines []string
	for i, line := range draw.Wrap(head+" "+rest, w-9) {
		label := draw.Space(9)
		if i == 0 {
			label, line = d.Muted.Render("State    "), style.Render(head)+d.Text.Render(strings.TrimPrefix(line, head))
		}
		lines = append(lines, label+line)
	}
	if words == "" {
		return lines
	}
	for _, line := range draw.Wrap(words, w-9) {
		lines = append(lines, draw.Space(9)+style.Render(line))
	}
	return lines
}

// heldWords say where a message is that nothing is set up to carry.
func (d *desk) heldWords() string {
	if d.opened.Local {
		return "held in the inbox on this machine"
	}
	return "held in the server's inbox"
}

// heldWord is the same in a word, for a table.
func (d *desk) heldWord() string {
	if d.opened.Local {
		return "held here"
	}
	return "held"
}
