//go:build unix

package cli

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestAnInterruptedChange says that it is not known whether it was made.
func TestAnInterruptedChange(t *testing.T) {
	h := home{t, t.TempDir()}
	h.writeFile("token", h.createAccount())
	address, _ := h.serve("--listen", "127.0.0.1:0")
	inner, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	pass, came, release := httputil.NewSingleHostReverseProxy(inner), make(chan struct{}, 4), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			came <- struct{}{}
			<-release
			return
		}
		pass.ServeHTTP(w, r)
	}))
	defer slow.Close()
	defer close(release)
	var told strings.Builder
	edit := h.command("profile", "edit", "--name", "Zoe", "--server", slow.URL, "--token-file", "token")
	edit.Stderr = &told
	if err := edit.Start(); err != nil {
		t.Fatal(err)
	}
	<-came
	_ = edit.Process.Signal(syscall.SIGINT)
	_ = edit.Process.Signal(syscall.SIGINT) // as timeout sends it, to the process and to its group
	_ = edit.Wait()
	if code := edit.ProcessState.ExitCode(); code != 130 || told.String() != "pinghome: It is not known whether this was done. Look before doing it again.\n" {
		t.Errorf("it ends with %d and says %q", code, told.String())
	}
}

// TestATestThatHangsIsBrokenOff by a signal, and by the time of --wait, and is not said to be done or not.
func TestATestThatHangsIsBrokenOff(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.run("channel", "add", "ada@byron.example")
	code := strings.TrimSpace(h.run("messages", "list", "--json=code", "--template", "{{(index . 0).code}}"))
	h.run("channel", "verify", "1", code)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	_ = silent.(*net.TCPListener).SetDeadline(time.Now().Add(time.Minute))
	_, port, _ := net.SplitHostPort(silent.Addr().String())
	h.writeFile("mail.toml", "[delivery.email]\nhost = \"127.0.0.1\"\nport = "+port+"\nsecurity = \"none\"\nfrom = \"p@example.org\"\n")
	for _, c := range []struct {
		args []string
		code int
		told string
	}{
		{nil, 130, "pinghome: It is not known whether the test was sent: no answer had come when it was broken off.\n"},
		{[]string{"--wait=3s"}, exit.CodeUnknown, "pinghome: After 3s it is not known whether the test was sent.\n"},
	} {
		var told strings.Builder
		test := h.command(append([]string{"channel", "test", "1", "--config", "mail.toml"}, c.args...)...)
		test.Stderr = &told
		if err := test.Start(); err != nil {
			t.Fatal(err)
		}
		conn, err := silent.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if c.args == nil {
			_ = test.Process.Signal(syscall.SIGINT)
		}
		_ = test.Wait()
		conn.Close()
		if got := test.ProcessState.ExitCode(); got != c.code || !strings.HasSuffix(told.String(), c.told) {
			t.Errorf("%v: it ends with %d and says %q", c.args, got, told.String())
		}
	}
}
