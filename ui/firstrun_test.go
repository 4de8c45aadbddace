package ui_test

import (
	"context"
	"errors"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// openFirstRun opens a console that asks where the accounts shall be. Where s says
// nothing else, setting up opens the demo's accounts, or adds the account to them.
func openFirstRun(t *testing.T, s ui.Setup) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Restart(firstRun(v, s))
	return v
}

// firstRun returns a change for Restart that asks where the accounts shall be.
func firstRun(v *uitest.Visit, s ui.Setup) func(*ui.Options) {
	s.Path = "/home/ada/.local/share/pinghome/pinghome.db"
	if s.Demo == nil {
		s.Demo = func(context.Context) (ui.Opened, error) { return v.Account(uitest.John), nil }
	}
	if s.Empty == nil {
		s.Empty = func(ctx context.Context, a backend.NewAccount) (ui.Opened, error) {
			created, err := v.Account(uitest.John).Accounts.Create(ctx, a)
			if err != nil {
				return ui.Opened{}, err
			}
			return v.Account(created.Email), nil
		}
	}
	return func(o *ui.Options) { o.Start, o.Setup = ui.Opened{}, &s }
}

func TestFirstRunWithDemoData(t *testing.T) {
	v := openFirstRun(t, ui.Setup{})
	v.See(`first run`, `step 1 of 2`, `▌ \(•\) On this computer, with demo data`, `Stored in /home/ada/.local/share/pinghome/pinghome.db`)
	v.Fits()
	v.Press("enter")
	v.See(`\[1 Profile\]`, `Name +John`)
}

func TestFirstRunWithANewAccount(t *testing.T) {
	v := openFirstRun(t, ui.Setup{})
	v.Press("down", "enter")
	v.See(`Your account`, `step 2 of 2`)
	v.Type("Ada")
	v.Press("enter")
	v.Type("Byron")
	v.Press("enter")
	v.Type("ada@")
	v.Press("enter")
	v.See(`✗ The part after the @ needs a dot`, `Name +Ada`)
	v.Type("byron.example")
	v.Press("enter")
	v.See(`\[1 Profile\]`, `Name +Ada`, `Username +ada@byron.example`)
	v.Press("2")
	v.See(`No notification channels yet`)
}

func TestFailedFirstRunKeepsWhatWasTyped(t *testing.T) {
	v := openFirstRun(t, ui.Setup{Exists: true, Empty: func(context.Context, backend.NewAccount) (ui.Opened, error) {
		return ui.Opened{}, backend.Errorf(backend.CodeUnavailable, "The disk is full. Make room and try again.")
	}})
	v.See(`The database holds no account yet`)
	v.Type("Ada")
	v.Press("tab")
	v.Type("Byron")
	v.Press("tab")
	v.Type("ada@byron.example")
	v.Press("ctrl+s")
	v.See(`✗ The disk is full`, `Name +Ada`)
	v.Resize(40, 15)
	v.Fits()
	v.See(`Ada`)
}

func TestFirstRunKeepsItsDraftOverARestart(t *testing.T) {
	v := openFirstRun(t, ui.Setup{})
	v.Press("down", "enter")
	v.Type("Ada")
	v.Press("tab")
	v.Type("Byr")
	v.Press("ctrl+c")
	v.Restart(firstRun(v, ui.Setup{}))
	v.Press("down", "enter")
	v.See(`Name +Ada`, `Surname +Byr`)
}

func TestFirstRunCanBeQuit(t *testing.T) {
	v := openFirstRun(t, ui.Setup{Demo: func(context.Context) (ui.Opened, error) { return ui.Opened{}, errors.New("must not be asked") }})
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("it stayed")
	}
}
