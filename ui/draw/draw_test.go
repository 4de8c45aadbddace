package draw

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/ui/cellwidth"
)

var texts = []string{
	"", "plain", "╭─ ▸ Channels ─╮", "\x1b[1;38;2;1;2;3mcolour\x1b[0m", "日本語", "e\u0301", "👩‍👩‍👧 family", "✓\ufe0f", "✓ yes · now …", "\x1b]0;title\x07x",
	"\x1b[2J", "▌ 1  @ email", "a\u0301✗", "✗\u0301", "🇩🇪", "\x1b[38:5:1mx", "\x1b", "\x1b[", "\xff",
}

func TestWidthCountsAsTheLibraryDoes(t *testing.T) {
	for _, s := range texts {
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestSpacingSignsTakeACell: as in wcwidth and in tmux; and they are not lost where a text is cut.
func TestSpacingSignsTakeACell(t *testing.T) {
	for s, want := range map[string]int{"กำ": 2, "สำราญ กำธร": 10, "ﾀﾞﾃﾞ ﾊﾟｯﾊﾟ": 10, "हिन्दी": 5, "क्ष": 2, "श्री": 3, "கோ": 2, "ກຳ": 2, "e\u0301": 1, "日本語": 6, "👩‍👩‍👧": 2} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
		if padded := Pad(s, want+3); padded != s+"   " {
			t.Errorf("%q is %q with three blanks", s, padded)
		}
		if wrapped := strings.Join(Wrap(s, max(2, want)), ""); strings.ReplaceAll(wrapped, " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Errorf("%q is %q when it is wrapped", s, wrapped)
		}
		for w := range want {
			if cut := Cut(s, w); Width(cut) > w || w > 0 && !strings.HasPrefix(s, strings.TrimSuffix(cut, "…")) {
				t.Errorf("%q in %d cells is %q", s, w, cut)
			}
		}
	}
}

func FuzzWidth(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Width(s), ansi.StringWidth(s); got != want && !strings.ContainsFunc(s, cellwidth.IsSpacing) {
			t.Fatalf("Width(%q) = %d, want %d", s, got, want)
		}
	})
}

func TestPaddingIsExact(t *testing.T) {
	for _, s := range texts {
		if strings.HasPrefix(s, "\x1b") && !strings.HasSuffix(s, "m") {
			continue // package safe has made incomplete sequences visible by then
		}
		for w := range 12 {
			for name, got := range map[string]string{"Pad": Pad(s, w), "Right": Right(s, w), "Ends": Ends(s, "end", w), "Middle": Pad(Middle(s, w), w)} {
				if n := Width(got); n != w {
					t.Errorf("%s(%q, %d) has %d cells: %q", name, s, w, n, got)
				}
			}
		}
	}
}

func TestABlockOverAnother(t *testing.T) {
	base := Fit([]string{"aaaaaaaa", "日本語日本", "cccccccc"}, 8, 3)
	for x := range 9 {
		for _, line := range Over(base, []string{"XX", "YY"}, x, 1) {
			if n := Width(line); n < 8 {
				t.Errorf("at %d a line has %d cells: %q", x, n, line)
			}
		}
	}
	if got := Over(base, []string{"XX"}, 2, 0)[0]; got != "aaXXaaaa" {
		t.Errorf("got %q", got)
	}
}
