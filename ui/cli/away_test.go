//go:build unix

package cli

import (
	"strings"
	"testing"
)

// TestAConsoleThatIsOpenedBeforeItsServer waits, and comes alive with it.
func TestAConsoleThatIsOpenedBeforeItsServer(t *testing.T) {
	h := home{t, t.TempDir()}
	h.keep("token", h.account())
	address, server := h.serve("--listen", "127.0.0.1:0") // finds a port that is free
	server.Process.Kill()
	server.Wait()
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token")
	w.see("No answer from the server")
	w.see(address)
	w.see("retry")
	h.serve("--listen", strings.TrimPrefix(address, "http://"))
	w.see("Ada Byron")
	w.see("The server answers")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

func TestAConsoleThatWaitsForItsServerCanBeLeft(t *testing.T) {
	for name, key := range map[string]string{"q": "q", "ctrl+c": "\x03"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := home{t, t.TempDir()}
			h.keep("token", "ph_x")
			w := inWindowAt(t, h.dir, "pinghome", "--server", "http://127.0.0.1:1", "--token-file", "token")
			w.see("No answer from the server")
			w.press(key)
			w.wantExit(0)
			w.wantRestored()
		})
	}
}

func TestATokenThatTheServerRefusesEndsTheCommand(t *testing.T) {
	h := home{t, t.TempDir()}
	h.account()
	h.keep("token", "ph_x")
	address, _ := h.serve("--listen", "127.0.0.1:0")
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token")
	w.see("This token is not valid")
	w.wantExit(1)
}
