// Package theme turns the meaning of a text (a label, a success, an error) into
// the colour sequences of the terminal.
//
// A Look is made once, with all its styles. Rendering a text then only joins
// strings, which keeps the time from a key to the screen short.
//
// Text has the foreground of its ground (SGR 39): no guess of what the ground is can
// make it unreadable. The ground is the terminal's own, except in the themes with a
// name, which paint one (paint.go). Every other colour has enough contrast on every
// ground on which it may stand; contrast_test.go measures it.
package theme

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Ground is what is known of the terminal's background.
type Ground int

// The grounds.
const (
	UnknownGround Ground = iota
	DarkGround
	LightGround
)

// Options say which look to make.
type Options struct {
	// Name is "auto", "dark", "light", "high-contrast" or "mono". Any other is auto.
	Name string
	// Ground is the terminal's background. Auto has colours for it; high contrast is
	// black on white on a light one.
	Ground Ground
	ASCII  bool // draw with ASCII characters only
	// Colours are a person's own, by their tokens, in place of those of any theme but mono.
	// Their contrast is left to the person.
	Colours map[string]string
	// IsPlain: the environment asks for no colours. Auto is mono then.
	IsPlain bool
	// Profile is how many colours the terminal has. With termenv.Ascii no sequence
	// is written at all, for tests.
	Profile termenv.Profile
}

// isMono reports whether the theme has no colours. A name that is no theme's is auto's.
func (o Options) isMono() bool {
	return o.Name == "mono" || o.IsPlain && !slices.Contains(Names[1:], o.Name)
}

// Names are the names of the themes, auto first.
var Names = []string{"auto", "dark", "light", "high-contrast", "mono"}

// Look is everything that a screen draws with: styles and glyphs.
type Look struct {
	Palette         // on the ground
	Cursor  Palette // on the row under the cursor
	Flash   Palette // on a row that was changed elsewhere just now
	Glyphs
	Danger, Primary, Button Style // buttons: focused dangerous, focused, not focused
	Frame                   Style // of the pane that is active
	ReadOnly                Style // in place of Frame and Border, where nothing can be changed
	Dim                     Style // of everything behind a dialog
	// Caret is the style of the cell under the text cursor, and Placeholder that of what
	// stands in an empty field, for fields.
	Caret, Placeholder lipgloss.Style
	ASCII              bool

	hasBrackets bool // faint text looks like other text, and stands in brackets
	paint       *strings.Replacer
	paper       string // the sequence of the painted ground, "" for the terminal's own
}

// Palette holds a style for each meaning.
type Palette struct {
	Text, Strong, Muted, Faint, Border, Focus, Brand, OK, Warn, Err, Info Style
	Mark                                                                  Style // of the sign at the start of the cursor row
	Hues                                                                  [4]Style
	Match                                                                 Style // of letters that were looked for
}

// The hues of the types of channels. Each type has a sign as well.
const (
	HueEmail = iota
	HueSMS
	HueWebhook
	HuePush
)

// Style is a pair of sequences around a text.
type Style struct{ open, close string }

// Render puts the style around one line of text.
func (s Style) Render(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.close
}

// New makes a look.
func New(o Options) Look {
	b := newBuilder(o)
	look := Look{Palette: b.palette(), Cursor: b.cursorPalette(), Flash: b.flashPalette(), Glyphs: unicodeGlyphs, ASCII: o.ASCII, hasBrackets: b.hasBrackets}
	if o.ASCII {
		look.Glyphs = asciiGlyphs
	}
	look.Button, look.Primary, look.Danger = look.Text, b.button(ink{}), b.button(b.err)
	look.Frame, look.Dim = b.style(b.in(b.frame)), b.style(b.in(b.dim).Faint(b.isMono))
	look.Caret, look.Placeholder = b.in(b.focus), b.in(b.faint)
	look.ReadOnly = b.style(b.base().Foreground(b.warn.colour))
	if b.isMono {
		look.Frame = look.Strong
	}
	if b.isMono || b.hasPaper(b.warn) { // frames have none
		look.ReadOnly = look.Strong
	}
	look.setPaper(b.style(b.base().Foreground(b.text).Background(b.paper)).open)
	return look
}

// Aside is a text that counts less than others: what cannot be done now, an example in
// an empty field. Where no colour says so, it stands in brackets.
func (l *Look) Aside(text string) string {
	if l.hasBrackets && text != "" {
		return "(" + text + ")"
	}
	return text
}

// Label is the style of a label in a colour, which CheckColour takes: reversed, so that it is
// seen without colours, too.
func Label(o Options, colour string) Style {
	b := newBuilder(o)
	label := b.base().Bold(true).Reverse(true)
	if own, isColour := ownColour(colour); isColour && !b.isMono {
		label = label.Foreground(own)
	}
	return b.style(label)
}

