package ui

import (
	"github.com/account-settings/pinghome/backend"
)

// closes presses esc until the only dialog must be gone.
func (v *visit) closes(times int) {
	v.T.Helper()
	if n := len(v.m().shell.Overlays); n != 1 {
		v.T.Fatalf("%d dialogs are open:\n%s", n, v.Screen())
	}
	for range times {
		v.Press("esc")
	}
	if n := len(v.m().shell.Overlays); n != 0 {
		v.T.Fatalf("esc left %d dialogs:\n%s", n, v.Screen())
	}
}

// others are the views of all accounts but the one that is open.
func (v *visit) others() (views []backend.Backend) {
	v.T.Helper()
	accounts := v.m().shell.Session.Accounts
	all, err := accounts.List(v.T.Context(), "", 10)
	if err != nil {
		v.T.Fatal(err)
	}
	for _, a := range all {
		if a.Email == john {
			continue
		}
		view, _, err := accounts.Open(v.T.Context(), a.ID)
		if err != nil {
			v.T.Fatal(err)
		}
		views = append(views, view)
	}
	return views
}
