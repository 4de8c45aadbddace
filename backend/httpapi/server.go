package httpapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// ServerOptions are what a server needs; Accounts and Tokens have no default.
type ServerOptions struct {
	Accounts backend.Accounts
	Tokens   backend.Tokens
	// Log gets one line a request; nil for none.
	Log *slog.Logger
	// Now is the time for rates; nil is time.Now.
	Now func() time.Time
	// TLS says that callers come over TLS, so that they can be told to stay with it.
	TLS bool
	// TokenRate and AddressRate bound the requests of one token and of one
	// address that is not this machine's; the zero Rate is a generous default.
	TokenRate, AddressRate Rate
	// Drain is how long a server that is told to stop goes on serving while
	// /readyz says no, so that a load balancer can notice.
	Drain time.Duration
	// Connections is how many there may be at once; 0 for 512.
	Connections int
}

// handler answers requests.
type handler struct {
	ServerOptions
	mux        *http.ServeMux
	perToken   *limiter
	perAddress *limiter
	isStopping atomic.Bool        // not ready any more
	closing    context.Context    // ends when nothing new is begun any more
	close      context.CancelFunc // ends it
	document   func() []byte      // the OpenAPI document
}

// NewHandler returns the whole API as a handler.
func NewHandler(o ServerOptions) http.Handler { return newHandler(o) }

func newHandler(o ServerOptions) *handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	token, address := Rates(DefaultRate)
	h := &handler{ServerOptions: o, mux: http.NewServeMux(), document: document,
		perToken: newLimiter(o.TokenRate, token), perAddress: newLimiter(o.AddressRate, address)}
	h.closing, h.close = context.WithCancel(context.Background())
	h.register()
	return h
}

// ServeHTTP does for every request what does not depend on its path.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := &recorder{ResponseWriter: w, isOwed: r.ContentLength != 0}
	header := w.Header()
	header.Set(headerRequestID, requestID(r))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if h.TLS {
		header.Set("Strict-Transport-Security", "max-age=31536000")
	}
	defer h.finish(rec, r, time.Now())
	if path.Clean("/"+r.URL.Path) != r.URL.Path {
		// ServeMux would redirect, and a client that follows with its token is none we want.
		h.refuse(rec, errNoPage())
		return
	}
	h.mux.ServeHTTP(rec, r)
}

// handle makes a handler of a function that may refuse. The limit of an
// address comes before do and so before the token: whoever guesses tokens must
// not make the server look all of them up.
func (h *handler) handle(do func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.closing.Err() != nil {
			w.Header().Set("Connection", "close")
			h.refuse(w, errStopping)
			return
		}
		var err error
		if !isLocal(r.RemoteAddr) {
			err = h.perAddress.take(addressKey(r.RemoteAddr), h.Now())
		}
		if err == nil {
			err = do(w, r)
		}
		if err != nil {
			h.refuse(w, err)
		}
	})
}

// errStopping is told while a server ends that was asked to: no fault, and
// another may be there in a moment.
var errStopping error = &backend.Error{Code: backend.CodeBusy, RetryAfter: time.Second,
	Message: "The server is shutting down. Try again in a moment."}

// register puts every operation under every prefix. A path that is known
// answers 405 to the methods that it does not have.
func (h *handler) register() {
	byPath := map[string]map[string]*operation{}
	for _, o := range operations {
		if byPath[o.path] == nil {
			byPath[o.path] = map[string]*operation{}
		}
		byPath[o.path][o.method] = o
	}
	for path, methods := range byPath {
		serve := h.handle(h.dispatch(methods))
		for _, base := range basesOf(methods[http.MethodGet]) {
			h.mux.Handle(base+path, serve)
		}
	}
	h.mux.Handle("/", h.handle(func(http.ResponseWriter, *http.Request) error { return errNoPage() }))
}

// dispatch answers the operations of one path, by method.
func (h *handler) dispatch(methods map[string]*operation) func(http.ResponseWriter, *http.Request) error {
	allow := allowed(methods)
	return func(w http.ResponseWriter, r *http.Request) error {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		o := methods[method]
		switch {
		case o == nil:
			w.Header().Set("Allow", allow)
			return backend.Errorf(codeBadMethod, "%.20s cannot be done here. Use %s.", r.Method, allow)
		case o.page != nil:
			return o.page(h, w, r)
		}
		return h.serve(o, w, r)
	}
}

// basesOf are the bases of an operation. Pages are at the root, where a
// supervisor looks for them; the document is under each prefix as well, for a
// server behind a proxy that passes one prefix on.
func basesOf(o *operation) []string {
	switch {
	case o == nil || o.page == nil:
		return prefixes
	case o.isAtRoot:
		return []string{""}
	}
	return append([]string{""}, prefixes...)
}

// allowed is the value of the Allow header.
func allowed(methods map[string]*operation) string {
	var names []string
	for name := range methods {
		names = append(names, name)
		if name == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (h *handler) refuse(w http.ResponseWriter, err error) {
	if rec, ok := w.(*recorder); ok {
		rec.err = err
	}
	writeProblem(w, err)
}

// Limits of the server. They are the ones that data.md gives, from the
// practice of net/http servers that face the internet.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10
	maxConns      = 512
	// lateBody is how long a body may keep who does not wait for it any more: a
	// request that is refused already, or a server that stops.
	lateBody = 2 * time.Second
)

// StopTimeout is how long Serve may take to return once it is told to, with
// Drain and all requests that had begun.
const StopTimeout = 8 * time.Second

// Server is the API on a listener.
type Server struct {
	handler *handler
	http    *http.Server
}

// NewServer makes a server; Serve starts it.
//
// What is no request never comes to the handler: a first line or a header that
// cannot be read, no Host, a header that is too large, an expectation that
// nobody has heard of. net/http answers those itself, in plain text, without an
// id and without a line in the log, and closes the connection. To put a problem
// in the place of its text would take a wrapper around every connection, which
// reads what net/http writes and hides from it whether the connection is one of
// TLS, and with that the handshake and its words for who speaks plain HTTP
// there. No client written against the documentation sends any of these; and
// whoever does learns from the status what there is to learn.
func NewServer(o ServerOptions) *Server {
	s := &Server{handler: newHandler(o)}
	s.http = &http.Server{Handler: s.handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true,
		ErrorLog: slog.NewLogLogger(s.handler.Log.Handler(), slog.LevelWarn)}
	return s
}

// Serve answers until the context ends, and then stops without cutting
// anybody off: it says that it is not ready, waits for Drain, takes no more
// connections, and lets the requests that have begun come to their ends, all
// within StopTimeout. It closes the listener. A stop that was asked for is no error.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	within := newBounded(listener, cmp.Or(s.handler.Connections, maxConns))
	s.http.ConnState = within.note
	done := make(chan error, 1)
	go func() { done <- s.http.Serve(within) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopTimeout)
	defer cancel()
	s.handler.isStopping.Store(true)
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
