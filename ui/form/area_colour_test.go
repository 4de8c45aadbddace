package form

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/theme"
)

// What stands in an empty field is not taken for a text that was typed: it has another
// colour, or brackets where the theme has none.
func TestPlaceholdersDifferFromTypedText(t *testing.T) {
	for _, name := range []string{"auto", "dark", "light", "high-contrast", "mono"} {
		look := theme.New(theme.Options{Name: name, Profile: termenv.ANSI256})
		for _, isFocused := range []bool{false, true} {
			area, input := NewArea("say it"), NewInput("", "say it")
			area.Focus(isFocused)
			area.SetSize(30, 2)
			for field, drawn := range map[string]string{"area": area.View(look, 30, isFocused)[0], "input": input.View(look, 30, isFocused)[0]} {
				faint := strings.TrimSuffix(look.Faint.Render("ay it"), "\x1b[0m")
				if isMarked := strings.Contains(drawn, "ay it)"); !isMarked && (look.Faint == look.Text || !strings.Contains(drawn, faint) && !strings.Contains(drawn, strings.Replace(faint, "ay it", "say it", 1))) {
					t.Errorf("%s in %s, focused %v: %q", field, name, isFocused, drawn)
				}
			}
			area.Focus(true)
			for _, key := range []string{"a", "b"} {
				area.Update(drive.Key(key))
			}
			if drawn := area.View(look, 30, true)[0]; !strings.HasPrefix(drawn, "ab") {
				t.Errorf("typed text in %s: %q", name, drawn)
			}
		}
	}
}
