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

	"github.com/account-settings/pinghome/backend"
)

// maxAnswer is the longest body that is read of any server. The longest of our
// own, a hundred messages of a few lines, is far below it.
const maxAnswer = 4 << 20

// clients are the two ways to a server. Readings share connections. A command
// gets one of its own: on one that has been idle nobody can tell whether the
// server or something between died meanwhile, so a command there might be lost
// half the way; and net/http itself repeats a request that carries an
// Idempotency-Key when a used connection turns out dead (Request.isReplayable).
type clients struct {
	reads, commands *http.Client
	// isTraced: net/http tells when a request gets its connection. Another
	// transport does not, and then everything may have been sent.
	isTraced bool
}

// newClients makes both ways, or takes the caller's client for both.
func newClients(given *http.Client, bases []*url.URL, p Patience) clients {
	if given != nil {
		same := guarded(*given)
		_, isTraced := given.Transport.(*http.Transport)
		return clients{same, same, isTraced || given.Transport == nil}
	}
	reads := newTransport(bases, p)
	commands := newTransport(bases, p)
	commands.DisableKeepAlives = true
	return clients{guarded(http.Client{Transport: reads}), guarded(http.Client{Transport: commands}), true}
}

// guarded sees to it that a client goes nowhere but where it is told, and
// carries nothing but what it is given.
func guarded(c http.Client) *http.Client {
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Jar = nil
	return &c
}

// newTransport takes no proxy from the environment, since the token would pass
// it. It stays with HTTP/1.1, where what was sent on a connection is certain:
// HTTP/2 repeats streams by itself. Bodies are not compressed, so that their
// bound is what is really sent.
func newTransport(bases []*url.URL, p Patience) *http.Transport {
	plain := map[string]bool{}
	for _, base := range bases {
		if base.Scheme == "http" {
			plain[hostPort(base)] = true
		}
	}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		d := net.Dialer{Timeout: p.Connect, KeepAlive: 15 * time.Second}
		if plain[address] {
			d.Control = loopbackOnly
		}
		return d.DialContext(ctx, network, address)
	}
	return &http.Transport{
		DialContext:            dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(8)},
		TLSHandshakeTimeout:    p.Connect,
		IdleConnTimeout:        30 * time.Second, // half of what our server allows
		MaxIdleConnsPerHost:    8,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

var errNotThisMachine = errors.New("plain http goes to this machine only")

// loopbackOnly holds a name such as localhost to what it stands for, on the
// address that is really dialled.
func loopbackOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return errNotThisMachine
	}
	return nil
}

// parseBase checks a base: absolute, nothing in it but a place, and https
// unless it is this machine.
func parseBase(what, base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return nil, backend.Errorf(backend.CodeInvalid, "%s is not a whole web address, such as https://api.pinghome.io.", what)
	case u.User != nil:
		return nil, backend.Errorf(backend.CodeInvalid, "%s must not have a user name or password in it; the token goes into a file.", what)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, backend.Errorf(backend.CodeInvalid, "%s must end with its path, without ? and #.", what)
	case u.Scheme == "http" && !backend.IsThisMachine(u.Hostname()):
		return nil, backend.Errorf(backend.CodeInvalid,
			"%s must start with https://: plain http would show the token to everybody on the way to %s.", what, u.Hostname())
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, backend.Errorf(backend.CodeInvalid, "%s must start with https://.", what)
	}
	return u, nil
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}
