package channels

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
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

func (c *screen) columns(w int) columns {
	k := columns{number: 1, kind: kindWidth, verified: okWidth, on: 3, test: testWidth, gap: "  "}
	if n := len(c.shown); n > 0 {
		k.number = len(strconv.Itoa(c.shown[n-1].Priority))
	}
	if c.shell.Room == shell.Compact {
		k.kind, k.verified, k.test, k.gap = 0, 1, 1, " "
		if c.shell.Look.ASCII {
			k.verified, k.test = 2, 2
		}
		k.value = max(4, w-8-k.number-k.verified-k.on-k.test)
		return k
	}
	rest := func() int { return w - 16 - k.number - k.kind - k.verified - k.on - k.test }
	if rest() < 20 || c.shell.ShowsValues() {
		k.test = shortTest
	}
	if rest() < 20 {
		k.kind = 0
	}
	k.value = max(4, rest())
	return k
}

func (c *screen) View(w, h int) []string {
	sh := c.shell
	switch {
	case c.err != nil && !c.read:
		return sh.Problem("The channels could not be read.", c.err, w, h)
	case sh.Room == shell.Compact:
		return c.small(w, h)
	case c.detail:
		return c.page(w, h)
	}
	left := w
	if sh.Room == shell.Wide {
		left = w * 65 / 100
	}
	box := shell.Pane{Title: "Channels", Right: c.used(), Focused: true}
	out := box.Draw(&sh.Look, c.table(left-2, h-2), left, h)
	if left < w {
		return draw.Beside(out, c.beside(w-left, h))
	}
	return out
}

// used is how much of the plan is used.
func (c *screen) used() string {
	if l, ok := c.limit(); ok {
		return fmt.Sprintf("%d of %d used", l.Used, l.Value)
	}
	return ""
}

func (c *screen) table(w, h int) []string {
	sh := c.shell
	if !c.read && !sh.Work.Waits("channels", sh.Now) {
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
	lines := []string{sh.Look.Muted.Render(draw.Pad(head, w)), sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	if !c.read {
		return append(lines, sh.Placeholders(w)...)
	}
	c.list.Fit(len(c.shown), h-len(lines))
	from, to := c.list.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, c.row(c.shown[i], i == c.list.At, k))
	}
	return lines
}

func (c *screen) row(ch backend.Channel, atCursor bool, k columns) string {
	sh := c.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	chosen := " "
	if c.chosen[ch.Priority] {
		chosen = sh.Look.Chosen
	}
	kind, lead := sh.Sign(ch.Type), ""
	if k.kind > 0 {
		kind += " " + draw.Pad(shell.TypeName(ch.Type), k.kind)
	}
	if sh.Room != shell.Compact {
		lead = " "
	}
	verifiedStyle, verified := verifiedSign(sh, look, ch, k.verified)
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
const oldInForceMark = " +old"

// value is where the channel leads in w cells.
func (c *screen) value(ch backend.Channel, w int) string {
	if !isOldInForce(ch) || w < 3*len(oldInForceMark) {
		return draw.Middle(c.shell.Masked(ch.Type, ch.Value), w)
	}
	return draw.Middle(c.shell.Masked(ch.Type, ch.Value), w-len(oldInForceMark)) + oldInForceMark
}

func isOldInForce(ch backend.Channel) bool { return ch.ActiveValue != "" && ch.ActiveValue != ch.Value }

// verified is the state of a channel's proof in w cells.
func verifiedSign(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	short := w < okWidth
	switch left := shell.TimeLeft(ch.Code, sh.Now); {
	case ch.Verified && short:
		return look.OK, sh.Look.Yes
	case ch.Verified:
		return look.OK, sh.Look.Yes + " yes"
	case left != "" && short:
		return look.Warn, sh.Look.Glyphs.Pending
	case left != "":
		return look.Warn, sh.Look.Glyphs.Pending + " " + left
	case short:
		return look.Warn, sh.Look.Attention
	}
	return look.Warn, sh.Look.Attention + " verify"
}

// delivery is what the table says of a channel's messages in w cells: that
// they do not arrive, or what became of the last test.
func (c *screen) delivery(look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	sh, f := c.shell, ch.Failure
	switch {
	case f == nil || sh.Work.Busy(testName(ch.Priority)):
		return c.lastTest(look, ch, w)
	case w < shortTest:
		return look.Err, sh.Look.No
	case w < testWidth:
		return look.Err, sh.Look.No + " " + shell.Ago(sh.Now, f.At)
	}
	return look.Err, sh.Look.No + " failing " + sh.Look.Dot + " " + shell.Ago(sh.Now, f.At)
}

// lastTest is what became of the last test message in w cells.
func (c *screen) lastTest(look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	sh, t := c.shell, ch.LastTest
	switch {
	case sh.Work.Busy(testName(ch.Priority)):
		return look.Info, sh.Look.Glyphs.Pending + " sending"
	case t == nil && w < shortTest:
		return look.Muted, sh.Look.Never
	case t == nil:
		return look.Muted, sh.Look.Never + " never"
	}
	style, sign, words := look.OK, sh.Look.Yes, fmt.Sprintf("ok %dms", t.Duration.Milliseconds())
	if sign == "ok" {
		words = words[len("ok "):]
	}
	switch {
	case !t.OK:
		style, sign, words = look.Err, sh.Look.No, t.ProviderStatus
	case t.Held:
		style, sign, words = look.Info, sh.Look.Held, sh.Session.HeldShort()
	}
	switch {
	case w < shortTest:
		return style, sign
	case w < testWidth:
		return style, sign + " " + shell.Ago(sh.Now, t.At)
	}
	age := " " + sh.Look.Dot + " " + shell.Ago(sh.Now, t.At)
	return style, draw.Cut(sign+" "+draw.Cut(safe.Text(words), w-draw.Width(age)-2)+age, w)
}

// nothing says why the table is empty and what to press.
func (c *screen) nothing(w, h int) []string {
	sh := c.shell
	key := func(id keymap.ID, what string) string {
		return sh.Look.Focus.Render(sh.Keys.Key(id)) + sh.Look.Muted.Render("  "+what)
	}
	if len(sh.Session.Channels) == 0 {
		return shell.Center([]string{sh.Look.Strong.Render("No notification channels yet"), "", "PingHome cannot reach you until you", "add one and enter its code.", "", key(keymap.AddChannel, "adds a channel")}, w, h)
	}
	why := "No channel is of these types."
	if text := c.find.Value(); text != "" {
		why = "No channel matches '" + safe.Text(text) + "'."
	}
	return shell.Center([]string{sh.Look.Strong.Render(why), "", key(keymap.Back, "shows them all again")}, w, h)
}

// small is the table in little room: no border, no words that a sign can say.
func (c *screen) small(w, h int) []string {
	switch {
	case !c.read:
		return draw.Fit(nil, w, h)
	case c.detail:
		return c.page(w, h)
	case len(c.shown) == 0:
		return draw.Fit(c.nothing(w, h), w, h)
	}
	k := c.columns(w)
	c.list.Fit(len(c.shown), h)
	from, to := c.list.Visible()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, c.row(c.shown[i], i == c.list.At, k))
	}
	return draw.Fit(lines, w, h)
}
