package delivery

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend"
)

// maxWords is how many characters of a provider's words are kept: a sentence
// or two, which is what they are, and what one has room for.
const maxWords = 200

// tags are what is left out of an answer that is a web page.
var tags = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<[^>]*>`)

// words makes foreign text safe to keep and to show: one line, no control or
// invisible characters, nothing that turns the direction of writing, at most
// maxWords characters. The secrets, and the code that a careless receiver
// sends back, are struck out; before the cleaning and after it, because it can
// bring the halves of one together.
func words(text string, secrets ...string) string {
	text = strings.ToValidUTF8(text, " ")
	if strings.HasPrefix(strings.TrimSpace(text), "<") {
		text = tags.ReplaceAllString(text, " ")
	}
	text = strike(text, secrets)
	text = strings.Join(strings.Fields(strings.Map(visible, text)), " ")
	return shortened(strike(text, secrets), maxWords)
}

func strike(text string, secrets []string) string {
	for _, s := range secrets {
		switch {
		case s == "":
		case strings.Trim(s, "0123456789") == "":
			text = scattered(s).ReplaceAllString(text, backend.Redacted)
		default:
			text = strings.ReplaceAll(text, s, backend.Redacted)
		}
	}
	return text
}

// scattered finds the digits of a code also where something stands between
// them, such as the line break of a mail's encoding that a server quotes.
func scattered(code string) *regexp.Regexp {
	return regexp.MustCompile(strings.Join(strings.Split(code, ""), `[^0-9]{0,4}?`))
}

// visible is r where it can be seen, a space where it divides words, and -1,
// which drops it, otherwise.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsGraphic(r):
		return r
	default: // controls, and the format characters with the bidi overrides
		return -1
	}
}

func shortened(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
