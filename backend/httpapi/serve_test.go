package httpapi_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// wire is a listener without a network, so that these tests can wait on a
// clock of their own.
type wire struct {
	calls  chan net.Conn
	closed chan struct{}
}

func (l *wire) Accept() (net.Conn, error) {
	select {
	case c := <-l.calls:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}
func (l *wire) Close() error   { close(l.closed); return nil }
func (l *wire) Addr() net.Addr { return &net.TCPAddr{} }

// running is a server on a wire.
type running struct {
	*testing.T
	wire *wire
	stop context.CancelFunc
	done chan error
}

// run lets visit use a running server, stops it and waits for its end.
func run(t *testing.T, o httpapi.ServerOptions, visit func(*running)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := &running{t, &wire{make(chan net.Conn), make(chan struct{})}, cancel, make(chan error, 1)}
		go func() { r.done <- httpapi.NewServer(o).Serve(ctx, r.wire) }()
		visit(r)
		cancel()
		if err := <-r.done; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
}

// call connects and sends something.
func (r *running) call(send string) (net.Conn, *bufio.Reader) {
	r.Helper()
	mine, theirs := net.Pipe()
	select {
	case r.wire.calls <- theirs:
	case <-time.After(time.Minute):
		r.Fatal("nobody takes the connection")
	}
	if _, err := io.WriteString(mine, send); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { mine.Close() })
	return mine, bufio.NewReader(mine)
}

const get = "GET /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n"

// halfABody is the beginning of a request whose end does not come.
const halfABody = "PATCH /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 100\r\n\r\n{"

func (r *running) answers(from *bufio.Reader, status int) *http.Response {
	r.Helper()
	a, err := http.ReadResponse(from, nil)
	if err != nil || a.StatusCode != status {
		r.Fatalf("answered %v, %v; want %d", a, err, status)
	}
	if _, err := io.ReadAll(a.Body); err != nil {
		r.Fatal(err)
	}
	return a
}

func still() fakes {
	return fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { return backend.Profile{Revision: 1}, nil }}}
}

// TestSlowCallers are let go, and cost nobody else anything.
func TestSlowCallers(t *testing.T) {
	f := still()
	for send, c := range map[string]struct {
		after  time.Duration
		status int
	}{
		"GET /v1/customer HTTP/1.1\r\nHost:": {5 * time.Second, 0},
		halfABody:                            {15 * time.Second, 400},
		get:                                  {60 * time.Second, 200},
	} {
		run(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *running) {
			begun := time.Now()
			_, from := r.call(send)
			if c.status != 0 {
				r.answers(from, c.status)
			}
			if rest, err := io.ReadAll(from); len(rest) > 0 || err != nil || time.Since(begun) != c.after {
				r.Errorf("%q was let go after %v with %q, %v", send, time.Since(begun), rest, err)
			}
		})
	}
}

// TestARefusalDoesNotWaitForABody that it does not need; what comes of it
// within two seconds is taken, so that the caller gets to read the answer.
func TestARefusalDoesNotWaitForABody(t *testing.T) {
	f := still()
	for send, status := range map[string]int{
		strings.Replace(halfABody, "Bearer", "Basic", 1):                    401,
		strings.Replace(halfABody, "/v1/customer", "/v1/nothing", 1):        404,
		strings.Replace(halfABody, "PATCH", "BREW", 1):                      405,
		strings.Replace(halfABody, "100", "100000", 1):                      413,
		strings.Replace(halfABody, "PATCH", "GET", 1):                       200, // which has no use for a body
		strings.Replace(halfABody, "PATCH /v1/customer", "GET /healthz", 1): 200,
	} {
		run(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *running) {
			begun := time.Now()
			_, from := r.call(send)
			if a := r.answers(from, status); !a.Close || time.Since(begun) != 0 {
				r.Errorf("%q was answered after %v, closing: %v", send, time.Since(begun), a.Close)
			}
			if _, err := from.ReadByte(); err != io.EOF || time.Since(begun) > 3*time.Second {
				r.Errorf("%q was let go after %v, %v", send, time.Since(begun), err)
			}
		})
	}
	run(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *running) { // a body that was read keeps the connection
		mine, from := r.call(strings.Replace(halfABody, "100", "2", 1) + "}")
		r.answers(from, 422)
		go io.WriteString(mine, get)
		r.answers(from, 200)
	})
}

