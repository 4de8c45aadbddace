package ui_test

import (
	"context"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
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
		"one account":    {&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: "This token sees its own account only."}}, `─ Switch context ─`},
		"an ended token": {&uitest.Faulty{ReadErr: backend.Errorf(backend.CodeUnauthorized, "This token is not valid.")}, `─ Switch account ─`},
		"no answer":      {&uitest.Faulty{Offline: true}, `─ Switch context ─`},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t)
			v.RestartBehind(c.faults, twoContexts(v), func(o *ui.Options) {
				o.Start.Accounts = &unread{o.Start.Accounts, c.faults.ReadErr}
			})
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

// TestAnotherContextIsOpenedWhileAServerDoesNotAnswer. Where it answers while one is chosen, it
// waits: no letter of a name becomes a key of its account.
func TestAnotherContextIsOpenedWhileAServerDoesNotAnswer(t *testing.T) {
	for name, answers := range map[string]bool{"it does not": false, "it does then": true} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t)
			var err error = backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
			v.Restart(twoContexts(v), func(o *ui.Options) {
				home := o.Start
				o.Start, o.Screen = ui.Opened{}, keymap.Channels
				o.Away = &ui.Away{Server: "https://home.example", Err: err, Open: func(context.Context) (ui.Opened, error) { return home, err }}
			})
			v.See(`No answer from the server`, `o account`)
			v.Press("f1")
			v.See(`switch account or context +o`, `earlier notices +!`)
			v.Press("esc")
			trying := v.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
			v.Press("o")
			v.Type("wo")
			if answers {
				err = nil
			}
			v.Run(trying)
			v.Pass(time.Minute)
			v.Type("rk")
			v.See(`▌ Context: work`)
			v.Press("enter")
			v.See(`Smilla Berg`)
		})
	}
}

// TestAServerThatAnsweredIsOpenedOnceTheListIsClosed.
func TestAServerThatAnsweredIsOpenedOnceTheListIsClosed(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(twoContexts(v), func(o *ui.Options) {
		home := o.Start
		o.Start, o.Away = ui.Opened{}, &ui.Away{Server: "https://home.example", Err: backend.Errorf(backend.CodeOffline, "The server cannot be reached."),
			Open: func(context.Context) (ui.Opened, error) { return home, nil }}
	})
	trying := v.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("r")})
	v.Press("o")
	v.Run(trying)
	v.See(`Switch context`)
	v.Press("esc")
	v.Pass(time.Second)
	v.See(`John Smith`, `✓ The server answers`)
}

// TestAccountsThatCouldNotBeReadAreReadAgain by enter, which chooses then.
func TestAccountsThatCouldNotBeReadAreReadAgain(t *testing.T) {
	full := backend.Errorf(backend.CodeUnavailable, "The disk is full.")
	accounts := &unread{err: full}
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { accounts.Accounts, o.Start.Accounts = o.Start.Accounts, accounts })
	v.Press("o")
	v.See(`enter tries again: the accounts could not be read`)
	accounts.err = nil
	v.Press("enter") // and chooses then
	v.See(`Anna Smits`)
	v.Press("o")
	v.See(`Smilla Berg`)
	accounts.err = full
	v.Type("anna")
	v.See(`The accounts could not be listed: The disk is full`)
	v.Miss(`Smilla Berg`)
}

// unread are accounts that cannot be searched while err is set.
type unread struct {
	backend.Accounts
	err error
}

func (u *unread) Search(ctx context.Context, q backend.AccountSearch) (backend.FoundAccounts, error) {
	if u.err != nil {
		return backend.FoundAccounts{}, u.err
	}
	return u.Accounts.Search(ctx, q)
}
