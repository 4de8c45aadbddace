package ui_test

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestHeaderClosesItsBracket: however much of the address is cut, its bracket is closed.
func TestHeaderClosesItsBracket(t *testing.T) {
	v := uitest.Open(t)
	email := strings.Repeat("long", 15) + "@" + strings.Repeat("sub.", 12) + "example"
	if _, err := v.Backend().ChangeUsername(t.Context(), email); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Backend().ConfirmUsername(t.Context(), v.Code(email)); err != nil {
		t.Fatal(err)
	}
	name, surname := "Johannes Maria", "Smith-Müller von der Au"
	if _, err := v.Backend().UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	for w := 70; w <= 240; w++ {
		v.Resize(w, 24)
		header, _, _ := strings.Cut(v.Screen(), "\n")
		if strings.Count(header, "‹") != strings.Count(header, "›") {
			t.Fatalf("the bracket is open: %s", header)
		}
	}
	v.See(`‹` + email + `›  PingHome Ltd / Platform`)
}

func TestHeaderRepeatsNoName(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Start.Account.Organization, o.Start.Account.Team = "John Smith", "John Smith" })
	v.Resize(160, 40)
	header, _, _ := strings.Cut(v.Screen(), "\n")
	if strings.Count(header, "John Smith") != 1 {
		t.Fatalf("a name is repeated: %s", header)
	}
}
