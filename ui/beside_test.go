package ui_test

import (
	"fmt"
	"testing"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// In a vast window the accounts stand beside every other screen: one looks from account to
// account without leaving it.
func TestAccountsStandBesideOtherScreensInAVastWindow(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(200, 60)
	v.See(`╭─ Accounts ─+ 3 ─╮╭─ Account ─`)
	v.Press("2", "j")
	v.See(`╭─ Accounts ─+ 3 ─╮╭─ Channels ─+ 5 of 10 used ─╮╭─ Channel 2 · sms · pager ─`, `╭─ Last messages ─`, `▌  2  ✆ pager .*▮✗ `, `✗ John Smith · here`)
	v.Press("6", "k") // the keys go to the accounts, the channels stay in sight
	v.See(`\[6 Accounts ✗2\]`, `▌! Anna Smits .*│`, `▌  2  ✆ pager`, `enter open`)
	v.Press("enter")
	v.See(`◆ pinghome  Anna Smits`, `\[2 Channels\]`, `! Anna Smits · here`, `1  @ email +an••@acme.example`, `2 of 25 used ─╮╭─ Channel 1 · email ─`)
	v.Press("6", "j", "enter")
	v.See(`◆ pinghome  John Smith`, `\[2 Channels ✗1\]`)
	v.Press("6")
	v.Resize(120, 40) // alone again
	v.See(`╭─ Accounts ─+ 3 ─╮$`)
	v.Miss(`Channels ─+ 5 of 10`)
	v.Resize(200, 60)
	v.See(`\[6 Accounts ✗2\]`, `5 of 10 used ─╮`)
}

func TestAClickGivesTheKeysToTheOtherSideOfAVastWindow(t *testing.T) {
	v := withMouse(t, "2")
	v.Resize(200, 60)
	v.ClickOn("Anna Smits")
	v.See(`\[6 Accounts ✗2\]`, `5 of 10 used`)
	v.ClickOn("ops hook  webhook")
	v.See(`\[2 Channels ✗1\]`)
}

// TestTheScreenInFrontStaysWhenTheAccountIsSwitched: whichever it is, the list of accounts, too.
func TestTheScreenInFrontStaysWhenTheAccountIsSwitched(t *testing.T) {
	v := uitest.Open(t)
	other := []string{"Smilla", "John"}
	for i, tab := range []string{`1 Profile`, `2 Channels( ✗1)?`, `3 Feedback`, `4 Activity`, `5 Messages( \(\d\))?`, `6 Accounts ✗2`} {
		v.Press(fmt.Sprint(i+1), "o")
		v.Type(other[i%2])
		v.Press("enter")
		v.See(`◆ pinghome  `+other[i%2], `\[`+tab+`\]`)
	}
}

// TestAnAccountOpensOnTheScreenBeforeTheAccounts: on Channels, where none was.
func TestAnAccountOpensOnTheScreenBeforeTheAccounts(t *testing.T) {
	v := uitest.Open(t, "5", "6", "j", "enter")
	v.See(`◆ pinghome  Smilla`, `\[5 Messages\]`)
	v.Press("6", "o")
	v.Type("John")
	v.Press("enter")
	v.See(`◆ pinghome  John`, `\[6 Accounts ✗2\]`)
	v.Press("k", "enter")
	v.See(`◆ pinghome  Anna`, `\[5 Messages`)
	v.Restart(func(o *ui.Options) { o.Screen = keymap.Accounts })
	v.See(`\[6 Accounts ✗2\]`)
	v.Press("j", "enter")
	v.See(`◆ pinghome  Smilla`, `\[2 Channels\]`)
}
