package profile_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

// What is typed on the reasons is a text, and none of it is taken by them.
func TestTextTypedOnTheReasonsGoesToTheNextField(t *testing.T) {
	for way, enter := range map[string]func(*uitest.Visit, string){
		"burst": func(v *uitest.Visit, text string) { v.Burst(text) },
		"human": func(v *uitest.Visit, text string) {
			for _, r := range text {
				v.Pass(150 * time.Millisecond)
				v.Send(drive.Key(string(r)))
			}
		},
	} {
		t.Run(way, func(t *testing.T) {
			v := uitest.Open(t, "D", "enter", "1")
			enter(v, uitest.John)
			v.See(`\(•\) 1 Missing features`, `24 of 24 characters match`)
			v = uitest.Open(t, "D", "enter", "9")
			enter(v, "slow")
			v.See(`> slow`)
			v.Press("tab")
			v.See(`kept as other-slow`)
		})
	}
}

func TestNumbersChooseNoReasonWhereTheUsernameBeginsWithOne(t *testing.T) {
	const digits = "1und1@new.example"
	v := uitest.Open(t)
	view := v.Backend()
	if _, err := view.ChangeUsername(t.Context(), digits); err != nil {
		t.Fatal(err)
	}
	if _, err := view.ConfirmUsername(t.Context(), v.Code(digits)); err != nil {
		t.Fatal(err)
	}
	v.Restart()
	v.Press("D", "enter", "down")
	v.Type(digits)
	v.See(`\(•\) Missing features`, `17 of 17 characters match`)
}

func TestAddressIsCopiedAndPasted(t *testing.T) {
	v := uitest.Open(t, "D", "enter", "2", "tab", "ctrl+y")
	v.See(`✓ Copied the address`, `ctrl\+y copy address`)
	v.Paste(v.Copied)
	v.See(`24 of 24 characters match`, `< Delete account > *│`)
}

// TestExplanationInAnotherScriptIsEnough: it cannot be kept, and the reason is "other" then.
func TestExplanationInAnotherScriptIsEnough(t *testing.T) {
	v := uitest.Open(t, "D", "enter", "9", "tab")
	v.Paste("高すぎる")
	v.See(`> 高すぎる`, `locked: address missing`)
	v.Press("tab")
	v.Paste(uitest.John)
	v.See(`> 高すぎる`, `kept as other +│`)
	v.Press("shift+tab")
	v.Paste(" trop cher à l'été")
	v.Press("tab")
	v.See(`> 高すぎる trop cher à l'été`, `kept as other-trop-cher-a-lete`)
}

func TestOwnAccountIsAskedWhyOneLeaves(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: "Only this account can be opened."}})
	v.Press("D", "enter")
	v.See(`Why are you leaving\?`)
}
