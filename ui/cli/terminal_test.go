//go:build unix

package cli

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/background"
)

func TestWhichTerminalsHaveColours(t *testing.T) {
	for term, want := range map[string]bool{
		"": false, "dumb": false, "vt52": false, "vt100": false, "vt102": false, "vt220": false, "vt100-am": false, "vt220-w": false,
		"vt340": true, "vt525": true, "foot": true, "st": true, "xterm": true, "screen": true, "linux": true, "vte": true, "unknown": true,
	} {
		if got := hasColours(term); got != want {
			t.Errorf("TERM=%q has colours: %v", term, got)
		}
	}
}

// GNU screen and Linux's console have colours; the one's background is not known, the
// other's is black.
func TestScreenAndTheLinuxConsoleAreColoured(t *testing.T) {
	for _, name := range []string{"NO_COLOR", "CLICOLOR", "COLORTERM", "COLORFGBG"} {
		t.Setenv(name, "")
	}
	for _, term := range []string{"screen", "linux"} {
		t.Setenv("TERM", term)
		if got := numberOfColours(); got == termenv.Ascii || asksForNoColours() {
			t.Errorf("TERM=%s has no colours", term)
		}
	}
	if got := askBackground(Streams{}); got.Shade != background.Dark {
		t.Errorf("the background of Linux's console is %v", got.Shade)
	}
}

// TestATerminalThatTurnsLight says so, is asked for its background, and is followed, once and
// back. None of what it says is a key.
func TestATerminalThatTurnsLight(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	usual := w.styleOf("demo")
	for i, turn := range []struct{ report, background string }{{"\x1b[?997;2n", "ffff/ffff/ffff"}, {"\x1b[?997;1n", "0000/0000/0000"}, {"\x1b[?997;2n", "ffff/ffff/ffff"}} {
		before := w.styleOf("demo")
		asked := strings.Count(w.output(), background.Query)
		w.press(turn.report)
		w.await("the question", func() bool { return strings.Count(w.output(), background.Query) > asked })
		w.press("\x1b]11;rgb:" + turn.background + "\x1b\\")
		w.await(fmt.Sprintf("look %d", i), func() bool { return w.styleOf("demo") != before && w.styleOf("demo") != usual })
	}
	w.see("[1 Profile]")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// TestATerminalThatAnswersLate tells its background and its keyboard's protocol after
// the first frame. Both are used then.
func TestATerminalThatAnswersLate(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	dark := w.styleOf("demo")
	w.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
	w.await("the light theme", func() bool { return w.styleOf("demo") != dark })
	w.press("\x1b[?0u")
	w.await("the protocol", func() bool { return strings.Contains(w.output(), "\x1b[>5u") })
	w.press("\x1b[50;129u") // 2, with num lock
	w.see("[2 Channels")
	w.press("\x1b[99;5u")
	w.wantExit(0)
	w.wantRestored()
	if !strings.Contains(w.output(), "\x1b]2;pinghome demo: 1 failing\x07") {
		t.Error("the window has no title")
	}
}

// output is all that the command has written.
func (w *window) output() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.raw.String()
}

// styleOf is the style of the first cell of a text in the first line.
func (w *window) styleOf(text string) string {
	before, _, _ := strings.Cut(w.text(), text)
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprint(w.screen.CellAt(len([]rune(before)), 0).Style)
}

// TestAWindowOfUnknownSize is about terminals without a size, as some containers and
// serial lines have.
func TestAWindowOfUnknownSize(t *testing.T) {
	w := inShell(t)
	w.command("stty cols 0 rows 0; COLUMNS=100 pinghome --demo")
	w.see("● demo")
	lines := strings.Split(w.text(), "\n")
	if !strings.HasSuffix(strings.TrimRight(lines[0], " "), "● demo") || len([]rune(strings.TrimRight(lines[0], " "))) != 99 {
		t.Errorf("the first line is %q", lines[0])
	}
	if !strings.Contains(lines[23], "? help") || strings.TrimSpace(strings.Join(lines[24:], "")) != "" {
		t.Errorf("it is not 24 lines high:\n%s", w.text())
	}
	w.resize(80, 20)
	w.await("20 lines", func() bool {
		lines := strings.Split(w.text(), "\n")
		return strings.Contains(lines[len(lines)-1], "? help") && strings.HasSuffix(strings.TrimSpace(lines[0]), "● demo")
	})
	w.press("q")
	w.see("ready>")
}

