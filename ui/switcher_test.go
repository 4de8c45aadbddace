package ui_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// lostDeletion is a backend that deletes the account, with its token, and loses the
// answer.
type lostDeletion struct {
	*uitest.Faulty
	isDeleted bool
}

func (l *lostDeletion) DeleteAccount(context.Context, string) error {
	l.isDeleted = true
	return backend.Errorf(backend.CodeUnknownOutcome, "It is not known whether this was done.")
}

func (l *lostDeletion) Profile(ctx context.Context) (backend.Profile, error) {
	if l.isDeleted {
		return backend.Profile{}, backend.Errorf(backend.CodeUnauthorized, "The token was revoked.")
	}
	return l.Faulty.Profile(ctx)
}

func TestAccountIsSwitched(t *testing.T) {
	v := uitest.Open(t)
	v.Press("o")
	v.See(`Switch account`, `John Smith`, `here`, `Anna Smits`, `Smilla Berg`)
	v.Type("smla")
	v.Press("enter")
	v.See(`Name +Smilla`, `Trial +until`)
}

func TestTokenForOneAccountIsOfferedNoOther(t *testing.T) {
	const none = "This token sees one account only."
	v := uitest.Open(t)
	f := &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: none}}
	v.RestartBehind(f, uitest.Colours())
	v.SeeOff("o account")
	v.RestartBehind(f, uitest.Behind(func(backend.Backend) backend.Backend { return &lostDeletion{Faulty: f} }))
	v.Press("D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("tab", "tab", "enter")
	v.See(`Nothing more can be done here`, `The token was revoked`, `that was lost: it may`)
	v.Miss(`another account`)
	v.Press("o")
	v.See(`Nothing more can be done here`, `^ *q quit *$`)
}
