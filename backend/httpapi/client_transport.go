package httpapi

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

// clients send the requests to a server. Queries share connections. Every
// command gets a new one: on a connection that was idle it is not known whether
// the other end died in the meantime, so a command might be lost half-way; and
// net/http itself repeats a request that carries an Idempotency-Key when a used
// connection turns out dead (Request.isReplayable).
type clients struct {
	queries, commands *http.Client
	// isTraced: net/http reports when a request gets its connection. Another
	// transport does not, so that every request may have been sent.
	isTraced bool
}

// newClients makes both clients, or uses the caller's for both.
func newClients(given *http.Client, addresses []*url.URL, connectTimeout time.Duration) clients {
	if given != nil {
		same := restricted(*given)
		_, isTraced := given.Transport.(*http.Transport)
		return clients{same, same, isTraced || given.Transport == nil}
	}
	queries := newTransport(addresses, connectTimeout)
	commands := newTransport(addresses, connectTimeout)
	commands.DisableKeepAlives = true
	return clients{restricted(http.Client{Transport: queries}), restricted(http.Client{Transport: commands}), true}
}

// restricted is a client that follows no redirect and keeps no cookies.
func restricted(c http.Client) *http.Client {
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Jar = nil
	return &c
}

// newTransport uses no proxy from the environment, which would see the token.
// It stays with HTTP/1.1, where it is certain what was sent on a connection:
// HTTP/2 repeats streams by itself. Bodies are not compressed, so that maxAnswer
// bounds what is really sent.
func newTransport(addresses []*url.URL, connectTimeout time.Duration) *http.Transport {
	plain := map[string]bool{}
	for _, u := range addresses {
		if u.Scheme == "http" {
			plain[hostPort(u)] = true
		}
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: connectTimeout, KeepAlive: 15 * time.Second}
		if plain[address] {
			d.Control = loopbackOnly
		}
		return d.DialContext(ctx, network, address)
	}
	return &http.Transport{
		DialContext:            dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(8)},
		TLSHandshakeTimeout:    connectTimeout,
		IdleConnTimeout:        30 * time.Second, // half of what our server allows
		MaxIdleConnsPerHost:    8,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

var errNotThisMachine = errors.New("plain http goes to this machine only")

// loopbackOnly refuses plain http to another machine. It looks at the address
// that is really dialled, since a name such as localhost may stand for any.
func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return errNotThisMachine
	}
	return nil
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}
