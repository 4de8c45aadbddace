package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/theme"
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
	v.Type("smill")
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
	v.See(`1 of 6 accounts`, `▌ Anna Smits +an••@acme\.example`)
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
	v.See(`503 accounts`, `▌ Anna Smits`, `Ben 000 Lee`)
	v.Press("end")
	v.See(`▌ Smilla Berg`, `John Smith +jo••@ping-home.org +here · PingHome`, `Ben 499 Lee +\S*9\S*@lee\.example +山田`)
	for range 60 {
		v.Press("pgup")
	}
	v.See(`▌ Anna Smits`)
	for range 60 {
		v.Press("pgdown")
	}
	v.See(`▌ Smilla Berg`)
	v.Press("home")
	v.See(`▌ Anna Smits`)
	v.Type("ben 01")
	v.See(`▌ Ben 01\d Lee`, `of 503 accounts`)
	v.Type("7l")
	v.See(`▌ Ben 017 Lee`)
	v.Press("enter")
	v.See(`Name +Ben 017`)
	v.Press("o") // where the account before comes first
	v.See(`▌ John Smith`, `Anna Smits`)
	v.Press("enter")
	v.See(`Name +John`)
}

// TestServerWithoutSearchFindsByWords, as those of older versions do.
func TestServerWithoutSearchFindsByWords(t *testing.T) {
	v := uitest.Open(t)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureSearch: "It is of an older version."}})
	v.Press("o")
	v.See(`3 accounts`, `▌ John Smith`)
	v.Type("north")
	v.See(`1 of 3 accounts`, `▌ Smilla Berg`)
	v.Type("x")
	v.See(`No account matches`)
	v.Press("enter", "end", "home", "backspace", "enter")
	v.See(`Name +Smilla`)
}

// TestAccountsThatWereOpenComeFirst, also after a restart, and none that was deleted.
func TestAccountsThatWereOpenComeFirst(t *testing.T) {
	folder := t.TempDir()
	v := uitest.Open(t)
	v.Restart(remembering(folder))
	for _, name := range []string{"smilla", "anna", "john"} {
		v.Press("o")
		v.Type(name)
		v.Press("enter")
	}
	v.Restart(func(o *ui.Options) {
		o.Opened = draft.Open(folder)
		o.Recent = ui.LoadLast(o.Opened, o.Start.Scope).Recent
	})
	v.Press("o")
	v.See(`▌ Anna Smits.*\n.*Smilla Berg.*\n.*John Smith`)
}

// TestMatchedLettersAreMarked in names and in addresses that are shown.
func TestMatchedLettersAreMarked(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Colours())
	look := theme.New(theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor})
	v.Press("m", "o")
	v.Type("smilla")
	if !strings.Contains(v.Screen(), look.Cursor.Match.Render("Smilla")) {
		t.Errorf("the letters of the name are not marked:\n%q", v.Screen())
	}
	v.Type("@north")
	if !strings.Contains(v.Screen(), look.Cursor.Match.Render("@north")) {
		t.Errorf("those of the address are not marked:\n%q", v.Screen())
	}
}
