package backend

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend/phone"
)

// maxEmail is the longest address in bytes that SMTP can carry (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
const maxEmail = 254

// maxTyped bounds what is looked at: an address in which each character has four bytes,
// as a link with a name before it.
const maxTyped = 8 * maxEmail

var errLongEmail = fmt.Errorf("An email address has at most %d characters.", maxEmail)

// CleanEmail returns the form in which an address is kept, or says what is wrong with it:
// one plain mailbox of at most 254 bytes, the name before the @ as it was typed (in
// Unicode's normal form C), the domain of two labels or more as lower-case A-labels (UTS
// 46, non-transitional). It takes what is pasted, too: see pastedEmail. The error is a
// sentence for the person. ReadableEmail is what people are shown, and FoldEmail compares
// addresses.
func CleanEmail(s string) (string, error) {
	switch {
	case len(s) > maxTyped:
		return s, errLongEmail
	case !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError): // which stands for what was no text
		return s, errors.New("This is not all text: a part of it cannot be read. Type the address again.")
	}
	s, err := pastedEmail(s)
	if err != nil {
		return s, err
	}
	s = norm.NFC.String(s)
	local, domain, hasAt := CutEmail(s)
	switch {
	case s == "":
		return s, errors.New("Type an email address, such as name@example.org.")
	case !hasAt || local == "":
		return s, errors.New("An email address has a name before the @, such as name@example.org.")
	case strings.ContainsAny(s, " \t\r\n,;<>\"()"):
		return s, errors.New("Type one plain address, without spaces, commas, quotes or brackets.")
	case strings.ContainsRune(local, '@'):
		return s, fmt.Errorf("An email address has one @; this has %d.", strings.Count(s, "@"))
	}
	if quote, hasQuote := quoteIn(local); hasQuote {
		return s, fmt.Errorf("The name before the @ cannot have the quotation mark %c in it; leave it out, or type ' instead.", quote)
	}
	if unseen, hasUnseen := unseenIn(local + joiners.Replace(domain)); hasUnseen {
		return s, fmt.Errorf("This does not look like an email address, such as name@example.org: remove the invisible character U+%04X.", unseen)
	}
	ascii, err := cleanDomain(domain)
	if err != nil {
		return s, err
	}
	clean := local + "@" + ascii
	if len(clean) > maxEmail {
		return s, errLongEmail
	}
	if parsed, err := mail.ParseAddress(clean); err != nil || parsed.Address != clean {
		return s, errors.New("This does not look like an email address, such as name@example.org.")
	}
	return clean, nil
}

// quoteIn returns the first quotation mark of a text that is none of ASCII: such come along
// from texts, and programs write them for the ' that is typed.
func quoteIn(s string) (rune, bool) {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Quotation_Mark, r) {
			return r, true
		}
	}
	return 0, false
}

// joiners are invisible, and have a place in the words of some scripts. IDNA knows where.
var joiners = strings.NewReplacer("\u200c", "", "\u200d", "")

// domainError says what is wrong with the part after the @; "" where that is all.
func domainError(why string) error {
	const sentence = "The part after the @ is not a domain, such as example.org"
	if why != "" {
		return errors.New(sentence + ": " + why + ".")
	}
	return errors.New(sentence + ".")
}

// cleanDomain returns the domain of an address as lower-case A-labels.
func cleanDomain(domain string) (string, error) {
	ascii, err := ASCIIDomain(domain)
	labels := strings.Split(ascii, ".")
	switch last := len(labels) - 1; {
	case err != nil:
		return "", domainError("")
	case strings.ContainsAny(domain, "[]:"):
		return "", domainError("it is an IP address")
	case labels[last] == "" && last > 0 && domain != ".":
		return "", domainError("leave out the dot at its end")
	case last == 0:
		return "", errors.New("The part after the @ needs a dot, such as example.org.")
	case endsInNumber(ascii):
		return "", domainError("it ends in a number")
	}
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return "", domainError("")
		}
	}
	if err := checkLengths(ascii); err != nil {
		return "", domainError(err.Error())
	}
	return ascii, checkLetters(ascii)
}

// checkLetters refuses a domain with signs that people do not write in names: UTS 46
// takes quotes and currencies, for example, which come along from texts.
func checkLetters(ascii string) error {
	readable, err := domains.ToUnicode(ascii)
	if err != nil && strings.Contains(ascii, "xn--") {
		return domainError("")
	}
	for _, r := range readable {
		if !strings.ContainsRune("-.\u00b7\u0375\u05f3\u05f4\u200c\u200d\u30fb", r) && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.So) {
			return fmt.Errorf("A domain cannot have %s in it.", phone.Name(r))
		}
	}
	return nil
}

// CutEmail divides an address at its last @. hasAt is false for a text without one, which is
// local then.
func CutEmail(email string) (local, domain string, hasAt bool) {
	if i := strings.LastIndexByte(email, '@'); i >= 0 {
		return email[:i], email[i+1:], true
	}
	return email, "", false
}

// IsEmailLike reports whether a text is meant as an address, also while it is being typed:
// it has an @, in any of the forms that CleanEmail takes. No id has one.
func IsEmailLike(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return narrow(r) == '@' })
}
