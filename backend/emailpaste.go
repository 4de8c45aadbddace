package backend

import (
	"errors"
	"net/url"
	"strings"
)

// pastedEmail returns the address in what was typed or pasted as one: the link mailto:
// (RFC 6068) without what it says about the message, an address with the name of its
// owner before it and < and > around it (RFC 5322, 3.4), or one that ends a list. Signs of
// full width, as keyboards for Chinese and Japanese type them, become those of ASCII.
// Signs that cannot be seen go from both ends. The error is a sentence for the person.
func pastedEmail(s string) (string, error) {
	s = strings.TrimRight(trimUnseen(strings.Map(narrow, s)), ",;")
	name, address, hasName := strings.Cut(s, "<")
	if inside, isClosed := strings.CutSuffix(trimUnseen(address), ">"); hasName && isClosed && !strings.ContainsAny(inside, "<>") {
		s = trimUnseen(inside)
		if named := strings.Trim(trimUnseen(name), `"'`); strings.Contains(named, "@") && FoldEmail(named) != FoldEmail(s) {
			return s, errors.New("These are two addresses; leave out one of them.")
		}
	}
	const scheme = "mailto:"
	if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
		address, _, _ := strings.Cut(strings.TrimPrefix(s[len(scheme):], "//"), "?") // some write it as they write URLs
		if plain, err := url.PathUnescape(address); err == nil {
			address = plain
		}
		s = trimUnseen(address)
	}
	return unquoted(s), nil
}

// narrow maps the signs of full width to those of ASCII, and the other forms of @ and of
// the dot.
func narrow(r rune) rune {
	switch {
	case r >= '\uff01' && r <= '\uff5e':
		return r - 0xfee0 // where ! stands
	case r == '\ufe6b':
		return '@'
	case r == '\u3002' || r == '\uff61': // ideographic full stops, which UTS 46 takes for dots in domains
		return '.'
	}
	return r
}

// unquoted leaves out the quotes around a name that needs none: then both are the same
// mailbox (RFC 5321, 4.1.2).
func unquoted(s string) string {
	quoted, domain, hasAt := CutEmail(s)
	if !hasAt || len(quoted) < 3 || quoted[0] != '"' || quoted[len(quoted)-1] != '"' {
		return s
	}
	local := quoted[1 : len(quoted)-1]
	if strings.ContainsAny(local, "\"\\ \t\r\n()<>[]:;@,") {
		return s
	}
	return local + "@" + domain
}
