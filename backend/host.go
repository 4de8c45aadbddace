package backend

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

// maxDomain and maxLabel are the longest name in the DNS and the longest part of it, in
// bytes (RFC 1035, 2.3.4, without the length octets at both ends).
const maxDomain, maxLabel = 253, 63

var (
	errNoHost  = errors.New("The host of this address is not a name, such as hooks.example.com.")
	errNumber  = errors.New("Write the host as a name, such as hooks.example.com, or as four plain decimal numbers, such as 192.0.2.1.")
	errZone    = errors.New("Leave out the % and what follows it: an address of one network card leads nowhere from a server.")
	errNotIPv6 = errors.New("The address between the brackets is not an IPv6 address, such as [2001:db8::1].")
)

// CleanHost returns the one form of a host that protocols use, or says what is wrong with
// it: a name as lower-case A-labels (UTS 46, non-transitional) without the dot of the
// root, or an IP address, IPv6 as RFC 5952 writes it, without brackets, and IPv4 inside
// IPv6 as IPv4. A name may be of one label, and have underscores. Addresses with a zone,
// and numbers that some resolvers read as an address, such as 127.1 and 0x7f.1, are
// refused. The error is a sentence for the person.
func CleanHost(host string) (string, error) {
	host = trimUnseen(host)
	if inside, isBracketed := strings.CutPrefix(host, "["); isBracketed {
		inside, isBracketed = strings.CutSuffix(inside, "]")
		if !isBracketed || !strings.Contains(inside, ":") {
			return host, errNotIPv6
		}
		host = inside
	}
	if strings.Contains(host, ":") {
		return cleanIPv6(host)
	}
	name, err := ASCIIDomain(host)
	if name = strings.TrimSuffix(name, "."); err != nil || !hostPattern.MatchString(name) {
		return host, errNoHost
	}
	if err := checkLengths(name); err != nil {
		return host, fmt.Errorf("The host of this address is not a name, such as hooks.example.com: %w.", err)
	}
	if _, err := netip.ParseAddr(name); err != nil && endsInNumber(name) {
		return host, errNumber
	}
	return name, nil
}

func cleanIPv6(host string) (string, error) {
	address, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return host, errNotIPv6
	case address.Zone() != "":
		return host, errZone
	}
	return address.Unmap().String(), nil
}

// hostPattern matches the names that can be looked up; some real ones have an underscore.
var hostPattern = regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9_-]+)*$`)

// checkLengths refuses what the DNS cannot carry. The error is a part of a sentence.
func checkLengths(name string) error {
	for label := range strings.SplitSeq(name, ".") {
		if len(label) > maxLabel {
			return fmt.Errorf("a part of it is longer than %d characters", maxLabel)
		}
	}
	if len(name) > maxDomain {
		return fmt.Errorf("it is longer than %d characters", maxDomain)
	}
	return nil
}

// endsInNumber reports whether some programs read a host as an IPv4 address: in decimal,
// octal or hexadecimal, with one part or more (WHATWG URL, "ends in a number checker").
// No top-level domain is a number (RFC 3696, 2).
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if hex, isHex := strings.CutPrefix(last, "0x"); isHex {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// IsThisMachine reports whether a host, as an address has it, without its port, is this
// machine: localhost in any spelling, or a loopback IP. Plain HTTP to it crosses no
// network. Names below localhost are not: RFC 6761 (6.3) wants them to be this machine,
// but resolvers, Go's among them, ask the DNS for them, which may answer with any address.
func IsThisMachine(host string) bool {
	clean, err := CleanHost(host)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(clean)
	return clean == "localhost" || err == nil && ip.IsLoopback()
}

// domains maps names as UTS 46 says for looking them up, ß and its like as they are.
// Hyphens are left to the callers, since real names have two of them in third place.
var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(true), idna.CheckHyphens(false))

// ASCIIDomain returns a domain as lower-case A-labels (UTS 46, non-transitional); a dot at its
// end stays. Names of ASCII are not checked, since hosts have names that IDNA does not know,
// such as my_host. With an error, which is no sentence, it is the domain as it was.
func ASCIIDomain(domain string) (string, error) {
	domain = strings.ReplaceAll(domain, "\u1e9e", "ß") // since Unicode 15.1; the tables of idna are older
	if IsASCII(domain) && !strings.Contains(strings.ToLower(domain), "xn--") {
		return strings.ToLower(domain), nil
	}
	ascii, err := domains.ToASCII(domain)
	if err != nil {
		return domain, err
	}
	for _, convert := range []func(string) (string, error){domains.ToASCII, domains.ToUnicode} {
		converted, err := convert(ascii)
		if again, fault := domains.ToASCII(converted); err != nil || fault != nil || again != ascii { // of text that is not UTF-8, or of A-labels in A-labels
			return domain, errNoHost
		}
	}
	return ascii, nil
}

// IsASCII reports whether a text has nothing but ASCII in it, as "".
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
