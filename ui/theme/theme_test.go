package theme

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

func look(name string, g Ground, p termenv.Profile) Look {
	return New(Options{Name: name, Ground: g, Profile: p})
}

func TestEveryThemeInEveryNumberOfColours(t *testing.T) {
	for _, c := range []struct {
		name    string
		ground  Ground
		profile termenv.Profile
		want    string // the sequence before a success
	}{
		{"auto", DarkGround, termenv.TrueColor, "\x1b[38;2;123;216;143m"},
		{"auto", LightGround, termenv.TrueColor, "\x1b[38;2;22;105;52m"},
		{"dark", UnknownGround, termenv.TrueColor, "\x1b[38;2;123;216;143m"},
		{"light", UnknownGround, termenv.TrueColor, "\x1b[38;2;22;105;52m"},
		{"dark", LightGround, termenv.ANSI256, "\x1b[38;5;114m"},
		{"light", DarkGround, termenv.ANSI256, "\x1b[38;5;22m"},
		{"auto", UnknownGround, termenv.ANSI256, "\x1b[38;5;29m"},
		{"auto", DarkGround, termenv.ANSI, "\x1b[92m"},
		{"auto", LightGround, termenv.ANSI, ""},
		{"high-contrast", UnknownGround, termenv.ANSI256, "\x1b[1;38;5;47m"},
		{"mono", UnknownGround, termenv.TrueColor, ""},
		{"dark", UnknownGround, termenv.Ascii, ""},
	} {
		if got := look(c.name, c.ground, c.profile).OK.Render("x"); !strings.HasPrefix(got, c.want+"x") {
			t.Errorf("%s on ground %d at %v draws %q", c.name, c.ground, c.profile, got)
		}
	}
}

func TestMonoUsesBoldAndReverse(t *testing.T) {
	l := look("mono", UnknownGround, termenv.TrueColor)
	for name, s := range map[string]Style{"error": l.Err, "warning": l.Warn, "focus": l.Focus, "frame": l.Frame} {
		if got := s.Render("x"); got != "\x1b[1mx\x1b[0m" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := l.Cursor.Text.Render("x"); got != "\x1b[1;7mx\x1b[0m" {
		t.Errorf("the cursor row is %q", got)
	}
}

// A theme without colours, and one that must not rely on them, says in brackets what is
// off.
func TestWhatIsOffStandsInBracketsWhereNoColourSaysSo(t *testing.T) {
	everyLook(t, func(t *testing.T, _ Options, l Look) {
		if inBrackets := l.Aside("t test") == "(t test)"; !inBrackets && l.Faint == l.Text || l.Aside("") != "" {
			t.Error("what is off looks like what is not")
		}
	})
}

func TestHighContrastHasItsOwnColoursAndAReversedRow(t *testing.T) {
	for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		for _, g := range []Ground{UnknownGround, DarkGround, LightGround} {
			l := look("high-contrast", g, p)
			if l.Muted != l.Text || l.Faint != l.Text {
				t.Error("labels and hints are weaker than text")
			}
			if !strings.Contains(l.Cursor.Text.open, "7m") || l.Cursor.Err != l.Cursor.Text {
				t.Errorf("the row is %q", l.Cursor.Text.open)
			}
			if other := look("auto", g, p); l.Err == other.Err && p != termenv.ANSI || l.Focus == other.Focus && p != termenv.ANSI {
				t.Errorf("it has the colours of auto: %q, %q", l.Err.open, l.Focus.open)
			}
		}
	}
	if look("high-contrast", LightGround, termenv.TrueColor).paper == look("high-contrast", DarkGround, termenv.TrueColor).paper {
		t.Error("on a light background it draws as on a dark one")
	}
}

// Every cell of a painted screen has the painted ground, also after the end of a style
// and at the start of a line.
func TestPaintedGroundHasNoGap(t *testing.T) {
	l := look("dark", LightGround, termenv.ANSI256)
	const paper = "\x1b[38;5;255;48;5;233m"
	want := paper + "a\x1b[38;5;114mb\x1b[0m" + paper + "c\x1b[0m\n" + paper + "d\x1b[0m"
	if got := l.Painted("a" + l.OK.Render("b") + "c\nd"); got != want {
		t.Errorf("%q", got)
	}
}

func TestFocusedButtonsAreReversed(t *testing.T) {
	everyLook(t, func(t *testing.T, _ Options, l Look) {
		for _, s := range []Style{l.Primary, l.Danger} {
			if !strings.HasPrefix(s.open, "\x1b[1;7") {
				t.Errorf("%q", s.open)
			}
		}
		if l.Button != l.Text {
			t.Errorf("a button without the focus is %q", l.Button.open)
		}
	})
}

func TestAnEmptyTextHasNoSequences(t *testing.T) {
	if got := look("dark", UnknownGround, termenv.TrueColor).OK.Render(""); got != "" {
		t.Errorf("%q", got)
	}
}
