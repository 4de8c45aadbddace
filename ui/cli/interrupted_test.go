//go:build unix

package cli

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"syscall"
	"testing"
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
