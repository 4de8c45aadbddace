package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func channelsOf(t *testing.T) *visit {
	v := open(t)
	v.press("2")
	return v
}

func TestTheTableSaysWhoIsReachedAndHow(t *testing.T) {
	v := channelsOf(t)
	v.see(`5 of 10 used`, `1  @ email +jo••@ping-home.org +✓ yes +on +▯ held here`, `2  ✆ sms +\+994•••••••67`, `3  ⇄ webhook .*… 08:00 +off +– never`, `1/5`)
}

func TestSeveralAreDeletedAtOnceAndKeepIsTheDefault(t *testing.T) {
	v := channelsOf(t)
	v.press(" ", " ")
	v.see(`2 chosen`, `◉ 1`, `◉ 2`)
	v.press("d")
	v.see(`Delete 2 channels\?`, `1  @ email`, `2  ✆ sms`, `\[ Keep \]`)
	v.press("enter")
	v.see(`1/5|3/5`, `2 chosen`)
	v.press("d", "y")
	v.see(`✓ Deleted channels 1 and 2`, `3 of 10 used`)
	v.miss(`◉`, `1  @ email`)
	v.see(`3  ⇄ webhook`)
}

func TestDeletingTheLastReachableOneIsWarnedOf(t *testing.T) {
	v := channelsOf(t)
	v.press("*", "d")
	v.see(`Delete 5 channels\?`, `Nobody could be reached any more`)
	v.press("y")
	v.see(`No notification channels yet`)
	v.pass(2 * time.Second)
	v.see(`! No channel is left`)
}

func TestADeletionWarnsOnlyOfWhatItChanges(t *testing.T) {
	v := channelsOf(t)
	v.press("d")
	v.see(`The others keep their numbers`)
	v.press("y", "g", "d", "y", "G", "d")
	v.see(`Nobody could be reached any more`) // by the old value of channel 5
	v.press("y")
	v.pass(2 * time.Second)
	v.see(`! No channel is left`)
	v.pass(10 * time.Second)
	v.press("g", "d")
	v.see(`Delete 1 channel\?`, `The others keep their numbers`)
	v.miss(`Nobody could be reached`)
	v.press("y")
	v.pass(10 * time.Second)
	v.miss(`No channel is left`)
	v.press("*", "d")
	v.miss(`The others keep`, `Nobody could be reached`)
}

func TestWhatCannotBeDoneSaysWhy(t *testing.T) {
	v := channelsOf(t)
	v.press("v")
	v.see(`! Channel 1 is verified: no code is needed`)
	v.press("j", "j", "t")
	v.pass(2 * time.Second)
	v.see(`! Channel 3 is not verified yet`)
	v.press("s")
	v.pass(2 * time.Second)
	v.see(`! Channel 3 is not verified yet: v enters its code, which also`)
}

func TestSeveralAreTestedAndToldInOneSentence(t *testing.T) {
	v := channelsOf(t)
	v.press(" ", " ", "t")
	v.see(`▯ All 2 test messages are held`, `1  @ email .*▯ held here · now`, `2  ✆ sms .*▯ held here · now`)
	v.press("esc", "*", "t")
	v.see(`! Not tested, because not verified: channels 3 and 5`)
}

func TestSwitchingOffWhatIsNotVerifiedIsWarnedOf(t *testing.T) {
	v := channelsOf(t)
	v.press("G", "s")
	v.see(`! Channel 5 is off. One that is not verified goes on again with its code`)
	v.press("z")
	v.see(`! There is nothing to undo`)
}

func TestTypesAreFilteredThroughTheBackend(t *testing.T) {
	v := channelsOf(t)
	v.press("f", " ", "j", " ", "j", "j", " ", " ")
	v.see(`\[\+\] @ email`, `\[-\] ⚑ push`, `include_types=email,sms`, `exclude_types=push-notification`)
	v.press("enter")
	v.see(`types: \+email \+sms -push`, `2 hidden`, `1/3`)
	v.press("esc")
	v.see(`1/5`)
	v.press("f", "esc")
	v.see(`1/5`)
}

func TestFindingByFuzzyLetters(t *testing.T) {
	v := channelsOf(t)
	v.press("/")
	v.write("hook")
	v.see(`webhook`, `1/1`)
	v.press("enter")
	v.see(`find: hook`)
	v.press("esc")
	v.see(`1/5|3/5`)
	v.press("/")
	v.write("zzzz")
	v.see(`No channel matches 'zzzz'`)
	v.press("esc")
	v.see(`/5`)
}

func TestAKeyPressedTwiceDoesAThingOnce(t *testing.T) {
	v := channelsOf(t)
	_, first := v.m.Update(keyOf("t"))
	_, second := v.m.Update(keyOf("t"))
	v.see(`… sending`)
	v.run(second)
	v.run(first)
	box, err := v.m.shell.Session.View.Messages(t.Context(), 100)
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
	v.pass(pollInterval)
	v.see(`6  @ email +be••@new.example`, `6 of 10 used`)
}

func TestUndoLooksBehindTheFilter(t *testing.T) {
	v := channelsOf(t)
	v.press("s", "f", "j", " ", "enter", "z")
	v.see(`✓ Channel 1 is on`)
	v.press("/")
	v.write("zzz")
	v.press("enter", "d")
	v.see(`! No channel is shown: 5 are hidden. esc shows them again`)
}

func TestValuesAreHiddenAndShownForTenSeconds(t *testing.T) {
	v := channelsOf(t)
	v.miss(`john.smith@ping-home.org +✓ yes`)
	v.press("m")
	v.see(`john.smith@ping-home.org +✓ yes`)
	v.pass(11 * time.Second)
	v.miss(`john.smith@ping-home.org +✓ yes`)
	v.press("y")
	if v.copied != john {
		t.Fatalf("copied %q", v.copied)
	}
}

func TestReadingOnly(t *testing.T) {
	v := channelsOf(t)
	o := v.options()
	o.Start, o.Shell.ReadOnly = v.opened(john), true
	v.start(o)
	v.see(`read-only`)
	v.press("2", "d")
	v.see(`! Opened for reading only`)
	v.miss(`Keep`)
}
