package local

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestTwoCallersHaveAStackEach: an undo takes the caller's own change back.
func TestTwoCallersHaveAStackEach(t *testing.T) {
	a := New(openFile(t, demoFile(t, newClock()), sqlite.Options{}), Options{Key: testKey})
	john, _, err := a.Open(t.Context(), "john.smith@ping-home.org")
	if err != nil {
		t.Fatal(err)
	}
	ann, bob := backend.WithCommand(t.Context(), backend.Command{Actor: "ann"}), backend.WithCommand(t.Context(), backend.Command{Actor: "bob"})
	name, surname := "Jack", "Stone"
	if _, err := john.UpdateName(ann, backend.NameChange{Name: &name}); err != nil {
		t.Fatal(err)
	}
	if _, err := john.UpdateName(bob, backend.NameChange{Surname: &surname}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		do   func() (backend.JournalEntry, error)
		want string
		code backend.Code
	}{
		{func() (backend.JournalEntry, error) { return john.Undo(ann, "") }, "John Stone", ""},
		{func() (backend.JournalEntry, error) { return john.Undo(ann, "") }, "John Stone", backend.CodeNothingToUndo},
		{func() (backend.JournalEntry, error) { return john.Redo(bob) }, "John Stone", backend.CodeNothingToUndo},
		{func() (backend.JournalEntry, error) { return john.Undo(bob, "") }, "John Smith", ""},
		{func() (backend.JournalEntry, error) { return john.Redo(ann) }, "Jack Smith", ""},
		{func() (backend.JournalEntry, error) { return john.Redo(bob) }, "Jack Stone", ""},
	} {
		_, err := c.do()
		p, readErr := john.Profile(t.Context())
		if backend.ErrorCode(err) != c.code || readErr != nil || p.Customer.FullName() != c.want {
			t.Fatalf("%v, %s, not %q, %s", err, p.Customer.FullName(), c.code, c.want)
		}
	}
}

// TestUndoSaysThatItDidNotLookAtAllChanges, and an older one is taken back by its name.
func TestUndoSaysThatItDidNotLookAtAllChanges(t *testing.T) {
	a := New(openFile(t, demoFile(t, newClock()), sqlite.Options{}), Options{Key: testKey})
	john, _, err := a.Open(t.Context(), "john.smith@ping-home.org")
	if err != nil {
		t.Fatal(err)
	}
	name := "Jack"
	if _, err := john.UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
		t.Fatal(err)
	}
	page, err := john.Journal(t.Context(), backend.JournalQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	other := backend.WithCommand(t.Context(), backend.Command{Actor: "other"})
	for i := range undoDepth {
		if _, err := john.UpdateName(other, backend.NameChange{Surname: &[]string{"Stone", "Smith"}[i%2]}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = john.Undo(t.Context(), "")
	if backend.ErrorCode(err) != backend.CodeNothingToUndo || !strings.Contains(err.Error(), "among the newest 1000 changes") {
		t.Fatal(err)
	}
	if _, err := john.Undo(t.Context(), page.Entries[0].ID); err != nil {
		t.Fatal(err)
	}
}