// hasPaper reports whether an ink has a background of its own.
func (b builder) hasPaper(k ink) bool {
	switch b.renderer.ColorProfile() {
	case termenv.TrueColor:
		return k.on.TrueColor != ""
	case termenv.ANSI256:
		return k.on.ANSI256 != ""
	default:
		return k.on.ANSI != ""
	}
}

// builder makes the styles of a scheme for a number of colours.
type builder struct {
	scheme
	renderer                        *lipgloss.Renderer
	isMono, isReversed, hasBrackets bool
	isBold                          bool // states are bold
}

func newBuilder(o Options) builder {
	b := builder{renderer: lipgloss.NewRenderer(io.Discard), isMono: o.isMono()}
	profile := o.Profile
	if b.isMono && profile != termenv.Ascii {
		// Lip Gloss writes bold and reverse in every profile but Ascii, and mono
		// needs them.
		profile = termenv.ANSI
	}
	b.renderer.SetColorProfile(profile)
	isHigh := o.Name == "high-contrast"
	switch {
	case b.isMono:
	case isHigh && o.Ground == LightGround:
		b.scheme = highLight
	case isHigh:
		b.scheme = highDark
	case o.Name == "dark":
		b.scheme = dark
	case o.Name == "light":
		b.scheme = light
	default:
		b.scheme = unpainted(o.Ground)
	}
	if !b.isMono {
		b.scheme = b.withOwn(o.Colours)
	}
	isUnknown := b.scheme.selected == nil
	b.isReversed = b.isMono || isUnknown || profile == termenv.ANSI
	b.hasBrackets, b.isBold = b.isMono || isHigh || profile == termenv.ANSI, isHigh
	return b
}

func (b builder) base() lipgloss.Style { return b.renderer.NewStyle() }

// in returns the style of an ink.
func (b builder) in(k ink) lipgloss.Style {
	s := b.base().Foreground(k.colour)
	if k.on != (lipgloss.CompleteColor{}) {
		s = s.Background(k.on)
	}
	return s
}

// style takes the sequences from a rendered letter, so that Lip Gloss converts
// colours to those of the terminal.
func (b builder) style(s lipgloss.Style) Style {
	before, behind, _ := strings.Cut(s.Render("x"), "x")
	return Style{before, behind}
}

// palette is the one on the ground.
func (b builder) palette() Palette {
	plain := func(k ink) Style { return b.style(b.in(k)) }
	bold := func(k ink) Style { return b.style(b.in(k).Bold(true)) }
	state := plain
	if b.isBold {
		state = bold
	}
	p := Palette{
		Text: Style{}, Strong: bold(ink{}), Muted: plain(b.muted), Faint: plain(b.faint), Border: plain(b.border),
		Focus: state(b.focus), Brand: bold(b.brand), OK: state(b.ok), Warn: state(b.warn), Err: state(b.err), Info: state(b.info),
	}
	for i, k := range b.hues {
		p.Hues[i] = plain(k)
	}
	if b.isMono || b.focus == (ink{}) {
		p.Focus = p.Strong
	}
	if b.isMono {
		p.Warn, p.Err = p.Strong, p.Strong
	}
	p.Mark, p.Match = p.Focus, b.style(b.in(b.brand).Bold(true).Underline(true))
	return p
}

// cursorPalette is the one on the row under the cursor. Reversed, the row has no colours:
// they would be those of the cells.
func (b builder) cursorPalette() Palette {
	base := b.base().Bold(true)
	if b.isReversed {
		row := b.style(base.Reverse(true))
		mark := b.style(base) // reversed, ▌ would look like ▐
		return Palette{row, row, row, row, row, row, row, row, row, row, row, mark, [4]Style{row, row, row, row}, b.style(base.Reverse(true).Underline(true))}
	}
	base = base.Background(b.selected)
	colour := func(k ink) Style { return b.style(base.Foreground(k.colour)) }
	text := b.style(base)
	p := Palette{
		Text: text, Strong: text, Muted: colour(b.muted), Faint: colour(b.muted), Border: colour(b.border), Focus: colour(b.focus),
		Brand: colour(b.brand), OK: colour(b.ok), Warn: colour(b.warn), Err: colour(b.err), Info: colour(b.info), Mark: colour(b.focus),
		Match: b.style(base.Foreground(b.brand.colour).Underline(true)),
	}
	for i, k := range b.hues {
		p.Hues[i] = colour(k)
	}
	return p
}

// flashPalette is one bold colour for the whole row, or reversed where there is none.
func (b builder) flashPalette() Palette {
	row := b.style(b.in(b.info).Bold(true).Reverse(b.isMono))
	return Palette{row, row, row, row, row, row, row, row, row, row, row, row, [4]Style{row, row, row, row}, row}
}

// button is the style of a button with the focus: reversed in every theme.
func (b builder) button(k ink) Style {
	if k.on != (lipgloss.CompleteColor{}) {
		k = ink{}
	}
	return b.style(b.in(k).Bold(true).Reverse(true))
}
