package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
)

func TestWhatIsTypedOnTheTypeGoesToTheValue(t *testing.T) {
	v := channelsOf(t)
	v.Press("a")
	v.Type("nobody@half.second")
	v.See(`@ email`, `Value +nobody@half.second`)
	v.Press("esc", "a") // with its draft
	v.See(`Your draft is back`, `‹ @ email ›`)
	v.Press("tab")
	v.Type(".org")
	v.See(`Value +nobody@half.second.org`)
	v.Press("esc", "a")
	v.Type("X")
	v.See(`Value +nobody@half.second.orgX`)
	v.Press("backspace", "enter")
	v.See(`Verify channel 6 · email`)
}

func TestALetterOfATypeChoosesIt(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "s")
	v.See(`‹ ✆ sms ›`)
	v.Type("+994551234568")
	v.See(`✆ sms`, `Value +\+994551234568`)
}

func TestABurstAndAPasteGoWholeToTheValue(t *testing.T) {
	v := channelsOf(t)
	v.Press("a")
	v.Burst("support@new.example")
	v.See(`@ email`, `Value +support@new.example`)
	v.Press("ctrl+u", "tab")
	v.Paste("p")
	v.See(`@ email`, `Value +p`)
}

func TestAFullListSaysSoBeforeAnythingIsTyped(t *testing.T) {
	v := channelsOf(t)
	for i := range 5 {
		if _, err := v.opened(john).View.CreateChannel(t.Context(), backend.TypeEmail, fmt.Sprintf("more%d@new.example", i)); err != nil {
			t.Fatal(err)
		}
	}
	v.Pass(PollInterval)
	v.See(`10 of 10 used`)
	v.Press("a")
	v.See(`! The plan has room for 10 channels\. d deletes one\.`)
	v.Miss(`Add channel`)
	v.Press("d", "y", "a")
	v.See(`Add channel`)
}

func TestAnEditedChannelWorksOnItsOldValueUntilVerified(t *testing.T) {
	v := channelsOf(t)
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	v.Press("enter")
	v.See(`the old value works until the new one`, `Verify channel 1`)
	v.Press("esc")
	v.Pass(10 * time.Second)
	v.See(`▌  1  @ email +js••@new.example \+old +… 0?9:50`, `Until the new value is verified, messages go to jo••@ping-home.org`)
	v.Press("enter", "m")
	v.See(`Value +js@new.example`, `In force +john.smith@ping-home.org`, `until the new value is`, `… 0?9:50`)
	if c := v.channel(1); c.ActiveValue != john || !c.Reachable() {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
	v.Press("v")
	v.Type(v.code("js@new.example"))
	v.See(`✓ Channel 1 is verified`)
	if c := v.channel(1); c.ActiveValue != "js@new.example" {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
}

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "w", "tab")
	v.Type("https://hooks.example.org/half")
	v.Press("ctrl+c")
	if !v.HasQuit {
		t.Fatal("ctrl+c did not quit")
	}
	v.again(john)
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

func TestAChoiceIsTurnedAndBoxesAreWalked(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "right", "right", "left")
	v.See(`‹ ✆ sms ›`)
	v.Press("left", "left")
	v.See(`‹ ⚑ push ›`)
	v.Press("f1")
	v.Type("next value")
	v.See(`Choices: next value`)
	v.Press("esc", "esc", "j", "j", "v", "1", "2", "left", "left", "9")
	v.See(`│ 9 ││ 2 ││   │`)
}

func TestADraftBelongsToItsChannelAndNotToItsNumber(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "tab")
	v.Type("six@new.example")
	v.Press("enter", "esc", "e")
	v.Type("half")
	v.Press("esc", "d", "y", "a", "tab")
	v.Pass(time.Second)
	v.Type("other@new.example")
	v.Press("enter", "esc", "e")
	v.See(`Edit channel 6`)
	v.Miss(`half`)
}

func TestKeysTypedBeforeTheDraftIsBackComeAfterIt(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "tab")
	v.Type("draft")
	v.Press("ctrl+c")
	v.again(john)
	v.Press("2")
	looking := v.Update(drive.Key("a"))
	v.Update(drive.Key("X"))
	v.Run(looking)
	v.See(`Value +draftX`)
}
