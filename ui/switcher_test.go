package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

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
	v.Miss(`o account`)
	v.Press("o")
	v.See(`! ` + none)
	v.RestartBehind(f, uitest.Behind(func(backend.Backend) backend.Backend { return &lostDeletion{Faulty: f} }))
	v.Press("D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("tab", "tab", "enter")
	v.See(`Nothing more can be done here`, `The token was revoked`, `that was lost: it may`)
	v.Miss(`another account`)
	v.Press("o")
	v.See(`Nothing more can be done here`, `^ *q quit *$`)
}

// TestEmailsAreMaskedInTheSwitcher, different ones differently, and found by the whole address.
func TestEmailsAreMaskedInTheSwitcher(t *testing.T) {
	v := uitest.Open(t)
	for _, email := range []string{"john.sommer@ping-home.org", "alexander@lee.example", "alexander.new@lee.example"} {
		if _, err := v.Account(uitest.JohnID).Accounts.Create(t.Context(), backend.NewAccount{Name: "Kim", Surname: "Lee", Email: email}); err != nil {
			t.Fatal(err)
		}
	}
	v.Press("o")
	v.See(`Anna Smits +an••@acme\.example`, `Kim Lee +al••@lee\.example`, `Kim Lee +al••r@lee\.example`, `Kim Lee +jo••o••@ping-home\.org`, `John Smith +jo••@ping-home\.org`)
	v.Miss(`Lee +\w+@`, `Smits +\w+@`)
	v.Press("esc", "6") // each has one mask in both lists
	v.See(`Anna Smits +an••@acme\.example`, `Kim Lee +al••@lee\.example`, `Kim Lee +al••r@lee\.example`, `Kim Lee +jo••o••@ping-home\.org`, `John Smith.* jo••@ping-home\.org`)
	v.Press("o")
	v.Type("anna.smits@acme.example")
	v.See(`1 row`, `▌ Anna Smits +an••@acme\.example`)
	v.Press("esc", "m", "o")
	v.See(`Anna Smits +anna\.smits@acme\.example`)
	v.Pass(11 * time.Second)
	v.See(`Anna Smits +an••@acme\.example`)
}

// TestManyAccountsAreSwitched: of more than are listed, those around the open one are.
func TestManyAccountsAreSwitched(t *testing.T) {
	v := uitest.Open(t)
	all := v.Account(uitest.JohnID).Accounts
	for i := range 500 {
		name, organization := fmt.Sprintf("Ben %03d", i), ""
		if i == 499 {
			organization = strings.Repeat("山田太郎株式会社", 8)
		}
		_, err := all.Create(t.Context(), backend.NewAccount{Name: name, Surname: "Lee", Email: fmt.Sprintf("ben%03d@lee.example", i), Organization: organization})
		if err != nil {
			t.Fatal(err)
		}
	}
	v.Press("o")
	v.See(`101 of 503 · type to narrow`, `▌ John Smith +jo••@ping-home\.org +here · PingHome`, `Ben 499 Lee +\S*9\S*@lee\.example +山田`)
	v.Press("end")
	v.See(`▌ Smilla Berg`)
	v.Press("pgup", "pgup")
	v.See(`▌ Ben 4`)
	v.Press("home")
	v.See(`▌ Ben 401`)
	v.Type("ben 01")
	v.See(`▌ Ben 001 Lee`, `Ben 012 Lee`)
	v.Miss(`type to narrow`)
	v.Press("enter")
	v.See(`Name +Ben 001`)
	v.Press("o")
	v.See(`200 of 503 · type to narrow`, `▌ Ben 001 Lee`, `Anna Smits`)
}
