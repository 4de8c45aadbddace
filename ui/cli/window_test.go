//go:build unix

package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// window is a terminal in which a command runs. It answers no query, like some
// real terminals.
type window struct {
	t    *testing.T
	home string
	cmd  *exec.Cmd
	pty  *os.File

	mu     sync.Mutex // of the screen: vt's own SafeEmulator is not safe
	screen *vt.Emulator
	raw    bytes.Buffer
	closed chan struct{}
}

// inWindow starts a command with a home folder of its own. The window is so wide
// that no sentence is broken.
func inWindow(t *testing.T, name string, args ...string) *window {
	t.Helper()
	return inWindowAt(t, t.TempDir(), name, args...)
}

// inWindowAt is inWindow for a home folder that exists.
func inWindowAt(t *testing.T, home, name string, args ...string) *window {
	t.Helper()
	return inWindowWith(t, home, nil, name, args...)
}

// inWindowWith is inWindowAt with more variables.
func inWindowWith(t *testing.T, home string, variables []string, name string, args ...string) *window {
	t.Helper()
	w := &window{t: t, home: home, screen: vt.NewEmulator(240, 40), closed: make(chan struct{})}
	if err := os.MkdirAll(w.tempDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	w.cmd = exec.Command(name, args...)
	w.cmd.Dir = home
	w.cmd.Env = []string{"HOME=" + home, "TMPDIR=" + w.tempDir(), "TERM=xterm-256color", "LANG=C.UTF-8", collectRaceReports(t), "PATH=" + os.Getenv("PATH")}
	w.cmd.Env = append(w.cmd.Env, variables...)
	far, err := pty.StartWithSize(w.cmd, &pty.Winsize{Cols: 240, Rows: 40})
	if err != nil {
		t.Fatal(err)
	}
	w.pty = far
	go w.draw()
	go w.ignoreReplies()
	t.Cleanup(func() { w.cmd.Process.Kill(); far.Close() })
	return w
}

// collectRaceReports returns the variable that lets the race detector of a
// command write into a file, and not on the screen. Its reports fail the test.
func collectRaceReports(t *testing.T) string {
	folder, err := os.MkdirTemp("", "race") //nolint:usetesting // t.TempDir has the test's name in it, and GORACE takes no commas
	if err != nil {
		t.Fatal(err)
	}
	reports := filepath.Join(folder, "race")
	t.Cleanup(func() {
		defer os.RemoveAll(folder)
		files, _ := filepath.Glob(reports + ".*")
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Error(err)
			}
			for report := range strings.SplitSeq(string(text), "==================\n") {
				if strings.Contains(report, "DATA RACE") {
					t.Error(report)
				}
			}
		}
	})
	return noRaceSleep + " log_path=" + reports
}

func (w *window) tempDir() string { return filepath.Join(w.home, "tmp") }

func (w *window) draw() {
	defer close(w.closed)
	buffer := make([]byte, 4096)
	for {
		n, err := w.pty.Read(buffer)
		w.mu.Lock()
		w.raw.Write(buffer[:n])
		w.screen.Write(buffer[:n])
		w.mu.Unlock()
		if err != nil { // EIO on Linux, when the last process has closed it
			return
		}
	}
}

// ignoreReplies reads the emulator's replies to queries, which would block it
// otherwise.
func (w *window) ignoreReplies() {
	buffer := make([]byte, 256)
	for {
		if _, err := w.screen.Read(buffer); err != nil {
			return
		}
	}
}

func (w *window) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.String()
}

// see waits until a text is on the screen.
func (w *window) see(text string) {
	w.t.Helper()
	w.await(text, func() bool { return strings.Contains(w.text(), text) })
}

// seeFile waits until a file in the home folder matches a pattern.
func (w *window) seeFile(pattern string) {
	w.t.Helper()
	w.await(pattern, func() bool {
		found, err := filepath.Glob(filepath.Join(w.home, pattern))
		return err == nil && len(found) > 0
	})
}

func (w *window) await(what string, isTrue func() bool) {
	w.t.Helper()
	if !becomesTrue(isTrue) {
		w.t.Fatalf("%q did not come:\n%s", what, w.text())
	}
}

// becomesTrue polls for something that another process does, for 20 seconds at
// most.
func becomesTrue(isTrue func() bool) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if isTrue() {
			return true
		}
	}
	return false
}

// resize changes the size of the window.
func (w *window) resize(cols, rows int) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.screen.Resize(cols, rows)
	if err := pty.Setsize(w.pty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) press(keys string) {
	w.t.Helper()
	if _, err := w.pty.WriteString(keys); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) signal(s syscall.Signal) {
	w.t.Helper()
	if err := w.cmd.Process.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// wantExit waits for the end of the command and compares the exit code.
func (w *window) wantExit(want int) {
	w.t.Helper()
	<-w.closed
	w.cmd.Wait()
	if got := w.cmd.ProcessState.ExitCode(); got != want {
		w.t.Fatalf("exit code %d, want %d:\n%s", got, want, w.text())
	}
}

// wantRestored checks, after the end, that the terminal's modes are turned off again.
func (w *window) wantRestored() {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for push, pop := range map[string]string{"\x1b[22;2t": "\x1b[23;2t", "\x1b[>5u": "\x1b[<u"} {
		if raw := w.raw.String(); strings.Count(raw, push) != strings.Count(raw, pop) {
			w.t.Errorf("%q was sent %d times, and %q %d times", push, strings.Count(raw, push), pop, strings.Count(raw, pop))
		}
	}
	for on, off := range map[string]string{
		"\x1b[?1049h": "\x1b[?1049l", "\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l", "\x1b[?2026h": "\x1b[?2026l", "\x1b[?2031h": "\x1b[?2031l",
		"\x1b[?1002h": "\x1b[?1002l", "\x1b[?1003h": "\x1b[?1003l", "\x1b[?1006h": "\x1b[?1006l",
	} {
		if raw := w.raw.String(); strings.LastIndex(raw, on) > strings.LastIndex(raw, off) {
			w.t.Errorf("%q was left on", on)
		}
	}
}

// wantNothingIn checks that a folder is empty or was never made.
func wantNothingIn(t *testing.T, dir string) {
	t.Helper()
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("%s has %v", dir, entries)
	}
}
