package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestChannelsAreMovedAndTheMoveIsUndone(t *testing.T) {
	v := uitest.Open(t, "2", "j", "K")
	v.See(`✓ Channel 2 is number 1 now · z undo`, `▌  1  ✆ pager`, ` 2  @ work`)
	v.Press("J", "J")
	v.See(` 1  @ work`, ` 2  ⇄ ops hook`, `▌  3  ✆ pager`)
	if ch := v.Channel(3); ch.Type != backend.TypeSMS || ch.Label != "pager" || !ch.Enabled {
		t.Fatalf("%+v", ch)
	}
	v.Press("z")
	v.See(`✓ Undone: channel 3 is number 2, channel 2 is number 3`, ` 1  @ work`, ` 2  ✆ pager`, ` 3  ⇄ ops hook`)
	v.Press("z")
	v.See(`✓ Undone: channel 2 is number 1, channel 1 is number 2`, ` 1  ✆ pager`, ` 2  @ work`)
	v.Press("z")
	v.See(`✓ Undone: channel 2 is number 1, channel 1 is number 2`, ` 1  @ work`, ` 2  ✆ pager`, ` 3  ⇄ ops hook`)
	v.Press("g", "K")
	v.See(`Channel 1 is at the end`)
}

func TestChannelGetsAnotherNumber(t *testing.T) {
	v := uitest.Open(t, "2", "G", "P")
	v.See(`─ Move channel 5 ─`, `1 is the most important`)
	v.Type("9")
	v.Press("enter")
	v.See(`Type the number of a channel: 1, 2, 3, 4 and 5`)
	v.Press("ctrl+u")
	v.Type("1")
	v.Press("enter")
	v.See(`✓ Channel 5 is number 1 now · z undo`, `▌  1  @ home`, ` 2  @ work`, ` 5  ⚑ phone`)
}

func TestChannelsAreMovedAmongAllOfThemInTheirOrder(t *testing.T) {
	v := uitest.Open(t, "2", "/")
	v.Type("email")
	v.Press("enter", "J")
	v.See(`! Channels are moved among all of them: esc shows the hidden ones`)
	v.Press("esc", ">", ">", "J")
	v.See(`! Channels are moved in the order of their numbers`)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureSeveral: "It cannot."}})
	v.Press("2", "J")
	v.See(`! It cannot`)
}

func TestAMoveOfChannelsThatAreOthersNowIsRefused(t *testing.T) {
	v := uitest.Open(t, "2")
	replaceChannels(v, "other@new.example")
	v.Press("J")
	v.See(`✗ The order was not changed: Channels were added, deleted, changed or moved`, `▌  1  @ .*ot••@new.example`)
}
