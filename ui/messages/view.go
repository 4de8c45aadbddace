package messages

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

func (b *screen) View(w, h int) []string {
	sh := b.shell
	switch {
	case b.err != nil && sh.Session.Inbox == nil:
		return sh.Problem("The messages could not be read.", b.err, w, h)
	case sh.Session.Inbox != nil && len(b.shown) == 0 && sh.Room == shell.Compact:
		return b.nothing(w, h)
	case sh.Room == shell.Compact:
		return draw.Fit(b.rows(w, h), w, h)
	}
	upper := max(7, min(len(b.shown)+4, h*45/100))
	box := shell.Pane{Title: "Messages", Right: b.header(), Focused: true}
	out := box.Draw(&sh.Look, b.table(w-2, upper-2), w, upper)
	var lines []string
	if m, ok := b.current(); ok {
		for _, line := range b.page(m, w-4) {
			lines = append(lines, " "+line)
		}
	}
	more := ""
	if room := h - upper - 2; len(lines) > room {
		more = sh.Keys.Key(keymap.Open) + " all of it"
	}
	return append(out, shell.Pane{Title: "Message", Right: more}.Draw(&sh.Look, lines, w, h-upper)...)
}

// header says what is looked for, and what has not been read.
func (b *screen) header() string {
	sh := b.shell
	if sh.Session.Inbox == nil {
		return ""
	}
	look := "all"
	if b.state != "" {
		look = fmt.Sprintf("%s: %d of %d", stateName(b.state), len(b.shown), len(sh.Session.Inbox.Messages))
	}
	return fmt.Sprintf("%s %s %d unread", look, sh.Look.Dot, sh.Session.Inbox.Unread)
}

// messageColumns are the widths of the table. What is told of a message takes
// what the others leave.
type messageColumns struct{ state, when, to int }

const stateWidth = 8 // "… queued", "✗ failed"

func (b *screen) columns(w int) messageColumns {
	if w < 100 {
		return messageColumns{stateWidth, 10, 18}
	}
	return messageColumns{stateWidth, 16, 30}
}

func (b *screen) table(w, h int) []string {
	sh := b.shell
	switch {
	case sh.Session.Inbox == nil && !sh.Work.Waits("messages", sh.Now):
		return nil
	case sh.Session.Inbox != nil && len(b.shown) == 0:
		return b.nothing(w, h)
	}
	k := b.columns(w)
	head := draw.Pad("   "+draw.Pad("State", k.state)+"  "+draw.Pad("When", k.when)+"  "+draw.Pad("Channel", 9)+"  "+draw.Pad("To", k.to)+"  What", w)
	lines := []string{sh.Look.Muted.Render(head), sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	if sh.Session.Inbox == nil {
		return append(lines, sh.Placeholders(w)...)
	}
	return append(lines, b.rows(w, h-2)...)
}

// nothing says why no message is shown.
func (b *screen) nothing(w, h int) []string {
	sh := b.shell
	if b.state == "" {
		return shell.Center([]string{sh.Look.Strong.Render("Nothing here yet"), "", "Codes, notices and tests show here,", "and what became of each of them."}, w, h)
	}
	return shell.Center([]string{sh.Look.Strong.Render("No message is " + stateName(b.state)), "",
		sh.Look.Focus.Render(sh.Keys.Key(keymap.ClearStates)) + sh.Look.Muted.Render("  shows all of them")}, w, h)
}

func (b *screen) rows(w, h int) []string {
	b.list.Fit(len(b.shown), h)
	from, to := b.list.Visible()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, b.row(b.shown[i], i == b.list.At, w))
	}
	return lines
}

func (b *screen) row(m backend.Message, atCursor bool, w int) string {
	sh := b.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	lead := " "
	switch {
	case b.chosen[m.ID]:
		lead = sh.Look.Chosen
	case !m.Read:
		lead = sh.Look.Unread
	}
	style := look.Muted
	if !m.Read {
		style = look.Text
	}
	stateStyle, sign := stateSign(sh, look, m.State)
	head := look.Mark.Render(mark) + look.Brand.Render(lead)
	words, tell := shell.KindName(m.Kind), told(sh, m)
	if sh.Room == shell.Compact {
		if tell == "" {
			tell = safe.Text(string(m.State))
		}
		text := draw.Pad(shell.Ago(sh.Now, m.At), 7) + " " + sh.Sign(m.Type) + " " + words + " "
		lead := draw.Pad(sign, max(2, draw.Width(sh.Look.Yes)+1))
		return head + stateStyle.Render(lead) + style.Render(text) + stateStyle.Render(draw.Pad(tell, w-2-draw.Width(lead+text)))
	}
	k := b.columns(w)
	when := shell.Ago(sh.Now, m.At)
	if k.when > 10 {
		when = shell.Stamp(sh.Now, m.At)
	}
	if tell != "" {
		words += " " + sh.Look.Dot + " "
	}
	text := "  " + draw.Pad(when, k.when) + "  " + sh.Sign(m.Type) + " " + draw.Pad(shell.TypeName(m.Type), 7) + "  " +
		draw.Pad(draw.Middle(sh.Masked(m.Type, m.To), k.to), k.to) + "  " + words
	return head + stateStyle.Render(" "+draw.Pad(sign+" "+safe.Text(string(m.State)), k.state)) + style.Render(text) +
		stateStyle.Render(draw.Pad(tell, w-3-k.state-draw.Width(text)))
}

