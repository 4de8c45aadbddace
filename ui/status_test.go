package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

func TestWhatToDoIsReadableInTwoLines(t *testing.T) {
	v := channelsOf(t)
	v.press("t")
	v.see(`▯ Channel 1: test message held in the inbox on this machine\. Type R when it +$`, `^ arrived\.`)
	v.fits()
	v.size(40, 15)
	v.see(`^ R when it arrived\.|^ arrived\.`)
	v.fits()
	v.size(80, 24)
	v.pass(10 * time.Second)
	v.miss(`arrived\.`)
	v.fits()
}

func TestALongNoticeNamesTheKeyThatShowsAllOfIt(t *testing.T) {
	v := channelsOf(t)
	v.m.shell.Tell(shell.Failure, "The database was checked: %s", "page 17 is damaged and so are many others, of which none could be read again although each was tried several times. Stop everything and restore it.")
	v.see(`… · ! all of it +$`)
	v.fits()
	v.press("!")
	v.see(`Stop everything and restore`)
}

func TestNothingIsSaidTwice(t *testing.T) {
	v := channelsOf(t)
	v.m.shell.Fail("Nothing was deleted", backend.Errorf(backend.CodeNotFound, "There is no channel with priority 1, so nothing was deleted."))
	v.see(`✗ There is no channel with priority 1, so nothing was deleted\.`)
	v.miss(`Nothing was deleted: `)
}

func TestTheHelpSaysWhySomethingCannotBeDone(t *testing.T) {
	v := open(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.size(size[0], size[1])
		v.press("?")
		v.write("undo")
		v.press("enter")
		v.see(`Keys`, `! There is nothing to undo`)
		v.fits()
		v.press("esc")
		v.pass(10 * time.Second)
	}
}
