package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
)

func channelsOf(t *testing.T) *visit {
	v := open(t)
	v.Press("2")
	return v
}

func TestTheTableSaysWhoIsReachedAndHow(t *testing.T) {
	v := channelsOf(t)
	v.See(`5 of 10 used`, `1  @ email +jo••@ping-home.org +✓ yes +on +▯ held here`, `2  ✆ sms +\+994•••••••67`, `3  ⇄ webhook .*… 08:00 +off +– never`, `1/5`)
}

func TestSeveralAreDeletedAtOnceAndKeepIsTheDefault(t *testing.T) {
	v := channelsOf(t)
	v.Press(" ", " ")
	v.See(`2 chosen`, `◉ 1`, `◉ 2`)
	v.Press("d")
	v.See(`Delete 2 channels\?`, `1  @ email`, `2  ✆ sms`, `\[ Keep \]`)
	v.Press("enter")
	v.See(`1/5|3/5`, `2 chosen`)
	v.Press("d", "y")
	v.See(`✓ Deleted channels 1 and 2`, `3 of 10 used`)
	v.Miss(`◉`, `1  @ email`)
	v.See(`3  ⇄ webhook`)
}

func TestDeletingTheLastReachableOneIsWarnedOf(t *testing.T) {
	v := channelsOf(t)
	v.Press("*", "d")
	v.See(`Delete 5 channels\?`, `Nobody could be reached any more`)
	v.Press("y")
	v.See(`No notification channels yet`)
	v.Pass(2 * time.Second)
	v.See(`! No channel is left`)
}

func TestADeletionWarnsOnlyOfWhatItChanges(t *testing.T) {
	v := channelsOf(t)
	v.Press("d")
	v.See(`The others keep their numbers`)
	v.Press("y", "g", "d", "y", "G", "d")
	v.See(`Nobody could be reached any more`) // by the old value of channel 5
	v.Press("y")
	v.Pass(2 * time.Second)
	v.See(`! No channel is left`)
	v.Pass(10 * time.Second)
	v.Press("g", "d")
	v.See(`Delete 1 channel\?`, `The others keep their numbers`)
	v.Miss(`Nobody could be reached`)
	v.Press("y")
	v.Pass(10 * time.Second)
	v.Miss(`No channel is left`)
	v.Press("*", "d")
	v.Miss(`The others keep`, `Nobody could be reached`)
}

func TestWhatCannotBeDoneSaysWhy(t *testing.T) {
	v := channelsOf(t)
	v.Press("v")
	v.See(`! Channel 1 is verified: no code is needed`)
	v.Press("j", "j", "t")
	v.Pass(2 * time.Second)
	v.See(`! Channel 3 is not verified yet`)
	v.Press("s")
	v.Pass(2 * time.Second)
	v.See(`! Channel 3 is not verified yet: v enters its code, which also`)
}

func TestSeveralAreTestedAndToldInOneSentence(t *testing.T) {
	v := channelsOf(t)
	v.Press(" ", " ", "t")
	v.See(`▯ All 2 test messages are held`, `1  @ email .*▯ held here · now`, `2  ✆ sms .*▯ held here · now`)
	v.Press("esc", "*", "t")
	v.See(`! Not tested, because not verified: channels 3 and 5`)
}

func TestSwitchingOffWhatIsNotVerifiedIsWarnedOf(t *testing.T) {
	v := channelsOf(t)
	v.Press("G", "s")
	v.See(`! Channel 5 is off. One that is not verified goes on again with its code`)
	v.Press("z")
	v.See(`! There is nothing to undo`)
}

func TestTypesAreFilteredThroughTheBackend(t *testing.T) {
	v := channelsOf(t)
	v.Press("f", " ", "j", " ", "j", "j", " ", " ")
	v.See(`\[\+\] @ email`, `\[-\] ⚑ push`, `include_types=email,sms`, `exclude_types=push-notification`)
	v.Press("enter")
	v.See(`types: \+email \+sms -push`, `2 hidden`, `1/3`)
	v.Press("esc")
	v.See(`1/5`)
	v.Press("f", "esc")
	v.See(`1/5`)
}

func TestFindingByFuzzyLetters(t *testing.T) {
	v := channelsOf(t)
	v.Press("/")
	v.Type("hook")
	v.See(`webhook`, `1/1`)
	v.Press("enter")
	v.See(`find: hook`)
	v.Press("esc")
	v.See(`1/5|3/5`)
	v.Press("/")
	v.Type("zzzz")
	v.See(`No channel matches 'zzzz'`)
	v.Press("esc")
	v.See(`/5`)
}

func TestAKeyPressedTwiceDoesAThingOnce(t *testing.T) {
	v := channelsOf(t)
	first := v.Update(drive.Key("t"))
	second := v.Update(drive.Key("t"))
	v.See(`… sending`)
	v.Run(second)
	v.Run(first)
	box, err := v.m().shell.Session.View.Messages(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range box.Messages {
		if m.Kind == backend.KindTest && m.At.Equal(noon) {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d test messages", n)
	}
}

func TestAnotherConsolesChangeIsSeenWithinASecond(t *testing.T) {
	v := channelsOf(t)
	other := v.opened(john)
	if _, err := other.View.CreateChannel(t.Context(), backend.TypeEmail, "beside@new.example"); err != nil {
		t.Fatal(err)
	}
	v.Pass(PollInterval)
	v.See(`6  @ email +be••@new.example`, `6 of 10 used`)
}

func TestUndoLooksBehindTheFilter(t *testing.T) {
	v := channelsOf(t)
	v.Press("s", "f", "j", " ", "enter", "z")
	v.See(`✓ Channel 1 is on`)
	v.Press("/")
	v.Type("zzz")
	v.Press("enter", "d")
	v.See(`! No channel is shown: 5 are hidden. esc shows them again`)
}

func TestValuesAreHiddenAndShownForTenSeconds(t *testing.T) {
	v := channelsOf(t)
	v.Miss(`john.smith@ping-home.org +✓ yes`)
	v.Press("m")
	v.See(`john.smith@ping-home.org +✓ yes`)
	v.Pass(11 * time.Second)
	v.Miss(`john.smith@ping-home.org +✓ yes`)
	v.Press("y")
	if v.copied != john {
		t.Fatalf("copied %q", v.copied)
	}
}

func TestReadingOnly(t *testing.T) {
	v := channelsOf(t)
	o := v.options()
	o.Start, o.Shell.ReadOnly = v.opened(john), true
	v.start(o)
	v.See(`read-only`)
	v.Press("2", "d")
	v.See(`! Opened for reading only`)
	v.Miss(`Keep`)
}
