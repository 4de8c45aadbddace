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
