package profile_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestSurnameIsChanged(t *testing.T) {
	v := uitest.Open(t)
	v.Press("e", "tab", "ctrl+u")
	v.Press("enter")
	v.See(`✗ Type at least one character`)
	v.Type("Miller")
	v.Press("enter")
	v.See(`✓ Saved: John Miller · z undo`, `Name +John Miller`)
	v.Restart()
	v.See(`Name +John Miller`)
}

func TestTwoConsolesDoNotOverwriteEachOther(t *testing.T) {
	v := uitest.Open(t)
	other := v.Backend()
	rename := func(name, surname string) {
		t.Helper()
		if _, err := other.UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
			t.Fatal(err)
		}
		v.Poll()
	}
	v.Press("e", "tab")
	rename("Max", "Smith")
	v.Type("X")
	v.Press("enter")
	v.See(`✓ Saved: Max SmithX`)
	rename("Eve", "Stone")
	v.Press("z")
	v.See(`✓ Undone: the name is Max, the surname is SmithX`) // the other console is the same person's
	v.Press("Z")
	v.See(`Name +Eve`)
	v.Press("e", "tab", "ctrl+u")
	v.Type("Mine")
	rename("Eve", "Theirs")
	v.Press("enter")
	v.See(`! Meanwhile, the surname became Theirs`, `takes theirs`, `Surname +Mine`)
	v.Pass(uitest.ReadingTime)
	v.Press("enter")
	v.See(`✓ Saved: Eve Mine`)
	v.Press("e", "ctrl+s")
	v.See(`Nothing to save`)
}

func TestInvisibleCharacterIsRefusedAtItsField(t *testing.T) {
	v := uitest.Open(t)
	v.Press("e")
	v.Paste("Jo\u202ehn")
	v.Press("ctrl+s")
	v.See(`✗ Remove the invisible character U\+202E`, `<U\+202E>`)
	v.Press("esc")
	v.See(`Name +John Smith +│`)
}

// TestDraftOfANameLeavesTheSurnameAsItIs by the time that it comes back, and is not saved over a
// name that has become another one unseen.
func TestDraftOfANameLeavesTheSurnameAsItIs(t *testing.T) {
	v := uitest.Open(t, "e", "ctrl+u")
	v.Type("Jack")
	v.Press("esc")
	name, surname := "Jo", "Byron"
	if _, err := v.Backend().UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Press("e")
	v.See(`Your draft is back\. Meanwhile, the name became Jo`, `Name +Jack`, `Surname +Byron`)
	v.Press("ctrl+s")
	v.See(`Edit name`, `Meanwhile, the name became Jo`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Byron`)
}

// TestNameOfAnotherConsoleIsKeptUntilItWasSeen: it was changed right before this one was saved.
func TestNameOfAnotherConsoleIsKeptUntilItWasSeen(t *testing.T) {
	v := uitest.Open(t, "e", "ctrl+u")
	v.Type("Jack")
	name, surname := "Jo", "Byron"
	if _, err := v.Backend().UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
		t.Fatal(err)
	}
	v.Press("ctrl+s")
	v.See(`! Meanwhile, the name became Jo`, `Name +Jack`, `Surname +Byron`, `◆ pinghome  Jo Byron`)
	v.Press("ctrl+s") // a second time at once, as a key that is held down
	v.See(`Edit name`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Byron`)
}

// TestBothVersionsOfANameAreShown while the form is open: what was not typed into follows, and of
// the other a key chooses.
func TestBothVersionsOfANameAreShown(t *testing.T) {
	v := uitest.Open(t, "e", "ctrl+u")
	v.Type("Jack")
	renameElsewhere(v, "Jo", "Byron")
	v.See(`Name +Jack`, `Surname +Byron`, `! Meanwhile, the name became Jo\. ctrl\+s keeps yours,`)
	v.Press("ctrl+r")
	v.See(`Name +Jo `, `Surname +Byron`, `Theirs is taken · ctrl\+r brings yours back`)
	v.Press("ctrl+r")
	v.See(`Name +Jack`, `! Meanwhile, the name became Jo\.`)
	renameElsewhere(v, "Joe", "Byron")
	v.See(`! Meanwhile, the name became Joe\.`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Byron`)
	v.Press("z")
	v.See(`✓ Undone: the name is Joe`)
}

// renameElsewhere gives the account another name, as another console would.
func renameElsewhere(v *uitest.Visit, name, surname string) {
	v.T.Helper()
	if _, err := v.Backend().UpdateName(v.T.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
		v.T.Fatal(err)
	}
	v.Poll()
}

// TestANameIsNotReplacedUnseen where something else stood in the place of the other version.
func TestANameIsNotReplacedUnseen(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("e", "ctrl+u")
	v.Type("Jack")
	f.Offline = true
	v.Press("ctrl+s")
	v.See(`✗ The server cannot be reached`)
	f.Offline = false
	renameElsewhere(v, "Jo", "Smith")
	v.Pass(uitest.WarningTime)
	v.See(`! Meanwhile, the name became Jo\.`)
	v.Press("f1")
	renameElsewhere(v, "Joe", "Smith")
	v.Pass(uitest.WarningTime)
	v.See(`Keys`)
	v.Press("esc", "ctrl+s")
	v.See(`! Meanwhile, the name became Joe\.`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Smith`)
}

// TestStartingOverBringsBackOnlyWhatWasTyped, and the other field stays as it is by now.
func TestStartingOverBringsBackOnlyWhatWasTyped(t *testing.T) {
	v := uitest.Open(t, "e", "ctrl+u")
	v.Type("Jack")
	v.Press("ctrl+r")
	v.See(`Name +John`)
	renameElsewhere(v, "John", "Roe")
	v.Press("ctrl+r")
	v.See(`Name +Jack`, `Surname +Roe`)
	v.Miss(`Meanwhile`)
	v.Press("ctrl+r")
	renameElsewhere(v, "Jo", "Roe")
	v.Press("ctrl+r")
	v.See(`Name +Jack`, `! Meanwhile, the name became Jo\.`)
	renameElsewhere(v, "John", "Roe") // as it was when that was typed
	v.Miss(`Meanwhile`)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Roe`)
}
