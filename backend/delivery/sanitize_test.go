package delivery

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// FuzzSanitize: for every text, the result is one line of at most maxStatus visible
// characters, without the sensitive text.
func FuzzSanitize(f *testing.F) {
	for _, seed := range []string{"", "250 2.0.0 Ok: queued as 12345", "\x1b]52;c;aGk=\x07", "a\u202eb\u2066c", "<html><b>no</b>", "<script>", "4815\x0016", "48\u200b1516",
		"4815\u20281\u20286", strings.Repeat("é", 300), "\xff\xfe", "[redacted]481516", "<4815>481516", "48<b>1516"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const secret = "481516"
		got := sanitize(text, secret, "")
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxStatus || strings.Contains(got, secret) || got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("%q became %q", text, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || backend.IsBidiControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' ' {
				t.Errorf("%q became %q, with %U", text, got, r)
			}
		}
	})
}

// TestCodeIsRedactedWhenBroken has codes with other characters between their digits.
func TestCodeIsRedactedWhenBroken(t *testing.T) {
	for _, text := range []string{"spam: 09770=\r\n8 is your code", "0-9-7-7-0-8", "097 708", "<b>097</b>708", "0977&#8203;08 097708"} {
		if got := sanitize(text, "097708"); strings.Contains(strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, got), "097708") {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := sanitize("550 5.1.1 order 12 of 345678", "097708"); got != "550 5.1.1 order 12 of 345678" {
		t.Errorf("other numbers became %q", got)
	}
}
