package ui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// columns are the widths of the table. The value takes what the others leave;
// in less and less room the text of the last test goes first, then the word
// of the type; number, verified and on stay.
type columns struct {
	number, kind, value, verified, on, test int
	gap                                     string // between two columns
}

const (
	kindWidth = 7 // "webhook"
	testWidth = 21
	shortTest = 9 // "✓ 99d ago"
	okWidth   = 8 // "✓ yes", "! verify", "… 09:59"
)

func (c *channels) columns(w int) columns {
	k := columns{number: 1, kind: kindWidth, verified: okWidth, on: 3, test: testWidth, gap: "  "}
	if n := len(c.shown); n > 0 {
		k.number = len(strconv.Itoa(c.shown[n-1].Priority))
	}
	if c.d.class == compact {
		k.kind, k.verified, k.test, k.gap = 0, 1, 1, " "
		if c.d.ASCII {
			k.verified, k.test = 2, 2
		}
		k.value = max(4, w-8-k.number-k.verified-k.on-k.test)
		return k
	}
	rest := func() int { return w - 16 - k.number - k.kind - k.verified - k.on - k.test }
	if rest() < 20 || c.d.reveals() {
		k.test = shortTest
	}
	if rest() < 20 {
		k.kind = 0
	}
	k.value = max(4, rest())
	return k
}

func (c *channels) View(w, h int) []string {
	d := c.d
	switch {
	case c.err != nil && !c.read:
		return d.problem("The channels could not be read.", c.err, w, h)
	case d.class == compact:
		return c.small(w, h)
	case c.detail:
		return c.page(w, h)
	}
	left := w
	if d.class == wide {
		left = w * 65 / 100
	}
	box := pane{title: "Channels", right: c.used(), focused: true}
	out := box.draw(&d.Look, c.table(left-2, h-2), left, h)
	if left < w {
		return draw.Beside(out, c.beside(w-left, h))
	}
	return out
}

// used is how much of the plan is used.
func (c *channels) used() string {
	if l, ok := c.limit(); ok {
		return fmt.Sprintf("%d of %d used", l.Used, l.Value)
	}
	return ""
}

func (c *channels) table(w, h int) []string {
	d := c.d
	if !c.read && !d.work.waits("channels", d.now) {
		return nil
	}
	if c.read && len(c.shown) == 0 {
		return c.nothing(w, h)
	}
	k := c.columns(w)
	kind := " "
	if k.kind > 0 {
		kind = draw.Pad("Type", k.kind+2)
	}
	head := "   " + draw.Right("#", k.number) + "  " + kind + "  " + draw.Pad("Value", k.value) + "  " + draw.Pad("Verified", k.verified) + "  " + draw.Pad("On", k.on) + "  " + draw.Pad("Last test", k.test)
	lines := []string{d.Muted.Render(draw.Pad(head, w)), d.Border.Render(strings.Repeat(d.Across, w))}
	if !c.read {
		return append(lines, d.shades(w)...)
	}
	c.list.fit(len(c.shown), h-len(lines))
	from, to := c.list.seen()
	for i := from; i < to; i++ {
		lines = append(lines, c.row(c.shown[i], i == c.list.at, k))
	}
	return lines
}

func (c *channels) row(ch backend.Channel, atCursor bool, k columns) string {
	d := c.d
	look, mark := &d.Palette, " "
	if atCursor {
		look, mark = &d.Cursor, d.Glyphs.Mark
	}
	chosen := " "
	if c.chosen[ch.Priority] {
		chosen = d.Chosen
	}
	kind, lead := d.sign(ch.Type), ""
	if k.kind > 0 {
		kind += " " + draw.Pad(word(ch.Type), k.kind)
	}
	if d.class != compact {
		lead = " "
	}
	verifiedStyle, verified := d.verified(look, ch, k.verified)
	onStyle := look.Muted
	if ch.Enabled {
		onStyle = look.OK
	}
	testStyle, test := c.delivery(look, ch, k.test)
	value := c.value(ch, k.value)
	return look.Mark.Render(mark) + look.Brand.Render(chosen) +
		look.Text.Render(lead+draw.Right(strconv.Itoa(ch.Priority), k.number)+k.gap+kind+k.gap+draw.Pad(value, k.value)+k.gap) +
		verifiedStyle.Render(draw.Pad(verified, k.verified)+k.gap) + onStyle.Render(draw.Pad(onOff(ch.Enabled), k.on)+k.gap) + testStyle.Render(draw.Pad(test, k.test))
}

