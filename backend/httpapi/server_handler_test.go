package httpapi_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestPathsAndMethods(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	for _, path := range []string{"", "/", "/customer/", "//customer", "/customer/../customer", "/customer/" + john + "/", "/customer/" + john + "/nothing",
		"/customer/" + john + "//notification-channels", "/Customer", "/v1/customer"} {
		g.do("GET", path, "").refuses(404, "not_found")
	}
	for path, allow := range map[string]string{
		"/customer": "DELETE, GET, HEAD, PATCH", "/customer/username": "DELETE, PATCH, PUT", "/customer/feedback": "GET, HEAD, POST",
		"/customer/" + john: "GET, HEAD", channelPath(john): "DELETE, POST, PUT", channelPath(john) + "s": "GET, HEAD",
		channelPath(john) + "/verification": "PATCH", channelPath(john) + "/test": "POST", channelPath(john) + "/enabled": "PUT",
		channelPath(john) + "/attempts": "GET, HEAD", channelPath(john) + "/receipt": "POST", channelPath(john) + "/secret": "POST",
		"/customer/" + john + "/messages/1/attempts": "GET, HEAD", "/customer/" + john + "/messages/1/resend": "POST",
	} {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} {
			if strings.Contains(allow, method) {
				continue
			}
			request, err := http.NewRequest(method, g.url+g.prefix+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultTransport.RoundTrip(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != 405 || response.Header.Get("Allow") != allow {
				t.Errorf("%s %s answered %d, Allow %q", method, path, response.StatusCode, response.Header.Get("Allow"))
			}
		}
	}
	full := g.do("GET", "/customer", "").wants(200)
	head := g.do("HEAD", "/customer", "")
	if head.status != 200 || len(head.raw) != 0 || head.header.Get("Content-Length") != full.header.Get("Content-Length") || head.header.Get("ETag") != full.header.Get("ETag") {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
}

func TestCommonHeaders(t *testing.T) {
	for _, tls := range []bool{false, true} {
		h := startServer(t, func(o *httpapi.ServerOptions) { o.TLS = tls })
		g := h.as(john)
		for _, path := range []string{"/customer", "/nothing", "/customer/" + unknownID, "/openapi.json"} {
			header := g.do("GET", path, "", "X-Request-Id", "abc.DEF-1_2").header
			if header.Get("Cache-Control") != "no-store" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("X-Request-Id") != "abc.DEF-1_2" ||
				(header.Get("Strict-Transport-Security") != "") != tls {
				t.Errorf("%s: %v", path, header)
			}
		}
		for _, id := range []string{"", "a b", "é", `"`, strings.Repeat("x", 65)} {
			if got := g.do("GET", "/customer", "", "X-Request-Id", id).header.Get("X-Request-Id"); got == id || len(got) != 36 {
				t.Errorf("%q became %q", id, got)
			}
		}
	}
}

// TestHandlerTimeouts: a handler has ten seconds; one that answers what a
// provider says has the provider's fifteen and two to record the answer.
func TestHandlerTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		view := backendtest.Stub{ProfileFunc: func(ctx context.Context) (backend.Profile, error) {
			<-ctx.Done()
			return backend.Profile{}, &backend.Error{Code: backend.CodeBusy, Err: ctx.Err()}
		}, TestChannelFunc: func(ctx context.Context, _ int) (backend.Test, error) {
			<-ctx.Done()
			return backend.Test{}, backend.Errorf(backend.CodeDeliveryFailed, "The test was not delivered: no answer in time.")
		}}
		sendTo(t, fakes{view: view}, &logBuffer{}, "GET", "/customer", "").refuses(503, "busy")
		if took := time.Since(begun); took != 10*time.Second {
			t.Errorf("it took %v", took)
		}
		sendTo(t, fakes{view: view}, &logBuffer{}, "POST", channelPath(john)+"/test", `{"priority": 1}`).refuses(502, "delivery_failed")
		if took := time.Since(begun); took != 27*time.Second {
			t.Errorf("both took %v", took)
		}
	})
}
