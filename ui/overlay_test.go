package ui

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestEscClosesEveryDialog(t *testing.T) {
	for name, keys := range map[string][]string{
		"keys":                 {"?"},
		"accounts":             {"o"},
		"earlier notices":      {"!"},
		"name":                 {"e"},
		"username":             {"u"},
		"first step of erase":  {"D"},
		"second step of erase": {"D", "enter"},
		"a new channel":        {"2", "a"},
		"a channel's value":    {"2", "e"},
		"a code":               {"2", "j", "j", "v"},
		"a word":               {"2", "t", "R"},
		"a deletion":           {"2", "d"},
		"a test of all":        {"2", "T"},
		"the tests of all":     {"2", "T", "y"},
		"types":                {"2", "f"},
		"a new secret":         {"2", "j", "j", "S"},
		"a message":            {"4", "enter"},
		"messages to delete":   {"4", "d"},
		"feedback":             {"3", "c", "x", "ctrl+s", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			v := open(t)
			v.press(keys...)
			v.closes(1)
		})
	}
}

// closes presses esc until the only dialog must be gone.
func (v *visit) closes(times int) {
	v.t.Helper()
	if n := len(v.m.shell.Overlays); n != 1 {
		v.t.Fatalf("%d dialogs are open:\n%s", n, v.screen())
	}
	for range times {
		v.press("esc")
	}
	if n := len(v.m.shell.Overlays); n != 0 {
		v.t.Fatalf("esc left %d dialogs:\n%s", n, v.screen())
	}
}

func TestEscClosesWhatComesAfterOtherKeys(t *testing.T) {
	v := open(t)
	v.press("u")
	v.write("j.smith@new.example")
	v.press("enter")
	v.closes(1) // the code of the username
	v.press("x")
	v.closes(1)
	v.press("2", "j", "j", "S", "y")
	v.see(`Signing secret`)
	v.closes(2) // the first one says what would be lost
	v.press("o")
	v.write("zzz")
	v.see(`No account matches`)
	v.closes(1)
}

func TestNobodyIsTrappedAfterTheOnlyAccountIsGone(t *testing.T) {
	v := open(t)
	for _, other := range v.others() {
		if err := other.DeleteAccount(t.Context(), backend.DeletionReasons[0]); err != nil {
			t.Fatal(err)
		}
	}
	v.press("D", "enter", "1", "tab")
	v.write(john)
	v.press("tab", "tab", "enter")
	v.see(`The account is deleted`)
	v.closes(1)
	v.press("o")
	v.see(`There is no account here`)
	v.closes(1)
	v.see(`Nothing more can be done here`)
}

// others are the views of all accounts but the one that is open.
func (v *visit) others() (views []backend.Backend) {
	v.t.Helper()
	accounts := v.m.shell.Session.Accounts
	all, err := accounts.List(v.t.Context(), "", 10)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, a := range all {
		if a.Email == john {
			continue
		}
		view, _, err := accounts.Open(v.t.Context(), a.ID)
		if err != nil {
			v.t.Fatal(err)
		}
		views = append(views, view)
	}
	return views
}
