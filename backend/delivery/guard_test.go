package delivery

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/account-settings/pinghome/backend"
)

// internalService is a service on this machine, which customers must not reach. It
// counts its connections.
type internalService struct {
	port  int
	calls atomic.Int64
}

// startInternalService listens on the loopback addresses of IPv4 and, if there is one,
// IPv6. Its port becomes an allowed port, so that only the address can be the reason
// for a refusal.
func startInternalService(t *testing.T) *internalService {
	t.Helper()
	s := &internalService{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	s.count(t, listener)
	if second, err := net.Listen("tcp", fmt.Sprintf("[::1]:%d", s.port)); err == nil {
		s.count(t, second)
	}
	original := allowedPorts
	allowedPorts = append([]uint16{uint16(s.port)}, original...)
	t.Cleanup(func() { allowedPorts = original })
	return s
}

func (s *internalService) count(t *testing.T, l net.Listener) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.calls.Add(1)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-ended })
}

// startDNS starts a DNS server that answers every name with the addresses of answer(),
// and returns a resolver that uses it.
func startDNS(t *testing.T, answer func() []netip.Addr) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for buffer := make([]byte, 1500); ; {
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			var query dnsmessage.Message
			if query.Unpack(buffer[:n]) != nil || len(query.Questions) != 1 {
				continue
			}
			_, _ = conn.WriteTo(dnsReply(query, answer()), from)
		}
	}()
	t.Cleanup(func() { _ = conn.Close(); <-ended })
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}
	return &net.Resolver{PreferGo: true, Dial: dial}
}

func dnsReply(query dnsmessage.Message, addrs []netip.Addr) []byte {
	q := query.Questions[0]
	reply := dnsmessage.Message{Header: dnsmessage.Header{ID: query.ID, Response: true, Authoritative: true}, Questions: query.Questions}
	for _, addr := range addrs {
		header := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 0}
		switch {
		case addr.Is4() && q.Type == dnsmessage.TypeA:
			reply.Answers = append(reply.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AResource{A: addr.As4()}})
		case addr.Is6() && q.Type == dnsmessage.TypeAAAA:
			reply.Answers = append(reply.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}})
		}
	}
	packed, _ := reply.Pack()
	return packed
}

var loopbacks = []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.IPv6Loopback()}

// internalHosts are hosts of this machine or its network, in all notations that some
// program understands.
var internalHosts = []string{
	"127.0.0.1", "127.0.0.1.", "127.1.2.3", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "0.0.0.0",
	"[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
	"[fe80::1%25lo]", "[::1%25lo]", "[fe80::1]", "[fd00::1]", "[ff02::1]",
	"2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "017700000001", "0X7F.1", "127.0.0.1.0x",
	"localhost", "LOCALHOST", "localhost.", "a.localhost", "１２７.0.0.1", "127。0。0。1", "ⓛocalhost",
	"169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
	"printer", "printer.local", "metadata.google.internal", "router.home.arpa",
}

// takesURLs has the channel types, and whether customers choose URLs for them.
var takesURLs = map[backend.ChannelType]bool{backend.TypeEmail: false, backend.TypeSMS: false, backend.TypeWebhook: true, backend.TypePush: true}

// TestInternalAddressesAreNotReached tries every internal host by http and https with
// each sender for URLs of customers, and with the client of a Guard without Check.
func TestInternalAddressesAreNotReached(t *testing.T) {
	s := startInternalService(t)
	resolver := startDNS(t, func() []netip.Addr { return loopbacks })
	r := newRouter(t, Config{Webhook: &Webhook{Enabled: true, Resolver: resolver}, Push: &Push{Enabled: true, Resolver: resolver}})
	guard := NewGuard(Policy{Resolver: resolver})
	for _, host := range append(internalHosts, "hooks.example.com", "user@127.0.0.1", "hooks.example.com@127.0.0.1") {
		for _, scheme := range []string{"https", "http"} {
			to := fmt.Sprintf("%s://%s:%d/message?token=1", scheme, host, s.port)
			for _, by := range backend.ChannelTypes {
				takes, isKnown := takesURLs[by]
				if !isKnown {
					t.Fatalf("takesURLs lacks %s", by)
				}
				if !takes {
					continue
				}
				if e := sendFailure(t, r, codeMessage(t, by, to)); e.Kind != Permanent && host != "hooks.example.com" {
					t.Errorf("%s: %+v", to, e)
				}
				if err := r.Check(by, to); err == nil && (host != "hooks.example.com" || scheme == "http") {
					t.Errorf("Check accepts %s", to)
				}
			}
			if got, err := guard.do(t.Context(), request{method: http.MethodPost, url: to}); err == nil {
				t.Errorf("%s answered %+v", to, got)
			}
		}
	}
	if n := s.calls.Load(); n != 0 {
		t.Errorf("reached %d times", n)
	}
}

// TestAllowedAddressesAreReached shows that the service of the test above can be
// reached when its address is allowed.
func TestAllowedAddressesAreReached(t *testing.T) {
	s := startInternalService(t)
	resolver := startDNS(t, func() []netip.Addr { return loopbacks[:1] })
	r := newRouter(t, Config{Webhook: &Webhook{Enabled: true, Allow: []string{"127.0.0.1"}, AllowHTTP: true, Resolver: resolver}})
	for i, host := range []string{"127.0.0.1", "hooks.example.com"} {
		for j, scheme := range []string{"http", "https"} {
			to := fmt.Sprintf("%s://%s:%d/", scheme, host, s.port)
			if e := sendFailure(t, r, codeMessage(t, backend.TypeWebhook, to)); e.Kind != Temporary || s.calls.Load() != int64(2*i+j+1) {
				t.Errorf("%s: %+v after %d calls", to, e, s.calls.Load())
			}
		}
	}
}

