package profile_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestAccountIsDeletedInTwoSteps(t *testing.T) {
	v := uitest.Open(t)
	v.Press("D")
	v.See(`step 1 of 2`, `5 notification channels`, `There is no undo`)
	v.Press("enter")
	v.See(`step 2 of 2`, `! "Delete account" deletes it at once and for good\.`, `Why is this account deleted\?`, `\( \) 1 Missing features`, `locked: no reason chosen`)
	v.Miss(`•\)`)
	v.Press("enter")
	v.See(`✗ Choose a reason first`)
	v.Press("up")
	v.See(`\(•\) 9 Other`)
	v.Press("down")
	v.See(`\(•\) 1 Missing features`)
	v.Press("9", "tab")
	v.See(`locked: no explanation`)
	v.Type("It is too slow!")
	v.See(`> It is too slow!`, `kept in a-z and 0-9`, `locked: address missing +│`)
	v.Miss(`other-it`)
	v.Press("tab")
	v.See(`> It is too slow!`, `kept as other-it-is-too-slow`)
	v.Type("john.smith@ping-hone")
	v.See(`✗ differs from character 19 on`)
	v.Press("enter") // and not on to Cancel, where the next enter would leave
	v.See(`Not yet: address missing`, `< Cancel >`)
	v.Press("backspace", "backspace")
	v.Type("me.org")
	v.See(`24 of 24 characters match`)
	v.Press("tab")
	v.See(`\[ Cancel \]`)
	v.Press("tab")
	v.See(`\[ Delete account \]`)
	v.Press("enter")
	v.See(`─ Account deleted ─`, `✓ The account is deleted`, `reason is kept as other-it-is-too-slow`, `john.smith@ping-home.org can be used again`)
	v.Press("q")
	v.See(`✓ The account is deleted`, `o another account`)
	v.Miss(`Nothing more can be done`)
	v.Press("2")
	v.See(`2 does nothing here: o opens another account, q quits\.`)
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("the console went on")
	}
}

func TestEscCancelsTheDeletion(t *testing.T) {
	v := uitest.Open(t)
	v.Press("D", "esc")
	v.See(`Name +John`)
	v.Miss(`Nothing was deleted`) // nothing could have been
	v.Press("D", "enter", "esc")
	v.See(`Name +John`, `Nothing was deleted\.`)
}

// TestTheFirstButtonOfADeletionKeepsTheAccount, which is said: the next enter after the address
// presses it.
func TestTheFirstButtonOfADeletionKeepsTheAccount(t *testing.T) {
	v := uitest.Open(t, "D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("enter")
	v.See(`\[ Cancel \]`)
	v.Press("enter")
	v.See(`Name +John`, `Nothing was deleted\.`)
}

func TestDeletionRemovesTheDrafts(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Type("secret thoughts")
	v.Press("esc", "2", "a")
	v.Type("half@typed")
	v.Press("esc")
	v.Poll()
	if n := v.DraftFiles(); n != 2 {
		t.Fatalf("%d drafts", n)
	}
	v.Press("1", "D", "enter", "1", "tab")
	v.Type(uitest.John)
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`)
	if n := v.DraftFiles(); n != 0 {
		t.Fatalf("%d drafts are left", n)
	}
}
