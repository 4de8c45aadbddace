package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestSwitchingOffAnUnverifiedChannelWarns(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("G", "s")
	v.See(`! Channel 5 is off. One that is not verified goes on again with its code`)
	v.Press("z")
	v.See(`! There is nothing to undo`)
}

func TestUndoSwitchesTheVerifiedOnesOfSeveralOnAgain(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("*", "s")
	v.See(`! Channels 1, 2 and 5 are off · z undo, but for channel 5: not verified`)
	v.Press("z")
	v.See(`✓ Channels 1 and 2 are on`)
	if v.Channel(5).Enabled {
		t.Fatal("channel 5 is on without its code")
	}
}

func TestChannelThatIsOffIsNotSaidToFail(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`✗ Messages do not arrive: channel 2`)
	v.Press("j", "s", "k")
	v.Pass(uitest.WarningTime)
	v.Miss(`Messages do not arrive`)
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
	v.Press("s")
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
			v.Press("a", "tab")
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
			v.See(`nothing to undo|✓`)
			v.Press("z")
			v.See(`nothing to undo`)
			if v.Channel(1).Enabled {
				t.Fatal("channel 1 is on again")
			}
		})
	}
}
