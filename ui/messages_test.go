package ui

import "testing"

func TestACodeIsTakenFromTheMessages(t *testing.T) {
	v := open(t)
	v.see(`4 Messages \(3\)`)
	v.press("4")
	v.see(`▌• ▯ held +2m ago +⇄ webhook`, `087608 is your PingHome code`, `Code +087608  c enters it where it belongs`)
	v.press("c")
	v.see(`Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `4 Messages \(2\)`)
	v.press("enter")
	v.see(`✓ Channel 3 is verified and on`, `3  ⇄ webhook .*✓ yes +on`)
	v.press("4", "c")
	v.see(`! Nothing waits for this code any more`)
}

func TestAMessageIsReadMarkedAndDeleted(t *testing.T) {
	v := open(t)
	v.press("4", "j", "enter")
	v.see(`Welcome to PingHome`, `held in the inbox`)
	v.press("esc")
	v.see(`4 Messages \(2\)`)
	v.press("u")
	v.see(`4 Messages \(3\)`)
	v.press("g", " ", " ", "d")
	v.see(`Delete 2 messages\?`, `\[ Keep \]`)
	v.press("y")
	v.see(`✓ Deleted 2 messages`, `1/3`)
}

func TestTheUsernameCodeGoesToTheProfile(t *testing.T) {
	v := open(t)
	v.press("u")
	v.write("j.smith@new.example")
	v.press("enter", "ctrl+o")
	v.see(`\[4 Messages`)
	v.press("c")
	v.see(`\[1 Profile\]`, `Confirm the new username`)
	v.press("enter")
	v.see(`✓ The username is j.smith@new.example now`)
}

func TestTheMessagesCanBeEmptied(t *testing.T) {
	v := open(t)
	v.press("4", "*", "d", "y")
	v.see(`Nothing here yet`)
	v.press("enter")
	v.see(`! There is no message yet`)
}
