package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func TestTheProfileIsReadAtAGlance(t *testing.T) {
	v := open(t)
	v.See(`\[1 Profile\]`, `Name +John`, `Surname +Smith`, `Username +john.smith@ping-home.org ✓`, `Team +Platform`, `Org +PingHome Ltd`,
		`Plan +team`, `Role +root`, `Personal channels .*5/10`, `Reach +✗ 1 failing · ✓ email, sms`)
}

func TestTheSurnameIsChanged(t *testing.T) {
	v := open(t)
	v.Press("e", "tab", "ctrl+u")
	v.Press("enter")
	v.See(`✗ Type at least one character`)
	v.Type("Miller")
	v.Press("enter")
	v.See(`✓ Saved: John Miller · z undo`, `Surname +Miller`)
	v.again(john)
	v.See(`Surname +Miller`)
}

func TestTwoConsolesDoNotOverwriteEachOther(t *testing.T) {
	v := open(t)
	other := v.opened(john).View
	rename := func(name, surname string) {
		t.Helper()
		if _, err := other.UpdateName(t.Context(), backend.NameChange{Name: &name, Surname: &surname}); err != nil {
			t.Fatal(err)
		}
		v.Pass(PollInterval)
	}
	v.Press("e", "tab")
	rename("Max", "Smith")
	v.Type("X")
	v.Press("enter")
	v.See(`✓ Saved: Max SmithX`)
	rename("Eve", "Stone")
	v.Press("z")
	v.See(`! The name has been changed again since`, `Name +Eve`)
	v.Press("e", "tab", "ctrl+u")
	v.Type("Mine")
	rename("Eve", "Theirs")
	v.Press("enter")
	v.See(`✗ Meanwhile somebody changed the surname to Theirs`, `Surname +Mine`)
	v.Press("enter")
	v.See(`✓ Saved: Eve Mine`)
	v.Press("e", "ctrl+s")
	v.See(`Nothing was changed`)
}

func TestDraftsGoWithTheAccount(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	v.Type("secret thoughts")
	v.Press("esc", "2", "a", "tab")
	v.Type("half@typed")
	v.Press("esc")
	v.Pass(PollInterval)
	if n := v.draftFiles(); n != 2 {
		t.Fatalf("%d drafts", n)
	}
	v.Press("1", "D", "enter", "1", "tab")
	v.Type(john)
	v.Press("tab", "tab", "enter")
	v.See(`The account is deleted`)
	if n := v.draftFiles(); n != 0 {
		t.Fatalf("%d drafts are left", n)
	}
}

func TestTheLastChangeIsUndone(t *testing.T) {
	v := open(t)
	v.Press("z")
	v.See(`! There is nothing to undo`)
	v.Press("e", "ctrl+u")
	v.Type("Jack")
	v.Press("ctrl+s")
	v.See(`Name +Jack`)
	v.Press("z")
	v.See(`✓ The name is as it was`, `Name +John`)
	v.Press("2", " ", " ", "s")
	v.See(`✓ Channels 1 and 2 are off · z undo`, `1  @ email .*off`, `2  ✆ sms .*off`)
	v.Press("z")
	v.See(`✓ Channels 1 and 2 are on`, `1  @ email .*on `, `2  ✆ sms .*on `, `4  ⚑ push .*off`)
	v.Press("z")
	v.See(`1  @ email .*off`)
}

func TestANameWithAHiddenCharacterIsRefusedAtItsField(t *testing.T) {
	v := open(t)
	v.Press("e")
	v.Paste("Jo\u202ehn")
	v.Press("ctrl+s")
	v.See(`✗ Remove the invisible character U\+202E`, `<U\+202E>`)
	v.Press("esc")
	v.See(`Name +John +│`)
}

