package delivery

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// Policy says which addresses a Guard connects to. An address that a customer chose
// must be public or in Allow. The address of a mail server or gateway in the
// configuration is the operator's choice, and may be any; there, connections without
// TLS are made to this machine only.
type Policy struct {
	// Operator says that the addresses come from the configuration, not from
	// customers. The other fields but Roots and Resolver do not matter then.
	Operator bool
	// Allow has addresses that are connected to, on any port, although they are not
	// public; nil for none.
	Allow []netip.Prefix
	// AllowHTTP permits plain http to the addresses in Allow, and to no others.
	AllowHTTP bool
	// Roots are the trusted certificate authorities; nil means the system's.
	Roots *x509.CertPool
	// Resolver looks up names; nil means the system's.
	Resolver *net.Resolver
}

// Guard makes all network connections of this package, and refuses those that its
// policy does not permit (server-side request forgery). It checks the IP address of
// each connection after the name was looked up, so a name that has, or is given
// later, an internal address is of no use.
type Guard struct {
	policy Policy
	public *ssrf.Guardian
	client *http.Client
}

const (
	// httpTimeout bounds a request with its response. Standard Webhooks recommends 15 to 30 s.
	httpTimeout = 15 * time.Second
	// connectTimeout bounds making one connection and, separately, its TLS handshake.
	connectTimeout = 5 * time.Second
	// maxHeader and maxBody are how many bytes of a response are read at most. Push servers
	// repeat the message, of up to 4,096 bytes at ntfy, escaped as JSON.
	maxHeader, maxBody = 16 << 10, 32 << 10
)

// allowedPorts are the usual ports of web servers. On others there are likely to be
// other services.
var allowedPorts = []uint16{80, 443, 8080, 8443}

// blockedError is why a Guard refused a connection, a phrase for the person.
type blockedError string

func (r blockedError) Error() string { return string(r) }

const (
	errPrivateAddress blockedError = "its name leads to an address that is not public, and nothing was sent there"
	errPlainHTTP      blockedError = "plain http goes to allowed addresses only; the address must start with https://"
	errPort           blockedError = "its port is not one that messages go to; 443, 8443, 80 and 8080 are"
	errScheme         blockedError = "the address must start with https://"
)

// NewGuard makes a Guard with its HTTP client. The client uses no proxy, which would
// make connections in its place, follows no redirects, keeps no cookies, and uses
// HTTP/1.1 only, because HTTP/2 may send a request again by itself.
func NewGuard(p Policy) *Guard {
	g := &Guard{policy: p, public: ssrf.New(ssrf.WithPorts(allowedPorts...))}
	g.client = &http.Client{
		Transport:     schemeTransports{"http": g.transport(true), "https": g.transport(false)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       httpTimeout,
	}
	return g
}

// Close closes idle connections. The Guard can still be used.
func (g *Guard) Close() { g.client.CloseIdleConnections() }

// transport makes HTTP connections; plain for those without TLS.
func (g *Guard) transport(plain bool) *http.Transport {
	return &http.Transport{
		DialContext:            g.dialer(plain).DialContext,
		TLSClientConfig:        g.tls(""),
		TLSHandshakeTimeout:    connectTimeout,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // so that maxBody bounds what is received
	}
}

// dialer makes the connections that the policy permits; plain for those without TLS.
func (g *Guard) dialer(plain bool) *net.Dialer {
	return &net.Dialer{Timeout: connectTimeout, Resolver: g.policy.Resolver, Control: g.control(plain)}
}

// tls is the TLS configuration for a server; for "", net/http fills in the name.
func (g *Guard) tls(server string) *tls.Config {
	return &tls.Config{ServerName: server, RootCAs: g.policy.Roots, MinVersion: tls.VersionTLS12}
}

// control is the Control function of a dialer: it is called with the IP address,
// after the name was looked up and before the connection is made.
func (g *Guard) control(plain bool) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, conn syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		switch {
		case err != nil:
			return errPrivateAddress
		case plain && !g.isPlainAllowed(to.Addr()):
			return errPlainHTTP
		case g.policy.Operator || g.isAllowed(to.Addr()):
			return nil
		}
		switch err := g.public.Safe(network, address, conn); {
		case errors.Is(err, ssrf.ErrProhibitedPort):
			return errPort
		case err != nil:
			return errPrivateAddress
		}
		return nil
	}
}

// isPlainAllowed reports whether a connection without TLS may be made to an address.
func (g *Guard) isPlainAllowed(a netip.Addr) bool {
	if g.policy.Operator {
		return a.Unmap().IsLoopback()
	}
	return g.policy.AllowHTTP && g.isAllowed(a)
}

// isAllowed reports whether an address is in Policy.Allow. An address with a zone
// is in no prefix.
func (g *Guard) isAllowed(a netip.Addr) bool {
	for _, p := range g.policy.Allow {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// schemeTransports has a transport for each URL scheme: which connections are
// permitted depends on it.
type schemeTransports map[string]*http.Transport

func (s schemeTransports) RoundTrip(r *http.Request) (*http.Response, error) {
	if t := s[r.URL.Scheme]; t != nil {
		return t.RoundTrip(r)
	}
	return nil, errScheme
}

func (s schemeTransports) CloseIdleConnections() {
	for _, t := range s {
		t.CloseIdleConnections()
	}
}
