package channels_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestTextTypedOnTheTypeGoesToTheValue(t *testing.T) {
	for _, first := range []string{"e", "s", "w", "p", "j", "k", "h", "l", "1", "+"} {
		v := uitest.Open(t, "2")
		v.Press("a", "shift+tab")
		v.See(`‹ @ email ›`)
		v.Type(first + "upport@new.example")
		v.See(`  @ email  `, `Value +`+regexp.QuoteMeta(first)+`upport@new.example`)
	}
}

func TestDraftOfTheValueComesBackOnTheValue(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("nobody@half.second")
	v.Press("esc", "a")
	v.See(`Your draft is back`)
	v.Type(".org")
	v.See(`Value +nobody@half.second.org`)
	v.Press("enter")
	v.See(`Verify channel 6 · email`)
}

func TestBurstAndPasteGoToTheValueAsAWhole(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Burst("support@new.example")
	v.See(`@ email`, `Value +support@new.example`)
	v.Press("ctrl+u", "shift+tab")
	v.Paste("p")
	v.See(`@ email`, `Value +p`)
}

func TestArrowsAndSpaceChangeTheTypeAndArrowsMoveThroughTheCode(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a", "shift+tab", "right", "right", "left")
	v.See(`‹ ✆ sms ›`)
	v.Press("left", "left")
	v.See(`‹ ⚑ push ›`)
	v.Press(" ")
	v.See(`‹ @ email ›`)
	v.Press("f1")
	v.Type("next value")
	v.See(`Choices`, `▌ next value`)
	v.Press("esc", "esc", "esc", "j", "j", "v", "1", "2", "left", "left", "9")
	v.See(`│ 9 ││ 2 ││   │`)
}

func TestFullPlanIsToldBeforeTheFormOpens(t *testing.T) {
	v := uitest.Open(t, "2")
	for i := range 5 {
		if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, fmt.Sprintf("more%d@new.example", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	v.Poll()
	v.See(`10 of 10 used`)
	v.Press("a")
	v.See(`! The plan has room for 10 channels\. d deletes one\.`)
	v.Miss(`Add channel`)
	v.Press("d", "y", "a")
	v.See(`Add channel`)
}

func TestEditedChannelUsesItsOldValueUntilVerified(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	v.Press("enter")
	v.See(`the old value works until the new one`, `Verify channel 1`)
	v.Press("esc")
	v.Pass(10 * time.Second)
	v.See(`▌  1  @ work +jo••@ping-home.org +on +12d ago`, `→ j••@new.example: code 0?9:50 · v enters it`)
	v.Press("enter", "m")
	v.See(`Value +john.smith@ping-home.org`, `New value +js@new.example, waiting`, `v enters its code: 0?9:50`)
	if c := v.Channel(1); c.ActiveValue != uitest.John || !c.Reachable() {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
	v.Press("v")
	v.Type(v.Code("js@new.example"))
	v.See(`✓ Channel 1 is verified`)
	if c := v.Channel(1); c.ActiveValue != "js@new.example" {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
}

func TestNumberIsCorrectedVerifiedAndTested(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("+99455")
	v.Press("ctrl+s")
	v.See(`✗ This number is too short for \+994: 2 digits`, `Value +\+99455`)
	v.Type("123 45 68")
	v.Press("enter")
	v.See(`Verify channel 6 · sms`, `✓ Added channel 6`, `▌  6  ✆`)
	code := v.Code("+994551234568")
	v.Type(uitest.WrongCode(code))
	v.See(`✗ .*[Ww]rong`, `4 tries left`)
	v.Type(uitest.WrongCode(code))
	v.See(`3 tries left`)
	v.Type(uitest.WrongCode(code))
	v.See(`2 tries left`)
	v.Paste(code[:3] + " " + code[3:])
	v.See(`✓ Channel 6 is verified and on`, `6  ✆ +\S+ +on +just now`)
	v.Pass(time.Second)
	v.Press("t")
	v.See(`Channel 6: test message held`, `6  ✆ .*○○ `)
	v.Press("s")
	v.See(`6  ✆ .* off .*just now .*○○ `)
	v.Press("s")
	v.See(`6  ✆ +\S+ +on +just now`)
	v.Restart()
	v.Press("2")
	v.See(`6  ✆ +\S+ +on +just now .*○○`)
}

func TestFormKeepsItsDraftOverARestart(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("https://hooks.example.org/half")
	v.Press("ctrl+c")
	if !v.HasQuit {
		t.Fatal("ctrl+c did not quit")
	}
	v.Restart()
	v.Press("2", "a")
	v.See(`⇄ webhook`, `Value +https://hooks.example.org/half`, `Your draft is back`)
	v.Resize(40, 15)
	v.See(`hooks.example.org/half`)
	v.Fits()
	v.Resize(80, 24)
	v.Type("-whole")
	v.Press("enter", "esc", "a")
	v.Miss(`half`)
}

func TestDraftBelongsToItsChannelAndNotToItsNumber(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("six@new.example")
	v.Press("enter", "esc", "e")
	v.Type("half")
	v.Press("esc", "d", "y", "a")
	v.Pass(time.Second)
	v.Type("other@new.example")
	v.Press("enter", "esc", "e")
	v.See(`Edit channel 6`)
	v.Miss(`half`)
}

func TestKeysTypedWhileTheDraftIsReadComeAfterIt(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("draft")
	v.Press("ctrl+c")
	v.Restart()
	v.Press("2")
	looking := v.Update(drive.Key("a"))
	v.Update(drive.Key("X"))
	v.Run(looking)
	v.See(`Value +draftX`)
}

// TestASaveIsToldThoughItsFormWasLeft leaves a form while it is saved.
func TestASaveIsToldThoughItsFormWasLeft(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("2", "e", "tab")
	v.Type("2")
	save := v.Update(drive.Key("enter"))
	v.Press("esc")
	v.Miss(`Edit channel`)
	v.Run(save)
	v.See(`1  @ work2 `)
	v.Press("e", "tab")
	v.Type("3")
	f.Offline = true
	save = v.Update(drive.Key("enter"))
	v.Press("esc")
	v.Run(save)
	v.See(`Edit channel 1.*: The server cannot be reached`)
}

// TestTheEndOfASaveDoesNotTakeTheKeys leaves a form while it is saved, and writes something
// else by then.
func TestTheEndOfASaveDoesNotTakeTheKeys(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{})
	v.Press("2", "a")
	v.Type("late@new.example")
	save := v.Update(drive.Key("enter"))
	v.Press("esc", "3", "c")
	v.Type("Hel")
	v.Run(save)
	v.Type("lo 123456")
	v.See(`Hello 123456`)
	v.Press("esc")
	v.See(`Added channel 6: v enters its code`)
}

// TestAFormOpenedAgainEndsWithItsSave opens a form again whose save still runs.
func TestAFormOpenedAgainEndsWithItsSave(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{})
	v.Press("2", "a")
	v.Type("late@new.example")
	save := v.Update(drive.Key("enter"))
	v.Press("esc", "a")
	v.Run(save)
	v.See(`Verify channel 6`)
	v.Press("esc")
	v.Miss(`Add channel`, `Your draft is back`)
}
