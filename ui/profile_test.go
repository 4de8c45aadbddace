package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func TestTheProfileIsReadAtAGlance(t *testing.T) {
	v := open(t)
	v.see(`\[1 Profile\]`, `Name +John`, `Surname +Smith`, `Username +john.smith@ping-home.org ✓`, `Team +Platform`, `Org +PingHome Ltd`,
		`Plan +team`, `Role +root`, `Personal channels .*5/10`, `Reach +✗ 1 failing · ✓ email, sms`)
}

func TestTheSurnameIsChanged(t *testing.T) {
	v := open(t)
	v.press("e", "tab", "ctrl+u")
	v.press("enter")
	v.see(`✗ Type at least one character`)
	v.write("Miller")
	v.press("enter")
	v.see(`✓ Saved: John Miller · z undo`, `Surname +Miller`)
	v.again(john)
	v.see(`Surname +Miller`)
}

func TestTwoConsolesDoNotOverwriteEachOther(t *testing.T) {
	v := open(t)
	other := v.opened(john).View
	rename := func(name, surname string) {
		t.Helper()
		if _, err := other.UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
			t.Fatal(err)
		}
		v.pass(pollInterval)
	}
	v.press("e", "tab")
	rename("Max", "Smith")
	v.write("X")
	v.press("enter")
	v.see(`✓ Saved: Max SmithX`)
	rename("Eve", "Stone")
	v.press("z")
	v.see(`! The name has been changed again since`, `Name +Eve`)
	v.press("e", "tab", "ctrl+u")
	v.write("Mine")
	rename("Eve", "Theirs")
	v.press("enter")
	v.see(`✗ Meanwhile somebody changed the surname to Theirs`, `Surname +Mine`)
	v.press("enter")
	v.see(`✓ Saved: Eve Mine`)
	v.press("e", "ctrl+s")
	v.see(`Nothing was changed`)
}

func TestDraftsGoWithTheAccount(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	v.write("secret thoughts")
	v.press("esc", "2", "a", "tab")
	v.write("half@typed")
	v.press("esc")
	v.pass(pollInterval)
	if n := v.draftFiles(); n != 2 {
		t.Fatalf("%d drafts", n)
	}
	v.press("1", "D", "enter", "1", "tab")
	v.write(john)
	v.press("tab", "tab", "enter")
	v.see(`The account is deleted`)
	if n := v.draftFiles(); n != 0 {
		t.Fatalf("%d drafts are left", n)
	}
}

func TestTheLastChangeIsUndone(t *testing.T) {
	v := open(t)
	v.press("z")
	v.see(`! There is nothing to undo`)
	v.press("e", "ctrl+u")
	v.write("Jack")
	v.press("ctrl+s")
	v.see(`Name +Jack`)
	v.press("z")
	v.see(`✓ The name is as it was`, `Name +John`)
	v.press("2", " ", " ", "s")
	v.see(`✓ Channels 1 and 2 are off · z undo`, `1  @ email .*off`, `2  ✆ sms .*off`)
	v.press("z")
	v.see(`✓ Channels 1 and 2 are on`, `1  @ email .*on `, `2  ✆ sms .*on `, `4  ⚑ push .*off`)
	v.press("z")
	v.see(`1  @ email .*off`)
}

func TestANameWithAHiddenCharacterIsRefusedAtItsField(t *testing.T) {
	v := open(t)
	v.press("e")
	v.paste("Jo\u202ehn")
	v.press("ctrl+s")
	v.see(`✗ Remove the invisible character U\+202E`, `<U\+202E>`)
	v.press("esc")
	v.see(`Name +John +│`)
}

