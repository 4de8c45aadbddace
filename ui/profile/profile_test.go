package profile_test

import (
	"fmt"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestProfileShowsNameTeamPlanAndReach(t *testing.T) {
	v := uitest.Open(t)
	v.See(`\[1 Profile\]`, `Name +John`, `Surname +Smith`, `Username +john.smith@ping-home.org ✓`, `Team +Platform`, `Org +PingHome Ltd`,
		`Plan +team`, `Role +root`, `Limits +channels 5/10 · codes in 24 h 1/20 · feedback in 24 h 0/20`, `Reach +✗ #2 sms failing for 3h …`, `2: all channels`)
}

func TestLimitHasABarFromEightyPercentOn(t *testing.T) {
	v := uitest.Open(t)
	v.Miss(`━`, `%`)
	add := func(n int) {
		if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, fmt.Sprintf("more%d@new.example", n)); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 3 {
		add(n)
	}
	v.Poll()
	v.See(`━{16}─{4} ! 80%  channels 8/10`, `Limits +codes in 24 h 4/20 · feedback`)
	for n := range 2 {
		add(10 + n)
	}
	v.Poll()
	v.See(`━{20} ✗ full  channels 10/10`)
	v.Resize(40, 15)
	v.Fits()
	v.See(`━+ ✗ full  channels 10/10`)
	v.Resize(200, 60)
	v.Fits()
	v.See(`━{20} ✗ full  channels 10/10`)
}

func TestCustomerIDIsCopied(t *testing.T) {
	v := uitest.Open(t)
	v.Press("y")
	if v.Copied != "6fb4e64f-ad18-46e3-920c-92639adb137c" {
		t.Fatalf("copied %q", v.Copied)
	}
	v.See(`✓ Copied the customer id into tmux's buffer`)
	v.Way = clipboard.Way{Name: "through the terminal"}
	v.Press("y")
	v.See(`Gave the customer id to the terminal to copy. It does not acknowledge that,`, `may have dropped it`)
	v.Miss(`✓ Gave`)
}

func TestAccountIsNotChangedWhileTheTokensOwnerIsUnknown(t *testing.T) {
	const why = "The server does not say whose the token is; it might be another account's."
	f := &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureOwnAccount: why, backend.FeatureFeedback: why}}
	v := uitest.OpenFaulty(t, f)
	for _, key := range []string{"e", "u", "v", "V", "D"} {
		v.Press(key)
		v.See(`! ` + why)
		v.Miss(`Edit name`, `New email`, `Delete the account`)
		v.Pass(uitest.WarningTime)
		v.Miss(why)
	}
	v.RestartBehind(f, uitest.Colours())
	v.SeeOff("e edit", "u username", "D delete account")
	v.RestartBehind(f)
	v.Press("3", "c")
	v.See(`! ` + why)
	v.Press("2", "t")
	v.See(`✓`) // a channel names its account
}
