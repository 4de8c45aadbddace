package theme

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

func look(name string, p termenv.Profile) Look { return New(Options{Name: name, Profile: p}) }

func TestEveryThemeInEveryNumberOfColours(t *testing.T) {
	for _, c := range []struct {
		name    string
		profile termenv.Profile
		want    string // the sequence before a success
	}{
		{"dark", termenv.TrueColor, "\x1b[38;2;123;216;143m"},
		{"light", termenv.TrueColor, "\x1b[38;2;22;105;52m"},
		{"dark", termenv.ANSI256, "\x1b[38;5;114m"},
		{"light", termenv.ANSI256, "\x1b[38;5;22m"},
		{"dark", termenv.ANSI, "\x1b[92m"},
		{"light", termenv.ANSI, "\x1b[32m"},
		{"high-contrast", termenv.ANSI256, "\x1b[38;5;114m"},
		{"mono", termenv.TrueColor, ""},
		{"dark", termenv.Ascii, ""},
	} {
		if got := look(c.name, c.profile).OK.Render("x"); !strings.HasPrefix(got, c.want+"x") {
			t.Errorf("%s at %v draws %q", c.name, c.profile, got)
		}
	}
}

func TestMonoUsesBoldAndReverse(t *testing.T) {
	l := look("mono", termenv.TrueColor)
	for name, s := range map[string]Style{"error": l.Err, "warning": l.Warn, "focus": l.Focus} {
		if got := s.Render("x"); got != "\x1b[1mx\x1b[0m" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := l.Cursor.Text.Render("x"); got != "\x1b[1;7mx\x1b[0m" {
		t.Errorf("the cursor row is %q", got)
	}
}

func TestNoStyleSetsABackground(t *testing.T) {
	for _, name := range []string{"dark", "light", "high-contrast", "mono"} {
		l := look(name, termenv.TrueColor)
		for _, s := range []Style{l.Text, l.Strong, l.Muted, l.Faint, l.Border, l.Focus, l.Brand, l.OK, l.Warn, l.Err, l.Info} {
			if strings.Contains(s.open, "48;") {
				t.Errorf("%s paints a background: %q", name, s.open)
			}
		}
	}
}

func TestHighContrastHasNoWeakText(t *testing.T) {
	l := look("high-contrast", termenv.TrueColor)
	if l.Muted != l.Text || l.Faint != l.Text {
		t.Error("labels and hints are weaker than text")
	}
	if light := New(Options{Name: "high-contrast", Light: true, Profile: termenv.TrueColor}); light.Text == l.Text {
		t.Error("on a light background it draws as on a dark one")
	}
}

func TestAnEmptyTextHasNoSequences(t *testing.T) {
	if got := look("dark", termenv.TrueColor).OK.Render(""); got != "" {
		t.Errorf("%q", got)
	}
}
