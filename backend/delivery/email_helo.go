package delivery

import (
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// hostName matches a full name of a host in ASCII (RFC 5321, 4.1.2, Domain).
var hostName = regexp.MustCompile(`^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?(\.[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?)+$`)

// cleanHELO returns the value of email.helo as it is sent, "" for none: a full name, with
// A-labels, or an address in brackets. ok is false for anything else.
func cleanHELO(helo string) (clean string, ok bool) {
	if helo == "" {
		return "", true
	}
	if inner, isLiteral := strings.CutPrefix(helo, "["); isLiteral {
		inner, isClosed := strings.CutSuffix(inner, "]")
		inner = strings.TrimPrefix(inner, "IPv6:")
		addr, err := netip.ParseAddr(inner)
		return addressLiteral(addr), isClosed && err == nil
	}
	name := asciiDomain(strings.TrimSuffix(helo, "."))
	return name, isFullName(name)
}

// isFullName reports whether a name has the form of a host's in the DNS, and is not what a
// computer calls itself without a network.
func isFullName(name string) bool {
	top := name[strings.LastIndexByte(name, '.')+1:]
	return hostName.MatchString(name) && strings.Trim(top, "0123456789") != "" && !strings.HasPrefix(name, "localhost.")
}

// privateDomains are those of names that only their own network knows: of multicast DNS
// (RFC 6762, 3 and appendix G), of home networks (RFC 8375), the one that ICANN keeps for
// private use (resolution 2024.07.29.06), and what systems write after a name without one.
var privateDomains = []string{"local", "lan", "internal", "home.arpa", "localdomain", "localhost"}

// isPublicName reports whether a name of a machine, which people did not choose for EHLO, is
// one that mail servers elsewhere can look up.
func isPublicName(name string) bool {
	isPrivate := slices.ContainsFunc(privateDomains, func(domain string) bool { return strings.HasSuffix(strings.ToLower(name), "."+domain) })
	return isFullName(name) && !isPrivate
}

// heloName is the name that this machine gives in EHLO (RFC 5321, 4.1.1.1): the one of the
// configuration, or its own if that is public, or else the address of the connection
// (4.1.4).
func (e email) heloName(conn net.Conn) string {
	if e.helo != "" {
		return e.helo
	}
	if name, err := e.hostname(); err == nil && isPublicName(strings.TrimSuffix(name, ".")) {
		return strings.TrimSuffix(name, ".")
	}
	if local, err := netip.ParseAddrPort(conn.LocalAddr().String()); err == nil {
		return addressLiteral(local.Addr())
	}
	return "[127.0.0.1]" // no connection over IP, as in tests
}

// addressLiteral is an address as EHLO takes it (RFC 5321, 4.1.3).
func addressLiteral(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		return "[IPv6:" + a.String() + "]"
	}
	return "[" + a.String() + "]"
}
