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
	v.See(`Channel 1: test message held on this machine\. 5 shows it, w takes its word\. *$`)
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

// TestRefusalGoesWithTheNextKey: it would stand under a dialog that it is not about. What was
// done stays its time.
func TestRefusalGoesWithTheNextKey(t *testing.T) {
	for name, c := range map[string]struct {
		refused func(v *uitest.Visit)
		told    string
		next    []string
		opens   string
	}{
		"a paste, then a form":   {func(v *uitest.Visit) { v.Press("2"); v.Paste("a@new.example") }, `There is no text field to paste into`, []string{"a"}, `Add channel`},
		"an undo, then a dialog": {func(v *uitest.Visit) { v.Press("z") }, `! Nothing to undo`, []string{"D"}, `Delete account`},
		"a row that is fixed":    {func(v *uitest.Visit) { v.Press("j", "j", "enter") }, `! The id cannot be changed`, []string{"k"}, `Name +John`},
		"a channel that is none": {func(v *uitest.Visit) { v.Press("2", "S") }, `! Channel 1 is no webhook`, []string{"?"}, `Keys`},
		"an unknown key":         {func(v *uitest.Visit) { v.Press("ä") }, `There is no key ä here`, []string{"D"}, `Delete account`},
		"a choice that cannot":   {func(v *uitest.Visit) { v.Press("2", "j", "j", " ", "s") }, `! Not switched on, because never verified`, []string{"a"}, `Add channel`},
	} {
		t.Run(name, func(t *testing.T) {
			for _, size := range [][2]int{{80, 24}, {40, 15}} {
				v := uitest.Open(t)
				c.refused(v)
				v.See(c.told)
				v.Resize(size[0], size[1])
				v.Press(c.next...)
				v.See(c.opens)
				v.Miss(c.told)
			}
		})
	}
	v := uitest.Open(t, "2", "s", "a")
	v.See(`Add channel`, `✓ Channel 1 is off · z undo`)
}

// TestRefusalBehindAnotherGoesToo: after the key no refusal takes the place of the one that went.
func TestRefusalBehindAnotherGoesToo(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Paste("a@new.example")
	v.Paste("b@new.example")
	v.See(`There is no text field to paste into`)
	v.Press("a")
	v.See(`Add channel`)
	v.Miss(`to paste into`)
}
