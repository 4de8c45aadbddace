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

// CleanEmail trims an address and puts its domain into lower case, or says what is
// wrong with it: one plain mailbox of at most 254 bytes, with a domain of two
// labels or more. The error is a sentence for the person.
func CleanEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	local, domain, hasAt := cutLast(s, '@')
	switch {
	case s == "":
		return s, errors.New("Type an email address, such as name@example.org.")
	case !hasAt || local == "":
		return s, errors.New("An email address has a name before the @, such as name@example.org.")
	case len(s) > maxEmail:
		return s, fmt.Errorf("An email address has at most %d characters.", maxEmail)
	case strings.ContainsAny(s, " \t\r\n,;<>\"()"):
		return s, errors.New("Type one plain address, without spaces, commas, quotes or brackets.")
	}
	if err := checkDomain(domain); err != nil {
		return s, err
	}
	s = local + "@" + strings.ToLower(domain)
	if parsed, err := mail.ParseAddress(s); err != nil || parsed.Address != s || hasInvisible(s) {
		return s, errors.New("This does not look like an email address, such as name@example.org.")
	}
	return s, nil
}

func checkDomain(domain string) error {
	labels := strings.Split(domain, ".")
	if domain == "" || len(labels) < 2 {
		return errors.New("The part after the @ needs a dot, such as example.org.")
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return errors.New("The part after the @ is not a domain, such as example.org.")
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return fmt.Errorf("A domain cannot have %q in it.", r)
			}
		}
	}
	return nil
}

// FoldEmail returns the form in which two emails are compared: without regard to
// case.
func FoldEmail(email string) string { return strings.ToLower(email) }

// cutLast is strings.Cut at the last sep.
func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}
