package ui_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/uitest"
)

func wantTitle(t *testing.T, v *uitest.Visit, want string) {
	t.Helper()
	if v.Title != want {
		t.Errorf("the title is %q, want %q", v.Title, want)
	}
}

// TestTheTitleSaysWhereAndHow, and whose account it is only where that is asked for.
func TestTheTitleSaysWhereAndHow(t *testing.T) {
	v := uitest.Open(t, "2")
	wantTitle(t, v, "pinghome demo: 1 failing")
	v.Press("j", "d", "y")
	wantTitle(t, v, "pinghome demo: ok")
	v.Restart(onThisMachine, func(o *ui.Options) { o.Title.HasAccount, o.Start.Account.IsDemo = true, false })
	wantTitle(t, v, "pinghome, John Smith: ok")
	v.RestartBehind(&uitest.Faulty{Offline: true}, uitest.ASCII(), func(o *ui.Options) { o.Shell.Place = "remote accounts.example" })
	wantTitle(t, v, "pinghome accounts.example: offline")
	v.Restart(func(o *ui.Options) { o.Title.IsOff = true })
	wantTitle(t, v, "")
	v = openFirstRun(t, ui.Setup{})
	wantTitle(t, v, "pinghome demo")
}

// TestTheTitleSaysWhatTheVerdictSays where nothing fails: a server without a channel does
// not read as if it were down, nor what is held as if it arrived.
func TestTheTitleSaysWhatTheVerdictSays(t *testing.T) {
	v := uitest.Open(t, "2", "*", "d")
	v.Press("y")
	v.See(`no channel yet`)
	wantTitle(t, v, "pinghome demo: no channel yet")
	v = uitest.Open(t, "2", "j", "d", "y", "*", "s", "y")
	v.See(`no channel is on`)
	wantTitle(t, v, "pinghome demo: no channel is on")

	v = uitest.Open(t, "2", "j", "d", "y", "G", "d", "y")
	v.See(`held: nothing leaves this machine`)
	wantTitle(t, v, "pinghome demo: held")
}

func wantParting(t *testing.T, v *uitest.Visit, want string) {
	t.Helper()
	if said := v.Model.(*ui.Model).Parting(); said != want {
		t.Errorf("it says %q, want %q", said, want)
	}
}

func TestOneLineAfterTheEnd(t *testing.T) {
	own := func(o *ui.Options) { o.Start.Account.IsDemo = false }
	v := uitest.Open(t)
	wantParting(t, v, "") // of a demo, nothing is left
	v.Restart(onThisMachine, own)
	v.Press("q")
	wantParting(t, v, "#2 pager is failing for 3h")
	v.Restart(onThisMachine, own)
	v.Press("2", "j", "d", "y", "a")
	v.Type("+371")
	v.Press("esc", "q")
	wantParting(t, v, `a draft of "Add channel" is kept`)
	v.Restart(onThisMachine, own)
	v.Press("2", "a")
	v.Type("2000")
	v.Press("esc", "3", "c")
	v.Type("Good")
	v.Press("ctrl+c")
	wantParting(t, v, `drafts of "Add channel" and "Feedback" are kept`)
	v.Restart(onThisMachine, own)
	v.Press("2", "a", "ctrl+r", "esc", "q")
	wantParting(t, v, "")
}

// TestAccountAndScreenComeBack on the next start, and only where they are those of the
// same database.
func TestAccountAndScreenComeBack(t *testing.T) {
	store := draft.Open(t.TempDir())
	v := uitest.Open(t)
	scope := v.Account(uitest.John).Scope
	v.Restart(func(o *ui.Options) { o.Opened = store })
	v.Press("2", "o")
	v.Type("anna")
	v.Press("enter", "5", "q")
	last := ui.LoadLast(store, scope)
	if v.Account(last.Account).Account.Name != "Anna" || last.Screen != "Messages" {
		t.Errorf("kept: %+v", last)
	}
	if other := ui.LoadLast(store, scope+"2"); other != (ui.Last{}) {
		t.Errorf("elsewhere: %+v", other)
	}
	v.Restart(func(o *ui.Options) { o.Opened, o.Start, o.Screen = store, v.Account(last.Account), last.Screen })
	v.See(`Anna Smits`, `\[5 Messages`)
	v.Press("o")
	v.Type("john")
	v.Press("enter")
	v.See(`John Smith`, `\[5 Messages`)
}

// TestACodeThatFailedIsNoFailingChannel, while its old value works: title and last line say
// what the verdict says.
func TestACodeThatFailedIsNoFailingChannel(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Restart(onThisMachine, func(o *ui.Options) { o.Start.Account.IsDemo = false })
	v.Press("2", "j", "d", "y", "k", "e", "ctrl+u")
	v.Type("js@new.example")
	sender.Refusal = uitest.Refused
	v.Press("ctrl+s", "esc")
	v.SendQueued()
	v.Resize(200, 60)
	v.See(`✗ #1 work code failed`)
	wantTitle(t, v, "pinghome: ok")
	wantParting(t, v, "")
}
