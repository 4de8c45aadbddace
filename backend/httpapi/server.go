package httpapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// ServerOptions configure a server. Accounts and Tokens have no default.
type ServerOptions struct {
	Accounts backend.Accounts
	Tokens   backend.Tokens
	// Ready returns why changes cannot be made now, for /readyz; nil: it is not asked.
	Ready func() error
	// Log gets one line a request; nil for none.
	Log *slog.Logger
	// Now is the clock for rates; nil is time.Now.
	Now func() time.Time
	// TLS says that callers come over TLS, so that they are told to stay with it.
	TLS bool
	// TokenRate and AddressRate limit the requests of one token and of one
	// address other than this machine's; the zero Rate is a generous default.
	TokenRate, AddressRate Rate
	// Proxies are before the server; without any, the address of a connection is the caller's.
	Proxies Proxies
	// ChangesPerDay is how many changes one token may make in the 24 hours from its
	// first one since the server was started; 0 for DefaultChangesPerDay, negative for
	// no limit. Rates without a limit do not lift it.
	ChangesPerDay int
	// Drain is how long a server that is told to stop goes on serving while
	// /readyz answers 503, so that a load balancer can notice.
	Drain time.Duration
	// Connections is how many are served at once; 0 for 4096. Further ones wait. Where
	// Descriptors are few, so are they.
	Connections int
	// Descriptors is how many files the process may have open, of which some are
	// kept for other things than connections; 0 for what the system says.
	Descriptors int
	// Observer is told of requests; nil for none.
	Observer Observer
	// Tracer follows requests; nil for none.
	Tracer Tracer
}

// Limits of the server, from the practice of net/http servers that face the
// internet.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10
)

// StopTimeout is how long Serve may take to return once its context has ended,
// with Drain and all requests that had begun.
const StopTimeout = 8 * time.Second

// Server is the API on a listener.
type Server struct {
	handler *handler
	http    *http.Server
	limited atomic.Pointer[connections] // nil before Serve
}

// NewServer makes a server; Serve starts it.
//
// Some requests never reach the handler: a request line or a header that cannot
// be read, no Host, a header that is too large, an unknown expectation.
// net/http answers those itself, in plain text, without an id and without a
// line in the log, and closes the connection. To answer with a problem document
// instead would take a wrapper around every connection, which would hide from
// net/http whether the connection is one of TLS. No client that was written
// against the documentation sends such a request.
func NewServer(o ServerOptions) *Server {
	s := &Server{handler: newHandler(o)}
	s.http = &http.Server{Handler: s.handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true,
		ErrorLog: slog.NewLogLogger(s.handler.Log.Handler(), slog.LevelWarn)}
	return s
}

// Serve answers requests until the context ends. Then it stops without cutting
// off a request: it reports that it is not ready, waits for Drain, takes no more
// connections, and finishes the requests that have begun, all within
// StopTimeout. It closes the listener. Error: nil for a stop that was asked for.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	limited := newConnections(listener, cmp.Or(s.handler.Connections, maxServed), acceptable(s.handler.Descriptors))
	s.limited.Store(limited)
	s.handler.connections, s.handler.slow.served = limited, limited.served
	s.http.ConnState, s.http.ConnContext = limited.noteState, limited.withConnection
	done := make(chan error, 1)
	go func() { done <- s.http.Serve(limited) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopTimeout)
	defer cancel()
	s.handler.isStopping.Store(true)
	limited.stop()
	if s.handler.Drain > 0 {
		timer := time.NewTimer(s.handler.Drain)
		defer timer.Stop()
		select {
		case err := <-done:
			return err
		case <-timer.C:
		}
	}
	s.handler.close()
	if err := s.http.Shutdown(limit); err != nil {
		s.http.Close()
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
