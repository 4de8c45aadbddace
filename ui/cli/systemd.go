package cli

import (
	"net"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// metricsSocket is the name (FileDescriptorName=) of the socket of the service manager where Prometheus
// is answered.
const metricsSocket = "metrics"

// activatedListeners are the sockets that a service manager has opened for this process (LISTEN_FDS): one
// for the API, under any name, and one for the metrics; nil where there is none.
func activatedListeners() (api, forMetrics net.Listener, err error) {
	byName, err := activation.ListenersWithNames()
	if err != nil {
		return nil, nil, exit.Failed("The socket of the service manager cannot be used: %w.", err)
	}
	var found []net.Listener
	for name, listeners := range byName {
		if name == metricsSocket {
			forMetrics = listeners[0]
			listeners = listeners[1:]
		}
		found = append(found, listeners...)
	}
	switch len(found) {
	case 0:
		return nil, forMetrics, nil
	case 1:
		return found[0], forMetrics, nil
	}
	return nil, nil, exit.Usage("The service manager passed %d sockets; the server takes one, and one that is named %s.", len(found), metricsSocket)
}

// notifyManager tells the service manager how the server is (sd_notify). Without
// one it does nothing. It is told as well as can be: a manager that does not
// listen stops nothing.
func notifyManager(state string) { _, _ = daemon.SdNotify(false, state) }
