package cli

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/metrics"
)

// metricsAddress is the address and port where Prometheus is answered; "" for nowhere.
type metricsAddress string

func (m metricsAddress) check() error {
	if m != "" && !isHostPort(string(m)) {
		return fmt.Errorf("is %q; write an address and a port, such as 127.0.0.1:9642", string(m))
	}
	return nil
}

// openMetrics listens where the flag says, else the configuration, or takes given, the socket of the service
// manager that is named so. Without any of them there are no metrics. Other machines are let in under the
// same conditions as to the API, by TLS with the same certificate; this one needs none.
func (s *serveFlags) openMetrics(given net.Listener) (err error) {
	address := string(cmp.Or(s.metricsFlag, s.config.Serve.Metrics))
	isOpen := address != "" && !isLoopback(address)
	if given != nil {
		isOpen, address = !isThisMachine(given.Addr()), given.Addr().String()
	}
	switch {
	case address == "":
		return nil
	case isOpen && s.certificate == nil && !s.isInsecure:
		return exit.Usage("Without TLS the metrics are read on this machine only, not at %s; choose 127.0.0.1:9642, "+
			"or give --tls-cert and --tls-key, or --insecure-http if no one else can read this network.", address)
	}
	if s.metricsListener = given; given == nil {
		if s.metricsListener, err = listenOn(address, "--metrics"); err != nil {
			return err
		}
	}
	if s.metricsScheme = "http"; isOpen && s.certificate != nil {
		s.metricsScheme, s.metricsListener = "https", s.certificate.listen(s.metricsListener)
	}
	return nil
}

// newMetrics makes the metrics where there is a listener for them, and has everything tell them.
func (s *serveFlags) newMetrics() {
	if s.metricsListener == nil {
		return
	}
	s.metrics = metrics.New(release())
	s.observers = observers{engine: s.metrics, accounts: s.metrics, requests: s.metrics}
}

// serveMetrics answers scrapes until the listener is closed, and says where.
func (s *serveFlags) serveMetrics(out io.Writer, d *database, accounts *local.Accounts, server *httpapi.Server) error {
	if s.metrics == nil {
		return nil
	}
	s.metrics.Watch(metrics.Sources{Store: d.db, Ready: d.ready, Backup: d.backupTime(), Places: accounts.Places, Connections: server.Connections})
	go s.metrics.Serve(s.metricsListener, s.log)
	if _, err := fmt.Fprintf(out, "pinghome: metrics on %s://%s%s\n", s.metricsScheme, s.metricsListener.Addr(), metrics.Path); err != nil {
		return outputError(err)
	}
	return nil
}

// backupTime returns when the newest backup of the day was made, the zero time for none; it is nil where none are made.
func (d *database) backupTime() func() time.Time {
	if d.backups == nil {
		return nil
	}
	return func() time.Time {
		newest, err := newestBackup(d.backups.Folder, d.name())
		if err != nil || newest == "" {
			return time.Time{}
		}
		info, err := os.Stat(newest)
		if err != nil {
			return time.Time{}
		}
		return info.ModTime()
	}
}

// isHostPort reports whether a text is an address and a port; either may be a name, and the port 0 for any.
func isHostPort(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil && port != ""
}

// isLoopback reports whether an address and port are of this machine.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && backend.IsThisMachine(host)
}
