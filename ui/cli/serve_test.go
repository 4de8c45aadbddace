//go:build unix

package cli

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestRateSetsTheLimitOnRequests(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	for rate, isRefused := range map[string]bool{"1": true, "0": false} {
		address, _ := h.serve("--listen", "127.0.0.1:0", "--rate", rate)
		statuses := map[int]int{}
		for range 20 { // the limit is one a second, in bursts of two
			status, err := askProfile(http.DefaultClient, address, token)
			if err != nil {
				t.Fatal(err)
			}
			statuses[status]++
		}
		if statuses[200] == 0 || (statuses[429] > 0) != isRefused || statuses[200]+statuses[429] != 20 {
			t.Errorf("with --rate %s: %v", rate, statuses)
		}
	}
}

func TestTheConsoleOnAServer(t *testing.T) {
	h := home{t, t.TempDir()}
	h.writeFile("token", h.createAccount())
	address, server := h.serve("--listen", "127.0.0.1:0")
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token", "--theme", "dark")
	w.see("Ada Byron")
	w.see("remote 127.0.0.1")
	w.see("Name       Ada Byron") // before that there is nothing to edit
	w.press("e")
	w.see("Edit name")
	w.press(" Augusta\r\r")
	w.see("Saved: Ada Augusta Byron")
	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	w.see("offline")
	h.serve("--listen", strings.TrimPrefix(address, "http://"))
	w.see("The server is back")
	w.press("q")
	w.wantExit(0)
}

func TestFlagsThatNameAServerWrongly(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"plain http":         {[]string{"--server", "http://accounts.example.org", "--token-file", "token"}, 2, "http"},
		"another protocol":   {[]string{"--server", "ftp://x"}, 2, "must start with https://"},
		"no address":         {[]string{"--server", "nonsense"}, 2, "is not a whole web address"},
		"a password":         {[]string{"--server", "https://ada:lovelace@127.0.0.1:1"}, 2, "must not have a user name or password"},
		"no token":           {[]string{"--server", "http://127.0.0.1:1"}, 2, "There is no token for http://127.0.0.1:1"},
		"an open token":      {[]string{"--server", "http://127.0.0.1:1", "--token-file", "open"}, 2, "chmod 600"},
		"no such layout":     {[]string{"--server", "http://127.0.0.1:1", "--layout", "v9", "--token-file", "token"}, 2, "v9"},
		"two places":         {[]string{"--server", "http://127.0.0.1:1", "--demo"}, 2, "either on a server or here"},
		"half an address":    {[]string{"--query-url", "http://127.0.0.1:1"}, 2, "go together"},
		"a token, no server": {[]string{"--token-file", "token"}, 2, "are for a server"},
		"no such context":    {[]string{"--context", "work"}, 2, "There is no context \"work\""},
	} {
		t.Run(name, func(t *testing.T) {
			h := home{t, t.TempDir()}
			h.writeFile("token", "ph_x")
			os.WriteFile(filepath.Join(h.dir, "open"), []byte("ph_x"), 0o644)
			w := inWindowAt(t, h.dir, "pinghome", c.args...)
			w.see(c.says)
			w.wantExit(c.code)
			if strings.Contains(w.text(), "lovelace") {
				t.Errorf("the password is on the screen:\n%s", w.text())
			}
		})
	}
}

// TestASecondSignalEndsTheServerAtOnce: after the first one, a request whose
// body is incomplete is still answered; after the second it is not.
func TestASecondSignalEndsTheServerAtOnce(t *testing.T) {
	for signals, answer := range map[int]string{1: "HTTP/1.1 400 ", 2: ""} {
		h := home{t, t.TempDir()}
		token := h.createAccount()
		address, server := h.serve("--listen", "127.0.0.1:0")
		pending, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer pending.Close()
		fmt.Fprintf(pending, "PATCH /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n", token)
		interim := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
		if _, err := io.ReadFull(pending, interim); err != nil || !strings.Contains(string(interim), "100 Continue") {
			t.Fatalf("the server said %q, %v", interim, err)
		}
		for sent := range signals {
			if server.Process.Signal(syscall.SIGTERM); sent == 0 {
				seeStopping(t, address)
			}
		}
		if said, _ := io.ReadAll(pending); !strings.HasPrefix(string(said), answer) || answer == "" && len(said) > 0 {
			t.Errorf("after %d signals the pending request was answered %q", signals, said)
		}
		if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
			t.Errorf("after %d signals the server ended with %v", signals, state)
		}
	}
}

// seeStopping polls until the server reports that it is shutting down.
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

func TestAPortThatIsInUse(t *testing.T) {
	h := home{t, t.TempDir()}
	address, _ := h.serve("--listen", "127.0.0.1:0", "--create")
	said, err := h.command("serve", "--listen", strings.TrimPrefix(address, "http://")).CombinedOutput()
	if err == nil || !strings.Contains(string(said), "choose another with --listen") {
		t.Errorf("it said %s (%v)", said, err)
	}
}

func TestAnIPv4AddressIsNotIPv6(t *testing.T) {
	h := home{t, t.TempDir()}
	address, _ := h.serve("--listen", "0.0.0.0:0", "--insecure-http", "--create")
	if !strings.HasPrefix(address, "http://0.0.0.0:") {
		t.Errorf("it listens on %s", address)
	}
}
