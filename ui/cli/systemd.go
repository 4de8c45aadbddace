package cli

import (
	"net"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// activatedListener is the socket that a service manager has opened for this
// process (LISTEN_FDS); nil when there is none.
func activatedListener() (net.Listener, error) {
	listeners, err := activation.Listeners()
	if err != nil {
		return nil, exit.Failed("The socket of the service manager cannot be used: %w.", err)
	}
	var found []net.Listener
	for _, l := range listeners {
		if l != nil {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	return nil, exit.Usage("The service manager passed %d sockets; the server takes one.", len(found))
}

// notifyManager tells the service manager how the server is (sd_notify). Without
// one it does nothing. It is told as well as can be: a manager that does not
// listen stops nothing.
func notifyManager(state string) { _, _ = daemon.SdNotify(false, state) }
