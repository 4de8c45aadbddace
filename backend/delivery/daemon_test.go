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

// What other people's programs really do is seen with them: Debian's postfix
// and Debian's kannel. The tests start them in folders of their own, on ports
// of this machine alone, and end them again.

// need skips a test where a program that it needs is not installed, and says
// what to install.
func requirePrograms(t *testing.T, packages string, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := os.Stat(program); err != nil {
			t.Skipf("NOT TESTED against the real one: %s is not there; apt-get install %s", program, packages)
		}
	}
}

// room is a folder that the users of daemons can reach, as a test's own is not.
func sharedDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pinghome-peer-")
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

// freePorts are ports of this machine that nobody listens on.
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

// until asks again and again, since another process tells nobody when it is
// ready, and fails with what it has said.
func waitFor(t *testing.T, what string, isSo func() bool, said func() string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if isSo() {
			return
		}
	}
	t.Fatalf("%s did not come:\n%s", what, said())
}

// daemon is a program beside the test, which ends it.
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

// said is everything that the program has printed.
func (d *daemon) output() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.String()
}

func (d *daemon) hasPrinted(words string) func() bool {
	return func() bool { return strings.Contains(d.output(), words) }
}

func startDaemon(t *testing.T, dir, program string, args ...string) *daemon {
	t.Helper()
	d := &daemon{cmd: exec.Command(program, args...)}
	d.cmd.Dir, d.cmd.Stdout, d.cmd.Stderr = dir, d, d
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)
	return d
}

// stop asks the program to end, and makes it where it does not.
func (d *daemon) stop() {
	stubborn := time.AfterFunc(10*time.Second, func() { _ = d.cmd.Process.Kill() })
	defer stubborn.Stop()
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	_ = d.cmd.Wait()
}

// newest is what a file in a maildir has, once there is one.
func newestMail(t *testing.T, maildir string, said func() string) string {
	t.Helper()
	var text []byte
	waitFor(t, "a letter", func() bool {
		letters, _ := filepath.Glob(filepath.Join(maildir, "new", "*"))
		if len(letters) == 0 {
			return false
		}
		var err error
		text, err = os.ReadFile(letters[0])
		return err == nil
	}, said)
	return string(text)
}

func address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
