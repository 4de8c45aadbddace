package ui

import (
	"context"
	"errors"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// firstVisit opens a console that has no accounts yet. Setting up hands out
// the demo, or makes the account in it.
func firstVisit(t *testing.T, s Setup) *visit {
	t.Helper()
	v := open(t)
	if s.Demo == nil {
		s.Demo = func(context.Context) (shell.Opened, error) { return v.opened(john), nil }
	}
	if s.Empty == nil {
		s.Empty = func(ctx context.Context, a backend.NewAccount) (shell.Opened, error) {
			created, err := v.opened(john).Accounts.Create(ctx, a)
			if err != nil {
				return shell.Opened{}, err
			}
			return v.opened(created.Email), nil
		}
	}
	s.Path = "/home/ada/.local/share/pinghome/pinghome.db"
	o := v.options()
	o.Setup, v.setup = &s, &s
	v.start(o)
	return v
}

func TestTheFirstRunWithDemoData(t *testing.T) {
	v := firstVisit(t, Setup{})
	v.see(`first run`, `step 1 of 2`, `▌ \(•\) On this computer, with demo data`, `Stored in /home/ada/.local/share/pinghome/pinghome.db`)
	v.fits()
	v.press("enter")
	v.see(`\[1 Profile\]`, `Name +John`)
}

func TestTheFirstRunWithOnesOwnAccount(t *testing.T) {
	v := firstVisit(t, Setup{})
	v.press("down", "enter")
	v.see(`Your account`, `step 2 of 2`)
	v.write("Ada")
	v.press("enter")
	v.write("Byron")
	v.press("enter")
	v.write("ada@")
	v.press("enter")
	v.see(`✗ The part after the @ needs a dot`, `Name +Ada`)
	v.write("byron.example")
	v.press("enter")
	v.see(`\[1 Profile\]`, `Name +Ada`, `Username +ada@byron.example`)
	v.press("2")
	v.see(`No notification channels yet`)
}

func TestAFirstRunThatFailsKeepsWhatWasTyped(t *testing.T) {
	v := firstVisit(t, Setup{Exists: true, Empty: func(context.Context, backend.NewAccount) (shell.Opened, error) {
		return shell.Opened{}, backend.Errorf(backend.CodeUnavailable, "The disk is full. Make room and try again.")
	}})
	v.see(`The database holds no account yet`)
	v.write("Ada")
	v.press("tab")
	v.write("Byron")
	v.press("tab")
	v.write("ada@byron.example")
	v.press("ctrl+s")
	v.see(`✗ The disk is full`, `Name +Ada`)
	v.size(40, 15)
	v.fits()
	v.see(`Ada`)
}

func TestAFirstRunThatWasLeftGoesOn(t *testing.T) {
	v := firstVisit(t, Setup{})
	v.press("down", "enter")
	v.write("Ada")
	v.press("tab")
	v.write("Byr")
	v.press("ctrl+c")
	o := v.options()
	o.Setup = v.setup
	v.start(o)
	v.press("down", "enter")
	v.see(`Name +Ada`, `Surname +Byr`)
}

func TestTheFirstRunCanBeLeft(t *testing.T) {
	v := firstVisit(t, Setup{Demo: func(context.Context) (shell.Opened, error) { return shell.Opened{}, errors.New("must not be asked") }})
	v.press("q")
	if !v.quit {
		t.Fatal("it stayed")
	}
}
