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
			v.Press(keys...)
			v.closes(1)
		})
	}
}

// closes presses esc until the only dialog must be gone.
func (v *visit) closes(times int) {
	v.T.Helper()
	if n := len(v.m().shell.Overlays); n != 1 {
		v.T.Fatalf("%d dialogs are open:\n%s", n, v.Screen())
	}
	for range times {
		v.Press("esc")
	}
	if n := len(v.m().shell.Overlays); n != 0 {
		v.T.Fatalf("esc left %d dialogs:\n%s", n, v.Screen())
	}
}

func TestEscClosesWhatComesAfterOtherKeys(t *testing.T) {
	v := open(t)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter")
	v.closes(1) // the code of the username
	v.Press("x")
	v.closes(1)
	v.Press("2", "j", "j", "S", "y")
	v.See(`Signing secret`)
	v.closes(2) // the first one says what would be lost
	v.Press("o")
	v.Type("zzz")
	v.See(`No account matches`)
	v.closes(1)
}

func TestNobodyIsTrappedAfterTheOnlyAccountIsGone(t *testing.T) {
	v := open(t)
	for _, other := range v.others() {
		if err := other.DeleteAccount(t.Context(), backend.DeletionReasons[0]); err != nil {
			t.Fatal(err)
		}
	}
	v.Press("D", "enter", "1", "tab")
	v.Type(john)
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`)
	v.closes(1)
	v.Press("o")
	v.See(`There is no account here`)
	v.closes(1)
	v.See(`Nothing more can be done here`)
}

// others are the views of all accounts but the one that is open.
func (v *visit) others() (views []backend.Backend) {
	v.T.Helper()
	accounts := v.m().shell.Session.Accounts
	all, err := accounts.List(v.T.Context(), "", 10)
	if err != nil {
		v.T.Fatal(err)
	}
	for _, a := range all {
		if a.Email == john {
			continue
		}
		view, _, err := accounts.Open(v.T.Context(), a.ID)
		if err != nil {
			v.T.Fatal(err)
		}
		views = append(views, view)
	}
	return views
}
