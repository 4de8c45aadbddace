package shell_test

import (
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
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
		"a word":               {"2", "t", "w"},
		"a deletion":           {"2", "d"},
		"a test of all":        {"2", "T"},
		"the tests of all":     {"2", "T", "y"},
		"types":                {"2", "f"},
		"a new secret":         {"2", "j", "j", "S"},
		"a message":            {"5", "enter"},
		"messages to delete":   {"5", "d"},
		"feedback":             {"3", "c", "x", "ctrl+s", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t)
			v.Press(keys...)
			v.Closes(1)
		})
	}
}

func TestEscClosesDialogsThatFollowAnotherAction(t *testing.T) {
	v := uitest.Open(t)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter")
	v.Closes(1) // the dialog for the code of the username
	v.Press("x")
	v.Closes(1)
	v.Press("2", "j", "j", "S", "y")
	v.See(`Signing secret`)
	v.Press("esc", "esc") // the secret is not shown again: the person says that they have it
	if v.Dialogs() != 1 {
		t.Fatalf("esc closes the secret:\n%s", v.Screen())
	}
	v.Press("tab", "enter")
	if v.Dialogs() != 0 {
		t.Fatalf("the secret stays:\n%s", v.Screen())
	}
	v.Press("o")
	v.Type("zzz")
	v.See(`No account matches`)
	v.Closes(1)
}

func TestDialogsCloseAfterTheOnlyAccountIsDeleted(t *testing.T) {
	v := uitest.Open(t)
	for _, other := range otherAccounts(v) {
		if err := other.DeleteAccount(t.Context(), backend.DeletionReasons[0]); err != nil {
			t.Fatal(err)
		}
	}
	v.Press("D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`)
	v.Closes(1)
	v.Press("o")
	v.See(`There is no account here`)
	v.Closes(1)
	v.See(`The account is deleted`)
}

// otherAccounts returns the backends of all accounts but John's.
func otherAccounts(v *uitest.Visit) (others []backend.Backend) {
	v.T.Helper()
	accounts := v.Account(uitest.John).Accounts
	all, err := accounts.List(v.T.Context(), "", 10)
	if err != nil {
		v.T.Fatal(err)
	}
	for _, a := range all {
		if a.ID == uitest.JohnID {
			continue
		}
		other, _, err := accounts.Open(v.T.Context(), a.ID)
		if err != nil {
			v.T.Fatal(err)
		}
		others = append(others, other)
	}
	return others
}

// TestDialogsLeaveNoScrapsAtTheirSides: a dialog has four cells at each side, or none.
func TestDialogsLeaveNoScrapsAtTheirSides(t *testing.T) {
	v := uitest.Open(t)
	foot := regexp.MustCompile(`(?m)^(.*?)╰─ \w.* ─*╯(.*)$`)
	for _, key := range []string{"o", "?", "e"} {
		v.Press(key)
		for w := 70; w < 100; w++ {
			v.Resize(w, 24)
			v.Fits()
			sides := foot.FindStringSubmatch(v.Screen())
			if sides == nil {
				t.Fatalf("%s at %d is no dialog:\n%s", key, w, v.Screen())
			}
			for _, side := range sides[1:] {
				if n := utf8.RuneCountInString(side); n > 0 && n < 4 {
					t.Errorf("%s at %d: %d cells are beside it", key, w, n)
				}
			}
		}
		v.Press("esc")
	}
}

// TestClicksFindTheRowsOfADialogThatIsAsWideAsTheWindow.
func TestClicksFindTheRowsOfADialogThatIsAsWideAsTheWindow(t *testing.T) {
	v := uitest.Open(t, "M")
	for _, w := range []int{78, 80, 84} {
		v.Resize(w, 24)
		v.Press("o", "home")
		v.See(`▌ Anna Smits`)
		v.ClickOn("Smilla Berg")
		v.See(`▌ Smilla Berg`)
		v.ClickOn("esc close")
		v.Miss(`Switch account`)
	}
}

// TestADialogOverADialogCoversIt: keys of the lower one would be read as keys that work.
func TestADialogOverADialogCoversIt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {40, 15}} {
		v := uitest.Open(t, "2", "a")
		v.Resize(size[0], size[1])
		v.Type("https://hooks.example.org/new")
		v.Press("enter")
		v.See(`Signing secret`, `Copy`)
		v.Miss(`Verify channel`, `ctrl\+r new code`, `Expires in`)
		if n := v.Dialogs(); n > 1 {
			t.Errorf("%d dialogs at %v:\n%s", n, size, v.Screen())
		}
		v.Press("tab", "enter")
		v.See(`Verify channel 6`)
	}
}
