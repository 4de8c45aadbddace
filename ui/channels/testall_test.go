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
	v.See(`Test 2 channels\?`, `1  @ email`, `2  ✆ sms`, `Not tested: 3 \(not verified\), 4 \(off\), 5 \(not`, `\[ No \]`)
	sender.Refusal = uitest.Refused
	begun := v.Update(drive.Key("y"))
	v.See(`Test of all ─+ 0 of 2`, `1 @ jo••@ping-home.org +◌ testing`, `2 running, 0 waiting. esc stops`)
	v.Press("j") // keys work while tests run
	v.See(`▌ 2 ✆`)
	v.Run(begun)
	v.See(`2 of 2`, `1 @ jo••@ping-home.org +✗ post.example: 550 no such`, `2: post.example: 550 no such person here`, `✗ 0 of 2 test messages accepted; failed: channels 1 and 2`)
	v.Pass(time.Hour)
	v.See(`Test of all`)
	v.Press("esc")
	v.Miss(`Test of all`)
	v.See(`1  @ email .*✗ failing`)
	sender.Refusal = nil
	v.Press("T", "y")
	v.See(`1 @ jo••@ping-home.org +✓ \d+ ms by post.example`, `✓ 2 of 2 test messages accepted`, `R on a channel takes the word`)
	v.Resize(40, 15)
	v.See(`✓ \d+ ms by`)
	v.Fits()
}

// addVerified adds an email channel and verifies it, as another console would.
func addVerified(v *uitest.Visit, sender *uitest.Sender, email string) {
	v.T.Helper()
	other := v.Backend()
	ch, err := other.CreateChannel(v.T.Context(), backend.TypeEmail, email)
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
	for _, name := range []string{"one", "two", "three"} { // so that five channels are on
		addVerified(v, sender, name+"@new.example")
	}
	v.Press("2", "T")
	begun := v.Update(drive.Key("y"))
	v.See(`◌ testing`, `3 running, 2 waiting`)
	v.Press("esc")
	v.See(`No more are begun; 3 still running. esc closes`, `– not tested`)
	v.Run(begun)
	v.See(`✓ 3 of 3 test messages accepted; 2 not tested`)
	v.Press("esc")

	v.Press("T")
	begun = v.Update(drive.Key("y"))
	v.Press("esc", "esc") // closed while tests run
	v.Miss(`Test of all`)
	v.Run(begun)
	v.See(`✓ 3 of 3 test messages accepted; 2 not tested`, `1  @ email .*✓ ok \d+ms · now`)
}

func TestHeldTestsAreNotShownAsSent(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("T", "y")
	v.See(`▯ 2 of 2 test messages held in the inbox on this machine`)
	v.Miss(`✓ 2 of 2`)
}
