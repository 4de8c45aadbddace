package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

func TestWhatToDoIsReadableInTwoLines(t *testing.T) {
	v := channelsOf(t)
	v.Press("t")
	v.See(`▯ Channel 1: test message held in the inbox on this machine\. Type R when it +$`, `^ arrived\.`)
	v.Fits()
	v.Resize(40, 15)
	v.See(`^ R when it arrived\.|^ arrived\.`)
	v.Fits()
	v.Resize(80, 24)
	v.Pass(10 * time.Second)
	v.Miss(`arrived\.`)
	v.Fits()
}

func TestALongNoticeNamesTheKeyThatShowsAllOfIt(t *testing.T) {
	v := channelsOf(t)
	v.m().shell.Tell(shell.Failure, "The database was checked: %s", "page 17 is damaged and so are many others, of which none could be read again although each was tried several times. Stop everything and restore it.")
	v.See(`… · ! all of it +$`)
	v.Fits()
	v.Press("!")
	v.See(`Stop everything and restore`)
}

func TestNothingIsSaidTwice(t *testing.T) {
	v := channelsOf(t)
	v.m().shell.Fail("Nothing was deleted", backend.Errorf(backend.CodeNotFound, "There is no channel with priority 1, so nothing was deleted."))
	v.See(`✗ There is no channel with priority 1, so nothing was deleted\.`)
	v.Miss(`Nothing was deleted: `)
}

func TestTheHelpSaysWhySomethingCannotBeDone(t *testing.T) {
	v := open(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.Resize(size[0], size[1])
		v.Press("?")
		v.Type("undo")
		v.Press("enter")
		v.See(`Keys`, `! There is nothing to undo`)
		v.Fits()
		v.Press("esc")
		v.Pass(10 * time.Second)
	}
}
