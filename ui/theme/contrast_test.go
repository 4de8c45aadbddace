package theme

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

// rgb is a colour in sRGB.
type rgb [3]uint8

// luminance is the relative luminance of WCAG 2.1.
func (c rgb) luminance() float64 {
	weights, l := [3]float64{0.2126, 0.7152, 0.0722}, 0.0
	for i, v := range c {
		x := float64(v) / 255
		if x <= 0.04045 {
			x /= 12.92
		} else {
			x = math.Pow((x+0.055)/1.055, 2.4)
		}
		l += weights[i] * x
	}
	return l
}

// contrast is the contrast ratio of WCAG 2.1.
func contrast(a, b rgb) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// xterm are the sixteen colours as xterm has them.
var xterm = [16]rgb{
	{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0}, {0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
	{127, 127, 127}, {255, 0, 0}, {0, 255, 0}, {255, 255, 0}, {92, 92, 255}, {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
}

// indexed is one of the 256 colours.
func indexed(n int) rgb {
	levels := [6]uint8{0, 95, 135, 175, 215, 255}
	switch {
	case n < 16:
		return xterm[n]
	case n < 232:
		return rgb{levels[(n-16)/36], levels[(n-16)/6%6], levels[(n-16)%6]}
	}
	grey := uint8(8 + 10*(n-232))
	return rgb{grey, grey, grey}
}

// ground is a terminal's background with its foreground.
type ground struct {
	name        string
	paper, text rgb
}

var (
	black = ground{"black", rgb{}, rgb{229, 229, 229}}
	white = ground{"white", rgb{255, 255, 255}, rgb{}}
	grey  = ground{"mid-grey", rgb{118, 118, 118}, rgb{255, 255, 255}}
	darks = []ground{black, {"One Dark", rgb{40, 44, 52}, rgb{220, 223, 228}}, {"Solarized dark", rgb{0, 43, 54}, rgb{238, 232, 213}}}
	pales = []ground{white, {"Solarized light", rgb{253, 246, 227}, rgb{7, 54, 66}}, {"Latte", rgb{239, 241, 245}, rgb{76, 79, 105}}}
)

// cell returns the colours of text in a style on a ground, as a terminal draws them.
func (g ground) cell(s Style) (ink, paper rgb) {
	ink, paper = g.text, g.paper
	reversed := false
	for sequence := range strings.SplitSeq(s.open, "\x1b[") {
		fields := strings.Split(strings.TrimSuffix(sequence, "m"), ";")
		for i := 0; i < len(fields); i++ {
			n, _ := strconv.Atoi(fields[i])
			target := &ink
			if n/10 == 4 || n/10 == 10 {
				target = &paper
			}
			switch {
			case n == 7:
				reversed = true
			case n == 38 || n == 48:
				c, used := extended(fields[i+1:])
				*target, i = c, i+used
			case n >= 30 && n < 38, n >= 40 && n < 48:
				*target = xterm[n%10]
			case n >= 90 && n < 98, n >= 100 && n < 108:
				*target = xterm[8+n%10]
			}
		}
	}
	if reversed {
		ink, paper = paper, ink
	}
	return ink, paper
}

// extended is the colour behind a 38 or 48, and how many fields it takes.
func extended(fields []string) (c rgb, used int) {
	number := func(i int) int { n, _ := strconv.Atoi(fields[i]); return n }
	if number(0) == 5 {
		return indexed(number(1)), 2
	}
	return rgb{uint8(number(1)), uint8(number(2)), uint8(number(3))}, 4
}

// grounds are those on which a theme may stand that was made for one.
func grounds(o Options) []ground {
	switch {
	case o.Name != "auto":
		return append(append([]ground{grey}, darks...), pales...) // a guess may be wrong
	case o.Ground == DarkGround:
		return darks
	case o.Ground == LightGround:
		return pales
	}
	return []ground{black, white}
}

// everyLook calls do with each theme for each ground in each number of colours.
func everyLook(t *testing.T, do func(*testing.T, Options, Look)) {
	for _, name := range []string{"auto", "dark", "light", "high-contrast", "mono"} {
		for _, g := range []Ground{UnknownGround, DarkGround, LightGround} {
			for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
				o := Options{Name: name, Ground: g, Profile: p}
				t.Run(fmt.Sprintf("%s, ground %d, profile %d", name, g, p), func(t *testing.T) { do(t, o, New(o)) })
			}
		}
	}
}

func (p Palette) styles() map[string]Style {
	return map[string]Style{"text": p.Text, "strong": p.Strong, "muted": p.Muted, "faint": p.Faint, "focus": p.Focus, "brand": p.Brand, "ok": p.OK, "warn": p.Warn, "err": p.Err, "info": p.Info,
		"email": p.Hues[HueEmail], "sms": p.Hues[HueSMS], "webhook": p.Hues[HueWebhook], "push": p.Hues[HuePush]}
}

// on is the ground under the styles of a look: the terminal's, or the painted one.
func (l *Look) on(g ground) ground {
	g.text, g.paper = g.cell(Style{open: l.paper})
	return g
}

func TestTextOfEveryThemeHasContrastOnEveryGround(t *testing.T) {
	everyLook(t, func(t *testing.T, o Options, l Look) {
		need := 4.5
		if o.Name == "high-contrast" && o.Profile != termenv.ANSI {
			need = 7
		}
		for _, terminal := range grounds(o) {
			g := l.on(terminal)
			// Where the terminal's own text is weaker, nothing can be done.
			need := min(need, contrast(g.text, g.paper))
			check := func(what string, s Style, need float64) {
				if ink, paper := g.cell(s); contrast(ink, paper) < need-1e-9 {
					t.Errorf("%s on %s: %.2f, %v on %v (%q)", what, g.name, contrast(ink, paper), ink, paper, s.open)
				}
			}
			for name, s := range l.Palette.styles() {
				check(name, s, need)
			}
			for name, s := range l.Cursor.styles() {
				check(name+" under the cursor", s, need)
			}
			for name, s := range map[string]Style{"button": l.Button, "primary": l.Primary, "danger": l.Danger} {
				check(name, s, need)
			}
			for name, s := range map[string]Style{"frame": l.Frame, "read-only frame": l.ReadOnly, "mark": l.Palette.Mark, "mark under the cursor": l.Cursor.Mark, "dimmed": l.Dim} {
				check(name, s, min(3, need))
			}
		}
	})
}

// Where nothing is known of the ground, what matters most can be read on mid-grey, too: no
// colour but the terminal's own and a few on backgrounds of their own has contrast there.
func TestUnknownGroundMayBeGrey(t *testing.T) {
	for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		l := New(Options{Name: "auto", Profile: p})
		styles := []Style{l.Text, l.Strong, l.Muted, l.Button, l.Primary, l.Cursor.Text, l.Cursor.Err, l.Cursor.Warn, l.Cursor.OK}
		if p == termenv.ANSI {
			styles = append(styles, l.Err, l.Warn, l.OK, l.Info, l.Focus, l.Brand, l.Faint)
		}
		for _, s := range styles {
			if ink, paper := grey.cell(s); contrast(ink, paper) < 4.5 {
				t.Errorf("at %v %q has %.2f", p, s.open, contrast(ink, paper))
			}
		}
	}
}