// stateSign is the glyph of a state with its colour.
func stateSign(sh *shell.Shell, look *theme.Palette, s backend.MessageState) (theme.Style, string) {
	switch s {
	case backend.StateQueued:
		return look.Warn, sh.Look.Glyphs.Pending
	case backend.StateHeld:
		return look.Info, sh.Look.Held
	case backend.StateFailed:
		return look.Err, sh.Look.No
	case backend.StateSent:
		return look.OK, sh.Look.Yes
	}
	return look.Warn, sh.Look.Attention
}

// told is what a row says beside the state: when the next try is and why, or
// what the provider said.
func told(sh *shell.Shell, m backend.Message) string {
	why := safe.Text(m.Detail)
	switch m.State {
	case backend.StateQueued:
		next := "not handed over yet"
		if m.Attempts > 0 {
			next = shell.Again(sh.Now, m.NextAt)
		}
		return strings.TrimSuffix(next+": "+why, ": ")
	case backend.StateFailed:
		return why
	case backend.StateSent:
		return "by " + safe.Text(m.Provider)
	}
	return ""
}

// page is a whole message and what became of it. Where it went wrong, that
// comes before what it says.
func (b *screen) page(m backend.Message, w int) []string {
	sh := b.shell
	lines := []string{
		sh.Look.Muted.Render("To       ") + sh.Look.Text.Render(draw.Middle(sh.Masked(m.Type, m.To), w-12-len(shell.TypeName(m.Type)))) + sh.Look.Muted.Render(" "+sh.Look.Dot+" "+shell.TypeName(m.Type)),
		sh.Look.Muted.Render("Kind     ") + sh.Look.Text.Render(safe.Text(string(m.Kind))) + sh.Look.Muted.Render(" "+sh.Look.Dot+" "+shell.Stamp(sh.Now, m.At)),
	}
	lines = append(lines, b.stateLines(m, w)...)
	if m.Code != "" {
		words := sh.Look.Info.Render(sh.Keys.Key(keymap.UseCode) + " enters it where it belongs")
		if !sh.Now.Before(m.CodeExpiresAt) {
			words = sh.Look.Warn.Render("expired")
		}
		lines = append(lines, sh.Look.Muted.Render("Code     ")+sh.Look.Strong.Render(safe.Text(m.Code))+"  "+words)
	}
	if m.Word != "" {
		lines = append(lines, sh.Look.Muted.Render("Word     ")+sh.Look.Strong.Render(safe.Text(m.Word))+"  "+sh.Look.Info.Render(sh.Keys.Key(keymap.UseCode)+" gives it back"))
	}
	text := []string{""}
	for _, line := range shell.Wrapped(m.Body, w) {
		text = append(text, sh.Look.Text.Render(line))
	}
	if m.State == backend.StateHeld {
		return append(append(lines, text...), b.attemptsOf(m, w)...)
	}
	return append(append(lines, b.attemptsOf(m, w)...), text...)
}

// stateLines say how far the message has come, in the provider's words.
func (b *screen) stateLines(m backend.Message, w int) []string {
	sh := b.shell
	style, sign := stateSign(sh, &sh.Look.Palette, m.State)
	provider, words := safe.Text(m.Provider), strings.TrimSpace(safe.Text(m.Detail))
	head, rest := sign+" "+safe.Text(string(m.State)), ""
	switch m.State {
	case backend.StateHeld:
		head, rest, words = sign, sh.Session.HeldText(), ""
	case backend.StateQueued:
		rest = sh.Look.Dot + " not handed over yet"
		if m.Attempts > 0 {
			rest = sh.Look.Dot + " " + shell.Again(sh.Now, m.NextAt)
		}
		if sh.Now.Before(m.NextAt) && b.whyNotAgain(m) == "" {
			rest += " " + sh.Look.Dot + " " + sh.Keys.Key(keymap.SendAgain) + " sends it now"
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
			label, line = sh.Look.Muted.Render("State    "), style.Render(head)+sh.Look.Text.Render(strings.TrimPrefix(line, head))
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
