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
	v.See(`✓ Channel 5 is on again`)
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
	v.See(`✓ Channels 1, 2 and 5 are on`)
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

func TestPartlyFailedSwitchNamesTheChannels(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "s")
	v.See(`✓ Channel 2 is off · z undo`)
	v.Press("k", " ", "G", " ")
	other := v.Backend()
	if _, err := other.DeleteChannels(t.Context(), []int{5}); err != nil {
		t.Fatal(err)
	}
	v.Press("s", "y")
	v.See(`✗ Switched off: channel 1. Not switched off: Channel 5 is not there`)
	v.Press("z")
	v.See(`✓ Channel 1 is on`)
}

func TestUndoReachesChannelsHiddenByTheFilter(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("s", "f", "j", " ", "enter", "z")
	v.See(`✓ Channel 1 is on`)
	v.Press("/")
	v.Type("zzz")
	v.Press("enter", "d")
	v.See(`! No channel is shown: 5 are hidden. esc shows them again`)
}

func TestLaterChangeDropsTheUndo(t *testing.T) {
	for name, last := range map[string]func(v *uitest.Visit){
		"a deletion": func(v *uitest.Visit) { v.Press("j", "d", "y") },
		"an edit": func(v *uitest.Visit) {
			v.Press("e", "ctrl+u")
			v.Type("js@new.example")
			v.Press("enter", "esc")
		},
		"a new one": func(v *uitest.Visit) {
			v.Press("a")
			v.Type("six@new.example")
			v.Press("enter", "esc")
		},
		"a verification": func(v *uitest.Visit) {
			v.Press("j", "j", "v")
			v.Type(v.Code("https://hooks.example.com/t/8f21c0"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, "2")
			v.Press("s")
			v.See(`✓ Channel 1 is off`)
			last(v)
			v.Press("z")
			v.See(`Nothing to undo|✓`)
			v.Press("z")
			v.See(`Nothing to undo`)
			if v.Channel(1).Enabled {
				t.Fatal("channel 1 is on again")
			}
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
		"one of each":       {[]string{"j", "j", " ", " ", "s"}, `! Channel 4 is on; channel 3 is not: never verified · z undo`, `✓ Channel 4 is off again`},
		"none can":          {[]string{"j", "j", " ", "s"}, `! Not switched on, because never verified: channel 3\.`, `Nothing to undo`},
		"one test":          {[]string{"j", "j", " ", " ", "t"}, `! Channel 4 \(off\): test message held on this machine\. Not tested, because .*\n +never verified: channel 3\. 4 shows it, w takes its word`, ``},
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
