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

// Reach says where messages may go. There are two kinds. Addresses that
// customers choose reach what is public and what Allow has. The gateway that
// the operator has written into the configuration is the operator's own, and
// may be anywhere; plain http goes no further than this machine there.
type Reach struct {
	// Operator: the address comes from the configuration, not from a customer.
	Operator bool
	// Allow has addresses that customers may reach although they are not
	// public, on any port.
	Allow []netip.Prefix
	// AllowHTTP lets plain http through to the addresses in Allow, and to no other.
	AllowHTTP bool
	// Roots are who may sign certificates; nil for the system's own.
	Roots *x509.CertPool
	// Resolver looks names up; nil for the system's own.
	Resolver *net.Resolver
}

// Guard is the way out, and the only one: whatever this package sends over the
// network goes by a connection that a Guard has let through. What counts is
// the address that is really dialled, looked at after the name was looked up,
// so a name that points inside, or comes to later, leads nowhere.
type Guard struct {
	reach  Reach
	public *ssrf.Guardian
	client *http.Client
}

const (
	// httpLimit bounds a request with its answer. Standard Webhooks recommends 15 to 30 s.
	httpLimit = 15 * time.Second
	// connectLimit bounds one connection and, apart from it, its TLS handshake.
	connectLimit = 5 * time.Second
	// maxHeader and maxBody are how many bytes are read of any answer.
	maxHeader, maxBody = 16 << 10, 4 << 10
)

// ports are where the web is served; another one is some other service.
var ports = []uint16{80, 443, 8080, 8443}

// refusal is why the guard lets a connection not be made, for the person.
type refusal string

func (r refusal) Error() string { return string(r) }

const (
	errInside refusal = "its name leads to an address that is not public, and nothing was sent there"
	errPlain  refusal = "plain http goes to allowed addresses only; the address must start with https://"
	errPort   refusal = "its port is not one that messages go to; 443, 8443, 80 and 8080 are"
	errScheme refusal = "the address must start with https://"
)

// NewGuard makes the guarded client. It takes no proxy from the environment,
// which would dial in its place, follows no redirect, keeps no cookies, and
// stays with HTTP/1.1, because HTTP/2 repeats requests by itself.
func NewGuard(r Reach) *Guard {
	g := &Guard{reach: r, public: ssrf.New(ssrf.WithPorts(ports...))}
	g.client = &http.Client{
		Transport:     ways{"http": g.transport(true), "https": g.transport(false)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       httpLimit,
	}
	return g
}

// Close closes the connections that wait for another message.
func (g *Guard) Close() { g.client.CloseIdleConnections() }

func (g *Guard) transport(plain bool) *http.Transport {
	return &http.Transport{
		DialContext:            g.dialer(plain).DialContext,
		TLSClientConfig:        g.tls(""),
		TLSHandshakeTimeout:    connectLimit,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // so that the bound is on what is really sent
	}
}

// dialer makes connections to where the guard lets them; plain says that no
// TLS will be spoken on them.
func (g *Guard) dialer(plain bool) *net.Dialer {
	return &net.Dialer{Timeout: connectLimit, Resolver: g.reach.Resolver, Control: g.control(plain)}
}

// tls is the configuration for a server, whose name is filled in by net/http when it is "".
func (g *Guard) tls(server string) *tls.Config {
	return &tls.Config{ServerName: server, RootCAs: g.reach.Roots, MinVersion: tls.VersionTLS12}
}

// control looks at each address after the name was looked up and before
// anything is sent to it.
func (g *Guard) control(plain bool) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, conn syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		switch {
		case err != nil:
			return errInside
		case plain && !g.isPlainAllowed(to.Addr()):
			return errPlain
		case g.reach.Operator || g.isAllowed(to.Addr()):
			return nil
		}
		switch err := g.public.Safe(network, address, conn); {
		case errors.Is(err, ssrf.ErrProhibitedPort):
			return errPort
		case err != nil:
			return errInside
		}
		return nil
	}
}

func (g *Guard) isPlainAllowed(a netip.Addr) bool {
	if g.reach.Operator {
		return a.Unmap().IsLoopback()
	}
	return g.reach.AllowHTTP && g.isAllowed(a)
}

// isAllowed tells whether the operator has opened the address. One with a zone
// is in no prefix.
func (g *Guard) isAllowed(a netip.Addr) bool {
	for _, p := range g.reach.Allow {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// ways has one transport for each scheme, since what may be dialled depends on it.
type ways map[string]*http.Transport

func (w ways) RoundTrip(r *http.Request) (*http.Response, error) {
	if t := w[r.URL.Scheme]; t != nil {
		return t.RoundTrip(r)
	}
	return nil, errScheme
}

func (w ways) CloseIdleConnections() {
	for _, t := range w {
		t.CloseIdleConnections()
	}
}
