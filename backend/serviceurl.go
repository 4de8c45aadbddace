package backend

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// ServiceURL parses the address of a server that is told a secret, such as "token": absolute,
// without user, query or fragment, https unless it is this machine's, with its host as
// CleanHost has it, its port without zeros, and without slashes at its end. place is where the
// secret stands. The error is the rest of a sentence that begins with what the address is.
func ServiceURL(address, secret, place string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return nil, errors.New("is not a whole web address, such as https://api.example.org.")
	case u.User != nil:
		return nil, fmt.Errorf("must not have a user name or password in it; %s.", place)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("must end with its path, without ? and #.")
	}
	host, err := CleanHost(u.Hostname())
	if err != nil {
		return nil, fmt.Errorf("cannot be used. %w", err)
	}
	port, err := cleanPort(u)
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot be used. %w", err)
	case u.Scheme == "http" && !IsThisMachine(host):
		return nil, fmt.Errorf("must start with https://: plain http would show the %s to everybody on the way to %s.", secret, host)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("must start with https://.")
	}
	u.Host = HostInURL(host) + port
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}
