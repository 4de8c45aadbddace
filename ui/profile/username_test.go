package profile_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestUsernameChangesOnlyWithItsCode(t *testing.T) {
	v := uitest.Open(t)
	v.Press("u")
	v.Type("not an address")
	v.Press("enter")
	v.See(`✗ An email address has a name before the @`)
	v.Press("ctrl+u")
	v.Type("j.smith@new.example")
	v.Press("enter")
	v.See(`Confirm the new username`, `6-digit code for j.smith@new.example`, `Expires in 10:00`, `5 tries left`)
	v.Press("esc")
	v.See(`Username +john.smith@ping-home.org ✓`, `→ j.smith@new.example … 10:00`)
	v.Pass(90 * time.Second)
	v.See(`… 8:30`)
	v.Press("v")
	v.Type(v.Code("j.smith@new.example"))
	v.See(`✓ The username is j.smith@new.example now`, `Username +j.smith@new.example ✓`)
	v.Miss(`→ j.smith`)
	v.Restart(func(o *ui.Options) { o.Start = v.Account("j.smith@new.example") })
	v.See(`Username +j.smith@new.example ✓`)
}

func TestUsernameChangeIsCancelled(t *testing.T) {
	v := uitest.Open(t)
	v.Press("x")
	v.See(`! No username change is waiting`)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter", "esc", "x")
	v.See(`Cancel the username change\?`, `\[ Keep it \]`)
	v.Press("enter")
	v.See(`→ j.smith@new.example`)
	v.Press("x", "y")
	v.See(`✓ Cancelled`)
	v.Miss(`→ j.smith@new.example`)
}

func TestTakenAddressIsRefusedAndKept(t *testing.T) {
	v := uitest.Open(t)
	v.Press("u")
	v.Type("Anna.Smits@ACME.example")
	v.Press("enter")
	v.See(`✗ .*taken|✗ .*belongs|✗ .*already`, `New email +Anna.Smits@ACME.example`)
	v.Press("esc", "u")
	v.See(`New email +Anna.Smits@ACME.example`, `Your draft is back`)
	v.Press("ctrl+r")
	v.Miss(`Anna.Smits@`)
}