func TestTheUsernameChangesOnlyWithItsCode(t *testing.T) {
	v := open(t)
	v.press("u")
	v.write("not an address")
	v.press("enter")
	v.see(`✗ An email address has a name before the @`)
	v.press("ctrl+u")
	v.write("j.smith@new.example")
	v.press("enter")
	v.see(`Confirm the new username`, `code to j.smith@new.example`, `Expires in 10:00`, `5 tries left`)
	v.press("esc")
	v.see(`Username +john.smith@ping-home.org ✓`, `→ j.smith@new.example  … 10:00`)
	v.pass(90 * time.Second)
	v.see(`… 08:30`)
	v.press("v")
	v.write(v.code("j.smith@new.example"))
	v.see(`✓ The username is j.smith@new.example now`, `Username +j.smith@new.example ✓`)
	v.miss(`→ j.smith`)
	v.again("j.smith@new.example")
	v.see(`Username +j.smith@new.example ✓`)
}

func TestAUsernameChangeIsCancelled(t *testing.T) {
	v := open(t)
	v.press("x")
	v.see(`! No username change is waiting`)
	v.press("u")
	v.write("j.smith@new.example")
	v.press("enter", "esc", "x")
	v.see(`Cancel the username change\?`, `\[ Keep it \]`)
	v.press("enter")
	v.see(`→ j.smith@new.example`)
	v.press("x", "y")
	v.see(`✓ Cancelled`)
	v.miss(`→ j.smith@new.example`)
}

func TestATakenAddressIsToldAndKept(t *testing.T) {
	v := open(t)
	v.press("u")
	v.write("Anna.Smits@ACME.example")
	v.press("enter")
	v.see(`✗ .*taken|✗ .*belongs|✗ .*already`, `New email +Anna.Smits@ACME.example`)
	v.press("esc", "u")
	v.see(`New email +Anna.Smits@ACME.example`, `Your draft is back`)
	v.press("ctrl+r")
	v.miss(`Anna.Smits@`)
}

func TestCopyingTheCustomerId(t *testing.T) {
	v := open(t)
	v.press("y")
	if v.copied != "6fb4e64f-ad18-46e3-920c-92639adb137c" {
		t.Fatalf("copied %q", v.copied)
	}
	v.see(`✓ Gave the customer id to the terminal to copy`)
}

func TestTheAccountIsDeletedInThreeSteps(t *testing.T) {
	v := open(t)
	v.press("D")
	v.see(`step 1 of 3`, `5 notification channels`, `There is no undo`)
	v.press("enter")
	v.see(`step 2 of 3`, `\( \) 1 poor-features`, `locked: no reason chosen`)
	v.miss(`•\)`)
	v.press("enter")
	v.see(`✗ Choose a reason first`)
	v.press("up")
	v.see(`\(•\) 9 other`)
	v.press("down")
	v.see(`\(•\) 1 poor-features`)
	v.press("9", "tab")
	v.write("It is too slow!")
	v.see(`becomes other-it-is-too-slow`)
	v.press("tab")
	v.write("john.smith@ping-hone")
	v.see(`✗ differs from character 19 on`)
	v.press("enter")
	v.see(`\[ Cancel \]`)
	v.press("shift+tab", "backspace", "backspace")
	v.write("me.org")
	v.see(`24 of 24 characters match`)
	v.press("tab")
	v.see(`\[ Cancel \]`)
	v.press("tab")
	v.see(`\[ Delete account \]`)
	v.press("enter")
	v.see(`step 3 of 3`, `✓ The account is deleted`, `john.smith@ping-home.org is free again`)
	v.press("q")
	v.see(`Nothing more can be done here`, `account was deleted`)
	v.press("q")
	if !v.quit {
		t.Fatal("the console went on")
	}
}

func TestEscapeFromDeletionDeletesNothing(t *testing.T) {
	v := open(t)
	v.press("D", "enter", "esc")
	v.see(`Name +John`)
	v.press("D", "esc")
	v.see(`Name +John`)
}

func TestAnAccountDeletedElsewhereIsToldAtOnce(t *testing.T) {
	v := open(t)
	if err := v.m.shell.Session.View.DeleteAccount(t.Context(), "privacy"); err != nil {
		t.Fatal(err)
	}
	v.pass(pollInterval)
	v.see(`! Nothing more can be done here`, `account was deleted|no longer exists|deleted`)
	v.press("o")
	v.see(`Switch account`)
	v.press("enter")
	v.see(`\[1 Profile\]`)
}
