package channels

import (
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend"
)

// inferType is the type that a value looks like, also while it is being typed: a URL is
// a webhook, what has an @ is an email address, and what has only digits and the signs
// between them is a number for SMS. Everything else is an email address that is not
// complete. It depends on nothing but the value, so that the speed of typing makes no
// difference. A push address looks like a webhook, and has to be chosen.
func inferType(value string) backend.ChannelType {
	value = strings.ToLower(strings.TrimFunc(value, isSpacing))
	switch {
	case isURL(value):
		return backend.TypeWebhook
	case strings.Contains(value, "@"):
		return backend.TypeEmail
	case isNumber(value):
		return backend.TypeSMS
	case strings.Contains(value, "/"): // a URL without its scheme, which the form then asks for
		return backend.TypeWebhook
	}
	return backend.TypeEmail
}

// isURL reports whether a text in lower case begins with the scheme of a URL, or with the
// scheme's name and a colon.
func isURL(text string) bool {
	return strings.HasPrefix(text, "https:") || strings.HasPrefix(text, "http:")
}

// isNumber reports whether a text is the beginning of a phone number: digits of any
// script, with what is written between them.
func isNumber(text string) bool {
	if text == "" {
		return false
	}
	for _, r := range text {
		if !unicode.IsDigit(r) && !isSpacing(r) && !strings.ContainsRune("+-()[]./＋", r) && !unicode.Is(unicode.Pd, r) {
			return false
		}
	}
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsDigit(r) || r == '+' || r == '＋' })
}

// isSpacing reports whether a rune is a space or an invisible sign.
func isSpacing(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
