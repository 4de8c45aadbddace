package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// handler answers requests.
type handler struct {
	ServerOptions
	mux         *http.ServeMux
	document    func() []byte // the OpenAPI document
	perToken    *limiter
	perAddress  *limiter
	changes     *changeLimit
	slow        slowBodies
	connections *connections       // nil without a listener of ours
	isStopping  atomic.Bool        // the server is not ready any more
	closing     context.Context    // ends when no request is begun any more
	close       context.CancelFunc // ends closing
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
		perToken: newLimiter(quotaOfToken, o.TokenRate, token), perAddress: newLimiter(quotaOfAddress, o.AddressRate, address), changes: newChangeLimit(o.ChangesPerDay)}
	h.closing, h.close = context.WithCancel(context.Background())
	h.register()
	return h
}

// ServeHTTP does what every request needs, on every path.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := &recorder{ResponseWriter: w, handler: h, caller: h.Proxies.caller(r), traceparent: traceparent(r.Header),
		connection: connectionOf(r), isBodyPending: r.ContentLength != 0}
	header := w.Header()
	header.Set(headerRequestID, requestID(r))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if h.TLS {
		header.Set("Strict-Transport-Security", "max-age=31536000")
	}
	defer h.observe(rec)()
	r, ended := h.trace(rec, r)
	defer ended()
	defer h.finish(rec, r, time.Now())
	if path.Clean("/"+r.URL.Path) != r.URL.Path {
		// ServeMux would redirect, and a client should not follow with its token.
		h.refuse(rec, errNoPage())
		return
	}
	h.mux.ServeHTTP(rec, r)
}

// register puts every operation under its bases. A path that is known answers
// 405 to the methods that it does not have.
func (h *handler) register() {
	byPath := map[string]map[string]*operation{}
	for _, o := range operations {
		for _, base := range o.bases() {
			if byPath[base+o.path] == nil {
				byPath[base+o.path] = map[string]*operation{}
			}
			byPath[base+o.path][o.method] = o
		}
	}
	for pattern, byMethod := range byPath {
		h.mux.Handle(pattern, h.guard(h.dispatch(byMethod)))
	}
	h.mux.Handle("/", h.guard(func(http.ResponseWriter, *http.Request) error { return errNoPage() }))
}

// dispatch answers the operations of one path, by method.
func (h *handler) dispatch(byMethod map[string]*operation) func(http.ResponseWriter, *http.Request) error {
	var methods []string
	for method := range byMethod {
		methods = append(methods, method)
		if method == http.MethodGet {
			methods = append(methods, http.MethodHead)
		}
	}
	slices.Sort(methods)
	allow := strings.Join(methods, ", ")
	return func(w http.ResponseWriter, r *http.Request) error {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		o := byMethod[method]
		if o == nil {
			w.Header().Set("Allow", allow)
			return backend.Errorf(codeBadMethod, "%.20s cannot be done here. Use %s.", r.Method, allow)
		}
		noteOperation(w, o)
		if o.page != nil {
			return o.page(h, w, r)
		}
		return h.serve(o, w, r)
	}
}

// guard makes a handler of a function that may refuse. The limit of an address
// comes before the token is looked up, so that guessing tokens does not make
// the server look all of them up.
func (h *handler) guard(do func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h.hasRoom(r); err != nil {
			h.refuse(w, err)
			return
		}
		var err error
		if caller := callerOf(w); !caller.IsLoopback() { // a local one may be a proxy, which says nothing of who asks
			var left quota
			left, err = h.perAddress.take(addressKey(caller), h.Now())
			left.note(w)
			err = h.observeRefusal(LimitAddress, err)
		}
		if err == nil {
			err = do(w, r)
		}
		if err != nil {
			h.refuse(w, err)
		}
	})
}

// hasRoom returns errStopping when the server has stopped taking requests, and
// errNoRoom when the connection waited for too long.
func (h *handler) hasRoom(r *http.Request) error {
	if h.closing.Err() != nil {
		return h.observeRefusal(LimitStopping, errStopping)
	}
	if c := connectionOf(r); c != nil && c.isRefused {
		return h.observeRefusal(LimitRoom, errNoRoom)
	}
	return nil
}

// mustClose reports whether a connection is closed after its answer: the server
// is stopping, or others wait and it has had its turn.
func (h *handler) mustClose(c *connection) bool {
	if h.isStopping.Load() {
		return true
	}
	return c != nil && (c.isRefused || h.connections.isOver(c))
}

// errNoRoom is answered where a connection waited for maxWait.
var errNoRoom error = &backend.Error{Code: backend.CodeBusy, RetryAfter: time.Second,
	Message: "The server has more to do than it can. Nothing was changed. Try again in a moment."}

// errStopping is answered by a server that is stopping. It is no fault, and
// another server may be there in a moment.
var errStopping error = &backend.Error{Code: backend.CodeBusy, RetryAfter: time.Second,
	Message: "The server is shutting down. Try again in a moment."}

func (h *handler) refuse(w http.ResponseWriter, err error) {
	if rec, ok := w.(*recorder); ok {
		rec.err = err
	}
	writeProblem(w, err)
}

// getDocument answers with the OpenAPI document.
func (h *handler) getDocument(w http.ResponseWriter, _ *http.Request) error {
	writeBody(w, http.StatusOK, "application/json", h.document())
	return nil
}

// getHealth answers that the server runs.
func (h *handler) getHealth(w http.ResponseWriter, _ *http.Request) error {
	writeBody(w, http.StatusOK, "application/json", []byte(`{"status":"ok"}`+"\n"))
	return nil
}

// getReady answers whether requests are welcome: the server is not about to
// stop, the backend answers, and it can make changes.
func (h *handler) getReady(w http.ResponseWriter, r *http.Request) error {
	if h.isStopping.Load() {
		return errStopping
	}
	// "" opens the oldest account, in one query; there may be none yet.
	if _, _, err := h.Accounts.Open(r.Context(), ""); err != nil && backend.ErrorCode(err) != backend.CodeNotFound {
		return err
	}
	if h.Ready != nil {
		if err := h.Ready(); err != nil {
			return err
		}
	}
	writeBody(w, http.StatusOK, "application/json", []byte(`{"status":"ready"}`+"\n"))
	return nil
}
