package profile_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestProfileShowsNameTeamPlanAndReach(t *testing.T) {
	v := uitest.Open(t)
	v.See(`\[1 Profile\]`, `Name +John Smith`, `Username +john.smith@ping-home.org ✓`, `Id +`+uitest.JohnID, `Team +Platform · role root`,
		`Org +PingHome Ltd · plan team`, `Since +2025-10-19`, `Limits +channels 5/10 · codes 1/20 in 24 h · feedback 0/20 in 24 h`, `✗ #2 pager failing for 3h`, `2: all channels`)
}

func TestLimitHasABarFromEightyPercentOn(t *testing.T) {
	v := uitest.Open(t)
	v.Miss(`━`, `%`)
	add := func(n int) {
		if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, fmt.Sprintf("more%d@new.example", n), ""); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 3 {
		add(n)
	}
	v.Poll()
	v.See(`━{16}─{4} ! 80%  channels 8/10`, `Limits +codes 4/20 in 24 h · feedback`)
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
	v.See(`━{13} ✗ full  channels 10/10`)
}

func TestValueUnderTheCursorIsCopied(t *testing.T) {
	v := uitest.Open(t)
	for _, c := range []struct{ move, what, value string }{
		{"g", "the username", uitest.John},
		{"down", "the name", "John Smith"},
		{"j", "the id of the account", uitest.JohnID},
		{"j", "the value of channel 1", "john.smith@ping-home.org"},
		{"j", "the value of channel 2", "+994551234567"},
		{"G", "the value of channel 5", "billing@ping-home.org"},
	} {
		v.Press(c.move, "y")
		v.See(`✓ Copied ` + c.what + ` into tmux's buffer`)
		if v.Copied != c.value {
			t.Fatalf("copied %q and not %s", v.Copied, c.what)
		}
	}
	v.Way = clipboard.Way{Name: "through the terminal"}
	v.Press("g", "y")
	v.See(`Gave the username to the terminal to copy. It does not acknowledge that,`, `may have dropped it`)
	v.Miss(`✓ Gave`)
}

func TestRowUnderTheCursorIsOpened(t *testing.T) {
	v := uitest.Open(t, "enter")
	v.See(`New email`)
	v.Press("esc", "j", "enter")
	v.See(`Edit name`)
	v.Press("esc", "j", "enter")
	v.See(`! The id cannot be changed. y copies it`)
	v.Press("j", "j", "enter")
	v.See(`\[2 Channels`, `▌  2  ✆ pager`)
	v.Press("1", "k", "k", "k", "k", "k", "k")
	v.See(`▌Username`)
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press("enter")
	v.See(`! Opened for reading only`)
	v.Press("G", "enter")
	v.See(`\[2 Channels`, `▌  5  @ home`)
}

func TestCursorStaysOnItsChannelWhileOthersGo(t *testing.T) {
	v := uitest.Open(t, "G", "k")
	v.See(`▌4  ⚑ push`)
	if _, err := v.Backend().DeleteChannels(t.Context(), []int{1, 2}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`▌4  ⚑ push`)
	if _, err := v.Backend().DeleteChannels(t.Context(), []int{3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`▌Id`, `! no channel yet: not reached`)
}

// TestLongUsernameIsShownWhole: a compact window shows it whole under the cursor.
func TestLongUsernameIsShownWhole(t *testing.T) {
	v := uitest.Open(t)
	email := strings.Repeat("n", 64) + "@" + strings.Repeat("very-long-subdomain.", 6) + "example"
	change := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := v.Backend().ChangeUsername(t.Context(), email)
	change(err)
	_, err = v.Backend().ConfirmUsername(t.Context(), v.Code(email))
	change(err)
	v.Poll()
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {170, 60}, {40, 15}} {
		v.Resize(size[0], size[1])
		v.Fits()
		screen := v.Screen()
		if size[0] == 200 { // there the accounts stand at the left
			screen = regexp.MustCompile(`(?m)^[│╭╰].*?[│╮╯]`).ReplaceAllString(screen, "")
		}
		shown := regexp.MustCompile(`│[│╭╰].*|[│▌\s]`).ReplaceAllString(screen, "")
		if !strings.Contains(shown, email) {
			t.Errorf("at %dx%d the username is not whole:\n%s", size[0], size[1], v.Screen())
		}
	}
}

// TestNoSignStandsAlone: what has no room behind a fact goes below it, without a blank before it.
func TestNoSignStandsAlone(t *testing.T) {
	v := uitest.Open(t, "o")
	v.Type("Smilla")
	v.Press("enter")
	v.Resize(100, 30)
	v.See(`▌Username   smilla\.berg +│`, `▌           @north\.example ✓ +│`, `Org        North Studio +│`, `│            plan developer +│`)
	for w := 100; w < 120; w++ {
		v.Resize(w, 30)
		v.Miss(`^│.           ( +[^ │]|[·✓])`)
	}
}

func TestWideWindowShowsTheLastMessages(t *testing.T) {
	v := uitest.Open(t)
	v.Miss(`Last messages`)
	v.Resize(120, 40)
	v.See(`Last messages ─+ 5: all messages`, `✗ failed +#2 pager +test +30003 Unreachable`, `twilio: 30003 Unreachable destination handset`)
	v.Press("2", "t", "1")
	v.See(`12:00:00 +held +#1 work +test`)
	v.Press("g", "j", "j", "j", "j", "j", "j", "j", "j", "j")
	v.See(`▌11:58:00 +held +#3 ops hook +code`)
	v.Press("y")
	v.See(`✓ Copied the address of the message`)
	v.Press("enter")
	v.See(`\[5 Messages`, `▌• held +11:58:00`)
	v.Press("1")
	v.Resize(40, 15)
	v.See(`▌5 @`)
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
