package delivery

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// FuzzProviderAnswers: every answer of a provider becomes a receipt or an error with one
// clean line and without the code, and a receipt has an id or Kannel's words in it.
func FuzzProviderAnswers(f *testing.F) {
	for _, list := range [][]told{answeredPush("ntfy"), answeredSMS} {
		for _, test := range list {
			if len(test.body) < 8<<10 {
				f.Add(test.status, test.kind, []byte(test.body))
			}
		}
	}
	f.Add(202, "", []byte("0: Accepted for delivery"))
	f.Add(202, "", []byte("Sent. Message splits: 2"))
	f.Add(429, "", []byte("3: 481516\x1b[2J"))
	to := twilio{gateway{options: SMS{}, provider: "twilio"}}
	f.Fuzz(func(t *testing.T, status int, kind string, body []byte) {
		status = 200 + (status&0x7fffffff)%400
		got := response{status: status, header: http.Header{"Content-Type": {kind}}, body: body}
		r := request{provider: "ntfy example.org", sensitive: []string{"481516"}}
		receipt, err := got.pushResult(r)
		checkOutcome(t, receipt, err, got, func() bool { return strings.HasPrefix(receipt.Status, "id ") && len(receipt.Status) > len("id ") })
		receipt, err = to.result(r, got)
		id := readTwilio(got).id
		checkOutcome(t, receipt, err, got, func() bool { return id != "" && receipt.Status != "" })
		receipt, err = kannel(to).result(r, got)
		checkOutcome(t, receipt, err, got, func() bool { return isTaken(receipt.Status) })
	})
}

func checkOutcome(t *testing.T, receipt Receipt, err error, got response, isYes func() bool) {
	t.Helper()
	line := receipt.Status
	if err == nil && (!got.isSuccess() || !isYes()) {
		t.Errorf("%d %q is taken for a yes: %q", got.status, got.body, line)
	}
	if err != nil {
		e := AsError(err)
		if line = e.Status; e.Stopped && e.Kind != Permanent || e.Final && e.Kind != Unknown || e.Kind == Permanent && e.RetryAfter > 0 || receipt != (Receipt{}) {
			t.Errorf("%+v and %+v", e, receipt)
		}
	}
	if line == "" || !utf8.ValidString(line) || utf8.RuneCountInString(line) > maxStatus+150 || strings.Contains(line, "481516") {
		t.Errorf("%q became %q", got.body, line)
	}
	for _, c := range line {
		if unicode.IsControl(c) || backend.IsBidiControl(c) || unicode.Is(unicode.Cf, c) || unicode.IsSpace(c) && c != ' ' {
			t.Errorf("%q became %q, with %U", got.body, line, c)
		}
	}
}

// FuzzRetryAfter: no wait is negative or longer than a day.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "120", "1.5", "-1", "99999999999999999999", "Wed, 04 Mar 2026 05:07:07 GMT", "120, 60", `"120"`, "Wed, 04 Mar 2026 05:07:07 UTC, 1", "2026-03-04T05:07:07Z", "soon", "\x00"} {
		f.Add(seed)
	}
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		if wait := retryAfter(value, now); wait < 0 || wait > maxRetryAfter {
			t.Errorf("%q: %v", value, wait)
		}
	})
}
