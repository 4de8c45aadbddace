package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/uitest"
)

// screenKeys are the keys of all screens.
var screenKeys = []string{"1", "2", "3", "4", "5", "6"}

// sizes are the windows of the goldens: usual, wide, compact, and vast.
var sizes = [][2]int{{80, 24}, {120, 40}, {40, 15}, {200, 60}}

// TestStatesAreAsInTestdata compares every screen, in every state that it can be in, with what is
// in testdata. PINGHOME_UPDATE=1 writes them anew, as for TestScreensAreAsInTestdata.
func TestStatesAreAsInTestdata(t *testing.T) {
	hanging := map[string]bool{"loading": true, "saving": true}
	for name, open := range map[string]func(t *testing.T, key string) *uitest.Visit{
		"loading":  openLoading,
		"empty":    openNewcomer,
		"hidden":   openHidden,
		"error":    openRefused,
		"offline":  func(t *testing.T, key string) *uitest.Visit { return openOffline(t, key, 0) },
		"stale":    func(t *testing.T, key string) *uitest.Visit { return openOffline(t, key, 2*time.Hour) },
		"readonly": openReadOnly,
		"saving":   openSaving,
	} {
		var b strings.Builder
		for _, key := range screenKeys {
			if !hanging[name] {
				writeSizes(&b, key, open(t, key), sizes)
				continue
			}
			for _, size := range sizes {
				v := open(t, key)
				hang(v, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				v.Now = v.Now.Add(time.Second)
				hang(v, ui.TickMsg{})
				write(&b, key, v)
			}
		}
		compare(t, "state-"+name, b.String())
	}
}

// TestRareStatesAreAsInTestdata: those of dialogs, of the first start and of windows that are too small.
func TestRareStatesAreAsInTestdata(t *testing.T) {
	var b strings.Builder
	v := uitest.Open(t, "1", "e", "ctrl+u")
	v.Type("Jack")
	rename(v, "Jo")
	writeSizes(&b, "conflict in a form", v, sizes)
	v = uitest.Open(t)
	rename(v, "Jo")
	rename(v, "Joe")
	v.Press("4", "j", "u", "y")
	v.See(`Changed again since`)
	writeSizes(&b, "conflict of an undo", v, sizes)
	v = openFirstRun(t, ui.Setup{})
	writeSizes(&b, "first start", v, sizes)
	v = uitest.Open(t, "2")
	writeSizes(&b, "too small", v, [][2]int{{38, 12}, {20, 6}, {1, 1}})
	compare(t, "state-rare", b.String())
}

// writeSizes writes what a visit shows in windows of several sizes.
func writeSizes(b *strings.Builder, title string, v *uitest.Visit, sizes [][2]int) {
	v.T.Helper()
	for _, size := range sizes {
		v.Resize(size[0], size[1])
		v.Fits()
		write(b, title, v)
	}
}

// write writes what a visit shows.
func write(b *strings.Builder, title string, v *uitest.Visit) {
	screen := v.Screen()
	fmt.Fprintf(b, "%s %dx%d\n", title, draw.Width(strings.Split(screen, "\n")[0]), strings.Count(screen, "\n")+1)
	writeLines(b, newID.ReplaceAllString(screen, "the id of a new account"))
}

// writeLines writes a screen, of more than two equal lines the first, and how many there are.
func writeLines(b *strings.Builder, screen string) {
	lines := strings.Split(screen, "\n")
	for len(lines) > 0 {
		equal := 1
		for equal < len(lines) && lines[equal] == lines[0] {
			equal++
		}
		if equal > 2 {
			fmt.Fprintf(b, "%s ×%d\n", lines[0], equal)
		} else {
			b.WriteString(strings.Repeat(lines[0]+"\n", equal))
		}
		lines = lines[equal:]
	}
}

// rename gives the account another first name, as another console would.
func rename(v *uitest.Visit, name string) {
	v.T.Helper()
	if _, err := v.Backend().UpdateName(v.T.Context(), backend.NameChange{Name: &name}); err != nil {
		v.T.Fatal(err)
	}
	v.Poll()
}

// openLoading opens a console that has had no answer yet.
func openLoading(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Model = ui.New(v.Options())
	v.Model.Init()
	hang(v, tea.WindowSizeMsg{Width: 80, Height: 24}, drive.Key(key))
	return v
}

// hang sends messages to a console whose requests are not answered.
func hang(v *uitest.Visit, messages ...tea.Msg) {
	for _, msg := range messages {
		v.Update(msg)
	}
}

func openHidden(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t, key, "/")
	v.Type("zzz")
	v.Press("enter")
	return v
}

func openRefused(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.OpenFaulty(t, &uitest.Faulty{ReadErr: backend.Errorf(backend.CodeUnavailable, "The database cannot be read: the disk has failed.")})
	v.Press(key)
	return v
}

// openOffline opens a console whose server has been gone for a time.
func openOffline(t *testing.T, key string, since time.Duration) *uitest.Visit {
	t.Helper()
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("4", key)
	f.Offline = true
	v.Press("r")
	v.Pass(since)
	return v
}

func openReadOnly(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press(key)
	return v
}

// openSaving opens a console whose change has had no answer yet.
func openSaving(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t, "2")
	hang(v, drive.Key("s"))
	v.Press(key)
	return v
}

// newID matches the id of an account, which is another one with every run, also where its middle is
// cut.
var newID = regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f…-]+`)

// openNewcomer opens an account in which nothing was done yet.
func openNewcomer(t *testing.T, key string) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	opened := v.Account("")
	made, err := opened.Accounts.Create(t.Context(), backend.NewAccount{Name: "Zoë", Surname: "O'Brien", Email: "zoe@new.example", Plan: backend.PlanTeam})
	if err != nil {
		t.Fatal(err)
	}
	v.Restart(func(o *ui.Options) { o.Start = v.Account(made.ID) })
	v.Press(key)
	return v
}

// TestLooksAreAsInTestdata compares the colours of the channels in every look, with the escape
// sequences written out.
func TestLooksAreAsInTestdata(t *testing.T) {
	var b strings.Builder
	for _, c := range []struct {
		name string
		look theme.Options
	}{
		{"dark", theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor}},
		{"light", theme.Options{Name: "auto", Ground: theme.LightGround, Profile: termenv.TrueColor}},
		{"16 colours", theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.ANSI}},
		{"high contrast", theme.Options{Name: "high-contrast", Ground: theme.DarkGround, Profile: termenv.ANSI256}},
		{"mono", theme.Options{Name: "mono", Profile: termenv.ANSI}},
		{"ASCII", theme.Options{Name: "mono", ASCII: true, Profile: termenv.ANSI}},
	} {
		v := uitest.Open(t)
		v.Restart(uitest.Look(c.look))
		v.Press("2", "j")
		fmt.Fprintf(&b, "%s\n%s\n", c.name, strings.ReplaceAll(v.Screen(), "\x1b", "␛"))
	}
	compare(t, "looks", b.String())
}

// compare compares a text with a file in testdata, or writes that anew.
func compare(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if os.Getenv("PINGHOME_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s is not as it was. It is now:\n%s", name, text)
	}
}
