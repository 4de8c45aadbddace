package cli

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/terminal"
	"github.com/account-settings/pinghome/ui/theme"
)

// TestMain lets the test binary run as the command, in the scripts and in the
// terminals of the tests.
func TestMain(m *testing.M) {
	testscript.Main(testsWithServer{m}, map[string]func(){
		"pinghome": func() { os.Exit(Main(os.Args[1:], standard())) },
		"fragile":  func() { os.Exit(fragileMain()) },
		// The same console on Bubble Tea's own reader and renderer, to compare with.
		"bubbletea": func() {
			openScreen = func(in, out *os.File, _ []byte) (terminal.Screen, error) { return terminal.Plain(in, out), nil }
			os.Exit(Main(os.Args[1:], standard()))
		},
	})
}

func standard() Streams { return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr} }

// noRaceSleep spares every command the second for which the race detector
// sleeps at the end of a process.
const noRaceSleep = "GORACE=atexit_sleep_ms=0"

// commandsAlone skips a test in short runs, which are those with the race detector: commands that end by
// themselves have hardly a goroutine, and a process with the detector takes half a second to start.
func commandsAlone(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: commands that end by themselves have hardly a goroutine")
	}
}

func TestScripts(t *testing.T) {
	commandsAlone(t)
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"exit": wantExit},
		Setup: func(e *testscript.Env) error { e.Vars = append(e.Vars, "ESC=\x1b", noRaceSleep); return nil },
	})
}

// wantExit is the script command "exit CODE COMMAND…".
func wantExit(ts *testscript.TestScript, isNegated bool, args []string) {
	if isNegated || len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, isExit := err.(interface{ ExitCode() int }); isExit {
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d (%v)", got, want, err)
	}
}

func TestTheWordThatWasProbablyMeant(t *testing.T) {
	known := []string{"demo", "db", "account", "read-only", "theme", "type"}
	for typed, want := range map[string]string{
		"dmeo": "demo", "readonly": "read-only", "acc": "account", "them": "theme", "themes": "theme",
		"tpye": "type", "nope": "", "x": "", "frobnicate": "", "": "", "d": "",
	} {
		if got := usage.Closest(typed, known); got != want {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
	if !slices.Contains(theme.Names, usage.Closest("hihg-contrast", theme.Names)) {
		t.Error("a mistyped theme is taken for none")
	}
}

// TestEveryCommandSaysWhatItAndItsFlagsAreFor: a new one cannot be forgotten in the help.
func TestEveryCommandSaysWhatItAndItsFlagsAreFor(t *testing.T) {
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		if c.HasParent() && c.Short == "" {
			t.Errorf("%q says nothing of itself", c.CommandPath())
		}
		help := helpOf(c)
		if c.HasParent() && !c.HasSubCommands() && !strings.Contains(help, "\nFor example:\n  ") {
			t.Errorf("the help of %q has no example", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if usage.Meaning(f) == "" || !strings.Contains(help, "--"+f.Name) {
				t.Errorf("the help of %q says nothing of --%s", c.CommandPath(), f.Name)
			}
			for word := range strings.FieldsSeq(usage.Meaning(f)) {
				if !strings.Contains(help, word) {
					t.Errorf("the help of %q breaks %q over two lines", c.CommandPath(), word)
				}
			}
		})
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				visit(sub)
			}
		}
	}
	visit(newRoot(&options{}, Streams{}))
}

// TestTheCommandsOfActionsExist, so that a script can do what the console does.
func TestTheCommandsOfActionsExist(t *testing.T) {
	root := newRoot(&options{}, Streams{})
	for _, a := range keymap.New().All() {
		words, _ := keymap.Command(a.ID)
		if words == "" {
			continue
		}
		c, rest, err := root.Find(strings.Fields(words))
		if err != nil || len(rest) > 0 || c.HasSubCommands() {
			t.Errorf("there is no command %q for %s", words, a.ID)
		}
	}
}
