package safe_test

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/safe"
)

// token is one of the form that "pinghome token create" prints.
const token = "ph_abcdefghijklmnop_qrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567abcdabcdefg"

func TestTokensAreFoundInTexts(t *testing.T) {
	for text, want := range map[string]string{
		token:                                 "ph_…",
		strings.ToUpper(token):                "ph_…",
		"Bearer " + token + ".":               "Bearer ph_….",
		"office" + token:                      "officeph_…", // pasted behind what was there
		token[:25]:                            "ph_…",       // typed so far
		token + "\n" + token:                  "ph_…\nph_…",
		"https://" + token + ".example":       "https://ph_….example",
		"":                                    "",
		"ph_":                                 "ph_", // nothing of it is secret yet
		"ph_x@example.org":                    "ph_x@example.org",
		"a graph_representation of it":        "a graph_representation of it",
		"ph_john-alexander-smith@example.org": "ph_john-alexander-smith@example.org",
		"https://hooks.example.com/t/8f21c0":  "https://hooks.example.com/t/8f21c0",
	} {
		if got := safe.WithoutTokens(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if got := safe.HasToken(text); got != (text != want) {
			t.Errorf("a token in %q: %v", text, got)
		}
	}
}
