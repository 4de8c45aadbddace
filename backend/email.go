package backend

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
)

// maxEmail is the longest address in bytes that SMTP can carry (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
const maxEmail = 254

// CleanEmail trims an address and puts its domain into lower case, as it was typed
// but for compatibility forms such as full-width forms, or says what is wrong with
// it: one plain mailbox of at most 254 bytes, with a domain of two labels or more. The
// error is a sentence for the person. FoldEmail compares addresses.
func CleanEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	local, domain, hasAt := cutLast(s, '@')
	switch {
	case s == "":
		return s, errors.New("Type an email address, such as name@example.org.")
	case !hasAt || local == "":
		return s, errors.New("An email address has a name before the @, such as name@example.org.")
	case len(s) > maxEmail:
		return s, errLongEmail
	case strings.ContainsAny(s, " \t\r\n,;<>\"()"):
		return s, errors.New("Type one plain address, without spaces, commas, quotes or brackets.")
	case strings.ContainsRune(local, '@'):
		return s, fmt.Errorf("An email address has one @; this has %d.", strings.Count(s, "@"))
	}
	if _, hasUnseen := unseenIn(s); hasUnseen {
		return s, errNoEmail
	}
	domain, err := cleanDomain(domain)
	if err != nil {
		return s, err
	}
	s = local + "@" + domain
	if len(s) > maxEmail || len(FoldEmail(s)) > maxEmail {
		return s, errLongEmail
	}
	if parsed, err := mail.ParseAddress(s); err != nil || parsed.Address != s {
		return s, errNoEmail
	}
	return s, nil
}

var (
	errLongEmail = fmt.Errorf("An email address has at most %d characters.", maxEmail)
	errNoEmail   = errors.New("This does not look like an email address, such as name@example.org.")
	errNoDomain  = errors.New("The part after the @ is not a domain, such as example.org.")
)

// cleanDomain returns the readable form of a domain.
func cleanDomain(domain string) (string, error) {
	readable, err := readableDomain(domain)
	if err != nil {
		return domain, errNoDomain
	}
	labels := strings.Split(readable, ".")
	if readable == "" || len(labels) < 2 {
		return domain, errors.New("The part after the @ needs a dot, such as example.org.")
	}
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return domain, errNoDomain
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return domain, fmt.Errorf("A domain cannot have %q in it.", r)
			}
		}
	}
	ascii, err := asciiDomain(readable)
	if err != nil || len(ascii) > maxDomain || strings.Trim(labels[len(labels)-1], "0123456789") == "" { // the end of an IP address
		return domain, errNoDomain
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if len(label) > maxLabel {
			return domain, errNoDomain
		}
	}
	return readable, nil
}

// cutLast is strings.Cut at the last sep.
func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
