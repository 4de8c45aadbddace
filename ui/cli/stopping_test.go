//go:build unix

package cli

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// TestASecondSignalEndsTheServerAtOnce: the first waits a moment for half a
// body, which is answered then; the second does not.
func TestASecondSignalEndsTheServerAtOnce(t *testing.T) {
	for signals, answer := range map[int]string{1: "HTTP/1.1 400 ", 2: ""} {
		h := home{t, t.TempDir()}
		token := h.account()
		address, server := h.serve("--listen", "127.0.0.1:0")
		held, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer held.Close()
		fmt.Fprintf(held, "PATCH /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n", token)
		asks := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
		if _, err := io.ReadFull(held, asks); err != nil || !strings.Contains(string(asks), "100 Continue") {
			t.Fatalf("the server said %q, %v", asks, err)
		}
		for sent := range signals {
			if server.Process.Signal(syscall.SIGTERM); sent == 0 {
				seeStopping(t, address)
			}
		}
		if said, _ := io.ReadAll(held); !strings.HasPrefix(string(said), answer) || answer == "" && len(said) > 0 {
			t.Errorf("after %d signals the held request was told %q", signals, said)
		}
		if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
			t.Errorf("after %d signals the server ended with %v", signals, state)
		}
	}
}

// seeStopping asks until the server says that it stops.
func seeStopping(t *testing.T, address string) {
	t.Helper()
	for {
		response, err := http.Get(address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode == http.StatusServiceUnavailable {
			if !strings.Contains(string(said), "shutting down") || response.Header.Get("Retry-After") == "" {
				t.Errorf("it said %s", said)
			}
			return
		}
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	h := home{t, t.TempDir()}
	address, _ := h.serve("--listen", "127.0.0.1:0")
	said, err := h.command("serve", "--listen", strings.TrimPrefix(address, "http://")).CombinedOutput()
	if err == nil || !strings.Contains(string(said), "choose another with --listen") {
		t.Errorf("it said %s (%v)", said, err)
	}
}
