package ui

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

func TestWhatIsTypedOnTheTypeGoesToTheValue(t *testing.T) {
	v := channelsOf(t)
	v.press("a")
	v.write("nobody@half.second")
	v.see(`@ email`, `Value +nobody@half.second`)
	v.press("esc", "a") // with its draft
	v.see(`Your draft is back`, `‹ @ email ›`)
	v.press("tab")
	v.write(".org")
	v.see(`Value +nobody@half.second.org`)
	v.press("esc", "a")
	v.write("X")
	v.see(`Value +nobody@half.second.orgX`)
	v.press("backspace", "enter")
	v.see(`Verify channel 6 · email`)
}

func TestALetterOfATypeChoosesIt(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "s")
	v.see(`‹ ✆ sms ›`)
	v.write("+994551234568")
	v.see(`✆ sms`, `Value +\+994551234568`)
}

func TestABurstAndAPasteGoWholeToTheValue(t *testing.T) {
	v := channelsOf(t)
	v.press("a")
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("support@new.example")})
	v.see(`@ email`, `Value +support@new.example`)
	v.press("ctrl+u", "tab")
	v.paste("p")
	v.see(`@ email`, `Value +p`)
}

func TestAFullListSaysSoBeforeAnythingIsTyped(t *testing.T) {
	v := channelsOf(t)
	for i := range 5 {
		if _, err := v.opened(john).View.CreateChannel(t.Context(), backend.TypeEmail, fmt.Sprintf("more%d@new.example", i)); err != nil {
			t.Fatal(err)
		}
	}
	v.pass(pollInterval)
	v.see(`10 of 10 used`)
	v.press("a")
	v.see(`! The plan has room for 10 channels\. d deletes one\.`)
	v.miss(`Add channel`)
	v.press("d", "y", "a")
	v.see(`Add channel`)
}

func TestAnEditedChannelWorksOnItsOldValueUntilVerified(t *testing.T) {
	v := channelsOf(t)
	v.press("e", "ctrl+u")
	v.write("js@new.example")
	v.press("enter")
	v.see(`the old value works until the new one`, `Verify channel 1`)
	v.press("esc")
	v.pass(10 * time.Second)
	v.see(`▌  1  @ email +js••@new.example \+old +… 0?9:50`, `Until the new value is verified, messages go to jo••@ping-home.org`)
	v.press("enter", "m")
	v.see(`Value +js@new.example`, `In force +john.smith@ping-home.org`, `until the new value is`, `… 0?9:50`)
	if c := v.channel(1); c.ActiveValue != john || !c.Reachable() {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
	v.press("v")
	v.write(v.code("js@new.example"))
	v.see(`✓ Channel 1 is verified`)
	if c := v.channel(1); c.ActiveValue != "js@new.example" {
		t.Fatalf("messages go to %q", c.ActiveValue)
	}
}

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "w", "tab")
	v.write("https://hooks.example.org/half")
	v.press("ctrl+c")
	if !v.quit {
		t.Fatal("ctrl+c did not quit")
	}
	v.again(john)
	v.press("2", "a")
	v.see(`⇄ webhook`, `Value +https://hooks.example.org/half`, `Your draft is back`)
	v.size(40, 15)
	v.see(`hooks.example.org/half`)
	v.fits()
	v.size(80, 24)
	v.write("-whole")
	v.press("enter", "esc", "a")
	v.miss(`half`)
}

func TestAChoiceIsTurnedAndBoxesAreWalked(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "right", "right", "left")
	v.see(`‹ ✆ sms ›`)
	v.press("left", "left")
	v.see(`‹ ⚑ push ›`)
	v.press("f1")
	v.write("next value")
	v.see(`Choices: next value`)
	v.press("esc", "esc", "j", "j", "v", "1", "2", "left", "left", "9")
	v.see(`│ 9 ││ 2 ││   │`)
}

func TestADraftBelongsToItsChannelAndNotToItsNumber(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "tab")
	v.write("six@new.example")
	v.press("enter", "esc", "e")
	v.write("half")
	v.press("esc", "d", "y", "a", "tab")
	v.pass(time.Second)
	v.write("other@new.example")
	v.press("enter", "esc", "e")
	v.see(`Edit channel 6`)
	v.miss(`half`)
}

func TestKeysTypedBeforeTheDraftIsBackComeAfterIt(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "tab")
	v.write("draft")
	v.press("ctrl+c")
	v.again(john)
	v.press("2")
	_, looking := v.m.Update(keyOf("a"))
	v.m.Update(keyOf("X"))
	v.run(looking)
	v.see(`Value +draftX`)
}
