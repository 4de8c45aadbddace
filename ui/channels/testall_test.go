package channels_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestAllEnabledChannelsAreTestedAndTheResultsStay(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2", "T")
	v.See(`Test 3 channels\?`, `1  @ email`, `2  ✆ sms`, `5  @ email`, `Not tested: 3 \(never verified\), 4 \(off\)`, `\[ No \]`)
	sender.Refusal = uitest.Refused
	begun := v.Update(drive.Key("y"))
	v.See(`Test of all ─+ 0 of 3`, `1 @ work  jo••@ping-home.org +… sending`, `3 sending, 0 not begun. esc stops`)
	v.Press("j") // keys work while tests run
	v.See(`▌ 2 ✆`)
	v.Run(begun)
	v.See(`3 of 3`, `1 @ work  jo••@ping-home.org +✗ failed: post.example: 550`, `2: post.example: 550 no such person here`, `✗ 0 of 3 test messages sent; failed: channels 1, 2 and 5`, `─ j down  F1 keys  esc close ─`)
	v.Pass(time.Hour)
	v.See(`Test of all`)
	v.Press("esc")
	v.Miss(`Test of all`)
	v.See(`1  @ .*✗ │`, `✗ failing for .* · post.example: 550`, `^ ✗ 0 of 3 test messages sent; failed: channels 1, 2 and 5`)
	sender.Refusal = nil
	v.Press("T", "y")
	v.See(`1 @ work  jo••@ping-home.org +▮ sent in \d+ ms by post.exa`, ` 3 of 3 test messages sent`, `w on a channel takes the word`)
	v.Resize(40, 15)
	v.See(`▮ sent in \d+ ms`)
	v.Fits()
}

// addVerified adds an email channel and verifies it, as another console would.
func addVerified(v *uitest.Visit, sender *uitest.Sender, email string) {
	v.T.Helper()
	other := v.Backend()
	ch, err := other.CreateChannel(v.T.Context(), backend.TypeEmail, email, "")
	if err != nil {
		v.T.Fatal(err)
	}
	if _, err := other.VerifyChannel(v.T.Context(), ch.Priority, sender.Last().Code); err != nil {
		v.T.Fatal(err)
	}
	v.Poll()
}

func TestTestsOfManyRunThreeAtOnceAndCanBeStopped(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	for _, name := range []string{"one", "two", "three"} { // so that six channels are on
		addVerified(v, sender, name+"@new.example")
	}
	v.Press("2", "T")
	begun := v.Update(drive.Key("y"))
	v.See(`… sending`, `3 sending, 3 not begun`)
	v.Press("esc")
	v.See(`No more are begun; 3 still running. esc closes`, `– not tested`)
	v.Run(begun)
	v.See(`3 of 3 test messages sent; 3 not tested`)
	v.Press("esc")

	v.Pass(time.Second)
	v.Press("T")
	begun = v.Update(drive.Key("y"))
	v.Press("esc", "esc") // closed while tests run
	v.Miss(`Test of all`)
	v.Run(begun)
	v.See(`3 of 3 test messages sent; 3 not tested`, `1  @ .*▮▮ │`)
}

func TestHeldTestsAreNotShownAsSent(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("T", "y")
	v.See(`3 of 3 test messages held on this machine`)
	v.Miss(`✓ 3 of 3`, `3 of 3 test messages sent`)
}

// TestHiddenChannelsAreNotTested: what is out of sight is never acted on.
func TestHiddenChannelsAreNotTested(t *testing.T) {
	v := uitest.Open(t, "2", "/")
	v.Type("sms")
	v.Press("enter", "T")
	v.See(`Test 1 channel\?`, `2  ✆ sms`, `Not tested: 1 \(not shown\)`)
	v.Press("y", "esc", "*", "/")
	v.Type("zzz")
	v.Press("enter", "esc")
	v.See(`─ 5 of 10 used ─`) // and nothing is chosen any more
}
