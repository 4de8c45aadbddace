package profile_test

import (
	"testing"
	"time"

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
	v.Press("enter")
	v.See(`✓ Saved: Eve Mine`)
	v.Press("e", "ctrl+s")
	v.See(`Nothing was changed`)
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
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Byron`)
}

// TestBothVersionsOfANameAreShown while the form is open: what was not typed into follows, and of
// the other a key chooses.
func TestBothVersionsOfANameAreShown(t *testing.T) {
	v := uitest.Open(t, "e", "ctrl+u")
	v.Type("Jack")
	rename := func(name, surname string) {
		t.Helper()
		if _, err := v.Backend().UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
			t.Fatal(err)
		}
		v.Poll()
	}
	rename("Jo", "Byron")
	v.See(`Name +Jack`, `Surname +Byron`, `! Meanwhile, the name became Jo\. ctrl\+s keeps yours,`)
	v.Press("ctrl+r")
	v.See(`Name +Jo `, `Surname +Byron`, `Theirs is taken · ctrl\+r brings yours back`)
	v.Press("ctrl+r")
	v.See(`Name +Jack`)
	rename("Joe", "Byron")
	v.See(`! Meanwhile, the name became Joe\.`)
	v.Pass(2 * time.Second)
	v.Press("ctrl+s")
	v.See(`✓ Saved: Jack Byron`)
	v.Press("z")
	v.See(`✓ Undone: the name is Joe`)
}
