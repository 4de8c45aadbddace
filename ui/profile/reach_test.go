package profile_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

// TestFailingTypeIsNotSaidToBeReached: a type is said to reach only for a channel that works,
// and the failing one is named.
func TestFailingTypeIsNotSaidToBeReached(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(120, 40)
	v.See(`✗ #2 pager failing for 3h: .* +✓ #5 home seen 60d ago`)
	v.Press("2", "j", "s", "1")
	v.See(`^ ✓ #5 home seen 60d ago +#1 work held`, `2  ✆ .* off `)
	v.Miss(`✓ sms`)
}

func TestReachDistinguishesHeldStaleAndFailing(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Resize(80, 30)
	v.See(`1  @ email +work +jo••@ping-home.org +on +held`)
	v.Press("2", "t", "1")
	v.See(`1  @ email +work +jo••@ping-home.org +on +✓ seen 12d ago`)
	v.Pass(91 * 24 * time.Hour)
	v.See(`1  @ email +work +jo••@ping-home.org +on +! stale, seen 103d ago`)
	sender.Refusal = uitest.Refused
	v.Press("2", "t", "1")
	v.See(`1  @ email +work +jo••@ping-home.org +on +✗ failing for <1m`)
}

// TestNothingLeavesWithoutDelivery: where every message is held, that is the verdict, and
// nothing of it is green.
func TestNothingLeavesWithoutDelivery(t *testing.T) {
	v := uitest.Open(t, "2", "j", "d", "y", "G", "d", "y", "1")
	const words = `held: nothing leaves this machine, no delivery`
	v.See(`^ ` + words)
	v.Miss(`✓ email`, `✓ seen`)
}

// TestChannelThatWasNeverVerifiedIsOff: on both screens that say whether channels are on.
func TestChannelThatWasNeverVerifiedIsOff(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(120, 40)
	v.See(`3  ⇄ +ops hook +hooks\S+ +off +… waiting`)
	v.Press("2")
	v.See(`3  ⇄ ops hook .*hooks\S+ +off `)
}
