//go:build unix

package clipboard

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// terminal counts what is written to it.
type terminal struct {
	written bytes.Buffer
	writes  int
}

func (t *terminal) Write(b []byte) (int, error) {
	t.writes++
	return t.written.Write(b)
}

// desk is a machine with programs of its own, on which only these environment variables
// of those that matter are set.
type desk struct {
	*Clipboard
	terminal *terminal
	folder   string
}

func newDesk(t *testing.T, environment ...string) *desk {
	d := &desk{terminal: &terminal{}, folder: t.TempDir()}
	d.Clipboard = New(d.terminal)
	d.system, d.patience = "linux", time.Minute
	for _, name := range []string{"TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"} {
		value := ""
		if slices.Contains(environment, name) {
			value = "set"
		}
		t.Setenv(name, value)
	}
	t.Setenv("PATH", d.folder)
	return d
}

// install makes programs that note their arguments and keep what they read.
func (d *desk) install(t *testing.T, names ...string) {
	for _, name := range names {
		d.script(t, name, `echo "$*" >"$0.arguments"; /bin/cat >"$0.text"`)
	}
}

func (d *desk) script(t *testing.T, name, body string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.folder, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) read(name string) string {
	text, _ := os.ReadFile(filepath.Join(d.folder, name))
	return string(text)
}

// copies copies a text, which must go this way.
func (d *desk) copies(t *testing.T, text, way string) {
	t.Helper()
	used, err := d.Copy(text)
	if err != nil || used.Name != way {
		t.Fatalf("copied %q, %v; want %q", used.Name, err, way)
	}
	if through := way == "through the terminal"; used.IsSure == through || (d.terminal.writes > 0) != through {
		t.Fatalf("%q is sure: %v, with %d writes", way, used.IsSure, d.terminal.writes)
	}
}

func TestTheSurestWayIsTaken(t *testing.T) {
	every := []string{"wl-copy", "xclip", "xsel", "pbcopy", "clip.exe", "tmux"}
	for name, c := range map[string]struct {
		system      string
		environment []string
		installed   []string
		way         string
		arguments   string
	}{
		"nothing but a terminal": {"linux", nil, every, "through the terminal", ""},
		"Wayland":                {"linux", []string{"WAYLAND_DISPLAY", "DISPLAY"}, every, "with wl-copy", ""},
		"Wayland without wl":     {"linux", []string{"WAYLAND_DISPLAY", "DISPLAY"}, []string{"xclip"}, "with xclip", "-selection clipboard -in"},
		"X":                      {"linux", []string{"DISPLAY"}, every, "with xclip", "-selection clipboard -in"},
		"X with xsel":            {"linux", []string{"DISPLAY"}, []string{"xsel"}, "with xsel", "--clipboard --input"},
		"X with nothing":         {"linux", []string{"DISPLAY"}, nil, "through the terminal", ""},
		"macOS":                  {"darwin", nil, every, "with pbcopy", ""},
		"Windows":                {"linux", []string{"WSL_DISTRO_NAME"}, every, "with clip.exe", ""},
		"tmux":                   {"linux", []string{"TMUX", "DISPLAY"}, every, "into tmux's buffer", "load-buffer -w -"},
		"tmux over SSH":          {"linux", []string{"TMUX", "SSH_TTY", "DISPLAY"}, every, "into tmux's buffer", "load-buffer -w -"},
		"SSH":                    {"linux", []string{"SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY"}, every, "through the terminal", ""},
		"SSH to macOS":           {"darwin", []string{"SSH_TTY"}, every, "through the terminal", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.environment...)
			d.system = c.system
			d.install(t, c.installed...)
			d.copies(t, "a text", c.way)
			program := strings.TrimPrefix(c.way, "with ")
			if strings.Contains(c.way, "tmux") {
				program = "tmux"
			}
			if c.way != "through the terminal" && (d.read(program+".text") != "a text" || strings.TrimSpace(d.read(program+".arguments")) != c.arguments) {
				t.Fatalf("%s %q read %q", program, d.read(program+".arguments"), d.read(program+".text"))
			}
		})
	}
}

func TestTheNextWayIsTriedWhereOneFails(t *testing.T) {
	d := newDesk(t, "TMUX", "DISPLAY")
	d.script(t, "tmux", `[ "$2" != -w ] || exit 1; exec /bin/cat >"$0.text"`) // older than 3.2
	d.copies(t, "a text", "into tmux's buffer")
	if d.read("tmux.text") != "a text" {
		t.Fatalf("tmux read %q", d.read("tmux.text"))
	}
	d.script(t, "tmux", "exit 1") // its server is gone
	d.install(t, "xsel")
	d.script(t, "xclip", "exit 1")
	d.copies(t, "a text", "with xsel")
	d.script(t, "xsel", "exit 1")
	d.copies(t, "a text", "through the terminal")
}

