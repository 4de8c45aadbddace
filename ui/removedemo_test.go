package ui_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// onThisMachine is a console on a database, as it is without --demo.
func onThisMachine(o *ui.Options) { o.Shell.Place = "local" }

func TestDemoDataIsMarkedAndRemovedInOneStep(t *testing.T) {
	v := uitest.Open(t)
	opened := v.Account(uitest.John)
	if _, err := opened.Accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@byron.example"}); err != nil {
		t.Fatal(err)
	}
	v.Restart(onThisMachine)
	v.See(`● demo data`)
	v.Press("X")
	v.See(`Remove 3 demo accounts\?`, `Anna Smits, Acme`, `John Smith, PingHome Ltd`, `Smilla Berg, North Studio`)
	v.Press("n")
	v.See(`● demo data`)
	v.Press("X", "y")
	v.See(`● local`, `Name +Ada`, `✓ 3 demo accounts removed\.`)
	v.Press("X")
	v.See(`There are no demo accounts here\.`)
}

func TestWithoutTheDemoDataTheFirstAccountIsAskedFor(t *testing.T) {
	v := uitest.Open(t)
	var s ui.Setup
	v.Restart(onThisMachine, func(o *ui.Options) {
		s = ui.Setup{Exists: true, Empty: func(ctx context.Context, a backend.NewAccount) (ui.Opened, error) {
			created, err := o.Start.Accounts.Create(ctx, a)
			if err != nil {
				return ui.Opened{}, err
			}
			return v.Account(created.ID), nil
		}}
		o.FirstAccount = &s
	})
	v.Press("X", "y")
	v.See(`first run`, `Your account`, `✓ 3 demo accounts removed\.`)
	v.Fits()
	v.Type("Ada")
	v.Press("tab")
	v.Type("Byron")
	v.Press("tab")
	v.Type("ada@byron.example")
	v.Press("ctrl+s")
	v.See(`● local`, `Name +Ada`)
}

// unopenable are accounts of which none can be opened any more.
type unopenable struct{ *local.Accounts }

func (unopenable) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return nil, backend.AccountSummary{}, backend.Errorf(backend.CodeBusy, "The file is in use. Try again in a moment.")
}

// TestDemoDataIsGoneAlsoWhereNothingElseOpens: what was done is said, and what was not.
func TestDemoDataIsGoneAlsoWhereNothingElseOpens(t *testing.T) {
	v := uitest.Open(t)
	if _, err := v.Account(uitest.John).Accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@byron.example"}); err != nil {
		t.Fatal(err)
	}
	v.Restart(onThisMachine, func(o *ui.Options) { o.Start.Accounts = unopenable{o.Start.Accounts.(*local.Accounts)} })
	v.Press("2", "a")
	v.Type("+49 151")
	v.Press("esc", "X", "y")
	v.See(`The account is deleted`, `This account was a demo account and was removed`, `could not be opened: The file is in`, `o another account`)
	v.Miss(`could not be removed`)
	v.Poll()
	if n := v.DraftFiles(); n != 0 {
		t.Errorf("%d drafts of it are left", n)
	}
}

// TestDraftsOfRemovedDemoAccountsGo with them, whichever account is open.
func TestDraftsOfRemovedDemoAccountsGo(t *testing.T) {
	v := uitest.Open(t)
	if _, err := v.Account(uitest.John).Accounts.Create(t.Context(), backend.NewAccount{Name: "Ada", Surname: "Byron", Email: "ada@byron.example"}); err != nil {
		t.Fatal(err)
	}
	v.Restart(onThisMachine)
	v.Press("2", "a")
	v.Type("+49 151 55512")
	v.Press("esc")
	v.Poll()
	v.Press("o")
	v.Type("Ada")
	v.Press("enter", "2", "a")
	v.Type("ada@home.example")
	v.Press("esc")
	v.Poll()
	if n := v.DraftFiles(); n != 2 {
		t.Fatalf("%d drafts were kept", n)
	}
	v.Press("X", "y")
	v.See(`Ada Byron`, `✓ 3 demo accounts removed\.`)
	v.Poll()
	if n := v.DraftFiles(); n != 1 {
		t.Errorf("%d drafts are left, not only Ada's", n)
	}
	v.Press("a")
	v.See(`ada@home\.example`)
}
