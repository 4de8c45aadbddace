package profile_test

import (
	"testing"
	"time"

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
			v.See(`\(•\) 1 poor-features`, `24 of 24 characters match`)
			v = uitest.Open(t, "D", "enter", "9")
			enter(v, "slow")
			v.See(`becomes other-slow`)
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
	v.See(`\(•\) poor-features`, `17 of 17 characters match`)
}
