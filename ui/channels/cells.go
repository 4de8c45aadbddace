package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// A cell is what is said of a channel in w cells of the terminal. Where w is less
// than one of these widths, it says less.
const (
	verifiedWidth  = 8  // "✓ yes", "! verify", "… 09:59"
	testWidth      = 21 // with a text
	shortTestWidth = 9  // "✓ 99d ago"
)

// oldInForceMark stands behind a new value while the old one is still in force.
const oldInForceMark = " +old"

// valueCell is the value of a channel.
func valueCell(sh *shell.Shell, ch backend.Channel, w int) string {
	value := sh.Masked(ch.Type, ch.Value)
	if !isOldInForce(ch) || w < 3*len(oldInForceMark) {
		return draw.Middle(value, w)
	}
	return draw.Middle(value, w-len(oldInForceMark)) + oldInForceMark
}

// isOldInForce reports whether messages go to the old value until the new one is
// verified.
func isOldInForce(ch backend.Channel) bool { return ch.ActiveValue != "" && ch.ActiveValue != ch.Value }

// verifiedCell is whether a channel is verified, or how long its code can still be
// entered.
func verifiedCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	short := w < verifiedWidth
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

// deliveryCell says that messages to a channel fail, or else what came of its last
// test.
func deliveryCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	f := ch.Failure
	switch {
	case f == nil || isTesting(sh, ch):
		return lastTestCell(sh, look, ch, w)
	case w < shortTestWidth:
		return look.Err, sh.Look.No
	case w < testWidth:
		return look.Err, sh.Look.No + " " + shell.Ago(sh.Now, f.At)
	}
	return look.Err, sh.Look.No + " failing " + sh.Look.Dot + " " + shell.Ago(sh.Now, f.At)
}

// lastTestCell is what came of the last test message.
func lastTestCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	t := ch.LastTest
	switch {
	case isTesting(sh, ch):
		return look.Info, sh.Look.Glyphs.Pending + " sending"
	case t == nil && w < shortTestWidth:
		return look.Muted, sh.Look.Never
	case t == nil:
		return look.Muted, sh.Look.Never + " never"
	}
	style, sign, text := lastTestText(sh, look, t)
	age := shell.Ago(sh.Now, t.At)
	switch {
	case w < shortTestWidth:
		return style, sign
	case w < testWidth:
		return style, sign + " " + age
	}
	age = " " + sh.Look.Dot + " " + age
	return style, draw.Cut(sign+" "+draw.Cut(safe.Text(text), w-draw.Width(age)-2)+age, w)
}

// lastTestText is the result of a test as a sign and a text.
func lastTestText(sh *shell.Shell, look *theme.Palette, t *backend.Test) (style theme.Style, sign, text string) {
	switch {
	case !t.OK:
		return look.Err, sh.Look.No, t.ProviderStatus
	case t.Held:
		return look.Info, sh.Look.Held, sh.Session.HeldShort()
	}
	text = fmt.Sprintf("%dms", t.Duration.Milliseconds())
	if !sh.Look.ASCII { // there the sign itself is "ok"
		text = "ok " + text
	}
	return look.OK, sh.Look.Yes, text
}

func isTesting(sh *shell.Shell, ch backend.Channel) bool {
	return sh.Work.Busy(testRequest(ch.Priority))
}
