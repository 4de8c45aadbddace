// Package theme turns the meaning of a text (a label, a success, an error) into
// the colour sequences of the terminal.
//
// A Look is made once, with all its styles. Rendering a text then only joins
// strings, which keeps the time from a key to the screen short. The background is
// always the terminal's own.
package theme

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Options say which look to make.
type Options struct {
	// Name is "dark", "light", "high-contrast" or "mono". High contrast has dark
	// or light colours, as Light says.
	Name  string
	Light bool // the terminal's background is light; for high-contrast
	ASCII bool // draw with ASCII characters only
	// Profile is how many colours the terminal has. With termenv.Ascii no sequence
	// is written at all, for tests.
	Profile termenv.Profile
}

// Look is everything that a screen draws with: styles and glyphs.
type Look struct {
	Palette         // on the terminal's own background
	Cursor  Palette // on the row under the cursor
	Glyphs
	Danger, Primary, Button Style // buttons: focused dangerous, focused, not focused
	// Caret is the style of the cell under the text cursor, for fields.
	Caret lipgloss.Style
	ASCII bool
}

// Palette holds a style for each meaning.
type Palette struct {
	Text, Strong, Muted, Faint, Border, Focus, Brand, OK, Warn, Err, Info Style
	Mark                                                                  Style // of the sign at the start of the cursor row
}

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
	r := lipgloss.NewRenderer(io.Discard)
	profile := o.Profile
	if o.Name == "mono" && profile != termenv.Ascii {
		// Lip Gloss writes bold and reverse in every profile but Ascii, and mono
		// needs them.
		profile = termenv.ANSI
	}
	r.SetColorProfile(profile)
	b := builder{renderer: r, tokens: darkTokens, mono: o.Name == "mono"}
	if o.Name == "light" || o.Name == "high-contrast" && o.Light {
		b.tokens, b.light = lightTokens, true
	}
	if o.Name == "high-contrast" {
		b.tokens.muted, b.tokens.faint, b.tokens.border = b.tokens.text, b.tokens.text, b.tokens.muted
	}
	look := Look{Palette: b.palette(false), Cursor: b.palette(true), Glyphs: unicodeGlyphs, ASCII: o.ASCII}
	look.Caret = r.NewStyle().Foreground(b.tokens.focus)
	if b.mono {
		look.Caret = r.NewStyle()
	}
	look.Danger, look.Primary, look.Button = b.button(b.tokens.danger), b.button(b.tokens.primary), look.Text
	if o.ASCII {
		look.Glyphs = asciiGlyphs
	}
	return look
}

type builder struct {
	renderer    *lipgloss.Renderer
	tokens      tokens
	mono, light bool
}

// style takes the sequences from a rendered letter, so that Lip Gloss converts
// colours to those of the terminal.
func (b builder) style(s lipgloss.Style) Style {
	before, behind, _ := strings.Cut(s.Render("x"), "x")
	return Style{before, behind}
}

func (b builder) palette(cursor bool) Palette {
	base := b.renderer.NewStyle()
	if cursor {
		base = base.Bold(true)
		if b.mono || b.renderer.ColorProfile() == termenv.ANSI {
			base = base.Reverse(true)
		} else {
			base = base.Background(b.tokens.selected)
		}
	}
	colour := func(c lipgloss.CompleteColor) Style {
		if b.mono || cursor && b.renderer.ColorProfile() == termenv.ANSI {
			return b.style(base)
		}
		return b.style(base.Foreground(c))
	}
	strong := func(c lipgloss.CompleteColor) Style {
		if b.mono {
			return b.style(base.Bold(true))
		}
		return b.style(base.Bold(true).Foreground(c))
	}
	k := b.tokens
	p := Palette{
		Text: colour(k.text), Strong: strong(k.text), Muted: colour(k.muted), Faint: colour(k.faint), Border: colour(k.border),
		Focus: colour(k.focus), Brand: strong(k.brand), OK: colour(k.ok), Warn: colour(k.warn), Err: colour(k.err), Info: colour(k.info),
	}
	p.Mark = p.Focus
	if cursor {
		if b.mono || b.renderer.ColorProfile() == termenv.ANSI {
			p.Mark = b.style(b.renderer.NewStyle().Bold(true)) // reversed, ▌ would look like ▐
		}
		p.Faint = p.Muted // faint text on the cursor row has a contrast below 4.5
	}
	if b.mono {
		p.Focus, p.Warn, p.Err = strong(k.focus), strong(k.warn), strong(k.err)
		if !cursor {
			p.Faint = b.style(base.Faint(true))
		}
	}
	return p
}

func (b builder) button(c buttonColour) Style {
	s := b.renderer.NewStyle().Bold(true)
	if b.mono || b.renderer.ColorProfile() == termenv.ANSI {
		s = s.Reverse(true)
		if !b.mono {
			s = s.Foreground(c.back)
		}
		return b.style(s)
	}
	return b.style(s.Foreground(c.text).Background(c.back))
}