func TestTheUsernameChangesOnlyWithItsCode(t *testing.T) {
	v := open(t)
	v.Press("u")
	v.Type("not an address")
	v.Press("enter")
	v.See(`✗ An email address has a name before the @`)
	v.Press("ctrl+u")
	v.Type("j.smith@new.example")
	v.Press("enter")
	v.See(`Confirm the new username`, `code to j.smith@new.example`, `Expires in 10:00`, `5 tries left`)
	v.Press("esc")
	v.See(`Username +john.smith@ping-home.org ✓`, `→ j.smith@new.example  … 10:00`)
	v.Pass(90 * time.Second)
	v.See(`… 08:30`)
	v.Press("v")
	v.Type(v.code("j.smith@new.example"))
	v.See(`✓ The username is j.smith@new.example now`, `Username +j.smith@new.example ✓`)
	v.Miss(`→ j.smith`)
	v.again("j.smith@new.example")
	v.See(`Username +j.smith@new.example ✓`)
}

func TestAUsernameChangeIsCancelled(t *testing.T) {
	v := open(t)
	v.Press("x")
	v.See(`! No username change is waiting`)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter", "esc", "x")
	v.See(`Cancel the username change\?`, `\[ Keep it \]`)
	v.Press("enter")
	v.See(`→ j.smith@new.example`)
	v.Press("x", "y")
	v.See(`✓ Cancelled`)
	v.Miss(`→ j.smith@new.example`)
}

func TestATakenAddressIsToldAndKept(t *testing.T) {
	v := open(t)
	v.Press("u")
	v.Type("Anna.Smits@ACME.example")
	v.Press("enter")
	v.See(`✗ .*taken|✗ .*belongs|✗ .*already`, `New email +Anna.Smits@ACME.example`)
	v.Press("esc", "u")
	v.See(`New email +Anna.Smits@ACME.example`, `Your draft is back`)
	v.Press("ctrl+r")
	v.Miss(`Anna.Smits@`)
}

func TestCopyingTheCustomerId(t *testing.T) {
	v := open(t)
	v.Press("y")
	if v.copied != "6fb4e64f-ad18-46e3-920c-92639adb137c" {
		t.Fatalf("copied %q", v.copied)
	}
	v.See(`✓ Gave the customer id to the terminal to copy`)
}

func TestTheAccountIsDeletedInThreeSteps(t *testing.T) {
	v := open(t)
	v.Press("D")
	v.See(`step 1 of 3`, `5 notification channels`, `There is no undo`)
	v.Press("enter")
	v.See(`step 2 of 3`, `\( \) 1 poor-features`, `locked: no reason chosen`)
	v.Miss(`•\)`)
	v.Press("enter")
	v.See(`✗ Choose a reason first`)
	v.Press("up")
	v.See(`\(•\) 9 other`)
	v.Press("down")
	v.See(`\(•\) 1 poor-features`)
	v.Press("9", "tab")
	v.Type("It is too slow!")
	v.See(`becomes other-it-is-too-slow`)
	v.Press("tab")
	v.Type("john.smith@ping-hone")
	v.See(`✗ differs from character 19 on`)
	v.Press("enter")
	v.See(`\[ Cancel \]`)
	v.Press("shift+tab", "backspace", "backspace")
	v.Type("me.org")
	v.See(`24 of 24 characters match`)
	v.Press("tab")
	v.See(`\[ Cancel \]`)
	v.Press("tab")
	v.See(`\[ Delete account \]`)
	v.Press("enter")
	v.See(`step 3 of 3`, `✓ The account is deleted`, `john.smith@ping-home.org is free again`)
	v.Press("q")
	v.See(`Nothing more can be done here`, `account was deleted`)
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("the console went on")
	}
}

func TestEscapeFromDeletionDeletesNothing(t *testing.T) {
	v := open(t)
	v.Press("D", "enter", "esc")
	v.See(`Name +John`)
	v.Press("D", "esc")
	v.See(`Name +John`)
}

func TestAnAccountDeletedElsewhereIsToldAtOnce(t *testing.T) {
	v := open(t)
	if err := v.m().shell.Session.View.DeleteAccount(t.Context(), "privacy"); err != nil {
		t.Fatal(err)
	}
	v.Pass(PollInterval)
	v.See(`! Nothing more can be done here`, `account was deleted|no longer exists|deleted`)
	v.Press("o")
	v.See(`Switch account`)
	v.Press("enter")
	v.See(`\[1 Profile\]`)
}
