package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestChangesPerDay(t *testing.T) {
	h := startServer(t, func(o *httpapi.ServerOptions) { o.ChangesPerDay = 3 })
	g, other := h.as(john), h.as(anna)
	rename := func(c *caller, n int) received {
		return c.do("PATCH", "/customer", fmt.Sprintf(`{"name": "John %d"}`, n))
	}
	rename(g, 1).wants(200)
	h.advance(time.Hour)
	rename(g, 2).wants(200)
	for range 9 { // refused, so not counted
		g.do("PATCH", "/customer", `{"name": ""}`).refuses(422, "invalid", "name")
		g.do("PATCH", "/customer", `{`).wants(400)
		g.do("PUT", "/customer/username", `{"email": "`+john[:8]+`@example.org"}`).refuses(409, "email_unchanged")
	}
	rename(g, 3).wants(200)
	a := rename(g, 4).refuses(429, "rate_limited").is(fmt.Sprint(23*60*60), "retry_after")
	if a.header.Get("Retry-After") != fmt.Sprint(23*60*60) || !strings.Contains(string(a.raw), "in a day, 3. Nothing was changed. Try again in 23 hours, or ask who runs the server for more.") {
		t.Errorf("%s: %s", a.header.Get("Retry-After"), a.raw)
	}
	g.do("GET", "/customer", "").wants(200).is(`"John 3"`, "data", "customer", "name")
	rename(other, 1).wants(200)
	h.advance(23*time.Hour - 30*time.Minute - time.Second)
	if a := rename(g, 4).refuses(429, "rate_limited"); !strings.Contains(string(a.raw), "in 31 minutes") {
		t.Errorf("%s", a.raw)
	}
	h.advance(30*time.Minute + time.Second)
	rename(g, 4).wants(200)
	h.advance(-48 * time.Hour) // a clock that was wrong does not lock for longer
	for n := range 3 {
		rename(g, n).wants(200)
	}
	rename(g, 9).refuses(429, "rate_limited").is(fmt.Sprint(24*60*60), "retry_after")
}

func TestChangesWithoutALimit(t *testing.T) {
	h := startServer(t, func(o *httpapi.ServerOptions) { o.ChangesPerDay = -1 })
	g := h.as(john)
	for n := range 20 {
		g.do("PATCH", "/customer", fmt.Sprintf(`{"name": "John %d"}`, n)).wants(200)
	}
}
