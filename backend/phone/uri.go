package phone

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// schemes stand before a number that is copied from a link: those of RFC 3966 and RFC 5724,
// and what telephones and browsers use besides.
var schemes = []string{"tel", "sms", "smsto", "mms", "mmsto", "callto", "facetime", "facetime-audio"}

// CutScheme cuts tel:, sms:// or "Tel.: " off; false where a text begins with nothing of that
// kind.
func CutScheme(text string) (rest string, hasScheme bool) {
	text = strings.TrimLeftFunc(text, isBlank)
	end := strings.IndexFunc(text, func(r rune) bool { return r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r)) })
	if end < 0 {
		return text, false
	}
	for _, scheme := range schemes {
		if strings.EqualFold(text[:end], scheme) {
			rest = strings.TrimLeftFunc(text[end:], isBlank)
			bare := strings.TrimLeft(rest, ".:：")
			return strings.TrimPrefix(bare, "//"), len(bare) < len(rest)
		}
	}
	return text, false
}

// cutURI returns the number in a URI, as it is written there; a text that is no URI is
// returned as it is.
func cutURI(text string) (string, error) {
	text = strings.TrimFunc(text, func(r rune) bool { return isBlank(r) || r == ',' || r == ';' }) // as a list has them behind each
	bare := text
	if inside, isClosed := strings.CutSuffix(text, ">"); isClosed { // a URI may stand between < and > (RFC 3986, appendix C)
		bare = strings.TrimPrefix(inside, "<")
	}
	rest, hasScheme := CutScheme(bare)
	if !hasScheme {
		return text, nil
	}
	if decoded, err := url.PathUnescape(rest); err == nil {
		rest = decoded
	}
	rest, _, _ = strings.Cut(rest, "?") // the text of a message
	number, parameters, _ := strings.Cut(rest, ";")
	number, _, _ = strings.Cut(number, ":") // the text of a message in smsto:
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case name == "ext" && value != "":
			return "", errExtension("ext=" + value)
		case name == "phone-context" && strings.HasPrefix(value, "+"):
			number = value + " " + number
		case name == "phone-context":
			return "", errNoPlus
		case strings.ContainsFunc(name, func(r rune) bool { _, isDigit := Digit(r); return isDigit }) && value == "": // a pause, and digits to dial after it
			return "", errExtension(name)
		}
	}
	return number, nil
}

// extensions are the signs and words that stand before an extension, or before digits that
// are dialled after a pause.
var extensions = []string{"extension", "extn", "ext", "x", "#", ",", ";", "*", "доб", "anexo", "interno", "int", "durchwahl", "poste", "p", "w"}

// isExtension reports whether a text that follows a number is an extension.
func isExtension(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range extensions {
		if rest, hasWord := strings.CutPrefix(lower, word); hasWord {
			rest = strings.TrimLeftFunc(rest, func(r rune) bool { return IsBetween(r) && !IsPlus(r) || strings.ContainsRune(":#=,;", r) })
			end := strings.IndexFunc(rest, func(r rune) bool { _, isDigit := Digit(r); return !isDigit && !isBlank(r) && r != '#' })
			return rest != "" && end < 0
		}
	}
	return false
}

// mostQuoted is how much of an extension is repeated in a sentence, in bytes.
const mostQuoted = 24

func errExtension(text string) error {
	text = strings.TrimFunc(text, isBlank)
	if len(text) > mostQuoted || strings.ContainsFunc(text, func(r rune) bool { return isBlank(r) && r != ' ' || !unicode.IsGraphic(r) }) {
		return errors.New("An extension cannot be reached by SMS; leave it out.")
	}
	return fmt.Errorf("An extension cannot be reached by SMS; leave %q out.", text)
}
