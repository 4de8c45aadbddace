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

// openUnkept opens a console whose folder for drafts cannot be made until repair is called: a
// file is in its way.
func openUnkept(t *testing.T, keys ...string) (v *uitest.Visit, repair func()) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	v = uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Shell.Drafts = draft.Open(filepath.Join(file, "drafts")) })
	v.Press(keys...)
	return v, func() {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}

func unkept(v *uitest.Visit) string { return v.Model.(*ui.Model).Unkept() }

// TestADraftThatIsNotKeptIsSaidToBeNone: with the reason, and at every sign of a draft.
func TestADraftThatIsNotKeptIsSaidToBeNone(t *testing.T) {
	v, repair := openUnkept(t, "3", "c")
	v.Type("half a thought")
	v.Miss(`Kept as a draft`)
	v.Poll()
	v.See(`! Not kept: not a directory`)
	v.Miss(`Kept as a draft`, `draft is kept`)
	v.Pass(uitest.WarningTime)
	v.See(`! Not kept: not a directory`)
	v.Press("esc")
	v.See(`! Not kept: not a directory`)
	v.Press("2", "a")
	v.Type("+994")
	v.Poll()
	v.Resize(120, 40)
	v.See(`! Not kept: not a directory`)
	v.Miss(`draft is kept`)
	repair()
	v.Type("5")
	v.Poll()
	v.Miss(`Not kept: `)
	v.See(`draft is kept`)
	v.Press("esc", "3")
	v.Pass(uitest.WarningTime)
	v.See(`A draft is kept`)
	if text := unkept(v); text != "" {
		t.Errorf("not kept: %q", text)
	}
}

// TestLeavingAsksOnceWhereADraftIsNotKept: and then the text is printed. ctrl+c leaves at
// once, with the same.
func TestLeavingAsksOnceWhereADraftIsNotKept(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		v, _ := openUnkept(t, "3", "c")
		v.Paste("half a thought\x1b[2J\nand more")
		v.Press("esc")
		v.Press(key)
		if key == "q" {
			if v.HasQuit {
				t.Fatal("it did not ask")
			}
			v.See(`✗ Not kept: not a directory. q again leaves, and prints`)
			v.Press(key)
		}
		if !v.HasQuit {
			t.Fatal("it did not leave")
		}
		text := unkept(v)
		if !strings.HasPrefix(text, `The draft of "Feedback" is not kept: mkdir`) || !strings.HasSuffix(text, "This was typed:\nhalf a thought[2J\nand more\n") {
			t.Errorf("printed: %q", text)
		}
		if said := v.Model.(*ui.Model).Parting(); strings.Contains(said, "kept") {
			t.Errorf("said: %q", said)
		}
	}
}

// TestASignalPrintsWhatIsNotKept: all fields of a form with something in them.
func TestASignalPrintsWhatIsNotKept(t *testing.T) {
	v, _ := openUnkept(t, "2", "a")
	v.Type("+99455")
	v.Model.(*ui.Model).SaveDrafts()
	if text := unkept(v); !strings.Contains(text, `The draft of "Add channel" is not kept: mkdir`) || !strings.Contains(text, "value: +99455\n") || strings.Contains(text, "label:") {
		t.Errorf("printed: %q", text)
	}
}
