package shell_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestReplyToAnOlderReadingIsDropped(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	old := v.Update(drive.Key("r"))
	v.Press("r")
	v.Press("a")
	v.Type("later@new.example")
	v.Press("enter", "esc")
	v.See(`6 of 10`)
	v.Run(old)
	v.See(`6 of 10`)
}

func TestSlowChangeIsShownAndCanBeGivenUp(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Pass(4 * time.Second)
	v.See(`[◐◓◑◒] working`, `Still working · esc gives up`)
	v.Press("esc")
	v.See(`\? It is not known whether the change was done. r reads what is there`)
}

func TestTestIsPossibleAfterOneThatWasGivenUp(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Pass(4 * time.Second)
	v.Press("esc", "t")
	v.See(`Channel 1: test message held`)
}

func TestLoadingIsShownAfter200Milliseconds(t *testing.T) {
	v := uitest.Open(t)
	v.Model = ui.New(v.Options())
	v.Resize(80, 24)
	reading := v.Model.Init()
	v.Press("2")
	v.Miss(`░`, `loading`)
	v.Now = v.Now.Add(200 * time.Millisecond)
	v.Update(struct{}{})
	v.See(`◌ loading`, `░░░░░░░`)
	v.Run(reading)
	v.See(`● demo`, `1  @ work`)
	v.Miss(`░`)
}
