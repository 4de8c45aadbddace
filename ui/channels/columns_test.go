package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestChannelsAreSortedByAColumn(t *testing.T) {
	v := uitest.Open(t, "2", "j")
	v.See(`#    Label +Value +On +Seen`)
	v.Press(">", ">", ">", ">") // label, value, on, seen: the type has no room
	v.See(`5 of 10 used · by seen ↑ ─`, `(?s)▌  2  ✆.*`, `(?s) 3  ⇄ ops hook.* 2  ✆ pager.* 4  ⚑ phone.* 5  @ home.* 1  @ work`)
	v.Press("-")
	v.See(`· by seen ↓ ─`, `(?s) 1  @ work.* 5  @ home.* 4  ⚑ phone.* 2  ✆ pager.* 3  ⇄ ops hook`, `▌  2  ✆`)
	v.Press("<", "<")
	v.See(`· by value ↑ ─`, `(?s) 2  ✆ pager.* 5  @ home.* 3  ⇄ ops hook.* 4  ⚑ phone.* 1  @ work`)
	v.Press("<", "<", "-")
	v.See(`5 of 10 used · reversed ─`, `(?s) 5  @ home.* 1  @ work`)
}

func TestColumnsAreChosenAndOrdered(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`#    Label +Value +On +Seen +Last attempts`)
	v.Press("C", "j", "j", "K")
	v.See(`▌\[x\] Value`)
	v.Press("j", "j", " ", "enter")
	v.See(`#    Label +Value +Type +Seen`)
	v.Miss(` On +Seen`)
	v.Press("C", "c", "esc")
	v.See(`#    Label +Value +Type +Seen`) // as they were
	v.Press("C", "c", "enter")
	v.See(`#    Label +Value +On +Seen +Last attempts`)
	v.Press("C")
	for range 8 {
		v.Press(" ", "j")
	}
	v.Press("enter")
	v.See(`! A table needs a column`, `#    Label +Value`)
}
