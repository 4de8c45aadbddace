package messages_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestCodeIsEnteredFromItsMessage(t *testing.T) {
	v := uitest.Open(t)
	v.See(`5 Messages \(3\)`)
	v.Press("5")
	v.See(`▌• held +11:58:00 ‹ +#3 ops hook`, `087608 is your PingHome code`, `Code +087608  c enters it where it belongs`)
	v.Press("c")
	v.See(`Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `5 Messages \(2\)`)
	v.Press("enter")
	v.See(`✓ Channel 3 is verified and on`, `\[5 Messages`, `Code +087608  nothing waits for it`) // here again, for the next one
	v.Press("c")
	v.See(`! Nothing waits for this code`)
}

func TestUsernameCodeIsEnteredOnTheProfile(t *testing.T) {
	v := uitest.Open(t)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter", "ctrl+o")
	v.See(`\[5 Messages`)
	v.Press("c")
	v.See(`\[5 Messages`, `Confirm the new username`)
	v.Press("enter")
	v.See(`✓ The username is j.smith@new.example now`)
}

func TestWordIsEnteredFromItsHeldTest(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "t")
	v.See(`Channel 1: test message held on this machine. 5 shows it, w`)
	v.Press("5")
	v.See(`Word +\w+  c gives it back`)
	v.Press("c")
	v.See(`\[5 Messages`, `Which word is in the test message to jo••@ping-home.org\?`, `Word  \w+`)
	v.Press("enter")
	v.See(`✓ Channel 1: a person has seen its message`)
	v.Press("c")
	v.See(`! Nothing waits for this word`)
}

// TestOnlyTheNewestCodeIsSaidToBeEntered: an older one was replaced.
func TestOnlyTheNewestCodeIsSaidToBeEntered(t *testing.T) {
	v := uitest.Open(t, "2", "j", "j", "V", "esc", "5")
	v.See(`Code +\d{6}  c enters it where it belongs`)
	v.Press("j")
	v.See(`Code +087608  a newer one was sent`)
}
