package shell_test

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestDraftIsWrittenAtTheNextPoll(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Type("before the power went")
	v.Poll()
	v.Restart() // the first console is not told to quit
	v.Press("3")
	v.See(`before the power went`)
}

func TestStartingOverCanBeTakenBack(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.Press("ctrl+s")
	v.See(`✗ Use at most 5000 characters`)
	v.Press("ctrl+r")
	v.See(`Started over · ctrl\+r takes that back +0/5000`)
	v.Miss(`✗ Use`)
	v.Press("ctrl+r")
	v.See(`xxxx`, `5001/5000`)
	v.Press("ctrl+r", "y", "esc", "2", "a")
	v.Type("+994")
	v.Press("ctrl+r")
	v.See(`@ email  +follows`, `Started over · ctrl\+r takes that back`)
	v.Press("ctrl+r")
	v.See(`✆ sms`, `Value +\+994`)
	v.Press("esc", "a")
	v.See(`Value +\+994`, `Your draft is back`)
}

// TestDraftOfAnEarlierVersion has every field, and does not say what they began with: what was
// not typed may have been changed since.
func TestDraftOfAnEarlierVersion(t *testing.T) {
	v := uitest.Open(t)
	o := v.Options()
	key := shell.DraftScope(o.Start.Scope, o.Start.Account.ID) + draft.Group + "name"
	if err := o.Shell.Drafts.Save(key, map[string]string{"name": "John", "surname": "Smythe"}); err != nil {
		t.Fatal(err)
	}
	v.Press("e")
	v.See(`Smythe`, `Your draft is back\. Meanwhile, the surname became Smith`)
	v.Press("ctrl+s")
	v.See(`Edit name`, `the surname became Smith`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`Name +John Smythe`)
}
