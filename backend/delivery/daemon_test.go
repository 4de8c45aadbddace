//go:build linux

package delivery

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Some tests run against real servers: postfix and kannel, as Debian packages them.
// They start them with folders of their own, on ports of the loopback address, and
// stop them at the end.

// requirePrograms skips a test when a program that it needs is not installed, and
// says which packages to install. It fails where PINGHOME_PEERS says that all are there.
func requirePrograms(t *testing.T, packages string, programs ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("IN SHORT RUNS NOT TESTED against the real one")
	}
	for _, program := range programs {
		if _, err := os.Stat(program); err != nil && os.Getenv("PINGHOME_PEERS") == "required" {
			t.Fatal(err)
		} else if err != nil {
			t.Skipf("NOT TESTED against the real one: %s is not there; apt-get install %s", program, packages)
		}
	}
}

// sharedDir makes a folder that daemons can use under other users, unlike t.TempDir.
func sharedDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pinghome-peer-") //nolint:usetesting // only its user can enter the folder of t.TempDir
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// freePorts returns loopback ports without a listener.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// waitFor polls a condition, since it depends on another process. After 30 seconds it
// fails with the output of the process.
func waitFor(t *testing.T, what string, isMet func() bool, output func() string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if isMet() {
			return
		}
	}
	t.Fatalf("waited in vain for %s:\n%s", what, output())
}

// daemon is a program that a test runs; what it prints is kept.
type daemon struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	out bytes.Buffer
}

func (d *daemon) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.Write(p)
}

// output returns everything that the program has printed.
func (d *daemon) output() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.String()
}

func (d *daemon) hasPrinted(text string) func() bool {
	return func() bool { return strings.Contains(d.output(), text) }
}

func startDaemon(t *testing.T, dir, program string, args ...string) *daemon {
	t.Helper()
	d := &daemon{cmd: exec.Command(program, args...)}
	d.cmd.Dir, d.cmd.Stdout, d.cmd.Stderr = dir, d, d
	d.cmd.WaitDelay = time.Second // its children may keep what it prints to open
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)
	return d
}

// stop asks the program to end, and kills it after 10 seconds.
func (d *daemon) stop() {
	kill := time.AfterFunc(10*time.Second, func() { _ = d.cmd.Process.Kill() })
	defer kill.Stop()
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	_ = d.cmd.Wait()
}

// newMail waits for an email in a maildir and returns it.
func newMail(t *testing.T, maildir string, output func() string) string {
	t.Helper()
	var text []byte
	waitFor(t, "an email", func() bool {
		mails, _ := filepath.Glob(filepath.Join(maildir, "new", "*"))
		if len(mails) == 0 {
			return false
		}
		var err error
		text, err = os.ReadFile(mails[0])
		return err == nil
	}, output)
	return string(text)
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
