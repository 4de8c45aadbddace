package cli

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// proxyRanges are the addresses of proxies: ranges such as 10.0.0.0/8, and single ones.
type proxyRanges []string

func (p proxyRanges) check() error {
	_, err := p.prefixes()
	return err
}

// prefixes are the ranges. An error begins with "has".
func (p proxyRanges) prefixes() (read []netip.Prefix, err error) {
	for _, text := range p {
		r, err := netip.ParsePrefix(text)
		if address, notAddress := netip.ParseAddr(text); notAddress == nil && address.Zone() == "" {
			r, err = address.Prefix(address.BitLen())
		}
		switch {
		case err != nil || r.Addr().Is4In6():
			return nil, fmt.Errorf("has %q, which is no range of addresses; write it as 10.0.0.0/8, fd00::/8 or 10.0.0.1", text)
		case r.Bits() == 0:
			return nil, fmt.Errorf("has %q, which is every address, so that each caller could claim any; name the proxies alone", text)
		}
		read = append(read, r.Masked())
	}
	return read, nil
}

// proxyHeader is the header in which proxies write for whom they ask, in any case; "" for
// X-Forwarded-For.
type proxyHeader string

func (p proxyHeader) check() error {
	if p != "" && !strings.EqualFold(string(p), httpapi.HeaderForwardedFor) && !strings.EqualFold(string(p), httpapi.HeaderForwarded) {
		return fmt.Errorf("is %q; write %s or %s", string(p), strings.ToLower(httpapi.HeaderForwardedFor), strings.ToLower(httpapi.HeaderForwarded))
	}
	return nil
}

// name is the header as HTTP writes it.
func (p proxyHeader) name() string {
	if strings.EqualFold(string(p), httpapi.HeaderForwarded) {
		return httpapi.HeaderForwarded
	}
	return httpapi.HeaderForwardedFor
}

// setProxies sets the proxies from the flags, else from the configuration.
func (s *serveFlags) setProxies(configured serveSection) error {
	if err := s.trusted.check(); err != nil {
		return exit.Usage("--trusted-proxy %v.", err)
	}
	if err := s.proxyHeader.check(); err != nil {
		return exit.Usage("--proxy-header %v.", err)
	}
	ranges := s.trusted
	if ranges == nil {
		ranges = configured.TrustedProxies
	}
	prefixes, err := ranges.prefixes()
	if err != nil {
		return exit.Usage("serve.trusted_proxies %v.", err)
	}
	s.proxies = httpapi.Proxies{Ranges: prefixes, Header: cmp.Or(s.proxyHeader, configured.ProxyHeader).name()}
	return nil
}

// examineProxies says whose word on a caller's address counts.
func (s *serveFlags) examineProxies() finding {
	if len(s.proxies.Ranges) == 0 {
		return fine("proxies", "the configuration names none: without --trusted-proxy, the address of a connection counts as the caller's")
	}
	var ranges []string
	for _, r := range s.proxies.Ranges {
		ranges = append(ranges, r.String())
	}
	return fine("proxies", "%s: from there, a request counts for the address in %s", strings.Join(ranges, ", "), s.proxies.Header)
}
