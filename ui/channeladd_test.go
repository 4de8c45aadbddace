package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
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
