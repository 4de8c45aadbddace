package delivery

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// asciiDomain returns a domain as backend.ASCIIDomain, without the dot of the root; one that
// IDNA refuses stays as it is.
func asciiDomain(domain string) string {
	ascii, _ := backend.ASCIIDomain(domain)
	return strings.TrimRight(ascii, ".")
}

// asciiAddress returns an address whose domain has A-labels, so that every mail server
// takes it. needsUTF8 says that it has letters outside ASCII all the same, before the @:
// only servers with SMTPUTF8 take that (RFC 6531).
func asciiAddress(address string) (ascii string, needsUTF8 bool) {
	local, domain, hasAt := backend.CutEmail(address)
	if !hasAt {
		return address, !backend.IsASCII(address)
	}
	ascii = local + "@" + asciiDomain(domain)
	return ascii, !backend.IsASCII(ascii)
}
