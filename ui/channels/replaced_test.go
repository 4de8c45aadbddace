package channels_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// replaceChannels deletes all channels of the account and adds one by email, which gets
// the number 1, as another console would.
func replaceChannels(v *uitest.Visit, email string) {
	v.T.Helper()
	other := v.Backend()
	all, err := other.Channels(v.T.Context(), backend.ChannelFilter{})
	if err != nil {
		v.T.Fatal(err)
	}
	numbers := make([]int, len(all))
	for i, ch := range all {
		numbers[i] = ch.Priority
	}
	if _, err := other.DeleteChannels(v.T.Context(), numbers); err != nil {
		v.T.Fatal(err)
	}
	if added, err := other.CreateChannel(v.T.Context(), backend.TypeEmail, email, ""); err != nil || added.Priority != 1 {
		v.T.Fatal(added, err)
	}
}

func TestDeletionIsRefusedWhenTheChannelWasReplaced(t *testing.T) {
	for name, lacks := range map[string]map[backend.Feature]string{
		"a file": nil, "a server that has no revisions": {backend.FeatureRevision: "It has none."},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: lacks})
			v.Press("2", " ", "d")
			v.See(`1  @ email +work  jo••@ping-home.org`)
			replaceChannels(v, "other@new.example")
			v.Press("y")
			v.See(`✗ Nothing was deleted: Channel 1 is another one now, of type email`, `it was +jo••@ping-home\.org`, `it is +ot••@new.example`)
			v.Press("esc")
			v.See(`▌  1  @ .*ot••@new.example`)
			v.Miss(`chosen`)
			if ch := v.Channel(1); ch.Value != "other@new.example" {
				t.Fatalf("channel 1 is %s", ch.Value)
			}
			v.Press("d", "y")
			v.See(`✓ Deleted channel 1`)
		})
	}
}

func TestEditIsRefusedWhenTheChannelWasReplaced(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	replaceChannels(v, "other@new.example")
	v.Press("enter")
	v.See(`✗ Channel 1 is another one now`, `Value +js@new.example`)
	if ch := v.Channel(1); ch.Value != "other@new.example" {
		t.Fatalf("channel 1 is %s", ch.Value)
	}
}

// TestEditSaysThatItsChannelIsGone as soon as that was read, and goes on when the deletion is taken back.
func TestEditSaysThatItsChannelIsGone(t *testing.T) {
	v := uitest.Open(t, "2", "e")
	v.Type("x")
	if _, err := v.Backend().DeleteChannels(t.Context(), []int{1}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`! Channel 1 was deleted elsewhere\. Activity \(4\) can take`, `that back; what you typed stays`)
	v.Press("ctrl+s")
	v.See(`! Channel 1 was deleted elsewhere`)
	v.Press("esc", "4", "u", "y")
	v.See(`✓ `)
	v.Press("2", "k", "e")
	v.See(`Value +john.smith@ping-home.orgx`)
	if _, err := v.Backend().OrderChannels(t.Context(), []int{2, 1, 3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`! Channel 1 was moved elsewhere: it is number 2 now`)
	v.Press("esc", "g", "j", "e")
	v.See(`Edit channel 2 · email`, `Value +john.smith@ping-home.orgx`)
}

// interrupted is a backend in which something happens right before a change.
type interrupted struct {
	backend.Backend
	before func()
}

func (i *interrupted) SetChannelEnabled(ctx context.Context, priority int, on bool) (backend.Channel, error) {
	i.before()
	return i.Backend.SetChannelEnabled(ctx, priority, on)
}

func (i *interrupted) DeleteChannels(ctx context.Context, list []int) (backend.ChannelDeletion, error) {
	i.before()
	return i.Backend.DeleteChannels(ctx, list)
}

// openInterrupted opens the channels of the demo. Before the first change, after the
// console has checked that the channels are as they were shown, it calls do.
func openInterrupted(t *testing.T, do func(*uitest.Visit)) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend {
		return &interrupted{b, func() { do(v); do = func(*uitest.Visit) {} }}
	}))
	v.Press("2")
	return v
}

func TestDeletionIsRefusedWhenTheChannelIsReplacedBetweenCheckAndChange(t *testing.T) {
	v := openInterrupted(t, func(v *uitest.Visit) { replaceChannels(v, "other@new.example") })
	v.Press("d", "y")
	v.See(`✗ Nothing was deleted: Channel 1 is another one now`, `▌  1  @ .*ot••@new.example`)
}

func TestDeliveryBetweenCheckAndChangeDoesNotPreventASwitch(t *testing.T) {
	v := openInterrupted(t, func(v *uitest.Visit) {
		if _, err := v.Backend().TestChannel(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	})
	v.Press("s")
	v.See(`✓ Channel 1 is off · z undo`)
}

func TestUndoIsRefusedWhenTheChannelWasReplaced(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("s")
	v.See(`✓ Channel 1 is off · z undo`)
	replaceChannels(v, "other@new.example")
	v.Press("z") // the other console's deletion and creation are the same person's
	v.See(`Undone: channel 1 \(email\) is gone`)
}
