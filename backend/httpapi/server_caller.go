package httpapi

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// The headers in which proxies write for whom they ask.
const (
	HeaderForwardedFor = "X-Forwarded-For" // a list of addresses, by convention
	HeaderForwarded    = "Forwarded"       // RFC 7239
)

// Proxies are those before the server whose word on the address of a caller counts.
type Proxies struct {
	// Ranges are their addresses; IPv4 as such, and not as IPv6. Everything that others
	// send is ignored: anyone could write any address.
	Ranges []netip.Prefix
	// Header is the one that they write; "" for HeaderForwardedFor. The other is ignored,
	// since a proxy passes on what it does not write itself.
	Header string
}

func (p Proxies) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(p.Ranges, func(r netip.Prefix) bool { return r.Contains(address) })
}

// caller is the IP address for which a request is made: that of the other end of the
// connection or, where that is a trusted proxy, the last one in the header that is none.
// What stands before that was written by the caller. Where the header ends too soon, or
// has something else than an address, it is the last proxy that is known. The zero Addr is
// for a connection without an address, such as a socket in the file system.
func (p Proxies) caller(r *http.Request) netip.Addr {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr)
	known := plainAddress(peer.Addr())
	if !p.trusts(known) {
		return known
	}
	hops := r.Header.Values(HeaderForwardedFor)
	parse := parseHop
	if p.Header == HeaderForwarded {
		hops, parse = r.Header.Values(HeaderForwarded), parseForwarded
	}
	rest := strings.Join(hops, ",")
	for isMore := true; isMore; {
		var hop string
		cut := strings.LastIndexByte(rest, ',')
		hop, rest, isMore = rest[cut+1:], rest[:max(cut, 0)], cut >= 0
		address, isOne := parse(strings.Trim(hop, " \t"))
		if !isOne {
			return known
		}
		if known = address; !p.trusts(known) {
			return known
		}
	}
	return known
}

// plainAddress is an address without a zone, and IPv4 as such.
func plainAddress(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

// parseHop reads an address, with or without a port: 192.0.2.1, 192.0.2.1:8080, 2001:db8::1,
// [2001:db8::1] or [2001:db8::1]:8080.
func parseHop(text string) (netip.Addr, bool) {
	if whole, err := netip.ParseAddrPort(text); err == nil {
		return plainAddress(whole.Addr()), true
	}
	if inner, isOpen := strings.CutPrefix(text, "["); isOpen {
		var isClosed bool
		if text, isClosed = strings.CutSuffix(inner, "]"); !isClosed || !strings.Contains(text, ":") {
			return netip.Addr{}, false
		}
	}
	address, err := netip.ParseAddr(text)
	return plainAddress(address), err == nil
}

// parseForwarded reads the address in an element of Forwarded, such as
// for="[2001:db8::1]:8080";proto=https. An element that is not well-formed has none: it may be
// a part of a text in quotes that a caller chose.
func parseForwarded(element string) (address netip.Addr, isOne bool) {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, isPair := strings.Cut(pair, "=")
		if !isPair || !isToken(name) {
			return netip.Addr{}, false
		}
		if inner, isOpen := strings.CutPrefix(value, `"`); isOpen {
			var isClosed bool
			if value, isClosed = strings.CutSuffix(inner, `"`); !isClosed || strings.ContainsAny(value, `"\`) {
				return netip.Addr{}, false
			}
		} else if !isToken(value) {
			return netip.Addr{}, false
		}
		if !strings.EqualFold(name, "for") {
			continue
		}
		hop, isAddress := parseHop(value)
		if isOne || !isAddress {
			return netip.Addr{}, false
		}
		address, isOne = hop, true
	}
	return address, isOne
}

// isToken reports whether a text is a token of HTTP (RFC 9110, 5.6.2).
func isToken(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		isLetter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !isLetter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	})
}
