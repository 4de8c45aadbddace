package delivery

import (
	"net"
	"net/netip"
	"regexp"
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

// isFullName reports whether a name is one of a host in the DNS: what a computer calls itself
// without a network, and what only its own network knows, is none.
func isFullName(name string) bool {
	_, top, _ := cutLast(name, '.')
	return hostName.MatchString(name) && strings.Trim(top, "0123456789") != "" &&
		!strings.HasPrefix(name, "localhost.") && !strings.EqualFold(top, "localdomain")
}

// heloName is the name that this machine gives in EHLO (RFC 5321, 4.1.1.1): the one of the
// configuration, or its own if that is a full one, or else the address of the connection
// (4.1.4).
func (e email) heloName(conn net.Conn) string {
	if e.helo != "" {
		return e.helo
	}
	if name, err := e.hostname(); err == nil && isFullName(strings.TrimSuffix(name, ".")) {
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
