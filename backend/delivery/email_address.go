package delivery

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// cutLast cuts a text at the last separator.
func cutLast(s string, sep byte) (before, after string, found bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// asciiDomain returns a domain with A-labels, in lower case, as it is compared with others;
// one that IDNA refuses stays as it is.
func asciiDomain(domain string) string {
	_, ascii, _ := cutLast(backend.FoldEmail("x@"+domain), '@')
	return ascii
}

// asciiAddress returns an address whose domain has A-labels, so that every mail server
// takes it. needsUTF8 says that it has letters outside ASCII all the same, before the @:
// only servers with SMTPUTF8 take that (RFC 6531).
func asciiAddress(address string) (ascii string, needsUTF8 bool) {
	local, domain, hasAt := cutLast(address, '@')
	if !hasAt {
		return address, !isASCII(address)
	}
	ascii = local + "@" + asciiDomain(domain)
	return ascii, !isASCII(ascii)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
