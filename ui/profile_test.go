package ui

import (
	"testing"
)

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
