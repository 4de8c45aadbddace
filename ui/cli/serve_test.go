//go:build unix

package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// run runs a command to its end and returns what it printed.
func (h home) run(args ...string) string {
	h.t.Helper()
	out, err := h.command(args...).Output()
	if err != nil {
		h.t.Fatalf("pinghome %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

// home is a person's folder.
type home struct {
	t   testing.TB
	dir string
}

func (h home) command(args ...string) *exec.Cmd {
	c := exec.Command("pinghome", args...)
	c.Dir = h.dir
	c.Env = []string{"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), noRaceSleep}
	return c
}

// serve starts a server and returns its address once it says that it listens.
func (h home) serve(args ...string) (address string, server *exec.Cmd) {
	h.t.Helper()
	return h.serveLogging(nil, args...)
}

// serveLogging is serve with a place for the server's log.
func (h home) serveLogging(to io.Writer, args ...string) (address string, server *exec.Cmd) {
	h.t.Helper()
	server = h.command(append([]string{"serve"}, args...)...)
	server.Stderr = to
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { server.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "pinghome: listening on ")
	if err != nil || !ok {
		h.t.Fatalf("the server said %q, %v", line, err)
	}
	return address, server
}

// keep writes a token into a file as it should be.
func (h home) keep(file, token string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, file), []byte(token), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// account makes one, and a token for it.
func (h home) account() (token string) {
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

func TestTheLimitOnRequestsIsTheOperators(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.account()
	for rate, isRefused := range map[string]bool{"1": true, "0": false} {
		address, _ := h.serve("--listen", "127.0.0.1:0", "--rate", rate)
		statuses := map[int]int{}
		for range 20 { // one a second, and for a moment two
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
	h.keep("token", h.account())
	address, server := h.serve("--listen", "127.0.0.1:0")
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token", "--theme", "dark")
	w.see("Ada Byron")
	w.see("remote 127.0.0.1")
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

func TestAServerThatIsNotToBeTrusted(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"plain http":       {[]string{"--server", "http://accounts.example.org", "--token-file", "token"}, 2, "http"},
		"no token":         {[]string{"--server", "http://127.0.0.1:1"}, 2, "There is no token for http://127.0.0.1:1"},
		"an open token":    {[]string{"--server", "http://127.0.0.1:1", "--token-file", "open"}, 2, "chmod 600"},
		"no such layout":   {[]string{"--server", "http://127.0.0.1:1", "--layout", "v9", "--token-file", "token"}, 2, "v9"},
		"two places":       {[]string{"--server", "http://127.0.0.1:1", "--demo"}, 2, "either on a server or here"},
		"half an address":  {[]string{"--query-url", "http://127.0.0.1:1"}, 2, "go together"},
		"a token for what": {[]string{"--token-file", "token"}, 2, "are for a server"},
		"no such context":  {[]string{"--context", "work"}, 2, "There is no context \"work\""},
	} {
		t.Run(name, func(t *testing.T) {
			h := home{t, t.TempDir()}
			h.keep("token", "ph_x")
			os.WriteFile(filepath.Join(h.dir, "open"), []byte("ph_x"), 0o644)
			w := inWindowAt(t, h.dir, "pinghome", c.args...)
			w.see(c.says)
			w.wantExit(c.code)
		})
	}
}

func TestTheConfigurationIsReadStrictly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, fault := range map[string]string{
		"[context.work]\nserver = \"https://a.example\"\ntoken_file = \"t\"\n":                "",
		"[context.work]\nserver = \"https://a.example\"\ntokne_file = \"t\"\n":                "row 3, column 1: there is no setting \"context.work.tokne_file\"",
		"[context.work]\nserver = 5\n":                                                        "row 2, column 10: context.work.server takes text in quotes",
		"[context.work]\nserver = \"https://a.example\"\nquery_url = \"https://b.example\"\n": "either server, or query_url",
		"[context.work]\nserver = \"https://a.example\"\nlayout = \"v9\"\n":                   "config.toml: in the context \"work\": There is no layout \"v9\"",
		"[context.work]\nserver = \"127.0.0.1:18700\"\n":                                      "config.toml: in the context \"work\": The server's address is not",
		"[context.work\n":  "row 1",
		"[context.work]\n": "needs a server",
		"[context.play]\nserver = \"https://a.example\"\n": "there are: play",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path, true)
		var s server
		if err == nil {
			s, err = c.named("work", path)
		}
		switch {
		case fault == "" && (err != nil || s.TokenFile != filepath.Join(filepath.Dir(path), "t")):
			t.Errorf("%q: %+v, %v", text, s, err)
		case fault != "" && (err == nil || !strings.Contains(err.Error(), fault)):
			t.Errorf("%q: %v, want %q", text, err, fault)
		}
	}
	if _, err := readConfig(filepath.Join(t.TempDir(), "none.toml"), false); err != nil {
		t.Errorf("a configuration need not be there: %v", err)
	}
}

func TestWhereATokenIsLookedFor(t *testing.T) {
	dir := t.TempDir()
	p := paths{token: filepath.Join(dir, "token")}
	find := func(named string) (string, error) {
		token, _, err := findToken(context.Background(), named, "http://127.0.0.1", p)
		return string(token), err
	}
	t.Setenv("PINGHOME_TOKEN", "")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, "no-bus")) // no keyring here
	if _, err := find(""); err == nil {
		t.Error("there is none yet")
	}
	if err := os.WriteFile(p.token, []byte("beside\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantToken(t, find, "", "beside")
	t.Setenv("PINGHOME_TOKEN", "variable")
	wantToken(t, find, "", "variable")
	wantToken(t, find, p.token, "beside")
}

func wantToken(t *testing.T, find func(string) (string, error), named, want string) {
	t.Helper()
	if got, err := find(named); err != nil || got != want {
		t.Errorf("found %q, %v; want %q", got, err, want)
	}
}

func TestTheCodeOfARefusal(t *testing.T) {
	for code, want := range map[backend.Code]int{backend.CodeNotFound: 5, backend.CodeInvalid: 2, backend.CodeOffline: 1, backend.CodeInternal: 1} {
		if got := exitOf(backend.Errorf(code, "x")).(*ExitError).Code; got != want {
			t.Errorf("%s ends with %d, want %d", code, got, want)
		}
	}
}
