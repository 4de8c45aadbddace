package cli

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/draw"
)

// TestColumnsAreAsWideAsTheirTextsAreShown: a letter may take two cells or none.
func TestColumnsAreAsWideAsTheirTextsAreShown(t *testing.T) {
	var out strings.Builder
	rows := [][]string{{"NAME", "PLAN"}, {"山田太郎", "team"}, {"👩‍🚀 Zoë", "team"}, {"Ada Byron", "team"}}
	if err := writeTable(&out, rows); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(out.String(), "\n"), "\n") {
		name, _, found := strings.Cut(strings.ToLower(line), "team")
		if !found {
			name, _, _ = strings.Cut(line, "PLAN")
		}
		if w := draw.Width(name); w != len("Ada Byron")+2 {
			t.Errorf("the second column begins at %d in %q", w, line)
		}
	}
}
