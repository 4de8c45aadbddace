package delivery

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Check says what is wrong with an address that a customer gives, without
// looking anything up: it is for the moment of saving. What a name leads to is
// seen when a message goes there. The error is a sentence for the person.
func (g *Guard) Check(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return errors.New("Type a whole web address, such as https://hooks.example.com/alerts.")
	}
	if u.User != nil {
		return errors.New("Leave out the user name and password before the @.")
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && g.reach.AllowHTTP) {
		return errors.New("The address must start with https://.")
	}
	host, err := hostOf(u)
	if err != nil {
		return err
	}
	isOpen, err := g.checkHost(host)
	if err != nil {
		return err
	}
	if u.Scheme == "http" && !isOpen {
		return errors.New("The address must start with https://: plain http goes only to addresses that the operator has allowed.")
	}
	return checkPort(u.Port(), isOpen)
}

// hostOf is the host as it will be looked up: in lower case, in ASCII, without
// the dot at its end.
func hostOf(u *url.URL) (string, error) {
	host := strings.TrimSuffix(u.Hostname(), ".")
	if strings.Contains(host, ":") {
		return host, nil // IPv6, which needs no more than being parsed
	}
	host = strings.ToLower(host)
	if !hostname.MatchString(host) { // so it is in another alphabet, if it is one at all
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil || !hostname.MatchString(ascii) {
			return "", errors.New("The name between // and the next / is not one of a server, such as hooks.example.com.")
		}
		host = ascii
	}
	return host, nil
}

// hostname is what can be looked up; some real names have an underscore.
var hostname = regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9_-]+)*$`)

// checkHost says whether a host is one that the operator may have opened, and
// what is wrong with it otherwise.
func (g *Guard) checkHost(host string) (isOpen bool, err error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.checkAddr(addr)
	}
	switch {
	case strings.Contains(host, ":") || endsInNumber(host):
		return false, errors.New("Write the address of the server as a name, such as hooks.example.com, or as four plain decimal numbers.")
	case len(g.reach.Allow) > 0 && !isLocalhost(host):
		return true, nil // its name may lead to one of them
	case isLocalhost(host):
		if g.isAllowed(netip.AddrFrom4([4]byte{127, 0, 0, 1})) || g.isAllowed(netip.IPv6Loopback()) {
			return true, nil
		}
		return false, errNotPublic
	case isInnerName(host):
		return false, errNotPublic
	}
	return false, nil
}

var errNotPublic = errors.New("This address is not public. Use one that is reached from the internet, such as https://hooks.example.com/alerts.")

func (g *Guard) checkAddr(addr netip.Addr) (isOpen bool, err error) {
	switch {
	case addr.Zone() != "":
		return false, errors.New("Leave out the % and what follows it: an address of one network card leads nowhere from a server.")
	case addr.Is4In6():
		return false, fmt.Errorf("Write the address as %s.", addr.Unmap())
	case g.isAllowed(addr):
		return true, nil
	case g.public.SafeAddr(addr) != nil:
		return false, errNotPublic
	}
	return false, nil
}

func checkPort(port string, isOpen bool) error {
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case port == "" || err == nil && n > 0 && (isOpen || slices.Contains(ports, uint16(n))):
		return nil
	case err != nil || n == 0:
		return errors.New("A port is a number from 1 to 65535; leave it out for the usual one.")
	}
	return fmt.Errorf("Port %s is not one that messages go to; use 443, 8443, 80 or 8080, or leave it out.", port)
}

// endsInNumber tells the hosts that some programs read as IPv4 addresses in
// other notations: decimal, octal, hexadecimal, with fewer than four parts
// (WHATWG URL, "ends in a number checker"). No top-level domain is a number.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if hex, isHex := strings.CutPrefix(last, "0x"); isHex {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

func isLocalhost(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") // RFC 6761, 6.3
}

// isInnerName tells names that only a network of one's own can know: a single
// label, and the domains set apart for such use (RFC 6762 local, RFC 8375
// home.arpa, ICANN's internal).
func isInnerName(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	for _, domain := range []string{".local", ".internal", ".home.arpa"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}
