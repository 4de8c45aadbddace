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

// pipeListener is a listener without a network, so that these tests can use the
// fake clock of synctest.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}
func (l *pipeListener) Close() error   { close(l.closed); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// pipeServer is a server on such a listener.
type pipeServer struct {
	*testing.T
	listener *pipeListener
	stop     context.CancelFunc
	done     chan error
}

// servePipes runs a server, calls visit with it, stops it and waits for its end.
func servePipes(t *testing.T, o httpapi.ServerOptions, visit func(*pipeServer)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := &pipeServer{t, &pipeListener{make(chan net.Conn), make(chan struct{})}, cancel, make(chan error, 1)}
		go func() { r.done <- httpapi.NewServer(o).Serve(ctx, r.listener) }()
		visit(r)
		cancel()
		if err := <-r.done; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
}

// connect opens a connection and sends a text.
func (r *pipeServer) connect(send string) (net.Conn, *bufio.Reader) {
	r.Helper()
	mine, theirs := net.Pipe()
	select {
	case r.listener.conns <- theirs:
	case <-time.After(time.Minute):
		r.Fatal("the connection is not accepted")
	}
	if _, err := io.WriteString(mine, send); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { mine.Close() })
	return mine, bufio.NewReader(mine)
}

const getProfile = "GET /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n"

// partialBody is a request whose body is not sent to its end.
const partialBody = "PATCH /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 100\r\n\r\n{"

func (r *pipeServer) wantStatus(from *bufio.Reader, status int) *http.Response {
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

// TestTimeoutsOfConnections: slow and idle callers are disconnected.
func TestTimeoutsOfConnections(t *testing.T) {
	f := fakesWithProfile()
	for send, c := range map[string]struct {
		after  time.Duration
		status int
	}{
		"GET /v1/customer HTTP/1.1\r\nHost:": {5 * time.Second, 0},
		partialBody:                          {15 * time.Second, 400},
		getProfile:                           {60 * time.Second, 200},
	} {
		servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) {
			begun := time.Now()
			_, from := r.connect(send)
			if c.status != 0 {
				r.wantStatus(from, c.status)
			}
			if rest, err := io.ReadAll(from); len(rest) > 0 || err != nil || time.Since(begun) != c.after {
				r.Errorf("%q was disconnected after %v with %q, %v", send, time.Since(begun), rest, err)
			}
		})
	}
}

// TestRefusalDoesNotWaitForTheBody: the rest of the body is read for two seconds
// after the answer, so that the caller can read the answer.
func TestRefusalDoesNotWaitForTheBody(t *testing.T) {
	f := fakesWithProfile()
	for send, status := range map[string]int{
		strings.Replace(partialBody, "Bearer", "Basic", 1):                    401,
		strings.Replace(partialBody, "/v1/customer", "/v1/nothing", 1):        404,
		strings.Replace(partialBody, "PATCH", "BREW", 1):                      405,
		strings.Replace(partialBody, "100", "100000", 1):                      413,
		strings.Replace(partialBody, "PATCH", "GET", 1):                       200, // a GET does not read a body
		strings.Replace(partialBody, "PATCH /v1/customer", "GET /healthz", 1): 200,
	} {
		servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) {
			begun := time.Now()
			_, from := r.connect(send)
			if a := r.wantStatus(from, status); !a.Close || time.Since(begun) != 0 {
				r.Errorf("%q was answered after %v, closing: %v", send, time.Since(begun), a.Close)
			}
			if _, err := from.ReadByte(); err != io.EOF || time.Since(begun) > 3*time.Second {
				r.Errorf("%q was disconnected after %v, %v", send, time.Since(begun), err)
			}
		})
	}
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) { // the connection is kept when the body was read
		mine, from := r.connect(strings.Replace(partialBody, "100", "2", 1) + "}")
		r.wantStatus(from, 422)
		go io.WriteString(mine, getProfile)
		r.wantStatus(from, 200)
	})
}

// TestMalformedRequests: net/http answers those that it cannot read with a text
// of its own, and closes the connection.
func TestMalformedRequests(t *testing.T) {
	f := fakesWithProfile()
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
		servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) {
			_, from := r.connect(send)
			a := r.wantStatus(from, c.status)
			if kind := a.Header.Get("Content-Type"); kind != c.kind || (a.Header.Get("X-Request-Id") != "") != (kind == "application/problem+json") {
				r.Errorf("%q was answered with %v", send, a.Header)
			}
		})
	}
}

func TestLargeHeaders(t *testing.T) {
	f := fakesWithProfile()
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) {
		mine, theirs := net.Pipe()
		r.listener.conns <- theirs
		go io.WriteString(mine, strings.Replace(getProfile, "Host", "More: "+strings.Repeat("x", 24<<10)+"\r\nHost", 1)) // the server stops reading it
		r.wantStatus(bufio.NewReader(mine), http.StatusRequestHeaderFieldsTooLarge)
		mine.Close()
	})
}

// TestNewConnectionEvictsTheLongestIdle: a caller that holds all connections
// keeps no other one out.
func TestNewConnectionEvictsTheLongestIdle(t *testing.T) {
	f := fakesWithProfile()
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 3}, func(r *pipeServer) {
		begun := time.Now()
		idle := map[string]*bufio.Reader{}
		for _, c := range []struct{ name, send string }{{"first", getProfile}, {"second", ""}, {"third", getProfile}} {
			_, from := r.connect(c.send)
			if idle[c.name] = from; c.send != "" {
				r.wantStatus(from, 200)
			}
			time.Sleep(time.Second)
		}
		for _, name := range []string{"first", "second", "third"} { // all of them are idle for longer than the new one
			_, from := r.connect(getProfile)
			r.wantStatus(from, 200)
			if _, err := idle[name].ReadByte(); err != io.EOF {
				r.Errorf("the %s is still connected: %v", name, err)
			}
		}
		if took := time.Since(begun); took != 4*time.Second { // the third had been idle for one of its two seconds
			r.Errorf("it took %v", took)
		}
	})
}

// TestBusyConnectionIsNotEvicted: while none is idle, a new connection waits for
// an answer to end.
func TestBusyConnectionIsNotEvicted(t *testing.T) {
	var release chan struct{}
	f := fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		<-release
		return backend.Profile{Revision: 1}, nil
	}}}
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 2}, func(r *pipeServer) {
		release = make(chan struct{})
		for range 2 {
			_, from := r.connect(getProfile)
			go io.Copy(io.Discard, from)
		}
		synctest.Wait()
		time.AfterFunc(3*time.Second, func() { close(release) })
		begun := time.Now()
		_, from := r.connect("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.wantStatus(from, 200)
		if took := time.Since(begun); took != 3*time.Second {
			r.Errorf("it waited for %v", took)
		}
	})
}

// TestBrokenListener ends the server with the listener's error.
func TestBrokenListener(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	f := fakesWithProfile()
	if err := httpapi.NewServer(httpapi.ServerOptions{Accounts: f, Tokens: f}).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Errorf("ended with %v", err)
	}
}
