//go:build unix

package background

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// terminal opens a terminal that sends the reply when it is asked.
func terminal(t *testing.T, reply string) *os.File {
	t.Helper()
	control, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close(); control.Close() })
	go func() {
		var asked strings.Builder
		buffer := make([]byte, 64)
		for !strings.HasSuffix(asked.String(), "\x1b[c") {
			n, err := control.Read(buffer)
			if err != nil {
				return
			}
			asked.Write(buffer[:n])
		}
		control.WriteString(reply)
	}()
	return tty
}

func TestATerminalThatAnswers(t *testing.T) {
	tty := terminal(t, "j\x1b]11;rgb:fafa/fafa/fafa\x1b\\\x1b[?62c")
	before, err := term.GetState(tty.Fd())
	if err != nil {
		t.Fatal(err)
	}
	a := Ask(tty, tty)
	if a.Shade != Light || a.IsPending || string(a.Typed) != "j" {
		t.Errorf("answer %+v", a)
	}
	if after, err := term.GetState(tty.Fd()); err != nil || *after != *before {
		t.Errorf("the terminal was left as %+v, was %+v (%v)", after, before, err)
	}
}

func TestATerminalWithoutABackgroundToTell(t *testing.T) {
	tty := terminal(t, "\x1b[?6c")
	if a := Ask(tty, tty); a.Shade != Unknown || a.IsPending {
		t.Errorf("answer %+v", a)
	}
}

func TestATerminalThatDoesNotAnswer(t *testing.T) {
	tty := terminal(t, "")
	start := time.Now()
	if a := Ask(tty, tty); a.Shade != Unknown || !a.IsPending {
		t.Errorf("answer %+v", a)
	}
	if took := time.Since(start); took < Limit {
		t.Errorf("gave up after %v", took)
	}
}

func TestAFileThatIsNoTerminal(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if a := Ask(f, f); a.Shade != Unknown || a.IsPending {
		t.Errorf("answer %+v", a)
	}
}
