package backend

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldEmail returns the form in which two emails are compared, so that one mailbox
// has one: the name before the @ without regard to case and to compatibility forms
// (NFKC_Casefold of Unicode, as far as visible characters go), the domain as
// lower-case A-labels (UTS 46, non-transitional). It is for comparing only: CleanEmail
// returns what is kept, and ReadableEmail what people are shown. A text that is no email
// is folded as a whole.
func FoldEmail(email string) string {
	email = strings.Map(narrow, email)
	local, domain, hasAt := CutEmail(email)
	if !hasAt {
		return foldCase(email)
	}
	ascii, err := ASCIIDomain(domain)
	if err != nil {
		ascii = foldCase(domain)
		if again, err := ASCIIDomain(ascii); err == nil {
			ascii = again
		}
	}
	return foldCase(local) + "@" + strings.TrimRight(ascii, ".")
}

// CanonicalValue returns the form in which two values of channels of one type are
// compared: an email as FoldEmail, others as CleanValue. A value that CleanValue
// refuses is its own form.
func CanonicalValue(t ChannelType, value string) string {
	if t == TypeEmail {
		return canonicalEmail(value)
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

// canonicalEmail is FoldEmail of what CleanEmail makes of a value, as long as that is
// something else: folding a value that CleanEmail refuses may make one that it accepts.
func canonicalEmail(value string) string {
	for range 8 { // two, as far as is known
		clean, err := CleanEmail(value)
		if err != nil {
			clean = value
		}
		form := FoldEmail(clean)
		if form == value {
			return form
		}
		value = form
	}
	return value
}

// foldCase folds case and compatibility forms. Folding can make a text that changes
// when it is normalised, and the other way round, so both are done twice, after which
// nothing changes any more (Unicode 3.13, D146).
func foldCase(s string) string {
	if IsASCII(s) {
		return strings.ToLower(s)
	}
	for range 2 {
		s = strings.Map(narrow, norm.NFKC.String(cases.Fold().String(norm.NFKD.String(s))))
	}
	return s
}
