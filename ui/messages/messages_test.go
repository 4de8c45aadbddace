package messages_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestMessageIsReadMarkedAndDeleted(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "j", "j", "enter")
	v.See(`Welcome to PingHome`, `held on this machine`)
	v.Press("esc")
	v.See(`5 Messages \(2\)`)
	v.Press("u")
	v.See(`5 Messages \(3\)`)
	v.Press("g", " ", " ", "d")
	v.See(`Delete 2 messages\?`, `\[ Keep \]`)
	v.Press("y")
	v.See(`✓ Deleted 2 messages`, `1/3`)
}

func TestChosenMessagesAreMarkedTogether(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", " ", " ", "g")
	v.See(`5 Messages \(3\)`, `^│.◉•held`, `^│ ◉ ✗ failed`)
	v.Press("u")
	v.See(`5 Messages \(2\)`, `^│.◉ held`, `^│ ◉ ✗ failed`, `✓ 2 messages are marked as read`)
	v.Press("u")
	v.See(`5 Messages \(4\)`, `^│.◉•held`, `^│ ◉•✗ failed`)
	v.Resize(40, 15)
	v.See(`^.◉•○ `)
	v.Fits()
}

func TestAllMessagesCanBeDeleted(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "*", "d", "y")
	v.See(`No messages are kept`, `^ r refresh +: commands +\? help +$`)
	v.Press("enter")
	v.See(`! There is no message yet`)
}

func TestMessagesAreFilteredByState(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "f")
	v.See(`States`, `\[ \] … waiting  0`, `\[ \] ○ held     4`, `\[ \] ✗ failed   1`, `Shows all\.`)
	v.Press(" ", "enter")
	v.See(`─ 0 of 5 · only waiting ─`, `No message is waiting`, `F  shows all of them`, `^ F all  f states  r refresh  / find +: commands +\? help +$`)
	v.Press("enter")
	v.See(`! No message is shown. F shows all of them`)
	v.Press("f", "c", "j", " ", "enter")
	v.See(`─ 4 of 5 · only held ─`, `1/4`)
	v.Miss(`✗ failed`)
	v.Press("f", "c", "G", "j", "j", "j", " ", " ", "enter")
	v.See(`─ 4 of 5 · all but failed ─`)
	v.Pass(uitest.WarningTime)
	v.Press("F", "f", "j", "j", "j", " ", "enter")
	v.See(`─ 1 of 5 · only failed ─`, `30003 Unreachable destination handset`)
	v.Resize(40, 15)
	v.See(`1 of 5 · only fai`)
	v.Resize(80, 24)
	v.Press("esc")
	v.See(`all · 3 unread`, `1/5`)
}

func TestMessagesAreFound(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "/")
	v.Type("30003") // digits are text while the text is typed
	v.See(`\[5 Messages`, `^ /30003`, `─ 1 of 5 · /30003 ─`, `✗ failed .*#2 pager`)
	v.Press("enter", " ")
	v.See(`─ 1 of 5 · /30003 · 1 chosen ─`)
	v.Press("t", "z") // a notice covers none of that
	v.See(`─ 1 of 5 · /30003 · 1 chosen ─`)
	v.Press("esc", "esc")
	v.See(`─ all · 3 unread ─`)
	v.Press("/")
	v.Type("#1 notice")
	v.See(`─ 1 of 5 · /#1 notice ─`)
	v.Press("esc", "/")
	v.Type("zzz")
	v.Press("enter")
	v.See(`No message has 'zzz'`, `F  shows all of them`)
}

func TestNewestMessageIsMarkedAndEachNamesItsChannel(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5")
	v.See(`held +11:58:00 ‹ +#3 ops hook`, `✗ failed +09:00:00 +#2 pager`)
	v.Press("G")
	v.See(`held +2026-11-22 +#5 home`)
	v.Resize(118, 40)
	v.See(`held +2026-11-22 10:00:00 +#5 home`)
}

func TestOpenMessageHasTheActionsOfItsRow(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "j", " ", "g", "enter")
	v.See(`c enters it where it belongs`, `c use code`)
	v.Press("f1")
	v.See(`│  Messages +│`, `enter this code, or word, where it belongs +c `, `│  Reading +│`)
	v.Press("f1", "y")
	if v.Copied != "087608" {
		t.Fatalf("copied %q", v.Copied)
	}
	v.Press("u", "esc")
	v.See(`5 Messages \(3\)`)
	v.Press("enter", "d")
	v.See(`Delete 1 message\?`)
	v.Press("n", "R")
	v.See(`! It is held on this machine, and was never sent`)
	v.Press("c")
	v.See(`\[5 Messages`, `Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.Press("esc") // the page of the message is still open
	v.Closes(1)
	v.Press("enter", "d", "y")
	v.See(`✓ Deleted 1 message`, `1/4`)
	if n := v.Dialogs(); n != 0 {
		t.Fatalf("%d dialogs are open:\n%s", n, v.Screen())
	}
}

func TestASCIISignIsFollowedByASpace(t *testing.T) {
	v, _ := uitest.OpenSending(t)
	v.Restart(uitest.ASCII())
	v.Resize(40, 15)
	v.Press("2", "t", "5")
	v.See(`^> # 12:00:00 < @#1 test by post`)
	v.Fits()
}

// TestQuestionNamesTheMessageThatIsDeleted: the one that was chosen, and not the one
// under the cursor.
func TestQuestionNamesTheMessageThatIsDeleted(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", " ", "G", "d") // the first one is chosen, the last one under the cursor
	v.See(`Delete 1 message\?`, `087608 is your PingHome code`)
}

func TestPageOfAMessageSaysWhyAnActionIsOff(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("5", " ", "k", "enter") // one is chosen
	v.See(`─ c use code  y copy  d delete  j down`)
	f.Offline = true
	v.Poll()
	v.See(`─ y copy  j down`)
	v.Press("c")
	v.See(`! Changes are off while offline. r tries again now`, `─ 087608 is your PingHome code`)
	v.Pass(uitest.WarningTime)
	v.Press("d")
	v.See(`! Changes are off while offline`, `─ 087608 is your PingHome code`)
	v.Press("esc")
	v.See(`▌◉ held`)
	f.Offline = false
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press("5", "enter")
	v.See(`─ y copy  j down`)
	v.Press("d")
	v.See(`! Opened for reading only`, `─ 087608 is your PingHome code`)
	v.Press("y")
	if v.Copied != "087608" {
		t.Fatalf("copied %q", v.Copied)
	}
}
