package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/uitest"
)

// remembering returns a change for Restart that keeps in the folder what is open.
func remembering(folder string) func(*ui.Options) {
	return func(o *ui.Options) { o.Opened = draft.Open(folder) }
}

// remembers reports whether John's account is kept as the one that was open last.
func remembers(t *testing.T, folder string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing is kept: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), uitest.JohnID) {
			return true
		}
	}
	return false
}

// TestADeletedAccountIsNotKeptAsTheLastOne: nothing of it stays on the disk.
func TestADeletedAccountIsNotKeptAsTheLastOne(t *testing.T) {
	folder := t.TempDir()
	v := uitest.Open(t)
	v.Restart(remembering(folder))
	if !remembers(t, folder) {
		t.Fatal("the account that is open is not kept")
	}
	v.Press("D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`)
	v.Press("esc")
	v.See(`The account is deleted`)
	if remembers(t, folder) {
		t.Error("the id of the account is on the disk")
	}
}

// TestARemovedDemoAccountIsNotKeptAsTheLastOne, also where no account is left.
func TestARemovedDemoAccountIsNotKeptAsTheLastOne(t *testing.T) {
	folder := t.TempDir()
	v := uitest.Open(t)
	v.Restart(onThisMachine, remembering(folder), func(o *ui.Options) { o.FirstAccount = &ui.Setup{Exists: true} })
	if !remembers(t, folder) {
		t.Fatal("the account that is open is not kept")
	}
	v.Press("X", "y")
	v.See(`first run`)
	if remembers(t, folder) {
		t.Error("the id of the account is on the disk")
	}
}

// asLeft begins with the screen, the tables and the commands with which the console ended.
func asLeft(folder string) func(o *ui.Options) {
	return func(o *ui.Options) {
		remembering(folder)(o)
		last := ui.LoadLast(o.Opened, o.Start.Scope)
		o.Screen, o.Tables, o.Commands = last.Screen, last.Tables, last.Commands
	}
}

// TestColumnsAreKept: which are shown, in which order, and by which the rows are sorted.
func TestColumnsAreKept(t *testing.T) {
	v := uitest.Open(t)
	again := asLeft(t.TempDir())
	v.Restart(again)
	v.Press("2")
	v.See(`#    Label +Value +On`)
	v.Press("C", "j", "j", "K", "j", "j", " ", "enter", ">", "-")
	v.See(`#    Label ↓ +Value +Type +Seen`, `by label ↓ ─`)
	v.Press("5")
	v.See(`State +When`)
	v.Press(">")
	v.See(`by state ↑ ─`)
	v.Press("6", "C", "j", " ", "enter", ">", "-")
	v.See(`Name +Reached by ↓`)
	v.Press("2")
	v.Restart(again)
	v.See(`\[2 Channels`, `#    Label ↓ +Value +Type +Seen`, `by label ↓ ─`)
	v.Press("5")
	v.See(`by state ↑ ─`)
	v.Press("6")
	v.See(`Name +Reached by ↓`, `(?s)Anna.*Smilla.*John`)
	v.Press("o", "enter", "2") // another account, with the same columns
	v.See(`by label ↓ ─`)
}
