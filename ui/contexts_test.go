package ui_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

const smillaEmail = "smilla.berg@north.example"

// TestContextIsOpenedFromThePalette, and the one before from there.
func TestContextIsOpenedFromThePalette(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		john, smilla := o.Start, v.Account(smillaEmail)
		john.Place, smilla.Place, smilla.Scope = "local", "remote work.example", "https://work.example"
		o.Context = "home"
		o.Contexts = []ui.Context{
			{Name: "home", Place: "local", Open: func(context.Context) (ui.Opened, error) { return john, nil }},
			{Name: "work", Place: "remote work.example", Open: func(context.Context) (ui.Opened, error) { return smilla, nil }},
		}
	})
	v.Press("2", ":")
	v.Type("context")
	v.See(`Context: home · This context is open\. +local`, `Context: work +remote work\.example`)
	v.Type(" work")
	v.Press("enter")
	v.See(`Smilla Berg`, `\[2 Channels`, `work\.example`)
	v.Press(":")
	v.Type("context home")
	v.Press("enter")
	v.See(`John Smith`)
	v.Miss(`work\.example`)
	v.Press("o")
	v.See(`Context: home +local +here`, `Context: work +remote work\.example`)
	v.Type("work")
	v.Press("enter")
	v.See(`Smilla Berg`)
}

func TestContextThatDoesNotAnswerLeavesTheOneThatIsOpen(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Contexts = []ui.Context{{Name: "work", Place: "remote work.example", Open: func(context.Context) (ui.Opened, error) {
			return ui.Opened{}, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
		}}}
	})
	v.Press(":")
	v.Type("context work")
	v.Press("enter")
	v.See(`The context work could not be opened: The server cannot be reached`, `Name +John Smith`)
}

// twoContexts are the one that is open and another one, which is Smilla's account.
func twoContexts(v *uitest.Visit) func(*ui.Options) {
	return func(o *ui.Options) {
		smilla := v.Account(smillaEmail)
		smilla.Scope = "https://work.example"
		o.Context = "home"
		o.Contexts = []ui.Context{
			{Name: "home", Place: "local", Open: func(context.Context) (ui.Opened, error) { return o.Start, nil }},
			{Name: "work", Place: "remote work.example", Open: func(context.Context) (ui.Opened, error) { return smilla, nil }},
			{Name: "old", Place: "remote old.example", Open: func(context.Context) (ui.Opened, error) {
				return ui.Opened{}, backend.Errorf(backend.CodeUnauthorized, "This token is not valid.")
			}},
		}
	}
}

// TestContextsAreListedWhereAccountsAreNot: the token sees one account, or nothing can be read.
func TestContextsAreListedWhereAccountsAreNot(t *testing.T) {
	for name, c := range map[string]struct {
		faults *uitest.Faulty
		sees   string
	}{
		"one account":     {&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: "This token sees its own account only."}}, `─ Switch context ─`},
		"an ended token":  {&uitest.Faulty{ReadErr: backend.Errorf(backend.CodeUnauthorized, "This token is not valid.")}, `─ Switch account ─`},
		"an offline file": {&uitest.Faulty{Offline: true}, `─ Switch account ─`},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t)
			v.RestartBehind(c.faults, twoContexts(v))
			v.Press("r", "o")
			v.See(c.sees, `Context: home `, `Context: work +remote work\.example`)
			v.Type("wrk")
			v.See(`▌ Context: work`)
			v.Miss(`Context: home`)
			v.Press("enter")
			v.See(`Smilla Berg`)
		})
	}
}

// TestAContextThatRefusesLeavesTheOneThatIsOpen: its token is not this one's.
func TestAContextThatRefusesLeavesTheOneThatIsOpen(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(twoContexts(v))
	v.Press("o")
	v.Type("context old")
	v.Press("enter")
	v.See(`✗ The context old could not be opened: This token is not valid`, `Name +John Smith`)
	v.Press("2", "s")
	v.See(`✓ Channel 1 is off`)
}

// TestAnotherContextIsOpenedWhileAServerDoesNotAnswer.
func TestAnotherContextIsOpenedWhileAServerDoesNotAnswer(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(twoContexts(v), func(o *ui.Options) {
		o.Start = ui.Opened{}
		o.Away = &ui.Away{Server: "https://home.example", Err: backend.Errorf(backend.CodeOffline, "The server cannot be reached."),
			Open: func(context.Context) (ui.Opened, error) {
				return ui.Opened{}, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
			}}
	})
	v.See(`No answer from the server`, `o account`)
	v.Press("o")
	v.Type("work")
	v.Press("enter")
	v.See(`Smilla Berg`)
}
