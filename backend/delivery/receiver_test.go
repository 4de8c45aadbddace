package delivery

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

// receiver is a server on this machine for as long as the test takes.
func startReceiver(t testing.TB, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	return server.URL
}

// hanging is a receiver that tells when it has a request, and answers nothing.
func startHangingReceiver(t testing.TB, got func()) string {
	end := make(chan struct{})
	to := startReceiver(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		got()
		select {
		case <-r.Context().Done():
		case <-end:
		}
	})
	t.Cleanup(func() { close(end) }) // before the server waits for its requests
	return to
}

// closedPort is a port of this machine where nobody is.
func closedPort(t testing.TB) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}
