package ui_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestPeopleSeeReadableAddresses: what is kept as A-labels is shown in its script
// everywhere, unless that would hide that it is another name.
func TestPeopleSeeReadableAddresses(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("Zoë <mailto:zoe@BÜCHER。example>")
	v.See(`@ email`)
	v.Press("ctrl+s")
	v.See(`digit code for z••@bücher\.example`)
	v.Press("esc")
	v.See(`z••@bücher\.example`)
	if ch := v.Channel(6); ch.Value != "zoe@xn--bcher-kva.example" {
		t.Errorf("%s is kept", ch.Value)
	}
	v.Press("/")
	v.Type("bücher")
	v.See(`z••@bücher\.example`)
	v.Press("esc", "/")
	v.Type("xn--bcher")
	v.See(`z••@bücher\.example`)
	v.Press("esc", "esc", "5")
	v.See(`z••@bücher\.example`)
	v.Press("2", "G", "e")
	v.See(`Value +zoe@bücher\.example`)
	v.Press("esc")
	v.Pass(time.Minute)
	if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeWebhook, "https://bücher.example/a", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, "eve@pаypal.example", ""); err != nil { // with a Cyrillic а
		t.Fatal(err)
	}
	v.Poll()
	v.See(`bücher\.example/•`, `e••@xn--`)
	v.Miss(`аypal`)
}

// TestUsernameIsReadableToo in the header, on the profile, in the dialogs of its change, in the lists of accounts,
// and where an account is deleted, which takes both of its spellings.
func TestUsernameIsReadableToo(t *testing.T) {
	const kept, shown = "zoë@xn--bcher-kva.example", `zoë@bücher\.example`
	v := uitest.Open(t)
	v.Press("u")
	v.Type("<zoë@Bücher.example>")
	v.Press("ctrl+s")
	v.See(`digit code for ` + shown)
	v.Press("esc")
	v.See(`→ ` + shown)
	v.Press("v")
	v.Type(v.Code(kept))
	v.See(`The username is `+shown, `‹`+shown+`›`, `Username +`+shown)
	v.Press("u")
	v.See(shown + ` +stays the|` + shown + ` stays`)
	v.Press("esc")
	v.Pass(5 * time.Second) // digits right after a code are still the code's
	v.Press("6")
	v.See(`z••@bücher\.example`)
	v.Press("m")
	v.See(shown)
	v.Press("o")
	v.Type("bücher")
	v.See(`John Smith`)
	v.Press("esc", "1", "D", "enter", "1", "tab")
	v.See(`Type ` + shown + ` to confirm`)
	v.Type(kept[:9])
	v.See(`8 of 25 characters match`)
	v.Type(kept[9:])
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`, shown+` can be used again`)
}
