package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// dropPrivilege makes permissions of files count for the processes that the test
// starts, also where it runs as root. It is for the thread of the test, which ends
// with it.
func dropPrivilege(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	runtime.LockOSThread() // and never unlocked
	for _, capability := range []uintptr{unix.CAP_DAC_OVERRIDE, unix.CAP_DAC_READ_SEARCH} {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, capability, 0, 0, 0); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAFileThatMayOnlyBeReadIsToldAtTheStart, before the first change fails.
func TestAFileThatMayOnlyBeReadIsToldAtTheStart(t *testing.T) {
	dropPrivilege(t)
	h := home{t, t.TempDir()}
	token := h.createAccount()
	path := filepath.Join(h.dir, ".local/share/pinghome/pinghome.db")
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	said, err := h.command("doctor").Output()
	if err == nil || !strings.Contains(string(said), "WRONG\tfile") || !strings.Contains(string(said), "pinghome.db cannot be written") {
		t.Errorf("the doctor said %s, %v", said, err)
	}
	logged := new(logBuffer)
	address, server := h.serveLogging(logged, "--listen", "127.0.0.1:0")
	if status, said := send(t, "GET", address+"/readyz", token, ""); status != 503 || strings.Contains(said, h.dir) {
		t.Errorf("/readyz answered %d %s", status, said)
	}
	if !becomesTrue(func() bool { return strings.Contains(logged.String(), "cannot be written, so nothing can be changed") }) {
		t.Errorf("the server logged %s", logged)
	}
	if status, said := send(t, "GET", address+"/v1/customer", token, ""); status != 200 {
		t.Errorf("reading answered %d %s", status, said)
	}
	if status, said := send(t, "PATCH", address+"/v1/customer", token, `{"name":"Augusta"}`); status != 503 || strings.Contains(said, h.dir) {
		t.Errorf("a change answered %d %s", status, said)
	}
	server.Process.Signal(syscall.SIGTERM)
	server.Process.Wait()

	w := inWindowAt(t, h.dir, "pinghome", "--theme", "mono")
	w.see("Ada Byron")
	w.see("cannot be written")
	w.press("q")
	w.wantExit(0)
}
