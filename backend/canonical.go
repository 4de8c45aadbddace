package backend

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldEmail returns the form in which two emails are compared, so that one mailbox
// has one: the name before the @ without regard to case and to compatibility forms
// (NFKC_Casefold of Unicode, as far as visible characters go), the domain as
// lower-case A-labels (UTS 46, non-transitional). It is for comparing only: people
// are shown what they typed. A text that is no email is folded as a whole.
func FoldEmail(email string) string {
	local, domain, hasAt := cutLast(email, '@')
	if !hasAt {
		return foldCase(email)
	}
	ascii, err := asciiDomain(domain)
	if err != nil {
		ascii = foldCase(domain)
	}
	return foldCase(local) + "@" + strings.TrimRight(ascii, ".")
}

// CanonicalValue returns the form in which two values of channels of one type are
// compared: an email as FoldEmail, others as CleanValue. A value that CleanValue
// refuses is its own form.
func CanonicalValue(t ChannelType, value string) string {
	if t == TypeEmail {
		return FoldEmail(value)
	}
	clean, err := CleanValue(t, value, true)
	switch {
	case err != nil:
		return value
	case t == TypeWebhook || t == TypePush:
		return canonicalURL(clean)
	}
	return clean
}

// foldCase folds case and compatibility forms. Folding can make a text that changes
// when it is normalised, and the other way round, so both are done twice, after which
// nothing changes any more (Unicode 3.13, D146).
func foldCase(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	for range 2 {
		s = norm.NFKC.String(cases.Fold().String(norm.NFKD.String(s)))
	}
	return s
}

// readableDomain returns a domain as people read it: mapped as UTS 46 says, with
// characters of all scripts where there were some, and else as it is, in lower case.
func readableDomain(domain string) (string, error) {
	ascii, err := asciiDomain(domain)
	if err != nil || isASCII(domain) {
		return ascii, err
	}
	return domains.ToUnicode(ascii)
}
