//go:build unix

package cli

import (
	"io"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// talk is linear mode on a pair of pipes.
type talk struct {
	t    testing.TB
	in   io.WriteCloser
	out  io.Reader
	wait func() error
}

// talk starts linear mode on the account of a script, and returns what it says first.
func (s script) talk(args ...string) (k talk, said string) {
	s.t.Helper()
	c := s.command(append(append([]string{"--linear"}, args...), s.source...)...)
	c.Env = append(c.Env, "LANG=C.UTF-8")
	in, err := c.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	near, far, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	c.Stdout, c.Stderr = far, far
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	_ = far.Close()
	s.t.Cleanup(func() { _ = c.Process.Kill(); _ = near.Close() })
	k = talk{s.t, in, near, c.Wait}
	return k, k.heard()
}

// heard reads up to the next prompt, which alone ends with a blank, or to the end.
func (k talk) heard() string {
	var said strings.Builder
	buffer := make([]byte, 1<<16)
	for {
		n, err := k.out.Read(buffer)
		said.Write(buffer[:n])
		if err != nil || n > 0 && buffer[n-1] == ' ' {
			return said.String()
		}
	}
}

// hears types lines, and returns what a pattern matches in what is said after the last one.
func (k talk) hears(pattern string, lines ...string) string {
	k.t.Helper()
	said := ""
	for _, line := range lines {
		if _, err := io.WriteString(k.in, line+"\n"); err != nil {
			k.t.Fatal(err)
		}
		said = k.heard()
	}
	match := regexp.MustCompile(pattern).FindStringSubmatch(said)
	if match == nil {
		k.t.Fatalf("after %q it says %s", lines, said)
	}
	return match[len(match)-1]
}

// TestLinearModeOnEverySource goes from no channel to one that a person has seen, and deletes the account.
func TestLinearModeOnEverySource(t *testing.T) {
	onEverySource(t, func(s script) {
		k, said := s.talk()
		if !strings.HasPrefix(said, "Account Ada Byron, on ") {
			t.Errorf("it begins with %s", said)
		}
		k.hears(`Channel 1 was added. The code for it is held here; messages reads it\.\n`, "channels", "add ada@byron.example", "Home")
		code := strings.ReplaceAll(k.hears(`(\d, \d, \d, \d, \d, \d)\n`, "messages", "spell 1"), ", ", " ")
		k.hears(`Channel 1 is proved and on\.`, "channels", "verify 1", code[:7]+"- "+code[7:])
		k.hears(`The test message is held`, "test 1")
		k.hears(`Channel 1 reaches its person\.`, "messages", "use code 1")
		k.hears(`1\. Email letter a hidden @byron\.example, Home, on, `, "channels")
		k.hears(`The code for co hidden @l\.example is held here; messages reads it\. Until it is entered, letter a hidden @byron\.example stays the username`, "profile", "username countess@l.example")
		k.hears(`The username is co hidden @l\.example\.`, "messages", "use code 1")
		k.hears(`The feedback was sent`, "feedback", "write", "-", ".", "y")
		k.hears(`Taken back; now channel 1 is on\.`, "channels", "off 1", "y", "undo")
		k.hears(`Deleted 1 channel: 1\. No channel is left`, "delete 1", "y")
		k.hears(`The account of Ada Byron, .* was deleted\.`, "profile", "delete account", "7", "countess@l.example", "y")
	})
}

// TestLinearModeTakesADumbTerminal by itself, and any terminal where a flag or the configuration says so.
func TestLinearModeTakesADumbTerminal(t *testing.T) {
	for name, start := range map[string]func() *window{
		"TERM":   func() *window { return inWindowWith(t, t.TempDir(), []string{"TERM=dumb"}, "pinghome", "--demo") },
		"--flag": func() *window { return inWindow(t, "pinghome", "--demo", "--linear") },
		"configuration": func() *window {
			h := home{t, t.TempDir()}
			h.writeFile("config.toml", "[console]\nlinear = true\n")
			h.run("account", "create", "--name", "John", "--surname", "Smith", "--email", "john@smith.example", "--db", "here.db")
			return inWindowAt(t, h.dir, "pinghome", "--config", "config.toml", "--db", "here.db")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := start()
			w.see("Account John Smith, on ")
			w.see("Where to?")
			w.press("channels\r")
			w.see("Channels. What to do?")
			w.press("add\r")
			w.see("empty for back:")
			if strings.Contains(w.output(), "\x1b") {
				t.Errorf("it writes an escape sequence: %q", w.output())
			}
			w.press("\x03")
			w.wantExit(130)
		})
	}
}

// TestLinearModeEnds at the end of its input, and by signals with their codes.
func TestLinearModeEnds(t *testing.T) {
	for name, end := range map[string]struct {
		do   func(w *window)
		code int
	}{
		"quit": {func(w *window) { w.press("quit\r") }, 0}, "ctrl+d": {func(w *window) { w.press("\x04") }, 0},
		"SIGTERM": {func(w *window) { w.signal(syscall.SIGTERM) }, 143}, "SIGHUP": {func(w *window) { w.signal(syscall.SIGHUP) }, 129},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := inWindow(t, "pinghome", "--demo", "--linear")
			w.see("Where to?")
			end.do(w)
			w.wantExit(end.code)
		})
	}
}

// TestLinesOfAFileEndTheirQuestions: nothing else shows an answer. A shell in Emacs shows it.
func TestLinesOfAFileEndTheirQuestions(t *testing.T) {
	for inside, want := range map[string]string{"": "quit ends: \nThis is the start; quit ends.\n", "30.1,comint": "quit ends: This is the start; quit ends.\n"} {
		h := home{t, t.TempDir()}
		c := h.command("--demo", "--linear")
		c.Env = append(c.Env, "INSIDE_EMACS="+inside)
		c.Stdin = strings.NewReader("back\nquit\n")
		out, err := c.Output()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%q: %v, %s", inside, err, out)
		}
	}
}

// TestAPastedAnswerIsNone: what was typed before a question was said does not answer it.
func TestAPastedAnswerIsNone(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo", "--linear")
	w.see("Where to?")
	w.press("channels\r")
	w.see("Channels. What to do?")
	w.press("delete 3\ry\rdelete 2\ry\r")
	w.see("Delete channel 3,")
	w.press("repeat\r") // and not y before it
	w.see("y or n, empty for n: repeat")
	w.press("n\r")
	w.see("Back. Nothing was changed.")
	w.press("\x04")
	w.wantExit(0)
	if strings.Contains(w.output(), "Deleted") || strings.Contains(w.output(), "Delete channel 2") {
		t.Errorf("what was pasted has answered: %s", w.output())
	}
}

// TestATokenIsNotShown while it is typed, and the terminal shows what is typed again after that.
func TestATokenIsNotShown(t *testing.T) {
	w := inShell(t)
	w.command("pinghome --linear; echo ended with $?")
	w.see("Which one?")
	w.press("3\r")
	w.see("Address of the server")
	w.press("http://127.0.0.1:9\r")
	w.see("it is not shown")
	w.press("ph_secret")
	w.press("\x03")
	w.see("ended with 130") // before that, what is typed is lost with the settings of the terminal
	w.command("echo shown again")
	w.see("shown again\n")
	if strings.Contains(w.output(), "ph_secret") {
		t.Error("the token is shown")
	}
}
