package channels_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestChosenChannelsAreDeletedTogetherAndKeepIsTheDefault(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press(" ", " ")
	v.See(`2 chosen`, `◉ 1`, `◉ 2`)
	v.Press("d")
	v.See(`Delete 2 channels\?`, `1  @ email    work   jo••@`, `2  ✆ sms      pager  `, `\[ Keep \]`)
	v.Press("enter")
	v.See(`1/5|3/5`, `2 chosen`)
	v.Press("d", "y")
	v.See(`✓ Deleted channels 1 and 2`, `3 of 10 used`)
	v.Miss(`◉`, `1  @ work`)
	v.See(`3  ⇄ ops hook`)
}

func TestDeletingTheLastReachableChannelWarns(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("*", "d")
	v.See(`Delete 5 channels\?`, `No channel would reach this account any more`)
	v.Press("y")
	v.See(`No notification channels yet`)
	v.Pass(2 * time.Second)
	v.See(`! No channel is left`)
}

func TestDeletionWarnsOnlyOfWhatItChanges(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("d")
	v.See(`The others keep their numbers`)
	v.Press("y", "g", "d", "y", "G", "d")
	v.See(`No channel would reach this account any more`) // the old value of channel 5 is the last one that works
	v.Press("y")
	v.Pass(2 * time.Second)
	v.See(`! No channel is left`)
	v.Pass(10 * time.Second)
	v.Press("g", "d")
	v.See(`Delete 1 channel\?`, `The others keep their numbers`)
	v.Miss(`No channel would reach this account`)
	v.Press("y")
	v.Pass(10 * time.Second)
	v.Miss(`No channel is left`)
	v.Press("*", "d")
	v.Miss(`The others keep`, `No channel would reach this account`)
}
