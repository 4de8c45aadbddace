package httpapi_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

const (
	trace = "0af7651916cd43dd8448eb211c80319c"
	tail  = "-" + trace + "-b7ad6b7169203331-"
	whole = "00" + tail + "01"
)

// traceparents are headers, and what is passed on.
var traceparents = []struct {
	sent []string
	want string
}{
	{nil, ""},
	{[]string{whole}, whole},
	{[]string{"00" + tail + "00"}, "00" + tail + "00"},
	{[]string{"00" + tail + "03"}, "00" + tail + "03"},
	{[]string{"cc" + tail + "01-what-the-future-will-be-like"}, whole}, // a later version
	{[]string{"cc" + tail + "ff"}, whole},
	{[]string{"01" + tail + "02"}, "00" + tail + "00"},
	{[]string{"cc" + tail + "01.what"}, ""},
	{[]string{"ff" + tail + "01"}, ""},
	{[]string{whole + "-more"}, ""},
	{[]string{whole, whole}, ""},
	{[]string{whole + "," + whole}, ""},
	{[]string{strings.ToUpper(whole)}, ""},
	{[]string{"00-00000000000000000000000000000000-b7ad6b7169203331-01"}, ""},
	{[]string{"00-" + trace + "-0000000000000000-01"}, ""},
	{[]string{"00-" + trace + "-b7ad6b7169203331"}, ""},
	{[]string{"00-" + trace[:31] + "\n-b7ad6b7169203331-01"}, ""},
	{[]string{"00-" + trace[:31] + "x-b7ad6b7169203331-01"}, ""},
	{[]string{"00_" + trace + "_b7ad6b7169203331_01"}, ""},
	{[]string{"00-" + trace[:30] + "é-b7ad6b7169203331-01"}, ""},
	{[]string{`{"level":"ERROR","msg":"forged","trace":"0af7651916cd43dd"}`}, ""},
	{[]string{strings.Repeat("0", 16000)}, ""},
	{[]string{""}, ""},
	{[]string{" "}, ""},
}

// TestTraceOfARequest: a well-formed traceparent is passed on with the change, and the log has its
// trace. One that is not is as if it were not there.
func TestTraceOfARequest(t *testing.T) {
	for _, c := range traceparents {
		log, passed := &logBuffer{}, "?"
		f := fakes{view: backendtest.Stub{UpdateNameFunc: func(ctx context.Context, _ backend.NameChange) (backend.Profile, error) {
			passed = backend.CommandOf(ctx).Traceparent
			return backend.Profile{}, nil
		}}}
		r := httptest.NewRequest("PATCH", "/v1/customer", strings.NewReader(`{"name": "John"}`))
		r.Header.Set("Authorization", "Bearer x")
		r.Header["Traceparent"] = c.sent
		w := httptest.NewRecorder()
		httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, Log: log.logger()}).ServeHTTP(w, r)
		hasTrace := strings.Contains(log.String(), `"trace":"`+trace+`"`)
		if w.Code != 200 || passed != c.want || hasTrace != (c.want != "") || strings.Contains(log.String(), `"trace"`) != hasTrace || strings.Contains(log.String(), "forged") {
			t.Errorf("%.100q: %d, passed on %q, want %q, the log has %s", c.sent, w.Code, passed, c.want, log)
		}
	}
}
