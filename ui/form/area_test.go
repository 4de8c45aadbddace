package form

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/theme"
	"github.com/muesli/termenv"
)

func TestAnAreaShowsEveryLineThatWasTyped(t *testing.T) {
	a := NewArea("say it")
	look := theme.New(theme.Options{Name: "dark", Profile: termenv.Ascii})
	a.SetSize(30, 5)
	a.Focus(true)
	for _, msg := range []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune("one")}, {Type: tea.KeyEnter}, {Type: tea.KeyRunes, Runes: []rune("two")}} {
		a.Update(msg)
	}
	a.SetSize(30, 5)
	if got := strings.Join(a.View(look, 30, true), "|"); !strings.HasPrefix(got, "one"+strings.Repeat(" ", 27)+"|two ") {
		t.Fatalf("%q", got)
	}
}
