package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Check returns an error, a sentence for the person, when no message could be sent
// to a URL that a customer chose. It looks up no names: what address a name has is
// checked when a connection is made.
func (g *Guard) Check(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return errors.New("Type a whole web address, such as https://hooks.example.com/alerts.")
	}
	if u.User != nil {
		return errors.New("Leave out the user name and password before the @.")
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && g.policy.AllowHTTP) {
		return errors.New("The address must start with https://.")
	}
	mayBeAllowed, err := g.checkHost(u.Hostname())
	if err != nil {
		return err
	}
	if u.Scheme == "http" && !mayBeAllowed {
		return errors.New("The address must start with https://: plain http goes only to addresses that the operator has allowed.")
	}
	return checkPort(u.Port(), mayBeAllowed)
}

// checkHost returns an error when no message can be sent to a host. mayBeAllowed
// reports whether the host is, or its name may have, an address in Policy.Allow.
func (g *Guard) checkHost(host string) (mayBeAllowed bool, err error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.checkAddr(addr)
	}
	host, err = backend.CleanHost(host)
	addr, noAddr := netip.ParseAddr(host)
	switch {
	case err != nil:
		return false, err
	case noAddr == nil: // in another spelling
		return g.checkAddr(addr)
	case len(g.policy.Allow) > 0 && !isLocalhost(host):
		return true, nil // the name may have one of these addresses
	case isLocalhost(host):
		if g.isAllowed(netip.AddrFrom4([4]byte{127, 0, 0, 1})) || g.isAllowed(netip.IPv6Loopback()) {
			return true, nil
		}
		return false, errNotPublic
	case isPrivateName(host):
		return false, errNotPublic
	}
	return false, nil
}

var errNotPublic = errors.New("This address is not public. Use one that is reached from the internet, such as https://hooks.example.com/alerts.")

func (g *Guard) checkAddr(addr netip.Addr) (isAllowed bool, err error) {
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

// checkPort checks the port of a URL, "" for none; any port is right where the host
// may be in Policy.Allow.
func checkPort(port string, mayBeAllowed bool) error {
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case port == "" || err == nil && n > 0 && (mayBeAllowed || slices.Contains(allowedPorts, uint16(n))):
		return nil
	case err != nil || n == 0:
		return errors.New("A port is a number from 1 to 65535; leave it out for the usual one.")
	}
	return fmt.Errorf("Port %s is not one that messages go to; use 443, 8443, 80 or 8080, or leave it out.", port)
}

func isLocalhost(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") // RFC 6761, 6.3
}

// isPrivateName reports whether a name can exist in a private network only: a single
// label, or a name in a domain that is reserved for that (local in RFC 6762,
// home.arpa in RFC 8375, ICANN's internal).
func isPrivateName(host string) bool {
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

// minRedacted is the length in bytes of the shortest value in a URL that is
// redacted. Redacting shorter ones would make the provider's text unreadable.
const minRedacted = 4

// queryValues are the values in the query of a URL, where tokens are, escaped and
// unescaped; only those of minRedacted bytes or more.
func queryValues(raw string) (values []string) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		_, escaped, _ := strings.Cut(pair, "=")
		unescaped, _ := url.QueryUnescape(escaped)
		for _, v := range []string{escaped, unescaped} {
			if len(v) >= minRedacted {
				values = append(values, v)
			}
		}
	}
	return values
}

// displayHost is the host of a URL with its port, for a person to read; "?" when
// there is none. At most 60 characters.
func displayHost(raw string) string {
	u, err := url.Parse(backend.ReadableValue(backend.TypeWebhook, raw))
	if err != nil {
		return "?"
	}
	return truncate(cmp.Or(sanitize(u.Host), "?"), 60)
}
