package linear

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestATokenGoesToTheServerThatItWasTypedFor, and to no other one.
func TestATokenGoesToTheServerThatItWasTypedFor(t *testing.T) {
	elsewhere := uitest.Open(t)
	var asked []ui.NewServer
	setup := &ui.Setup{Path: "/tmp/x.db",
		Server: func(_ context.Context, s ui.NewServer) (ui.Opened, string, error) {
			if asked = append(asked, s); len(asked) == 1 {
				return ui.Opened{}, "", &backend.Error{Code: backend.CodeInvalid, Fields: map[string][]string{"address": {"No server of ours."}}}
			}
			return elsewhere.Account(uitest.JohnID), "It is the default now.", nil
		}}
	v := beginOn(t, elsewhere, func(o *ui.Options) { o.Start, o.Setup = ui.Opened{}, setup })
	v.heard()
	v.hears("Address of the server", "server")
	v.hears("The address is not a whole web address", "foo bar")
	v.hears("Token", "https://one.example")
	v.hears("No server of ours.\nAddress of the server", "first")
	v.hears("Token", "https://two.example")
	v.hears("It is the default now.", "second")
	v.wantEnd()
	if len(asked) != 2 || asked[1].Address != "https://two.example" || string(asked[1].Token) != "second" {
		t.Errorf("%v", asked)
	}
}
