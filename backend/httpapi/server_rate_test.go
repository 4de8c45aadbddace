package httpapi_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestTokenRate(t *testing.T) {
	h := startServer(t, func(o *httpapi.ServerOptions) { o.TokenRate = httpapi.Rate{PerSecond: 0.5, Burst: 3} })
	g, other := h.as(john), h.as(anna)
	for range 3 {
		g.do("GET", "/customer", "").wants(200)
	}
	if a := g.do("GET", "/customer", "").refuses(429, "rate_limited").is("2", "retry_after"); a.header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After: %s", a.header.Get("Retry-After"))
	}
	other.do("GET", "/customer", "").wants(200)
	h.advance(2 * time.Second)
	g.do("GET", "/customer", "").wants(200)
	g.do("GET", "/customer", "").refuses(429, "rate_limited")
	g.do("PUT", channelPath(unknownID), `{`).refuses(429, "rate_limited") // checked before everything that is wrong with the request
	(&caller{h, "ph_nonsense", "/v1"}).do("GET", "/customer", "").refuses(401, "unauthorized")
}

// TestHowFarALimitIs: an answer tells of each limit that counts its request.
func TestHowFarALimitIs(t *testing.T) {
	h := startServer(t, func(o *httpapi.ServerOptions) {
		o.TokenRate, o.ChangesPerDay = httpapi.Rate{PerSecond: 0.5, Burst: 3}, 2
	})
	g := h.as(john)
	tells := func(a received, policy, left string) {
		t.Helper()
		if p, l := a.header.Get("RateLimit-Policy"), a.header.Get("RateLimit"); p != policy || l != left {
			t.Errorf("%s tells %s and %s, want %s and %s", a.what, p, l, policy, left)
		}
	}
	const ofToken, ofBoth = `"requests";q=3;w=6`, `"requests";q=3;w=6, "changes";q=2;w=86400`
	tells(g.do("GET", "/customer", "").wants(200), ofToken, `"requests";r=2;t=2`)
	tells(g.do("PATCH", "/customer", `{"name": "Jane"}`).wants(200), ofBoth, `"requests";r=1;t=2, "changes";r=1;t=86400`)
	tells(g.do("PATCH", "/customer", `{"name": ""}`).wants(422), ofBoth, `"requests";r=0;t=2, "changes";r=1;t=86400`) // a refusal is no change
	tells(g.do("PATCH", "/customer", `{"name": "Jim"}`).refuses(429, "rate_limited").is("2", "retry_after"), ofToken, `"requests";r=0;t=2`)
	h.advance(time.Hour)
	tells(g.do("PATCH", "/customer", `{"name": "Jim"}`).wants(200), ofBoth, `"requests";r=2;t=2, "changes";r=0;t=82800`)
	tells(g.do("PATCH", "/customer", `{"name": "Jo"}`).refuses(429, "rate_limited"), ofBoth, `"requests";r=1;t=2, "changes";r=0;t=82800`)
	h.advance(time.Second)
	tells(g.do("GET", "/customer", "").wants(200), ofToken, `"requests";r=0;t=1`)
	tells((&caller{h, "ph_nonsense", "/v1"}).do("GET", "/customer", "").refuses(401, "unauthorized"), "", "")
	unlimited := startServer(t, func(o *httpapi.ServerOptions) { o.ChangesPerDay = -1 }).as(john)
	tells(unlimited.do("PATCH", "/customer", `{"name": "Jane"}`).wants(200), "", "")
}

// TestAddressRate: an IPv6 network counts as one address. This machine has no
// limit, since all requests may come through a proxy here.
func TestAddressRate(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	f := fakesWithProfile()
	h := httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, AddressRate: httpapi.Rate{PerSecond: 1, Burst: 2}, Now: func() time.Time { return now }})
	from := func(address string, status int) {
		t.Helper()
		r := httptest.NewRequest("GET", "/v1/customer", nil) // without a token
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != status {
			t.Errorf("%s got %d, want %d", address, w.Code, status)
		}
	}
	for range 3 {
		from("127.0.0.1:1", 401)
		from("[::1]:1", 401)
	}
	from("192.0.2.1:1", 401)
	from("[::ffff:192.0.2.1]:2", 401)
	from("192.0.2.1:3", 429)
	from("192.0.2.2:1", 401)
	from("[2001:db8::1]:1", 401)
	from("[2001:db8::2]:1", 401)
	from("[2001:db8::3]:1", 429)
	from("[2001:db8:0:1::3]:1", 401)
	for n := range 30_000 { // more addresses than are counted: new ones share a limit
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", n>>16, n>>8&255, n&255)
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	from("203.0.113.9:1", 429)
	now = now.Add(time.Minute)
	from("203.0.113.9:1", 401)
}
