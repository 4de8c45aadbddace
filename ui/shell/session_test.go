package shell_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestExpiredTokenEndsTheSessionWithTheServersReason(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Start = ui.Opened{View: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
			return backend.Profile{}, backend.Errorf(backend.CodeUnauthorized, "The token has expired. Ask for a new one.")
		}}}
	})
	v.See(`Nothing more can be done here`, `The token has expired`)
}

func TestAccountDeletedElsewhereEndsTheSession(t *testing.T) {
	v := uitest.Open(t)
	if err := v.Backend().DeleteAccount(t.Context(), "privacy"); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`! Nothing more can be done here`, `account was deleted|no longer exists|deleted`)
	v.Press("o")
	v.See(`Switch account`)
	v.Press("enter")
	v.See(`\[1 Profile\]`)
}

func TestChangeOfAnotherConsoleShowsWithinASecond(t *testing.T) {
	v := uitest.Open(t, "2")
	other := v.Account(uitest.John)
	if _, err := other.View.CreateChannel(t.Context(), backend.TypeEmail, "beside@new.example", ""); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`6  @ .*be••@new.example`, `6 of 10 used`)
}

func TestReadOnlyRefusesChanges(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.See(`read-only`)
	v.Press("2", "d")
	v.See(`! Opened for reading only`)
	v.Miss(`Keep`)
}
