package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func trusting(header string, ranges ...string) httpapi.Proxies {
	p := httpapi.Proxies{Header: header}
	for _, text := range ranges {
		p.Ranges = append(p.Ranges, netip.MustParsePrefix(text))
	}
	return p
}

// callers are what proxies and callers send, and whose request it is then.
var callers = []struct{ header, peer, sent, want string }{
	{"X-Forwarded-For", "192.0.2.1:1", "203.0.113.9", "192.0.2.1"}, // not trusted
	{"X-Forwarded-For", "10.0.0.1:1", "", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "203.0.113.9", "203.0.113.9"},
	{"X-Forwarded-For", "[::ffff:10.0.0.1]:1", "203.0.113.9", "203.0.113.9"},
	{"X-Forwarded-For", "[fd00::1]:1", "2001:db8::7", "2001:db8::7"},
	{"X-Forwarded-For", "[fd00::1%eth0]:1", "2001:db8::7", "2001:db8::7"},
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1, 203.0.113.9", "203.0.113.9"}, // the caller wrote the first
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1, 203.0.113.9, 10.0.0.2,\t10.9.9.9 ", "203.0.113.9"},
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1\n203.0.113.9\n10.0.0.2", "203.0.113.9"},
	{"X-Forwarded-For", "10.0.0.1:1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
	{"X-Forwarded-For", "10.0.0.1:1", "203.0.113.9:4711", "203.0.113.9"},
	{"X-Forwarded-For", "10.0.0.1:1", "[2001:db8::7]:4711", "2001:db8::7"},
	{"X-Forwarded-For", "10.0.0.1:1", "[2001:db8::7]", "2001:db8::7"},
	{"X-Forwarded-For", "10.0.0.1:1", "::ffff:203.0.113.9", "203.0.113.9"},
	{"X-Forwarded-For", "10.0.0.1:1", "fe80::1%eth0", "fe80::1"},
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1, unknown", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1, unknown, 10.0.0.2", "10.0.0.2"},
	{"X-Forwarded-For", "10.0.0.1:1", "1.1.1.1,", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "[203.0.113.9]", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "[2001:db8::7", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "203.0.113.009", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", "203.0.113.9\x7f", "10.0.0.1"},
	{"X-Forwarded-For", "10.0.0.1:1", strings.Repeat("10.0.0.2,", 1000) + "10.0.0.2", "10.0.0.2"},
	{"X-Forwarded-For", "@", "203.0.113.9", ""},
	{"Forwarded", "10.0.0.1:1", "for=203.0.113.9", "203.0.113.9"},
	{"Forwarded", "10.0.0.1:1", `for=1.1.1.1, For="203.0.113.9:80";proto=https;by=_x`, "203.0.113.9"},
	{"Forwarded", "10.0.0.1:1", `host="a.example";for="[2001:db8::7]:4711", for=10.0.0.2`, "2001:db8::7"},
	{"Forwarded", "10.0.0.1:1", "for=1.1.1.1, for=_hidden", "10.0.0.1"},
	{"Forwarded", "10.0.0.1:1", "for=1.1.1.1, for=unknown", "10.0.0.1"},
	{"Forwarded", "10.0.0.1:1", "for=1.1.1.1, proto=https", "10.0.0.1"},
	{"Forwarded", "10.0.0.1:1", "for=1.1.1.1;for=2.2.2.2", "10.0.0.1"},
	{"Forwarded", "10.0.0.1:1", `for="open, for=203.0.113.9`, "203.0.113.9"},                        // the caller's quote does not reach over
	{"Forwarded", "10.0.0.1:1", `for=203.0.113.9;host="x, for=6.6.6.6"`, "10.0.0.1"},                // the caller chose the host
	{"Forwarded", "10.0.0.1:1", `for=203.0.113.9;host="x, for=6.6.6.6;a="`, "10.0.0.1"},             // the same, more cunning
	{"Forwarded", "10.0.0.1:1", `for=203.0.113.9;host="x, for=6.6.6.6;a=\""`, "10.0.0.1"},           // and quoted
	{"Forwarded", "10.0.0.1:1", `for=203.0.113.9;host="x, for=6.6.6.6;a=\"b\""`, "10.0.0.1"},        //
	{"Forwarded", "10.0.0.1:1", `for=203.0.113.9;host="x, for=6.6.6.6;a="b"`, "6.6.6.6"},            // a proxy that does not quote is no proxy
	{"Forwarded", "10.0.0.1:1", ` for = 203.0.113.9`, "10.0.0.1"},                                   // blanks are not allowed there
	{"Forwarded", "10.0.0.1:1", `203.0.113.9`, "10.0.0.1"},                                          // the other header's form
	{"X-Forwarded-For", "10.0.0.1:1", `for=203.0.113.9`, "10.0.0.1"},                                //
	{"Forwarded", "192.0.2.1:1", "for=203.0.113.9", "192.0.2.1"},                                    // not trusted
	{"Forwarded", "10.0.0.1:1", strings.Repeat("for=10.0.0.2,", 1000) + "for=10.0.0.2", "10.0.0.2"}, //
	{"Forwarded", "10.0.0.1:1", strings.Repeat(`"`, 9000) + strings.Repeat(";", 7000), "10.0.0.1"},  //
	{"X-Forwarded-For", "10.0.0.1:1", strings.Repeat(",", 16000), "10.0.0.1"},                       //
	{"X-Forwarded-For", "10.0.0.1:1", "{\"client\":\"x\"}\r\nX: y", "10.0.0.1"},                     // never in the log
}

// TestCallerBehindAProxy: the log and the journal have the address that trusted proxies tell,
// and nothing that a caller wrote.
func TestCallerBehindAProxy(t *testing.T) {
	for _, c := range callers {
		log, noted := &logBuffer{}, ""
		f := fakes{view: backendtest.Stub{UpdateNameFunc: func(ctx context.Context, _ backend.NameChange) (backend.Profile, error) {
			noted = backend.CommandOf(ctx).Address
			return backend.Profile{}, nil
		}}}
		h := httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, Log: log.logger(), Proxies: trusting(c.header, "10.0.0.0/8", "fd00::/8")})
		r := httptest.NewRequest("PATCH", "/v1/customer", strings.NewReader(`{"name": "John"}`))
		r.Header = http.Header{"Authorization": {"Bearer x"}, "Content-Type": {"application/json"}, "X-Real-Ip": {"7.7.7.7"}, "X-Forwarded-For": {"8.8.8.8"}, "Forwarded": {"for=8.8.8.8"}}
		r.RemoteAddr = c.peer
		r.Header.Del(c.header)
		if c.sent != "" {
			r.Header[http.CanonicalHeaderKey(c.header)] = strings.Split(c.sent, "\n")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		want := `"client":"` + c.want + `"`
		if c.want == "" {
			want = `"token":`
		}
		if w.Code != 200 || noted != c.want || !strings.Contains(log.String(), want) || strings.Contains(log.String(), `\"`) {
			t.Errorf("%s from %s: %.200q: %d, the journal has %q, want %q, the log %s", c.header, c.peer, c.sent, w.Code, noted, c.want, log)
		}
	}
}