// The terminal's own foreground is SGR 39, which every reset brings back.
func TestTextIsInTheForegroundOfItsGround(t *testing.T) {
	everyLook(t, func(t *testing.T, o Options, l Look) {
		if l.Text.open != "" {
			t.Errorf("text has the sequence %q", l.Text.open)
		}
		if l.Strong.open != "\x1b[1m" {
			t.Errorf("titles have the sequence %q", l.Strong.open)
		}
		if got, isOwn := l.Painted("x") == "x", o.Name == "auto" || o.Name == "mono"; got != isOwn {
			t.Errorf("the screen is drawn as %q", l.Painted("x"))
		}
	})
}

// Of sixteen colours blue cannot be read on black, and magenta was in no theme's plan.
func TestSixteenColoursHaveNoBlueOnBlackAndNoMagenta(t *testing.T) {
	everyLook(t, func(t *testing.T, o Options, l Look) {
		if o.Profile != termenv.ANSI {
			return
		}
		styles := []Style{l.Frame, l.Dim, l.Primary, l.Danger, l.Border, l.Cursor.Border, l.Palette.Mark, l.Cursor.Mark}
		for _, p := range []Palette{l.Palette, l.Cursor} {
			for _, s := range p.styles() {
				styles = append(styles, s)
			}
		}
		for _, s := range styles {
			for _, field := range strings.FieldsFunc(s.open, func(r rune) bool { return r == ';' || r == '[' || r == 'm' }) {
				isBlue := field == "34" && o.Name != "light" && o.Ground != LightGround
				if isBlue || field == "44" || field == "35" || field == "45" || field == "95" || field == "105" {
					t.Errorf("%q has SGR %s", s.open, field)
				}
			}
		}
	})
}
