package ui

import (
	"fmt"
	"testing"

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
	v.pass(beat)
	v.see(`10 of 10 used`)
	v.press("a")
	v.see(`! The plan has room for 10 channels\. d deletes one\.`)
	v.miss(`Add channel`)
	v.press("d", "y", "a")
	v.see(`Add channel`)
}
