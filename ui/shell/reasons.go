package shell

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
)

// OtherReason is the reason that has to be explained.
const OtherReason = "other"

// reasonWords are the reasons of the API in words. One without words of its own has those
// of its slug.
var reasonWords = map[string]string{
	"poor-features": "Missing features", "too-expensive": "Too expensive", "missing-integration": "Missing integration",
	"hard-to-use": "Hard to use", "unreliable": "Unreliable", "switched-service": "Found another service",
	"no-longer-needed": "No longer needed", "privacy": "Privacy", OtherReason: "Other",
}

// ReasonText is a reason of a deletion in words.
func ReasonText(slug string) string {
	if words, ok := reasonWords[slug]; ok {
		return words
	}
	return Capitalized(strings.ReplaceAll(slug, "-", " "))
}

// ReasonSlug is the reason "other" with its explanation as the API takes it: lower-case words
// with hyphens, at most backend.MaxReason bytes. Accents are dropped, and so are the words
// that do not fit or have none of a-z and 0-9.
func ReasonSlug(explanation string) string {
	slug := OtherReason
	isSeparator := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.ToLower(explanation)))
	for _, word := range strings.FieldsFunc(strings.ReplaceAll(plain, "'", ""), isSeparator) {
		if len(slug)+1+len(word) > backend.MaxReason {
			break
		}
		slug += "-" + word
	}
	return slug
}
