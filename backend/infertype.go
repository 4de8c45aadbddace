package backend

import (
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend/phone"
)

// InferType is the type that a value looks like, also while it is being typed: a URL is
// a webhook, what has an @ is an email address, and what has only digits and the signs
// between them, or tel: or its like before digits, is a number for SMS. Everything else is an
// email address that is not complete. It depends on nothing but the value, so that the speed
// of typing makes no difference. A push address looks like a webhook, and has to be chosen.
func InferType(value string) ChannelType {
	value = strings.TrimPrefix(strings.ToLower(strings.TrimFunc(value, phone.IsFiller)), "<") // as it stands around what is pasted
	switch {
	case isURL(value):
		return TypeWebhook
	case IsEmailLike(value):
		return TypeEmail
	case isNumber(value), isNumberURI(value):
		return TypeSMS
	case strings.Contains(value, "/"): // a URL without its scheme, which the form then asks for
		return TypeWebhook
	}
	return TypeEmail
}

// isURL reports whether a text in lower case begins with the scheme of a URL, or with the
// scheme's name and a colon.
func isURL(text string) bool {
	return strings.HasPrefix(text, "https:") || strings.HasPrefix(text, "http:")
}

// isNumber reports whether a text is the beginning of a phone number: digits of any script,
// with what is written between them. Behind a number with a country code may come more, such
// as an extension, about which the form then has a sentence.
func isNumber(text string) bool {
	const fewest = 7 // digits of an international number
	digits := 0
	hasPlus := strings.ContainsFunc(text, phone.IsPlus)
	for _, r := range text {
		_, isDigit := phone.Digit(r)
		switch {
		case isDigit:
			digits++
		case hasPlus && digits >= fewest:
			return true
		case !phone.IsBetween(r):
			return false
		}
	}
	return digits > 0 || hasPlus
}

// isNumberURI reports whether a text is tel: or its like with the beginning of a number.
func isNumberURI(text string) bool {
	rest, hasScheme := phone.CutScheme(text)
	rest = strings.TrimLeftFunc(rest, phone.IsFiller)
	first, _ := utf8.DecodeRuneInString(rest)
	return hasScheme && (first == '%' || isNumber(string(first)) || isNumber(rest))
}