// TestBytesThatWereNotTypedDoNotAct sends replies, a keypad in application mode and a
// release to the list of channels, where most letters do something.
func TestBytesThatNobodyTypedDoNotAct(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	w.press("2")
	w.see("1/5\n") // the list has been read
	for _, bytes := range []string{
		"\x1bP>|tmux 3.3a\x1b\\", "\x1b]10;rgb:dada/adad/fefe\x1b\\", "\x1bP1$r0 q\x1b\\", "\x1b[?62;22c", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
		"\x1b[100;1:3u", "\x1b[M sq", "\x1b_quit\x1b\\", "\x1b[?1;2;", "s",
	} {
		w.press(bytes)
	}
	w.press("\x1b[B") // proof that all of it was read
	w.see("2/5\n")
	// What is done leaves a notice or a dialog beside that.
	if lines := strings.Split(w.text(), "\n"); strings.TrimSpace(lines[len(lines)-2]) != "2/5" {
		t.Errorf("something was done:\n%s", w.text())
	}
	w.press("\x03")
	w.wantExit(0)
}

func TestAPasteWhoseEndIsLost(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c\x1b[200~a paste without an end")
	w.see("a paste without an end")
	w.press(" and typed")
	w.see("a paste without an end and typed")
	w.press("\x1b[200~more\x03")
	w.wantExit(0)
	w.wantRestored()
}

func TestAPasteOf20000Characters(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c")
	w.press("\x1b[200~" + strings.Repeat("word ", 4000) + "\x1b[201~")
	w.see("20000")
	w.press("\x1b")
	w.see("? help")
	w.press("q")
	w.wantExit(0)
}

// TestAResizeStorm holds a key while the window changes its size again and again.
func TestAResizeStorm(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.see("● demo")
	w.press("2")
	w.see("[2 Channels")
	for i := range 200 {
		w.resize(20+i, 5+i%40)
		w.press("j")
	}
	w.resize(100, 30)
	w.await("the last size", func() bool {
		lines := strings.Split(w.text(), "\n")
		return len(lines) == 30 && strings.Contains(lines[29], "? help") && strings.HasSuffix(strings.TrimSpace(lines[0]), "● demo") && strings.HasSuffix(lines[27], "╯")
	})
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// TestATerminalThatTakesNothing is stopped by ctrl+s, as it were: what is written to it
// waits. A signal ends the console all the same, and so does ctrl+c, also with other
// things left for the terminal before.
func TestATerminalThatTakesNothing(t *testing.T) {
	for name, end := range map[string]struct {
		do   func(w *window)
		code int
	}{
		"SIGTERM":               {func(w *window) { w.signal(syscall.SIGTERM) }, 143},
		"ctrl+c":                {func(w *window) { w.press("\x03") }, 0},
		"ctrl+l, ctrl+c":        {func(w *window) { w.press("\x0c\x03") }, 0},
		"the mouse, ctrl+c":     {func(w *window) { w.press("M\x03") }, 0},
		"a late answer, ctrl+c": {func(w *window) { w.press("\x1b[?1u\x03") }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := inWindow(t, "pinghome", "--demo")
			w.see("● demo")
			w.mu.Lock() // its output is not read any longer
			for range 400 {
				_, _ = w.pty.WriteString("2jk1")
			}
			start := time.Now()
			end.do(w)
			_ = w.cmd.Wait()
			w.mu.Unlock()
			if took := time.Since(start); took > 3*grace+startLimit {
				t.Errorf("it took %v to end", took)
			}
			if code := w.cmd.ProcessState.ExitCode(); code != end.code {
				t.Errorf("exit code %d", code)
			}
		})
	}
}
