package profile_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestFailingTypeIsNotSaidToBeReached(t *testing.T) {
	v := uitest.Open(t)
	v.See(`Reach +✗ 1 failing · ✓ email *│`)
	v.Press("2", "j", "s", "1")
	v.See(`Reach +✓ email · 2 of 5 channels`, `2  ✆ sms .* off `)
}

func TestReachDistinguishesHeldStaleAndFailed(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Resize(80, 30)
	v.See(`1  @ email +jo••@ping-home.org +▯ held here`)
	v.Press("2", "t", "1")
	v.See(`1  @ email +jo••@ping-home.org +✓ reached`)
	v.Pass(91 * 24 * time.Hour)
	v.See(`1  @ email +jo••@ping-home.org +! stale`)
	sender.Refusal = uitest.Refused
	v.Press("2", "t", "1")
	v.See(`1  @ email +jo••@ping-home.org +✗ failed now`)
}