// A program of a display that does not answer is ended, with what it has started.
func TestAProgramThatDoesNotEndIsEnded(t *testing.T) {
	d := newDesk(t, "DISPLAY")
	fifo := filepath.Join(d.folder, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	d.script(t, "xclip", `/bin/cat <"`+fifo+`"`) // waits until the fifo has a writer
	d.patience = 50 * time.Millisecond
	d.copies(t, "a text", "through the terminal")
}

// Programs for X and Wayland go on in the background, to serve what was copied.
func TestAProgramMayGoOnInTheBackground(t *testing.T) {
	d := newDesk(t, "DISPLAY")
	fifo := filepath.Join(d.folder, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	d.script(t, "xclip", `/bin/cat >"$0.text"; /bin/cat <"`+fifo+`" >"$0.more" &`)
	d.copies(t, "a text", "with xclip")
	file, err := os.OpenFile(fifo, os.O_WRONLY, 0) // it is there still, and ends with this
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}

func TestAProgramGetsNothingOfTheTerminal(t *testing.T) {
	d := newDesk(t, "DISPLAY")
	d.script(t, "xclip", `/bin/cat >"$0.text"; (: </dev/tty) 2>/dev/null && echo tty >"$0.tty"; [ -t 1 ] || [ -t 2 ] && echo tty >>"$0.tty"; echo noise; echo noise >&2`)
	d.copies(t, "a text", "with xclip")
	if d.read("xclip.tty") != "" {
		t.Fatal("it has the terminal")
	}
}

func TestWindowsReadsWhatIsNotASCIIAsUTF16(t *testing.T) {
	d := newDesk(t, "WSL_INTEROP")
	d.install(t, "clip.exe")
	d.copies(t, "aé", "with clip.exe")
	if got := d.read("clip.exe.text"); got != "a\x00\xe9\x00" {
		t.Fatalf("it read %q", got)
	}
}

func TestSequenceIsOneWrite(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, c := range map[string]struct {
		environment   []string
		before, after string
	}{
		"alone":  {nil, "\x1b]52;c;", "\x07"},
		"screen": {[]string{"STY"}, "\x1bP\x1b]52;c;", "\x07\x1b\\"},
		"tmux":   {[]string{"TMUX", "STY"}, "\x1b]52;c;", "\x07"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.environment...)
			d.copies(t, long, "through the terminal")
			written := d.terminal.written.String()
			inner := strings.TrimSuffix(strings.TrimPrefix(written, c.before), c.after)
			text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(inner, "\x1b\\\x1bP", ""))
			if len(written)-len(inner) != len(c.before+c.after) || err != nil || string(text) != long {
				t.Fatalf("written %.20q, %v", written, err)
			}
			if d.terminal.writes != 1 {
				t.Fatalf("%d writes", d.terminal.writes)
			}
			for piece := range strings.SplitSeq(written, "\x1b\\") {
				if name == "screen" && len(piece) > 768 {
					t.Fatalf("a piece of %d bytes, of which screen takes 768", len(piece))
				}
			}
		})
	}
}

func TestATextThatTerminalsDropIsRefused(t *testing.T) {
	d := newDesk(t)
	d.copies(t, strings.Repeat("x", MaxSequence), "through the terminal")
	d.terminal.writes = 0
	if _, err := d.Copy(strings.Repeat("x", MaxSequence+1)); err == nil || d.terminal.writes > 0 {
		t.Fatalf("%v after %d writes", err, d.terminal.writes)
	}
}

// A tmux that has -w takes the text, where one is installed.
func TestTmuxTakesTheText(t *testing.T) {
	tmux, err := exec.LookPath("tmux")
	if err != nil {
		t.Skip("tmux is not installed")
	}
	d := newDesk(t)
	socket := filepath.Join(d.folder, "socket")
	control := func(arguments ...string) string {
		out, _ := exec.Command(tmux, append([]string{"-S", socket, "-f", "/dev/null"}, arguments...)...).CombinedOutput()
		return string(out)
	}
	control("new-session", "-d", "-x", "80", "-y", "24", "/bin/cat")
	defer control("kill-server")
	t.Setenv("TMUX", socket+",1,0")
	if err := os.Symlink(tmux, filepath.Join(d.folder, "tmux")); err != nil {
		t.Fatal(err)
	}
	d.copies(t, "one\ntwo", "into tmux's buffer")
	if got := control("show-buffer"); strings.TrimSpace(got) != "one\ntwo" {
		t.Fatalf("tmux has %q", got)
	}
}
