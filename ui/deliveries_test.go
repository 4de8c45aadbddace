package ui

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// counted opens the demo and counts how often attempts are asked for.
func counted(t *testing.T) (*visit, *attempted) {
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	a := &attempted{Backend: o.Start.View}
	o.Start.View = a
	v.start(o)
	return v, a
}

// prove adds an email channel beside the console and verifies it.
func (v *visit) prove(email string) {
	v.T.Helper()
	view := v.m().shell.Session.View
	ch, err := view.CreateChannel(context.Background(), backend.TypeEmail, email)
	if err != nil {
		v.T.Fatal(err)
	}
	if _, err := view.VerifyChannel(context.Background(), ch.Priority, v.post.(*postman).last().Code); err != nil {
		v.T.Fatal(err)
	}
	v.Pass(PollInterval)
}

var secretText = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]{20,}`)

// showsSecret reports whether a dialog, open or closed, still knows a secret.
func showsSecret(dialog shell.Overlay) bool {
	return secretText.MatchString(strings.Join(dialog.Card(100, 40).Lines, "\n"))
}
