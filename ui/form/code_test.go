package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/ui/theme"
)

// The digit at each column is the one that is drawn there.
func TestDigitsAreFoundWhereTheyAreDrawn(t *testing.T) {
	for _, w := range []int{0, borderedWidth} {
		c := &Code{}
		c.SetValue("123456")
		lines := c.View(theme.New(theme.Options{Name: "mono"}), w, false)
		row := ansi.Strip(lines[len(lines)/2])
		digits := 0
		for x, r := range []rune(row) {
			if i := strings.IndexRune("123456", r); i >= 0 {
				digits++
				if !c.Focus(x, w) || c.at != i {
					t.Errorf("digit %d at column %d of %q is found as %d", i, x, row, c.at)
				}
			}
			if r == ' ' && w == 0 && c.Focus(x, w) {
				t.Errorf("there is a digit in the gap at column %d of %q", x, row)
			}
		}
		if digits != 6 || c.Focus(-1, w) || c.Focus(len([]rune(row)), w) {
			t.Errorf("%d digits in %q, or some beside it", digits, row)
		}
	}
}

// Codes are pasted as they are copied.
func TestCodeTakesDigitsOfAllScripts(t *testing.T) {
	for text, want := range map[string]string{
		"087608": "087608", "087\u2013608": "087608", "\u202a087\u202f608\u202c": "087608", "０８７　６０８": "087608", "٠٨٧٦٠٨": "087608",
		"Code 087\u200b608, valid for 10 minutes": "087608", "Code ０８７−６０８ (10)": "087608", "1234567": "", "٠٨٧": "087",
	} {
		c := &Code{}
		c.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
		if c.Value() != want {
			t.Errorf("%q is %q, want %q", text, c.Value(), want)
		}
	}
}
