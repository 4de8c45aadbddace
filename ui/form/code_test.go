package form

import (
	"strings"
	"testing"

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