// TestAddressRateBehindAProxy counts each caller, and not what callers write.
func TestAddressRateBehindAProxy(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	f := fakes{}
	h := httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, AddressRate: httpapi.Rate{PerSecond: 1, Burst: 2}, Now: func() time.Time { return now },
		Proxies: trusting("", "127.0.0.0/8")})
	from := func(peer, forwarded string, status int) {
		t.Helper()
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/healthz", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", forwarded)
		if h.ServeHTTP(w, r); w.Code != status {
			t.Errorf("%s for %s got %d, want %d", peer, forwarded, w.Code, status)
		}
		if tells := w.Header().Get("RateLimit-Policy"); (tells == `"address";q=2;w=2`) != (forwarded != "") {
			t.Errorf("%s for %s tells %s", peer, forwarded, tells)
		}
	}
	from("127.0.0.1:1", "203.0.113.9", 200)
	from("127.0.0.1:2", "1.1.1.1, 203.0.113.9", 200)
	from("127.0.0.1:3", "127.0.0.1, 203.0.113.9", 429)
	from("127.0.0.1:3", "203.0.113.10", 200)
	for range 3 {
		from("127.0.0.1:3", "", 200) // this machine itself
	}
	from("192.0.2.1:1", "127.0.0.1", 200)
	from("192.0.2.1:1", "203.0.113.11", 200)
	from("192.0.2.1:1", "203.0.113.12", 429)
}
