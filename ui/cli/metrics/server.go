package metrics

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"
)

// Path is where the metrics are.
const Path = "/metrics"

// Limits of the listener: a few that ask, each now and then.
const (
	maxConnections = 16
	maxScrapes     = 8
	headerTimeout  = 5 * time.Second
	answerTimeout  = 15 * time.Second
	idleTimeout    = 2 * time.Minute // longer than the usual minute from one scrape to the next
	maxHeader      = 8 << 10
)

// Handler answers scrapes at Path.
func (m *Metrics) Handler() http.Handler {
	scrape := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: maxScrapes, ErrorHandling: promhttp.ContinueOnError})
	mux := http.NewServeMux()
	mux.Handle("GET "+Path, scrape) // HEAD, too
	mux.HandleFunc(Path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "The metrics can only be read. Use GET.", http.StatusMethodNotAllowed)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "There is nothing here but "+Path+".", http.StatusNotFound)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// Serve answers scrapes until the listener is closed. log gets connections that fail.
func (m *Metrics) Serve(l net.Listener, log *slog.Logger) {
	server := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout, WriteTimeout: answerTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	if err := server.Serve(netutil.LimitListener(l, maxConnections)); !errors.Is(err, net.ErrClosed) {
		log.Error("the metrics are not answered any more", "error", err.Error())
	}
}
