package shell_test

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestEarlierNoticesAreKept(t *testing.T) {
	v := uitest.Open(t)
	v.Press("y", "!")
	v.See(`Earlier notices`, `Copied the username`)
	v.Press("esc")
	v.Miss(`Earlier notices`)
}

func TestNoticesStayOnTheirScreenAndHideNoTyping(t *testing.T) {
	v := uitest.Open(t)
	v.Press("1", "j", "j", "enter")
	v.See(`! The id cannot be changed. y copies it`)
	v.Press("2")
	v.Miss(`cannot be changed`)
	v.Press("s", "/")
	v.Type("sms")
	v.See(`/sms`, `1/1`)
}

func TestNoticeTakesTwoLines(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("t")
	v.See(`Channel 1: test message held on this machine\. 4 shows it, w takes its word\. *$`)
	v.Fits()
	v.Resize(40, 15)
	v.See(`word\.`)
	v.Fits()
	v.Resize(80, 24)
	v.Pass(10 * time.Second)
	v.Miss(`word\.`)
	v.Fits()
}

func TestLongNoticeNamesTheKeyThatShowsAllOfIt(t *testing.T) {
	const damage = "Page 17 is damaged and so are many others, of which none could be read again although each was tried several times. Stop everything and restore it."
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Start.Check = func(context.Context) error { return backend.Errorf(backend.CodeUnavailable, damage) }
	})
	v.See(`✗ The database was checked: Page 17 is damaged`)
	v.See(`… · ! all of it +$`)
	v.Fits()
	v.Press("!")
	v.See(`Stop everything and restore`)
}
