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
	v.See(`first run`, `step 1 of 2`, `▌ \(•\) On this computer, with demo data`, `Stored in /home/ada/.local/share/pinghome/pinghome.db`)
	v.Fits()
	v.Press("enter")
	v.See(`\[1 Profile\]`, `Name +John`)
}

func TestTheFirstRunWithOnesOwnAccount(t *testing.T) {
	v := firstVisit(t, Setup{})
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

func TestAFirstRunThatFailsKeepsWhatWasTyped(t *testing.T) {
	v := firstVisit(t, Setup{Exists: true, Empty: func(context.Context, backend.NewAccount) (shell.Opened, error) {
		return shell.Opened{}, backend.Errorf(backend.CodeUnavailable, "The disk is full. Make room and try again.")
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

func TestAFirstRunThatWasLeftGoesOn(t *testing.T) {
	v := firstVisit(t, Setup{})
	v.Press("down", "enter")
	v.Type("Ada")
	v.Press("tab")
	v.Type("Byr")
	v.Press("ctrl+c")
	o := v.options()
	o.Setup = v.setup
	v.start(o)
	v.Press("down", "enter")
	v.See(`Name +Ada`, `Surname +Byr`)
}

func TestTheFirstRunCanBeLeft(t *testing.T) {
	v := firstVisit(t, Setup{Demo: func(context.Context) (shell.Opened, error) { return shell.Opened{}, errors.New("must not be asked") }})
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("it stayed")
	}
}
