//go:build unix

package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// home is the home folder of a person who runs commands.
type home struct {
	t   testing.TB
	dir string
}

// run runs a command to its end and returns what it printed.
func (h home) run(args ...string) string {
	h.t.Helper()
	out, err := h.command(args...).Output()
	if err != nil {
		h.t.Fatalf("pinghome %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

// command returns pinghome with these arguments, not started yet.
func (h home) command(args ...string) *exec.Cmd {
	c := exec.Command("pinghome", args...)
	c.Dir = h.dir
	c.Env = []string{"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), noRaceSleep}
	return c
}

// serve starts a server and returns its address once it has printed it.
func (h home) serve(args ...string) (address string, server *exec.Cmd) {
	h.t.Helper()
	return h.serveLogging(nil, args...)
}

// serveLogging is serve for a test that reads the server's log, which goes to log.
func (h home) serveLogging(log io.Writer, args ...string) (address string, server *exec.Cmd) {
	h.t.Helper()
	server = h.command(append([]string{"serve"}, args...)...)
	server.Stderr = log
	return startServer(h.t, server), server
}

// startServer starts a server and returns its address once it has printed it.
func startServer(t testing.TB, server *exec.Cmd) (address string) {
	t.Helper()
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "pinghome: listening on ")
	if err != nil || !ok {
		t.Fatalf("the server said %q, %v", line, err)
	}
	return address
}

// writeFile writes a file that only its owner can read.
func (h home) writeFile(name, content string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// createAccount creates Ada Byron's account, and a token for it.
func (h home) createAccount() (token string) {
	h.t.Helper()
	h.run("account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	return h.run("token", "create", "--account", "ada@byron.example")
}

// askProfile asks a server for the token's profile, and returns the status.
func askProfile(client *http.Client, address, token string) (int, error) {
	request, err := http.NewRequest("GET", address+"/v1/customer", nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// TestARefusedAccountLeavesNoDatabase, since the console's first question would not come
// any more.
func TestARefusedAccountLeavesNoDatabase(t *testing.T) {
	names := []string{"account", "create", "--name", "Ada", "--surname", "Byron"}
	for _, rest := range [][]string{
		{"--email", "ada@byron.example", "--plan", "foo"}, {"--email", "ada@byron.example", "--team", "two\nlines"},
		{"--email", "ada@byron.example", "--organization", strings.Repeat("x", 101)}, {"--email", "ada"},
	} {
		h := home{t, t.TempDir()}
		if said, err := h.command(append(names, rest...)...).CombinedOutput(); err == nil {
			t.Errorf("%v: %s", rest, said)
		}
		wantNothingIn(t, h.dir)
	}
}
