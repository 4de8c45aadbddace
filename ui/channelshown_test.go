package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// replaceAll is another console that deletes every channel and adds one, which
// is number 1 again.
func (v *visit) replaceAll(value string) {
	v.T.Helper()
	other := v.opened(john).View
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
	if added, err := other.CreateChannel(v.T.Context(), backend.TypeEmail, value); err != nil || added.Priority != 1 {
		v.T.Fatal(added, err)
	}
}

func TestOnlyTheChannelThatIsShownIsDeleted(t *testing.T) {
	for name, lacks := range map[string]map[backend.Feature]string{
		"a file": nil, "a server that has no revisions": {backend.FeatureRevision: "It has none."},
	} {
		t.Run(name, func(t *testing.T) {
			v := open(t)
			o := v.options()
			o.Start = v.opened(john)
			o.Start.View = &far{Backend: o.Start.View, lacks: lacks}
			v.start(o)
			v.Press("2", " ", "d")
			v.See(`1  @ email +jo••@ping-home.org`)
			v.replaceAll("other@new.example")
			v.Press("y")
			v.See(`✗ Nothing was deleted: Channel 1 is another one by now, of type email`, `▌  1  @ email +ot••@new.example`)
			v.Miss(`chosen`)
			if ch := v.channel(1); ch.Value != "other@new.example" {
				t.Fatalf("channel 1 is %s", ch.Value)
			}
			v.Press("d", "y")
			v.See(`✓ Deleted channel 1`)
		})
	}
}

func TestAnEditDoesNotHitAnotherChannel(t *testing.T) {
	v := channelsOf(t)
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	v.replaceAll("other@new.example")
	v.Press("enter")
	v.See(`✗ Channel 1 is another one by now`, `Value +js@new.example`)
	if ch := v.channel(1); ch.Value != "other@new.example" {
		t.Fatalf("channel 1 is %s", ch.Value)
	}
}

// restless is a backend in which something is changed at the worst moment.
type restless struct {
	backend.Backend
	stir func()
}

func (r *restless) SetChannelEnabled(ctx context.Context, priority int, on bool) (backend.Channel, error) {
	r.stir()
	return r.Backend.SetChannelEnabled(ctx, priority, on)
}

func (r *restless) DeleteChannels(ctx context.Context, list []int) (backend.ChannelDeletion, error) {
	r.stir()
	return r.Backend.DeleteChannels(ctx, list)
}

// stirred opens the channels of a backend in which something is changed once,
// between the look and the change.
func stirred(t *testing.T, stir func(v *visit)) *visit {
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	o.Start.View = &restless{o.Start.View, func() { stir(v); stir = func(*visit) {} }}
	v.start(o)
	v.Press("2")
	return v
}

func TestWhatIsDeliveredMeanwhileHindersNothing(t *testing.T) {
	v := stirred(t, func(v *visit) {
		if _, err := v.opened(john).View.TestChannel(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
	})
	v.Press("s")
	v.See(`✓ Channel 1 is off · z undo`)
}

func TestAChangeInTheLastMomentIsSeen(t *testing.T) {
	v := stirred(t, func(v *visit) { v.replaceAll("other@new.example") })
	v.Press("d", "y")
	v.See(`✗ Nothing was deleted: Channel 1 is another one by now`, `▌  1  @ email +ot••@new.example`)
}

func TestUndoIsForTheChannelThatWasSwitched(t *testing.T) {
	v := channelsOf(t)
	v.Press("s")
	v.See(`✓ Channel 1 is off · z undo`)
	v.replaceAll("other@new.example")
	v.Press("z")
	v.See(`✗ Not switched on: Channel 1 is another one by now`, `▌  1  @ email +ot••@new.example`)
	v.Press("z")
	v.See(`! There is nothing to undo`)
}

func TestUndoNeverTakesBackWhatIsOlderThanTheLastThing(t *testing.T) {
	for name, last := range map[string]func(v *visit){
		"a deletion": func(v *visit) { v.Press("j", "d", "y") },
		"an edit": func(v *visit) {
			v.Press("e", "ctrl+u")
			v.Type("js@new.example")
			v.Press("enter", "esc")
		},
		"a new one": func(v *visit) {
			v.Press("a", "tab")
			v.Type("six@new.example")
			v.Press("enter", "esc")
		},
		"a verification": func(v *visit) {
			v.Press("j", "j", "v")
			v.Type(v.code("https://hooks.example.com/t/8f21c0"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := channelsOf(t)
			v.Press("s")
			v.See(`✓ Channel 1 is off`)
			last(v)
			v.Press("z")
			v.See(`nothing to undo|✓`)
			if v.m().shell.Undo != nil || v.channel(1).Enabled {
				t.Fatal("channel 1 is on again")
			}
		})
	}
}

func TestSeveralThatAreSwitchedAreToldByName(t *testing.T) {
	v := channelsOf(t)
	v.Press("j", "s")
	v.See(`✓ Channel 2 is off · z undo`)
	v.Press("k", " ", "G", " ")
	other := v.opened(john).View
	if _, err := other.DeleteChannels(t.Context(), []int{5}); err != nil {
		t.Fatal(err)
	}
	v.Press("s")
	v.See(`✗ Switched off: channel 1. Not switched off: Channel 5 is not there`)
	v.Press("z")
	v.See(`✓ Channel 1 is on`)
}
