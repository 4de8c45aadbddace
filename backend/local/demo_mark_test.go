package local

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestDemoAccountsGoAtOnce, and an account of one's own beside them stays.
func TestDemoAccountsGoAtOnce(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	accounts := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey})
	own, err := accounts.Create(ctx, backend.NewAccount{Name: "John", Surname: "Smith", Email: "john@own.example"})
	if err != nil || own.IsDemo {
		t.Fatalf("%+v, %v", own, err)
	}
	johns, opened, err := accounts.Open(ctx, DemoCustomer)
	if err != nil || !opened.IsDemo {
		t.Fatalf("John is no demo account: %+v, %v", opened, err)
	}
	list, err := accounts.DemoAccounts(ctx)
	if err != nil || len(list) != 3 {
		t.Fatalf("demo accounts: %+v, %v", list, err)
	}
	page, err := accounts.Page(ctx, backend.AccountQuery{Limit: 9})
	if err != nil || len(page.Accounts) != 4 {
		t.Fatalf("page: %+v, %v", page, err)
	}
	for _, a := range page.Accounts {
		if a.IsDemo != (a.ID != own.ID) {
			t.Errorf("in a page: %+v", a)
		}
	}
	if n, err := accounts.RemoveDemo(ctx); n != 3 || err != nil {
		t.Fatalf("removed %d, %v", n, err)
	}
	if _, err := johns.Profile(ctx); backend.ErrorCode(err) != backend.CodeUnauthorized {
		t.Errorf("John answers: %v", err)
	}
	left, err := accounts.List(ctx, "", 10)
	if err != nil || len(left) != 1 || left[0] != own {
		t.Errorf("left: %+v, %v", left, err)
	}
	if n, err := accounts.RemoveDemo(ctx); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
	if list, err := accounts.DemoAccounts(ctx); list == nil || len(list) != 0 || err != nil {
		t.Errorf("demo accounts that are left: %+v, %v", list, err)
	}
}

// TestDemoAccountThatIsGoneIsPassedOver: the others can still be removed.
func TestDemoAccountThatIsGoneIsPassedOver(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	accounts := New(db, Options{Key: testKey})
	err := db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		return tx.PutFact(storage.FactDemo, []byte("6fb4e64f-ad18-46e3-920c-92639adb137d "+DemoCustomer))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if n, err := accounts.RemoveDemo(ctx); n != want || err != nil {
			t.Errorf("removed %d, %v; want %d", n, err, want)
		}
	}
}
