package ui_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestButtonsAreClicked(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v := withMouse(t, "2", "j", "j", "j", "j")
		v.Resize(size[0], size[1])
		v.Press("d")
		v.ClickOn("[ Keep ]")
		v.Miss(`Delete 1 channel`)
		v.Press("d")
		v.ClickOn("< Delete >")
		v.See(`✓ Deleted channel 5`)
		v.ClickOn("⚑") // a click too many, where the button was or elsewhere, is no second click
		v.Miss(`Delete 1 channel`)
	}
}

func TestDoubleClickOnAButtonPressesItOnce(t *testing.T) {
	v := withMouse(t, "2", "d")
	x, y := v.Find("Keep ]")
	v.Click(x, y)
	v.Click(x, y)
	v.Click(x, y) // the last two are on what was behind the button
	v.Miss(`Delete 1 channel`)
	v.See(`[1-5]/5`)
}

func TestSecretsAreCopiedAndClosedByClicks(t *testing.T) {
	v := withMouse(t, "2", "j", "j", "S")
	v.ClickOn("< New secret >")
	v.ClickOn("[ Copy ]")
	v.See(`whsec_`, `✓ Copied the signing secret`)
	v.Click(1, 1) // beside the dialog
	v.See(`whsec_`)
	v.ClickOn("< I have it >")
	v.Miss(`whsec_`)
	v.Resize(40, 15)
	v.Press("S")
	v.ClickOn("< End old one now >") // the buttons stand one below the other
	v.See(`whsec_`)
}

func TestFieldsAndChoicesAreClicked(t *testing.T) {
	v := withMouse(t, "2", "a")
	v.ClickOn("│  Type  ")
	v.See(`‹ @ email ›`)
	v.ClickOn("email ›")
	v.See(`‹ ✆ sms ›`)
	v.ClickOn("│  Value  ")
	v.Type("https://hooks.example.org/a")
	v.See(`✆ sms  +chosen by you`)
	v.ClickOn("│  Type  ")
	v.ClickOn("sms ›")
	v.See(`‹ ⇄ webhook ›`)
	v.Click(v.Find("‹ ⇄ webhook"))
	v.See(`‹ ✆ sms ›`)
	v.ClickOn("ctrl+s save")
	v.See(`✗`, `Add channel`)
	v.Press("f1")
	v.Press("esc")
	v.ClickOn("│  Type  ")
	v.ClickOn("sms ›")
	v.ClickOn("ctrl+s save")
	v.See(`Signing secret`)
}

func TestDigitsAndTypesAreClicked(t *testing.T) {
	v := withMouse(t, "2", "j", "j", "v", "1", "2", "3")
	v.ClickOn("│ 1 │")
	v.Press("7")
	v.See(`│ 7 ││ 2 ││ 3 │`)
	v.Resize(40, 15)
	v.ClickOn("│ 3 │")
	v.Press("8")
	v.See(`│ 7 ││ 2 ││ 8 │`)
	v.Resize(80, 24)
	v.ClickOn("8 │ │ _") // between the two groups
	v.See(`│ 8 │ │ _ │`)
	v.Press("esc", "f")
	v.ClickOn("] ⇄ webhook")
	v.See(`▌\[ \] ⇄ webhook`)
	v.ClickOn("[ ] ✆")
	v.See(`\[\+\] ✆ sms`)
	v.ClickOn("enter apply")
	v.See(`1 of 5 · only sms`)
}

func TestAccountIsNotDeletedByClicksAlone(t *testing.T) {
	v := withMouse(t, "D")
	v.ClickOn("enter press")
	v.ClickOn("8 Privacy")
	v.See(`\(•\) 8 Privacy`)
	v.ClickOn("2 Too expensive")
	v.See(`\(•\) 2 Too expensive`)
	v.ClickOn("< Delete account >") // it is locked: tab does not go there either
	v.See(`locked: address missing`)
	v.Miss(`\[ Delete account \]`)
	v.ClickOn("Type john.smith")
	v.ClickOn("0 of 24 characters")
	v.ClickOn("9 Other")
	v.See(`kept in a-z and 0-9`)
	v.ClickOn("kept in a-z and 0-9")
	v.ClickOn("< Cancel >")
	v.Miss(`Delete account`, `step 2`)
	if _, err := v.Backend().Profile(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestFeedbackIsWrittenAfterAClick(t *testing.T) {
	v := withMouse(t, "3")
	v.ClickOn("What works")
	v.Type("begun")
	for range 5 {
		v.Press("enter")
		v.Type("x")
	}
	v.WheelOn("begun", -2)
	v.Press("home")
	v.Type("the ")
	v.See(`the begun`)
	v.ClickOn("2026-08-25") // the keys go into the text
	v.Type("!")
	v.See(`the !begun`)
	v.ClickOn("esc leave")
	v.Poll()
	v.See(`A draft is kept`)
}

func TestStartScreensAreClicked(t *testing.T) {
	v := uitest.Open(t)
	empty := false
	v.Restart(func(o *ui.Options) {
		start := o.Start
		o.Start, o.Mouse = ui.Opened{}, true
		o.Setup = &ui.Setup{Path: "/tmp/accounts.db",
			Demo:  func(context.Context) (ui.Opened, error) { return start, nil },
			Empty: func(context.Context, backend.NewAccount) (ui.Opened, error) { empty = true; return start, nil }}
	})
	for _, size := range [][2]int{{40, 15}, {80, 24}} {
		v.Resize(size[0], size[1])
		clickOnce(v, "with demo data")
		v.See(`▌ \(•\) On this computer, with demo data`)
		clickOnce(v, "computer, empty")
		v.See(`▌ \(•\) On this computer, empty`)
	}
	v.ClickOn("computer, empty")
	v.ClickOn("computer, empty")
	v.ClickOn("Email")
	v.Type("ada@byron.example")
	v.ClickOn("Surname")
	v.Type("Byron")
	v.ClickOn("ctrl+s save")
	v.See(`✗`)
	v.ClickOn("Name ")
	v.Type("Ada")
	v.ClickOn("ctrl+s save")
	v.See(`John Smith`)
	if !empty {
		t.Fatal("the account was not made")
	}
}
