package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/metrics"
	"github.com/account-settings/pinghome/ui/safe"
)

// serveFlags are the flags of "pinghome serve".
type serveFlags struct {
	databaseCommand
	listen, cert, key string
	isInsecure        bool
	configFlag        string
	wasConfigured     bool        // there was a configuration when it was read last
	isCreating        bool        // --create: where there is no database
	rate              int         // requests a second and token; 0: no limit
	changesPerDay     int         // as httpapi.ServerOptions has it
	trusted           proxyRanges // --trusted-proxy; nil where it is not given
	proxyHeader       proxyHeader // --proxy-header; "" where it is not given
	proxies           httpapi.Proxies
	certificate       *certificate // nil without TLS
	logLevel          string       // --log-level; "" when it is not given
	metricsFlag       metricsAddress
	metricsListener   net.Listener // nil without metrics
	metricsScheme     string       // "http" or "https"
	metrics           *metrics.Metrics
	level             slog.LevelVar
	log               *slog.Logger
	hangups           chan os.Signal // every SIGHUP
}

// maxRate bounds --rate, against typing errors. It is more than a machine answers.
const maxRate = 1_000_000

// serveCommand answers the API from a database until a signal ends it. Where
// there is no database, it makes one with --create, after everything else is known
// to work.
func serveCommand() *cobra.Command {
	var s serveFlags
	s.canCreate, s.isServer = true, true
	c := s.command("serve", "answer the API over HTTP", func(ctx context.Context, c *cobra.Command, _ []string) error {
		if err := s.check(); err != nil {
			return err
		}
		if c.Flags().Changed("log-level") && strings.TrimSpace(s.logLevel) == "" {
			return exit.Usage("--log-level is empty; give it a value or leave it out.")
		}
		var err error
		if s.senders, err = s.readSenders(c.Flags().Changed("config")); err != nil {
			return err
		}
		listener, scheme, err := s.openListener()
		if err != nil {
			return err
		}
		defer listener.Close()
		if s.metricsListener != nil {
			defer s.metricsListener.Close()
		}
		s.newMetrics()
		return s.serve(ctx, c, listener, scheme)
	})
	s.spares = func() []os.Signal {
		s.hangups = catchHangups()
		return []os.Signal{syscall.SIGHUP}
	}
	c.Example = "pinghome serve --listen 127.0.0.1:8642"
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8642", "`ADDRESS:PORT` where to listen")
	f.StringVar(&s.cert, "tls-cert", "", "`FILE` the certificate, for TLS")
	f.StringVar(&s.key, "tls-key", "", "`FILE` the key of the certificate")
	f.BoolVar(&s.isInsecure, "insecure-http", false, "listen on other addresses than this machine's without TLS")
	f.StringVar(&s.configFlag, "config", "", configWords)
	f.BoolVar(&s.isCreating, "create", false, "make an empty database where there is none")
	f.IntVar(&s.rate, "rate", httpapi.DefaultRate, "`NUMBER` how many requests a second a token may send; 0 for no limit")
	f.StringArrayVar((*[]string)(&s.trusted), "trusted-proxy", nil, "`CIDR` addresses of a proxy before the server, for whose requests the caller's address is in a header; may be given again (else the configuration)")
	f.StringVar((*string)(&s.proxyHeader), "proxy-header", "", "`NAME` the header that proxies write: x-forwarded-for, the default, or forwarded")
	f.StringVar((*string)(&s.metricsFlag), "metrics", "", "`ADDRESS:PORT` where Prometheus is answered, such as 127.0.0.1:9642 (else the configuration; nowhere by default)")
	f.StringVar(&s.logLevel, "log-level", "", "`LEVEL` of the log: debug, info, warn or error (else $PINGHOME_LOG_LEVEL, else the configuration)")
	completeWords(c, "log-level", logLevels...)
	completeWords(c, "proxy-header", strings.ToLower(httpapi.HeaderForwardedFor), strings.ToLower(httpapi.HeaderForwarded))
	return c
}

// check refuses flags that are wrong, or that would send tokens and codes
// through a network unencrypted.
func (s *serveFlags) check() error {
	host, _, _ := net.SplitHostPort(s.listen)
	metricsFault := s.metricsFlag.check()
	switch {
	case !isHostPort(s.listen):
		return exit.Usage("--listen takes an address and a port, such as 127.0.0.1:8642, not %q.", s.listen)
	case metricsFault != nil:
		return exit.Usage("--metrics %v.", metricsFault)
	case s.rate < 0 || s.rate > maxRate:
		return exit.Usage("--rate takes the requests a second of one token, up to %d, or 0 for no limit; not %d.", maxRate, s.rate)
	case (s.cert == "") != (s.key == ""):
		return exit.Usage("--tls-cert and --tls-key go together.")
	case s.cert == "" && !s.isInsecure && !backend.IsThisMachine(host):
		return exit.Usage("Without TLS the server listens on this machine only; " +
			"give --tls-cert and --tls-key, or --insecure-http if no one else can read this network.")
	}
	return expandFlags(map[string]*string{"tls-cert": &s.cert, "tls-key": &s.key})
}

// readSenders returns the senders of the configuration that --config names, or
// of the one at the default path.
func (s *serveFlags) readSenders(isGiven bool) (senders, error) {
	if isGiven && strings.TrimSpace(s.configFlag) == "" {
		return senders{}, exit.Usage("--config is empty; give it a value or leave it out.")
	}
	if err := expandFlags(map[string]*string{"config": &s.configFlag}); err != nil {
		return senders{}, err
	}
	where, err := findPaths(s.db)
	if err != nil {
		return senders{}, err
	}
	s.configPath = cmp.Or(s.configFlag, where.config)
	if s.config, err = readConfig(s.configPath, isGiven); err != nil {
		return senders{}, err
	}
	s.wasConfigured = exists(s.configPath)
	if s.changesPerDay, err = s.config.Serve.changesPerDay(); err != nil {
		return senders{}, s.config.located(err)
	}
	if err = cmp.Or(s.setProxies(s.config.Serve), s.setLogLevel(s.config.Serve.LogLevel)); err != nil {
		return senders{}, err
	}
	return s.config.openSenders()
}