// TestRebindingNameIsNotReached: the name has a public address when the channel is
// saved, and an internal one when the message is sent.
func TestRebindingNameIsNotReached(t *testing.T) {
	s := startInternalService(t)
	var isRebound atomic.Bool
	resolver := startDNS(t, func() []netip.Addr {
		if isRebound.Load() {
			return loopbacks
		}
		return []netip.Addr{netip.MustParseAddr("93.184.215.14")}
	})
	r := newRouter(t, Config{Webhook: &Webhook{Enabled: true, Resolver: resolver}})
	to := fmt.Sprintf("https://rebind.example.com:%d/", s.port)
	if err := r.Check(backend.TypeWebhook, to); err != nil {
		t.Fatal(err)
	}
	if seen, err := resolver.LookupHost(t.Context(), "rebind.example.com"); err != nil || seen[0] != "93.184.215.14" {
		t.Fatalf("%v, %v", seen, err)
	}
	isRebound.Store(true)
	if e := sendFailure(t, r, codeMessage(t, backend.TypeWebhook, to)); e.Kind != Permanent || e.Status != string(errPrivateAddress) {
		t.Errorf("%+v", e)
	}
	if n := s.calls.Load(); n != 0 {
		t.Errorf("reached %d times", n)
	}
}

// TestPlainHTTPOnlyToAllowedAddresses uses a name whose address is known only when the
// connection is made.
func TestPlainHTTPOnlyToAllowedAddresses(t *testing.T) {
	s := startInternalService(t)
	resolver := startDNS(t, func() []netip.Addr { return loopbacks[:1] })
	for _, w := range []Webhook{{Allow: []string{"10.0.0.0/8"}, AllowHTTP: true}, {Allow: []string{"127.0.0.0/8"}}} {
		w.Enabled, w.Resolver = true, resolver
		r := newRouter(t, Config{Webhook: &w})
		e := sendFailure(t, r, codeMessage(t, backend.TypeWebhook, fmt.Sprintf("http://hooks.example.com:%d/", s.port)))
		if e.Kind != Permanent || !strings.Contains(e.Status, "https://") {
			t.Errorf("%+v", e)
		}
	}
	if n := s.calls.Load(); n != 0 {
		t.Errorf("reached %d times", n)
	}
}

// TestOtherPortsAreRefused: other ports than those of web servers are refused, also when
// the address is known only after looking up its name.
func TestOtherPortsAreRefused(t *testing.T) {
	resolver := startDNS(t, func() []netip.Addr { return []netip.Addr{netip.MustParseAddr("93.184.215.14")} })
	r := newRouter(t, Config{Webhook: &Webhook{Enabled: true, Allow: []string{"10.0.0.0/8"}, Resolver: resolver}})
	if e := sendFailure(t, r, codeMessage(t, backend.TypeWebhook, "https://hooks.example.com:25/")); e.Kind != Permanent || e.Status != string(errPort) {
		t.Errorf("%+v", e)
	}
}

// TestOperatorGatewayMayBeAnywhere: the address in the configuration may be any, but
// connections without TLS, which carry its secret, stay on this machine.
func TestOperatorGatewayMayBeAnywhere(t *testing.T) {
	guard := NewGuard(Policy{Operator: true})
	for address, want := range map[string]struct{ plain, tls bool }{
		"127.0.0.1:13013": {true, true}, "[::1]:13013": {true, true}, "10.0.0.7:25": {false, true},
		"93.184.215.14:465": {false, true}, "nonsense": {false, false},
	} {
		if got := guard.control(true)("tcp4", address, nil) == nil; got != want.plain {
			t.Errorf("%s without TLS: %v", address, got)
		}
		if got := guard.control(false)("tcp4", address, nil) == nil; got != want.tls {
			t.Errorf("%s with TLS: %v", address, got)
		}
	}
}

// TestUntrustedReceiver: the certificate has to verify, and TLS 1.2 is the oldest
// version.
func TestUntrustedReceiver(t *testing.T) {
	certificate, roots := newCertificate(t)
	serve := func(most uint16) string {
		listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS10, MaxVersion: most})
		if err != nil {
			t.Fatal(err)
		}
		server := &http.Server{Handler: http.NotFoundHandler(), ErrorLog: quiet}
		go func() { _ = server.Serve(listener) }()
		t.Cleanup(func() { _ = server.Close() })
		return "https://" + listener.Addr().String()
	}
	w := &Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}}
	if e := sendFailure(t, newRouter(t, Config{Webhook: w}), codeMessage(t, backend.TypeWebhook, serve(0))); e.Kind != Temporary || !strings.HasPrefix(e.Status, "its certificate does not verify: ") {
		t.Errorf("%+v", e)
	}
	w.Roots = roots
	if e := sendFailure(t, newRouter(t, Config{Webhook: w}), codeMessage(t, backend.TypeWebhook, serve(0))); e.Status != "answered 404: 404 page not found" {
		t.Errorf("%+v", e)
	}
	if e := sendFailure(t, newRouter(t, Config{Webhook: w}), codeMessage(t, backend.TypeWebhook, serve(tls.VersionTLS11))); e.Kind != Temporary || !strings.HasPrefix(e.Status, "refused TLS: ") {
		t.Errorf("%+v", e)
	}
}
