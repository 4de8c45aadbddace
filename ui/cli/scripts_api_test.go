//go:build unix

package cli

import (
	"strings"
	"testing"
)

// TestRequestsByScript have fields of every shape, headers and pages.
func TestRequestsByScript(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, "", "channel", "add", "ada@byron.example")
		s.do(0, "", "channel", "add", "+994551234567")
		const journal = "/v1/customer/{customer_id}/journal"
		if pages := s.do(0, "", "api", "GET", journal, "-f", "limit=1", "--paginate"); strings.Count(pages, `"message"`) < 2 || strings.Count(pages, `"channel.created"`) != 2 {
			s.t.Errorf("the pages are %s", pages)
		}
		if one := s.do(0, "", "api", "GET", journal, "-f", "limit=1"); strings.Count(one, `"message"`) != 1 {
			s.t.Errorf("one page is %s", one)
		}
		s.do(2, "--paginate is for GET", "api", "PATCH", "/v1/customer", "--paginate")
		s.do(0, `(?s)^HTTP/1\.1 200\n.*\nContent-Type: application/json\n.*\n\n\{`, "api", "GET", "/v1/customer", "-i")
		s.do(0, `"priority":2.*"priority":1|"priority":1.*"priority":2`, "api", "PUT", "/v1/customer/{customer_id}/notification-channel/order", "-F", "priorities[]=2", "-F", "priorities[]=1")
		s.do(0, `^1\tsms`, "channel", "list")
		s.do(2, `The field "name\[\]" is given twice`, "api", "PATCH", "/v1/customer", "-f", "name=a", "-f", "name[]=b")
		s.do(2, "A field is KEY=VALUE", "api", "PATCH", "/v1/customer", "-f", "name[=a")
		s.do(2, "no argument|not taken from an argument", "api", "GET", "/v1/customer", "-H", "authorization: Bearer x")
		s.do(2, "A header is NAME:VALUE", "api", "GET", "/v1/customer", "-H", "x")
		const key = "Idempotency-Key: once"
		first := s.do(0, `"id"`, "api", "POST", "/v1/customer/feedback", "-f", "feedback=Good", "-H", key)
		if again := s.do(0, `"id"`, "api", "POST", "/v1/customer/feedback", "-f", "feedback=Good", "-H", key); again != first {
			s.t.Errorf("the feedback was sent twice: %s, %s", first, again)
		}
	})
}
