package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

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
