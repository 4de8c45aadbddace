package delivery

import (
	"net"
	"net/netip"
	"strings"
	"testing"
)

// addressedConn is a connection from an address.
type addressedConn struct {
	net.Conn
	local string
}

func (c addressedConn) LocalAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(c.local))
}

// TestTheNameInEHLO: a full name or an address, and never a name without a dot (RFC 5321,
// 4.1.1.1 and 4.1.4).
func TestTheNameInEHLO(t *testing.T) {
	for _, c := range []struct{ helo, hostname, local, want string }{
		{"", "app.example.org", "192.0.2.1:99", "app.example.org"},
		{"", "app.example.org.", "192.0.2.1:99", "app.example.org"},
		{"", "vm", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "vm", "[2001:db8::1]:99", "[IPv6:2001:db8::1]"},
		{"", "vm", "[fe80::1%eth0]:99", "[IPv6:fe80::1]"},
		{"", "vm", "[::ffff:192.0.2.1]:99", "[192.0.2.1]"},
		{"", "localhost.localdomain", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "mac.local", "192.0.2.1:99", "[192.0.2.1]"}, // RFC 6762
		{"", "Mac.LAN.", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "x.corp.internal", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "nas.home.arpa", "192.0.2.1:99", "[192.0.2.1]"}, // RFC 8375
		{"", "vm.localdomain", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "vm.localhost", "192.0.2.1:99", "[192.0.2.1]"},
		{"", "local.example.org", "192.0.2.1:99", "local.example.org"},
		{"app.corp.internal", "vm", "192.0.2.1:99", "app.corp.internal"}, // for a relay of that network
		{"", "my_host.example.org", "192.0.2.1:99", "[192.0.2.1]"},       // no name that SMTP knows
		{"", "192.0.2.7", "192.0.2.1:99", "[192.0.2.1]"},
		{"mail.example.org", "app.example.org", "192.0.2.1:99", "mail.example.org"},
		{"bücher.example", "vm", "192.0.2.1:99", "xn--bcher-kva.example"},
		{"[192.0.2.5]", "app.example.org", "192.0.2.1:99", "[192.0.2.5]"},
		{"[IPv6:2001:DB8::5]", "app.example.org", "192.0.2.1:99", "[IPv6:2001:db8::5]"},
	} {
		e := Email{Host: "mail.example.org", From: "no-reply@example.org", HELO: c.helo}
		made, err := e.newSender()
		if err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		sender, _ := made.(email)
		sender.hostname = func() (string, error) { return c.hostname, nil }
		if got := sender.heloName(addressedConn{local: c.local}); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	for _, helo := range []string{"vm", "a b.example", "a.example\r\nQUIT", "[192.0.2.1", "[vm]", "192.0.2.1", "-a.example", "localhost", "a..example"} {
		e := Email{Host: "mail.example.org", From: "no-reply@example.org", HELO: helo}
		if _, err := e.newSender(); err == nil || !strings.HasPrefix(err.Error(), "delivery.email.helo is ") {
			t.Errorf("%q: %v", helo, err)
		}
	}
}
