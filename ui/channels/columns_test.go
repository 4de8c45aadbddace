package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestChannelsAreSortedByAColumn(t *testing.T) {
	v := uitest.Open(t, "2", "j")
	v.Press(">", ">", ">", ">") // name, value, on, seen
	v.See(`5 of 10 used · by seen ↑ ─`, `(?s)▌  2  ✆.*`, `(?s) 3  ⇄ webhook.* 2  ✆ sms.* 4  ⚑ push.* 5  @ email.* 1  @ email`)
	v.Press("-")
	v.See(`· by seen ↓ ─`, `(?s) 1  @ email.* 5  @ email.* 4  ⚑ push.* 2  ✆ sms.* 3  ⇄ webhook`, `▌  2  ✆`)
	v.Press("<", "<")
	v.See(`· by value ↑ ─`, `(?s) 2  ✆ sms.* 5  @ email.* 3  ⇄ webhook.* 4  ⚑ push.* 1  @ email`)
	v.Press("<", "<", "-")
	v.See(`5 of 10 used · reversed ─`, `(?s) 5  @ email.* 1  @ email`)
}

func TestColumnsAreChosenAndOrdered(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`#    Type +Value +On +Seen +Last attempts`)
	v.Press("C", "j", "K")
	v.See(`▌\[x\] Value`)
	v.Press("j", "j", " ", "enter")
	v.See(`#    Value +Type +Seen +Last attempts`)
	v.Miss(` On +Seen`)
	v.Press("C", "c", "esc")
	v.See(`#    Value +Type +Seen`) // as they were
	v.Press("C", "c", "enter")
	v.See(`#    Type +Value +On +Seen +Last attempts`)
	v.Press("C")
	for range 7 {
		v.Press(" ", "j")
	}
	v.Press("enter")
	v.See(`! A table needs a column`, `#    Type +Value`)
}