// openListener listens on the socket of the service manager, or else on --listen,
// with TLS where there is a certificate. scheme is "http" or "https".
func (s *serveFlags) openListener() (listener net.Listener, scheme string, err error) {
	if s.cert != "" {
		if s.certificate, err = loadCertificate(s.cert, s.key); err != nil {
			return nil, "", err
		}
	}
	listener, forMetrics, err := activatedListeners()
	if err == nil && listener == nil {
		listener, err = listenOn(s.listen, "--listen")
	}
	if fault := s.openMetrics(forMetrics); fault != nil { // both are said at once
		err = both(err, fault)
	}
	if err != nil {
		return nil, "", err
	}
	if s.cert == "" {
		if !s.isInsecure && !isThisMachine(listener.Addr()) {
			listener.Close()
			return nil, "", exit.Usage("The service manager's socket is open to other machines; " +
				"give --tls-cert and --tls-key, or --insecure-http if no one else can read this network.")
		}
		return listener, "http", nil
	}
	return s.certificate.listen(listener), "https", nil
}

// both are the errors of two listeners, of which the first may be nil, with the exit code of that.
func both(first, second error) error {
	var one, two *exit.Error
	if !errors.As(first, &one) || !errors.As(second, &two) {
		return cmp.Or(first, second)
	}
	return &exit.Error{Code: one.Code, Err: errors.Join(one.Err, two.Err)}
}

// listenOn listens on an address and port, which a flag names.
func listenOn(address, flag string) (net.Listener, error) {
	listener, err := net.Listen(network(address), address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, exit.Failed("Something listens on %s already; end it, or choose another with %s.", address, flag)
	case err != nil:
		return nil, exit.Failed("The server cannot listen on %s: %w.", address, err)
	}
	return listener, nil
}

// network is "tcp4" for an IPv4 address, so that 0.0.0.0 does not mean IPv6, too.
func network(address string) string {
	if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().Is4() {
		return "tcp4"
	}
	return "tcp"
}

// drainTime is how long /readyz reports 503 before the server stops, so that a
// load balancer can send requests elsewhere in time.
const drainTime = time.Second

// serveGC is by how many percent the memory in use may grow before the next garbage
// collection. With Go's 100 the server holds 31 MiB under load, and its goal is 30. Only
// half a MiB of it lives on the heap: what this saves is garbage, since Go lets the
// smallest heap grow to 4 MiB, times this.
const serveGC = 60

func (s *serveFlags) serve(ctx context.Context, c *cobra.Command, listener net.Listener, scheme string) error {
	debug.SetGCPercent(serveGC)
	signal.Ignore(syscall.SIGPIPE) // a log whose reader is gone ends with an error, and not the process
	lines := newLogQueue(c.ErrOrStderr(), &s.level)
	defer lines.close(after(grace))
	s.log = slog.New(slog.NewJSONHandler(safe.JSONWriter(lines), &slog.HandlerOptions{Level: &s.level}))
	if s.certificate != nil {
		s.certificate.log = s.log
	}
	defer s.reloadOnHangup()()
	stopTracing, err := s.startTracing(ctx)
	if err != nil {
		return err
	}
	defer stopTracing() // after the last message
	tell := func(what string) func(error) { return logOnce(s.log, what) }
	s.report, s.reportBackup = tell("messages could not be sent"), tell("the backup of the day could not be made")
	s.tell = func(sentence string) { s.log.Warn(sentence) }
	return s.withDatabase(ctx, s.isCreating, func(d *database, accounts *local.Accounts) error {
		s.log.Debug("starting", "version", version(), "database", d.name(), "config", s.configPath, "level", s.level.Level().String())
		perToken, perAddress := httpapi.Rates(s.rate)
		server := httpapi.NewServer(httpapi.ServerOptions{Accounts: accounts, Tokens: accounts, Ready: d.ready, Log: s.log,
			TLS: s.cert != "", Drain: drainTime, TokenRate: perToken, AddressRate: perAddress, ChangesPerDay: s.changesPerDay, Proxies: s.proxies,
			Observer: s.observers.requests, Tracer: s.observers.tracer()})
		d.startCheck(tell("the database cannot be used"), func(sentence string) { s.log.Warn(sentence) })
		if _, err := fmt.Fprintf(c.OutOrStdout(), "pinghome: listening on %s://%s\n", scheme, listener.Addr()); err != nil {
			return outputError(err)
		}
		if err := s.serveMetrics(c.OutOrStdout(), d, accounts, server); err != nil {
			return err
		}
		notifyManager(daemon.SdNotifyReady)
		defer context.AfterFunc(ctx, func() { notifyManager(daemon.SdNotifyStopping) })()
		return server.Serve(ctx, listener) // the messages are stopped after the last answer, with the database
	})
}

// isThisMachine reports whether an address is a loopback address, or a socket in
// the file system.
func isThisMachine(address net.Addr) bool {
	host, _, err := net.SplitHostPort(address.String())
	return address.Network() == "unix" || err == nil && backend.IsThisMachine(host)
}

// after returns a channel that is closed after some time.
func after(limit time.Duration) <-chan struct{} {
	done := make(chan struct{})
	time.AfterFunc(limit, func() { close(done) })
	return done
}