// TestRequestsThatNoClientSends: what can be read is refused as everything is.
// What cannot be read gets net/http's own words, and its connection is closed.
func TestRequestsThatNoClientSends(t *testing.T) {
	f := still()
	for send, c := range map[string]struct {
		status int
		kind   string
	}{
		"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n":                             {404, "application/problem+json"},
		"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n": {404, "application/problem+json"},
		"BREW /v1/customer HTTP/1.1\r\nHost: x\r\n\r\n":                     {405, "application/problem+json"},
		"GET /v1/../v1/customer HTTP/1.1\r\nHost: x\r\n\r\n":                {404, "application/problem+json"},
		"GET /v1/customer HTTP/1.0\r\n\r\n":                                 {401, "application/problem+json"},
		"GET /v1/customer HTTP/1.1\r\n\r\n":                                 {400, "text/plain; charset=utf-8"},
		"GET /v1/customer HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n":         {400, "text/plain; charset=utf-8"},
		"hello\r\n\r\n": {400, "text/plain; charset=utf-8"},
		"GET /v1/customer HTTP/1.1\r\nHost: x\r\nExpect: the best\r\n\r\n":     {417, ""},
		"GET /v1/customer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n": {501, "text/plain; charset=utf-8"},
	} {
		run(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *running) {
			_, from := r.call(send)
			a := r.answers(from, c.status)
			if kind := a.Header.Get("Content-Type"); kind != c.kind || (a.Header.Get("X-Request-Id") != "") != (kind == "application/problem+json") {
				r.Errorf("%q was answered with %v", send, a.Header)
			}
		})
	}
}

func TestLargeHeaders(t *testing.T) {
	f := still()
	run(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *running) {
		mine, theirs := net.Pipe()
		r.wire.calls <- theirs
		go io.WriteString(mine, strings.Replace(get, "Host", "More: "+strings.Repeat("x", 24<<10)+"\r\nHost", 1)) // cut short by the server
		r.answers(bufio.NewReader(mine), http.StatusRequestHeaderFieldsTooLarge)
		mine.Close()
	})
}

// TestANewCallerGetsThePlaceOfTheOneWhoIsQuietLongest: whoever holds all
// connections and says nothing keeps nobody out.
func TestANewCallerGetsThePlaceOfTheOneWhoIsQuietLongest(t *testing.T) {
	f := still()
	run(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 3}, func(r *running) {
		begun := time.Now()
		quiet := map[string]*bufio.Reader{}
		for _, c := range []struct{ name, says string }{{"first", get}, {"second", ""}, {"third", get}} {
			_, from := r.call(c.says)
			if quiet[c.name] = from; c.says != "" {
				r.answers(from, 200)
			}
			time.Sleep(time.Second)
		}
		for _, name := range []string{"first", "second", "third"} { // all of them fall quiet before who comes now
			_, from := r.call(get)
			r.answers(from, 200)
			if _, err := quiet[name].ReadByte(); err != io.EOF {
				r.Errorf("the %s is still there: %v", name, err)
			}
		}
		if took := time.Since(begun); took != 3*time.Second {
			r.Errorf("they waited until %v", took)
		}
	})
}

// TestWhoIsAnsweredKeepsTheConnection: where nobody is quiet, a new caller
// waits for an answer to end.
func TestWhoIsAnsweredKeepsTheConnection(t *testing.T) {
	var release chan struct{}
	f := fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		<-release
		return backend.Profile{Revision: 1}, nil
	}}}
	run(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 2}, func(r *running) {
		release = make(chan struct{})
		for range 2 {
			_, from := r.call(get)
			go io.Copy(io.Discard, from)
		}
		synctest.Wait()
		time.AfterFunc(3*time.Second, func() { close(release) })
		begun := time.Now()
		_, from := r.call("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.answers(from, 200)
		if took := time.Since(begun); took != 3*time.Second {
			r.Errorf("it waited for %v", took)
		}
	})
}

// TestAListenerThatBreaks ends the server with its error.
func TestAListenerThatBreaks(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	f := still()
	if err := httpapi.NewServer(httpapi.ServerOptions{Accounts: f, Tokens: f}).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("ended with %v", err)
	}
}
