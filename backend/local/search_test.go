package local

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// best is the id of the first account that a text finds, "" for none.
func best(t *testing.T, a *Accounts, text string) string {
	t.Helper()
	page, err := a.Search(t.Context(), backend.AccountSearch{Text: text, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Accounts) == 0 {
		return ""
	}
	return page.Accounts[0].ID
}

// finds expects an account to be the first that a text finds.
func finds(t *testing.T, a *Accounts, text, id string) {
	t.Helper()
	if got := best(t, a, text); got != id {
		t.Errorf("%q finds %q, want %q", text, got, id)
	}
}

// misses expects an account not to be the first that a text finds.
func misses(t *testing.T, a *Accounts, text, id string) {
	t.Helper()
	if best(t, a, text) == id {
		t.Errorf("%q finds %q", text, id)
	}
}

func create(t *testing.T, a *Accounts, name, email string) (id string, view backend.Backend) {
	t.Helper()
	made, err := a.Create(t.Context(), backend.NewAccount{Name: name, Surname: "Lee", Email: email})
	if err != nil {
		t.Fatal(err)
	}
	view, _, err = a.Open(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	return made.ID, view
}

func remove(t *testing.T, a *Accounts, id string) {
	t.Helper()
	view, _, err := a.Open(t.Context(), id)
	if err == nil {
		err = view.DeleteAccount(t.Context(), "other")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestSearchFindsWhatOthersChanged: another handle on the file creates, renames and deletes.
func TestSearchFindsWhatOthersChanged(t *testing.T) {
	path := demoFile(t, newClock())
	here := New(openFile(t, path, sqlite.Options{}), Options{Key: testKey})
	there := New(openFile(t, path, sqlite.Options{}), Options{Key: testKey})
	finds(t, here, "zebra zz", "")
	id, view := create(t, there, "Zebra ZZ", "z@lee.example")
	finds(t, here, "zebra zz", id)
	name := "Quagga QQ"
	if _, err := view.UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
		t.Fatal(err)
	}
	finds(t, here, "quagga qq", id)
	if err := view.DeleteAccount(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	misses(t, here, "quagga qq", id)
	other, _ := create(t, there, "Zebra ZZ", "z@lee.example") // its entry has the number of the one that is gone
	misses(t, here, "quagga qq", id)
	finds(t, here, "zebra zz", other)
}

// manyFile makes a file with more accounts than are read before the first answer.
func manyFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	err := sqlite.Create(t.Context(), path, sqlite.Options{}, func(tx *storage.Tx) error {
		organization, team := backend.Organization{ID: uuid.NewString(), Name: "Acme", Plan: backend.PlanTeam}, backend.Team{ID: uuid.NewString(), Name: "Platform"}
		if err := tx.AddOrganization(organization, team); err != nil {
			return err
		}
		for i := range readAtOnce + 2*readPart {
			err := tx.AddCustomer(backend.Profile{Team: team, Organization: organization, Customer: backend.Customer{
				ID: idAt(i), Email: fmt.Sprintf("p%06d@example.org", i), Name: fmt.Sprintf("P%06d", i), Surname: "Lee", Role: backend.RoleUser}})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func idAt(i int) string { return fmt.Sprintf("%08x-0000-7000-8000-000000000000", i) }

// TestManyAccountsAreReadBesideTheAnswers: what is there is found already, and what is changed
// meanwhile is as it is then.
func TestManyAccountsAreReadBesideTheAnswers(t *testing.T) {
	path := manyFile(t)
	here := New(openFile(t, path, sqlite.Options{}), Options{Key: testKey})
	there := New(openFile(t, path, sqlite.Options{}), Options{Key: testKey})
	var readOn func()
	here.search.beside = func(read func()) { readOn = read }

	page, err := here.Search(t.Context(), backend.AccountSearch{Text: "p00", Limit: 1})
	if err != nil || !page.IsReading || page.Total != readAtOnce || page.All != readAtOnce+2*readPart {
		t.Errorf("at first: %+v, %v", page, err)
	}
	last := idAt(readAtOnce + 2*readPart - 1)
	misses(t, here, "p023999", last)
	renamed, _, err := there.Open(t.Context(), idAt(7))
	name := "Zebra ZZ"
	if err == nil {
		_, err = renamed.UpdateName(t.Context(), backend.NameChange{Name: &name})
	}
	if err != nil {
		t.Fatal(err)
	}
	remove(t, here, idAt(8))
	misses(t, here, "p000008", idAt(8))
	readOn()
	readOn = nil
	finds(t, here, "p023999", last)
	finds(t, here, "zebra zz", idAt(7))
	misses(t, here, "p000008", idAt(8))

	remove(t, there, idAt(9))
	misses(t, here, "p000009", idAt(9)) // not on the page, though it is not known yet who is gone
	if readOn == nil {
		t.Fatal("nothing is read again")
	}
	readOn()
	if page, err := here.Search(t.Context(), backend.AccountSearch{Limit: 1}); err != nil || page.Total != page.All || page.IsReading {
		t.Errorf("at last: %+v, %v", page, err)
	}
}

// TestAccountIsDeletedWhileItIsRead: after its part was read and before it is in the index.
func TestAccountIsDeletedWhileItIsRead(t *testing.T) {
	a := New(openFile(t, manyFile(t), sqlite.Options{}), Options{Key: testKey})
	var readings []func()
	a.search.beside = func(read func()) { readings = append(readings, read) }
	if _, err := a.Search(t.Context(), backend.AccountSearch{Text: "p", Limit: 1}); err != nil {
		t.Fatal(err)
	}
	last := idAt(readAtOnce + readPart)
	remove(t, a, last)
	a.search.reading.index.Put("P022000 Lee p022000@example.org Acme " + last)
	readings[0]()
	page, err := a.Search(t.Context(), backend.AccountSearch{Text: "p", Limit: 1})
	if err != nil || page.IsReading || page.Total != page.All || len(readings) != 1 {
		t.Errorf("%+v, %v after %d readings", page, err, len(readings))
	}
}

// TestManyAccountsAreReadToTheEnd without another search.
func TestManyAccountsAreReadToTheEnd(t *testing.T) {
	a := New(openFile(t, manyFile(t), sqlite.Options{}), Options{Key: testKey})
	beside, isDone := a.search.beside, make(chan struct{})
	a.search.beside = func(read func()) {
		beside(func() {
			read()
			close(isDone)
		})
	}
	if page, err := a.Search(t.Context(), backend.AccountSearch{Limit: 1}); err != nil || !page.IsReading {
		t.Fatalf("%+v, %v", page, err)
	}
	<-isDone
	if page, err := a.Search(t.Context(), backend.AccountSearch{Limit: 1}); err != nil || page.Total != page.All || page.IsReading {
		t.Fatalf("%+v, %v", page, err)
	}
}

// TestSearchesWaitForEachOther, and one that waits can be given up.
func TestSearchesWaitForEachOther(t *testing.T) {
	a := New(openFile(t, demoFile(t, newClock()), sqlite.Options{}), Options{Key: testKey})
	for range mostSearches {
		a.search.running <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Search(ctx, backend.AccountSearch{Text: "a", Limit: 1}); err == nil {
		t.Error("a search has an answer while as many run as may")
	}
	<-a.search.running
	if page, err := a.Search(t.Context(), backend.AccountSearch{Text: "smith", Limit: 1}); err != nil || page.Total == 0 {
		t.Errorf("%+v, %v", page, err)
	}
}
