package delivery

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// startReceiver starts a web server on this machine, and returns its URL.
func startReceiver(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// startHangingReceiver starts a receiver that calls onRequest for a request and never
// answers it.
func startHangingReceiver(t testing.TB, onRequest func()) string {
	end := make(chan struct{})
	to := startReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		onRequest()
		select {
		case <-r.Context().Done():
		case <-end:
		}
	})
	t.Cleanup(func() { close(end) }) // runs before server.Close, which waits for the requests
	return to
}

// closedPort returns a loopback port without a listener.
func closedPort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
