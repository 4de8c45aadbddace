package delivery

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend"
)

// maxStatus is how many characters of a provider's text are kept. Usually it is one
// or two sentences.
const maxStatus = 200

// htmlTags match what is left out of a text that is a web page.
var htmlTags = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<[^>]*>`)

// sanitize makes untrusted text safe to store and to show: one line of at most
// maxStatus characters, without control characters, invisible characters and
// bidirectional overrides. Each of the sensitive texts in it is replaced by
// backend.Redacted. That is done before and after removing characters, because
// removing them can join the parts of one.
func sanitize(text string, sensitive ...string) string {
	text = strings.ToValidUTF8(text, " ")
	if strings.HasPrefix(strings.TrimSpace(text), "<") {
		text = htmlTags.ReplaceAllString(text, " ")
	}
	text = redact(text, sensitive)
	text = strings.Join(strings.Fields(strings.Map(printable, text)), " ")
	return truncate(redact(text, sensitive), maxStatus)
}

// redact replaces the sensitive texts, those of digits also when they are broken.
func redact(text string, sensitive []string) string {
	for _, s := range sensitive {
		switch {
		case s == "":
		case strings.Trim(s, "0123456789") == "":
			text = spacedDigits(s).ReplaceAllString(text, backend.Redacted)
		default:
			text = strings.ReplaceAll(text, s, backend.Redacted)
		}
	}
	return text
}

// spacedDigits matches the digits of a code also with other characters between them,
// such as the line break of an email's encoding that a server quotes.
func spacedDigits(code string) *regexp.Regexp {
	return regexp.MustCompile(strings.Join(strings.Split(code, ""), `[^0-9]{0,4}?`))
}

// printable is r if it is visible, a space if it is white space, and otherwise -1,
// with which strings.Map drops it.
func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsGraphic(r):
		return r
	default: // control and format characters, among them bidirectional overrides
		return -1
	}
}

// truncate shortens a text to most characters, with … at its end.
func truncate(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
