package theme

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

func TestColoursOfAPersonsOwn(t *testing.T) {
	for text, want := range map[string][3]string{ // in 16 million, 256 and 16 colours
		"#ff0000":     {"\x1b[38;2;255;0;0m", "\x1b[38;5;196m", "\x1b[91m"},
		"#FF0000":     {"\x1b[38;2;255;0;0m", "\x1b[38;5;196m", "\x1b[91m"},
		"196":         {"\x1b[38;5;196m", "\x1b[38;5;196m", "\x1b[91m"},
		"red":         {"\x1b[31m", "\x1b[31m", "\x1b[31m"},
		"Bright-Blue": {"\x1b[94m", "\x1b[94m", "\x1b[94m"},
		"default":     {"", "", ""},
	} {
		if err := CheckColour(text); err != nil {
			t.Error(err)
		}
		for i, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
			l := New(Options{Name: "dark", Colours: map[string]string{"ok": text}, Profile: profile})
			if l.OK.open != want[i] {
				t.Errorf("%s at %v is %q", text, profile, l.OK.open)
			}
		}
	}
	for _, wrong := range []string{"", "#ff00", "#gg0000", "#ff00000", "256", "-1", "+1", "1.5", "crimson", "\x1b[31m", "#+ff000", strings.Repeat("9", 1000)} {
		if err := CheckColour(wrong); err == nil || !strings.Contains(err.Error(), "write a colour as") {
			t.Errorf("%q is taken: %v", wrong, err)
		}
		New(Options{Name: "dark", Colours: map[string]string{"ok": wrong}, Profile: termenv.TrueColor})
	}
}

// TestEveryTokenChangesSomething, and none in a theme without colours.
func TestEveryTokenChangesSomething(t *testing.T) {
	everyLook(t, func(t *testing.T, o Options, usual Look) {
		if o.Profile != termenv.TrueColor { // with fewer the nearest one may be the usual one
			return
		}
		for _, token := range Tokens {
			own := o
			own.Colours = map[string]string{token: "#123456"}
			l := New(own)
			isSame := l.Palette == usual.Palette && l.Cursor == usual.Cursor && l.Frame == usual.Frame && l.Dim == usual.Dim && l.paper == usual.paper
			if canChange := o.Name != "mono"; isSame == canChange {
				t.Errorf("%s changes nothing: %v", token, isSame)
			}
		}
		own := o
		own.Colours = map[string]string{"colour": "red"}
		if l := New(own); l.Palette != usual.Palette {
			t.Error("a token that there is not changes something")
		}
	})
}

// TestNoColoursWhereTheEnvironmentAsksForNone, unless a theme is named.
func TestNoColoursWhereTheEnvironmentAsksForNone(t *testing.T) {
	for name, isMono := range map[string]bool{"": true, "auto": true, "mono": true, "dark": false, "high-contrast": false} {
		if got := (Options{Name: name, IsPlain: true}).isMono(); got != isMono {
			t.Errorf("%q: %v", name, got)
		}
	}
}