// oldMark stands behind a new value while the old one is still in force.
const oldMark = " +old"

// value is where the channel leads in w cells.
func (c *channels) value(ch backend.Channel, w int) string {
	if !isOldInForce(ch) || w < 3*len(oldMark) {
		return draw.Middle(c.d.masked(ch.Type, ch.Value), w)
	}
	return draw.Middle(c.d.masked(ch.Type, ch.Value), w-len(oldMark)) + oldMark
}

func isOldInForce(ch backend.Channel) bool { return ch.ActiveValue != "" && ch.ActiveValue != ch.Value }

// shades stand where rows will be, while they are being read.
func (d *desk) shades(w int) []string {
	var lines []string
	for range 4 {
		lines = append(lines, d.Faint.Render("   "+draw.Pad(strings.Repeat(d.Shade, 1)+"  "+strings.Repeat(d.Shade, 7)+"    "+strings.Repeat(d.Shade, 20)+"    "+strings.Repeat(d.Shade, 5), w-3)))
	}
	return lines
}

// verified is the state of a channel's proof in w cells.
func (d *desk) verified(look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	short := w < okWidth
	switch left := lasts(ch.Code, d.now); {
	case ch.Verified && short:
		return look.OK, d.Yes
	case ch.Verified:
		return look.OK, d.Yes + " yes"
	case left != "" && short:
		return look.Warn, d.Glyphs.Pending
	case left != "":
		return look.Warn, d.Glyphs.Pending + " " + left
	case short:
		return look.Warn, d.Attention
	}
	return look.Warn, d.Attention + " verify"
}

// delivery is what the table says of a channel's messages in w cells: that
// they do not arrive, or what became of the last test.
func (c *channels) delivery(look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	d, f := c.d, ch.Failure
	switch {
	case f == nil || d.work.busy(testName(ch.Priority)):
		return c.lastTest(look, ch, w)
	case w < shortTest:
		return look.Err, d.No
	case w < testWidth:
		return look.Err, d.No + " " + ago(d.now, f.At)
	}
	return look.Err, d.No + " failing " + d.Dot + " " + ago(d.now, f.At)
}

// lastTest is what became of the last test message in w cells.
func (c *channels) lastTest(look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	d, t := c.d, ch.LastTest
	switch {
	case d.work.busy(testName(ch.Priority)):
		return look.Info, d.Glyphs.Pending + " sending"
	case t == nil && w < shortTest:
		return look.Muted, d.Never
	case t == nil:
		return look.Muted, d.Never + " never"
	}
	style, sign, words := look.OK, d.Yes, fmt.Sprintf("ok %dms", t.Duration.Milliseconds())
	if sign == "ok" {
		words = words[len("ok "):]
	}
	switch {
	case !t.OK:
		style, sign, words = look.Err, d.No, t.ProviderStatus
	case t.Provider == inboxProvider:
		style, sign, words = look.Info, d.Held, d.heldWord()
	}
	switch {
	case w < shortTest:
		return style, sign
	case w < testWidth:
		return style, sign + " " + ago(d.now, t.At)
	}
	age := " " + d.Dot + " " + ago(d.now, t.At)
	return style, draw.Cut(sign+" "+draw.Cut(safe.Text(words), w-draw.Width(age)-2)+age, w)
}

// nothing says why the table is empty and what to press.
func (c *channels) nothing(w, h int) []string {
	d := c.d
	key := func(id keymap.ID, what string) string {
		return d.Focus.Render(d.keys.Key(id)) + d.Muted.Render("  "+what)
	}
	if len(d.channels) == 0 {
		return center([]string{d.Strong.Render("No notification channels yet"), "", "PingHome cannot reach you until you", "add one and enter its code.", "", key(keymap.AddChannel, "adds a channel")}, w, h)
	}
	why := "No channel is of these types."
	if text := c.find.Value(); text != "" {
		why = "No channel matches '" + safe.Text(text) + "'."
	}
	return center([]string{d.Strong.Render(why), "", key(keymap.Back, "shows them all again")}, w, h)
}

// small is the table in little room: no border, no words that a sign can say.
func (c *channels) small(w, h int) []string {
	switch {
	case !c.read:
		return draw.Fit(nil, w, h)
	case c.detail:
		return c.page(w, h)
	case len(c.shown) == 0:
		return draw.Fit(c.nothing(w, h), w, h)
	}
	k := c.columns(w)
	c.list.fit(len(c.shown), h)
	from, to := c.list.seen()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, c.row(c.shown[i], i == c.list.at, k))
	}
	return draw.Fit(lines, w, h)
}
