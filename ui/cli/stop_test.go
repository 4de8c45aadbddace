//go:build unix

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// inShell is a window with an interactive shell in it, which stops and continues jobs.
// Its prompt is "ready".
func inShell(t *testing.T) *window {
	t.Helper()
	w := inWindow(t, "sh", "-i")
	w.command("PS1='ready> '")
	w.see("ready>")
	return w
}

// command types a command line. It ends in a line feed, which a shell also understands
// in raw mode, where a stop without a warning has left the terminal.
func (w *window) command(line string) { w.press(line + "\n") }

// answer runs a command in the shell, and returns what it writes.
func (w *window) answer(command string) string {
	w.t.Helper()
	path := filepath.Join(w.home, "answer")
	w.command(command + " >answer.new; mv answer.new answer")
	w.seeFile("answer")
	text, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// TestStoppingAndContinuing stops the console as a person does, and as others do, and
// continues it in a window of another size. A stop that has a warning leaves the shell a
// terminal as it was before; SIGSTOP and SIGTTIN give none.
func TestStoppingAndContinuing(t *testing.T) {
	for name, stop := range map[string]struct {
		signal   syscall.Signal
		isWarned bool
	}{"ctrl+z": {0, true}, "SIGTSTP": {syscall.SIGTSTP, true}, "SIGSTOP": {syscall.SIGSTOP, false}, "SIGTTIN": {syscall.SIGTTIN, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := inShell(t)
			before := w.answer("stty -g")
			w.command("sh -c 'echo $$ >pid; exec pinghome --demo'")
			w.see("● demo")
			if stop.signal == 0 {
				w.press("\x1a")
			} else if err := syscall.Kill(w.pid(), stop.signal); err != nil {
				t.Fatal(err)
			}
			w.see("ready>")
			if stop.isWarned {
				w.wantRestored()
				if after := w.answer("stty -g"); after != before {
					t.Errorf("while it is stopped the terminal is %s, it was %s", after, before)
				}
			}
			w.resize(90, 30)
			w.command("fg")
			w.await("a screen of 90 columns", func() bool {
				first, _, _ := strings.Cut(w.text(), "\n")
				return strings.HasSuffix(strings.TrimSpace(first), "● demo") && !strings.Contains(w.text(), "ready>")
			})
			w.press("2")
			w.see("[2 Channels")
			w.press("q")
			w.see("ready>")
			w.wantRestored()
			if after := w.answer("stty -g"); after != before {
				t.Errorf("after the end the terminal is %s, it was %s", after, before)
			}
		})
	}
}

// pid is that of the console in the shell.
func (w *window) pid() int {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.home, "pid"))
	if err != nil {
		w.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		w.t.Fatal(err)
	}
	return pid
}

// TestSuspendingWithoutAShell: where no shell could continue it, the console goes on.
func TestSuspendingWithoutAShell(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	w.press("\x1a")
	w.press("2")
	w.see("[2 Channels")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// openEditor starts the console in the shell, with a script as the editor, and opens that
// on a feedback.
func (w *window) openEditor(script string) {
	w.t.Helper()
	editor := filepath.Join(w.home, "editor")
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		w.t.Fatal(err)
	}
	w.command(fmt.Sprintf("EDITOR=%s pinghome --demo", editor))
	w.see("● demo")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c")
	w.see("ctrl+o")
	w.press("\x0f")
}

// TestTheEditorHasTheTerminal opens an editor that leaves the terminal in a mess and is
// killed. The console is drawn again and reads keys.
func TestTheEditorHasTheTerminal(t *testing.T) {
	w := inShell(t)
	before := w.answer("stty -g")
	const script = "#!/bin/sh\nstty -g >state.new; mv state.new state\nread line\necho \"$line\" >>\"$1\"\nstty raw -echo\nprintf '\\033[?1049h\\033[?1003h\\033[31mgarbage'\nkill -9 $$\n"
	w.openEditor(script)
	w.seeFile("state")
	if state, err := os.ReadFile(filepath.Join(w.home, "state")); err != nil || string(state) != before {
		t.Errorf("the editor has a terminal in the state %s, it was %s (%v)", state, before, err)
	}
	w.press("a line from the editor\r")
	w.see("a line from the editor")
	w.see("signal: killed")
	w.press("\x1b")
	w.see("? help")
	w.press("q")
	w.see("ready>")
	w.wantRestored()
	if after := w.answer("stty -g"); after != before {
		t.Errorf("after the end the terminal is %s, it was %s", after, before)
	}
}

// TestAnEditorThatIsStopped is stopped as editors do at ctrl+z, together with the
// console, and both go on.
func TestAnEditorThatIsStopped(t *testing.T) {
	w := inShell(t)
	w.openEditor("#!/bin/sh\nkill -TSTP 0\necho back again >>\"$1\"\n")
	w.see("Stopped")
	w.command("fg")
	w.see("back again")
	w.press("\x03")
	w.see("ready>")
	w.wantRestored()
}
