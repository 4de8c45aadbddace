package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/uitest"
)

// screenKeys are the keys of all screens.
var screenKeys = []string{"1", "2", "3", "4", "5", "6"}

// TestStatesAreAsInTestdata compares every screen, in every state that it can be in, with what is
// in testdata. PINGHOME_UPDATE=1 writes them anew, as for TestScreensAreAsInTestdata.
func TestStatesAreAsInTestdata(t *testing.T) {
	refused := backend.Errorf(backend.CodeUnavailable, "The database cannot be read: the disk has failed.")
	for name, open := range map[string]func(t *testing.T, key string) *uitest.Visit{
		"empty": openNewcomer,
		"hidden": func(t *testing.T, key string) *uitest.Visit {
			v := uitest.Open(t, key, "/")
			v.Type("zzz")
			v.Press("enter")
			return v
		},
		"error": func(t *testing.T, key string) *uitest.Visit {
			v := uitest.OpenFaulty(t, &uitest.Faulty{ReadErr: refused})
			v.Press(key)
			return v
		},
		"offline": func(t *testing.T, key string) *uitest.Visit {
			f := &uitest.Faulty{}
			v := uitest.OpenFaulty(t, f)
			v.Press("4", key)
			f.Offline = true
			v.Press("r")
			return v
		},
		"readonly": func(t *testing.T, key string) *uitest.Visit {
			v := uitest.Open(t)
			v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
			v.Press(key)
			return v
		},
	} {
		var b strings.Builder
		for _, key := range screenKeys {
			v := open(t, key)
			for _, size := range [][2]int{{80, 24}, {40, 15}} {
				v.Resize(size[0], size[1])
				v.Fits()
				fmt.Fprintf(&b, "%s %dx%d\n%s\n", key, size[0], size[1], newID.ReplaceAllString(v.Screen(), "the id of a new account"))
			}
		}
		compare(t, "state-"+name, b.String())
	}
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
