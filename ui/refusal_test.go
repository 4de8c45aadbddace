package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

func TestABareStatusOfAServerIsExplained(t *testing.T) {
	f := &far{refuses: backend.Errorf(backend.CodeNotFound, "Not Found")}
	v := farVisit(t, f)
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("ctrl+s")
	v.See(`✗ The server says: Not Found. Nothing was changed. It does`, `not have what this is about. Read again, and look`, `ada@new.example`)
	f.refuses = backend.Errorf(backend.CodeLimit, "Your plan has room for ten channels.")
	v.Press("ctrl+s")
	v.See(`✗ Your plan has room for ten channels`)
	v.Miss(`The server says`)
}

func TestWhoSeesOneAccountIsOfferedNoOther(t *testing.T) {
	const none = "This token sees one account only."
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	f := &far{Backend: o.Start.View, lacks: map[backend.Feature]string{backend.FeatureAccounts: none}}
	s := &ending{far: f}
	o.Start.View = s
	v.start(o)
	if v.m().whyOff(keymap.Switch) != none { // what makes it faint in the footer and the help
		t.Error("other accounts are offered")
	}
	v.Press("D", "enter", "1", "tab")
	v.Type(john)
	v.Press("tab", "tab", "enter")
	v.See(`Nothing more can be done here`, `The token was revoked`, `that was lost: it may`)
	v.Miss(`another account`)
	v.Press("o")
	v.See(`Nothing more can be done here`, `^ *q quit *$`)
}

// ending is an account that goes when it is told to, without a word, and its
// token with it.
type ending struct {
	*far
	gone bool
}

func (e *ending) DeleteAccount(context.Context, string) error {
	e.gone = true
	return backend.Errorf(backend.CodeUnknown, "It is not known whether this was done.")
}

func (e *ending) Profile(ctx context.Context) (backend.Profile, error) {
	if e.gone {
		return backend.Profile{}, backend.Errorf(backend.CodeUnauthorized, "The token was revoked.")
	}
	return e.far.Profile(ctx)
}
