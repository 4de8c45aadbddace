package ui_test

import (
	"context"
	"errors"
	"strings"
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
	v.See(`first run`, `step 1 of 2`, `▌ \(•\) On this computer, empty`, `File  /home/ada/.local/share/pinghome/pinghome.db`, `--db FILE names another`, `\? help  q quit`)
	v.Fits()
	v.Press("j", "enter")
	v.See(`\[1 Profile\]`, `Name +John`)
}

func TestFirstRunWithANewAccount(t *testing.T) {
	v := openFirstRun(t, ui.Setup{})
	v.Press("enter")
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

// TestAServerIsChosenBesideADatabaseWithoutAccounts: esc leads to the choices.
func TestAServerIsChosenBesideADatabaseWithoutAccounts(t *testing.T) {
	v := openFirstRun(t, ui.Setup{Exists: true, Server: func(context.Context, ui.NewServer) (ui.Opened, string, error) {
		return ui.Opened{}, "", backend.Errorf(backend.CodeUnavailable, "It has no room.")
	}, ServerName: func(string) string { return "" }})
	v.Press("esc")
	v.See(`Where are your accounts`, `▌ \(•\) On this computer`, `The database has no account`, `On a server`)
	v.Miss(`demo data`)
	v.Press("j", "enter")
	v.See(`Address`, `Token`)
	v.Press("esc", "k", "enter")
	v.See(`The database holds no account yet`, `Surname`)
}

// TestFirstRunListsItsNotices: what is wrong in the configuration is told there, too.
func TestFirstRunListsItsNotices(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(firstRun(v, ui.Setup{}), func(o *ui.Options) { o.Warnings = []string{"one is wrong", "two is wrong", "three is wrong"} })
	v.See(`! lists`)
	v.Press("!")
	v.See(`one is wrong`, `two is wrong`, `three is wrong`)
	v.Press("esc")
	v.See(`Where are your accounts`)
}

func TestFirstRunKeepsItsDraftOverARestart(t *testing.T) {
	v := openFirstRun(t, ui.Setup{})
	v.Press("enter")
	v.Type("Ada")
	v.Press("tab")
	v.Type("Byr")
	v.Press("ctrl+c")
	v.Restart(firstRun(v, ui.Setup{}))
	v.Press("enter")
	v.See(`Name +Ada`, `Surname +Byr`)
}

func TestFirstRunCanBeQuit(t *testing.T) {
	v := openFirstRun(t, ui.Setup{Demo: func(context.Context) (ui.Opened, error) { return ui.Opened{}, errors.New("must not be asked") }})
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("it stayed")
	}
}

// TestFirstRunOnAServer: what the server refuses is told at its field, and the token is
// neither shown nor kept in a draft.
func TestFirstRunOnAServer(t *testing.T) {
	var asked ui.NewServer
	var v *uitest.Visit
	s := ui.Setup{Server: func(_ context.Context, n ui.NewServer) (ui.Opened, string, error) {
		if asked = n; n.Token != "good" {
			return ui.Opened{}, "", &backend.Error{Code: backend.CodeUnauthorized, Message: "no", Fields: map[string][]string{"token": {"This token is not valid."}}}
		}
		opened := v.Account(uitest.John)
		opened.Place = "remote accounts.example"
		return opened, "Kept as the context.", nil
	}, ServerName: func(address string) string { return "name-of-" + address }}
	v = openFirstRun(t, s)
	v.Press("up", "enter")
	v.See(`Your server`)
	v.Press("ctrl+s")
	v.See(`✗ Enter the address of the server\.`)
	v.See(`Name *│`)
	v.Type("accounts.example")
	v.See(`Name +name-of-accounts\.example`)
	v.Press("tab")
	v.Type("wrong")
	v.See(`Token +•••••`)
	v.Press("ctrl+s")
	v.See(`✗ This token is not valid\.`)
	v.Press("ctrl+c")
	v.Restart(firstRun(v, s))
	v.Press("up", "enter")
	v.See(`Address +accounts\.example`)
	v.Miss(`Token +•`)
	v.Press("tab")
	v.Type("good")
	v.Press("ctrl+s")
	v.See(`\[1 Profile\]`, `● remote accounts\.example`, `✓ Kept as the context\.`)
	if asked.Address != "accounts.example" || asked.Token != "good" || strings.Contains(v.Screen(), "good") {
		t.Errorf("asked for %+v", asked)
	}
}
