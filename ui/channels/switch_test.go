package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

// TestChannelWithAnOldValueInForceIsSwitchedAndTested: on, off and tests are about the value
// in force, also while another value waits for its code.
func TestChannelWithAnOldValueInForceIsSwitchedAndTested(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("G", "s")
	v.See(`✓ Channel 5 is off · z undo`, `5  @ home .* off `)
	v.Press("z")
	v.See(`✓ Undone: channel 5 is on · Z makes it again`)
	v.Press("s", "s")
	v.See(`✓ Channel 5 is on · z undo`, `5  @ home .* on `)
	v.Press("t")
	v.See(`Channel 5: test message held`)
	box, err := v.Backend().Messages(t.Context(), 1)
	if err != nil || box.Messages[0].To != v.Channel(5).ActiveValue {
		t.Fatalf("%+v, %v", box.Messages, err)
	}
}

func TestSwitchingOffTheLastChannelsIsAskedAndUndone(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("*", "s")
	v.See(`Switch off 3 channels\?`, ` 1  @ email`, ` 5  @ email`, `! No channel would reach this account any more`, `\[ Keep on \]`)
	v.Press("enter")
	v.See(`1  @ work .* on `)
	v.Press("s", "y")
	v.See(`! Channels 1, 2 and 5 are off · z undo. No channel reaches this account now`, `✗ not reached: no channel is on`)
	v.Press("z")
	v.See(`✓ Undone: channel 1 is on, channel 2 is on, channel 5 is on`)
	if !v.Channel(5).Enabled {
		t.Fatal("channel 5 is still off")
	}
	v.Press("esc", "g", "s")
	v.Miss(`Switch off`)
	v.Press("j", "s", "G", "s")
	v.See(`Switch off 1 channel\?`)
}

func TestChannelThatIsOffIsNotSaidToFail(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`✗ #2 pager failing for 3h`, `2 Channels ✗1`)
	v.Press("j", "s", "k")
	v.Pass(uitest.WarningTime)
	v.Miss(`#2 pager failing`, `Channels ✗`)
}

func TestSwitchOfSeveralIsDoneWholeOrNotAtAll(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "s")
	v.See(`✓ Channel 2 is off · z undo`)
	v.Press("k", " ", "G", " ")
	other := v.Backend()
	if _, err := other.DeleteChannels(t.Context(), []int{5}); err != nil {
		t.Fatal(err)
	}
	v.Press("s", "y")
	v.See(`✗ Nothing was switched: Channel 5 is not there any more`, `1  @ work .* on `)
}

func TestUndoReachesChannelsHiddenByTheFilter(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("s", "f", "j", " ", "enter", "z")
	v.See(`✓ Undone: channel 1 is on`)
	v.Press("/")
	v.Type("zzz")
	v.Press("enter", "d")
	v.See(`! No channel is shown: 5 are hidden. esc shows them again`)
}

// TestLaterChangesAreUndoneFirst: z goes back step by step.
func TestLaterChangesAreUndoneFirst(t *testing.T) {
	for name, last := range map[string]struct {
		does   func(v *uitest.Visit)
		undone string
	}{
		"a deletion": {func(v *uitest.Visit) { v.Press("j", "d", "y") }, `channel 2 \(sms\) is back`},
		"an edit": {func(v *uitest.Visit) {
			v.Press("e", "ctrl+u")
			v.Type("js@new.example")
			v.Press("enter", "esc")
		}, `channel 1 has jo••@ping-home.org`},
		"a new one": {func(v *uitest.Visit) {
			v.Press("a")
			v.Type("six@new.example")
			v.Press("enter", "esc")
		}, `channel 6 \(email\) is gone`},
		"a verification": {func(v *uitest.Visit) {
			v.Press("j", "j", "v")
			v.Type(v.Code("https://hooks.example.com/t/8f21c0"))
		}, `channel 3 is not verified any more, is off`},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, "2")
			v.Press("s")
			v.See(`✓ Channel 1 is off`)
			last.does(v)
			v.Press("z")
			v.See(`✓ Undone: ` + last.undone)
			v.Press("z")
			v.See(`✓ Undone: channel 1 is on`)
			v.Press("z")
			v.See(`Nothing to undo`)
			v.Press("Z", "Z")
			v.See(`✓ Made again: `)
			v.Press("Z")
			v.See(`Nothing to make again`)
		})
	}
}

// TestMixedChoiceIsToldInOneNotice: what was done and what was not.
func TestMixedChoiceIsToldInOneNotice(t *testing.T) {
	for name, c := range map[string]struct {
		keys  []string
		sees  string
		later string // after z
	}{
		"one of each":       {[]string{"j", "j", " ", " ", "s"}, `! Channel 4 is on; channel 3 is not: never verified · z undo`, `✓ Undone: channel 4 is off`},
		"none can":          {[]string{"j", "j", " ", "s"}, `! Not switched on, because never verified: channel 3\.`, `Nothing to undo`},
		"one test":          {[]string{"j", "j", " ", " ", "t"}, `! Channel 4 \(off\): test message held on this machine\. Not tested, because .*\n +never verified: channel 3\. 5 shows it, w takes its word`, ``},
		"several tests":     {[]string{"*", "t"}, `! Channels 1, 2, 4 and 5: 4 test messages held on this machine\. Not tested, +\n +because never verified: channel 3\. w takes the word`, ``},
		"nothing to test":   {[]string{"j", "j", " ", "t"}, `! Not tested, because never verified: channel 3\.`, ``},
		"all of them alike": {[]string{" ", " ", "t"}, `All 2 test messages are held on this machine`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, "2")
			v.Press(c.keys...)
			v.See(c.sees)
			v.Pass(uitest.WarningTime)
			v.Miss(`never verified:|is on; `)
			if c.later != "" {
				v.Press("z")
				v.See(c.later)
			}
		})
	}
}
