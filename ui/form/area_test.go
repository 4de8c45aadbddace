package form

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/theme"
)

func TestAnAreaShowsEveryLineThatWasTyped(t *testing.T) {
	a := NewArea("say it")
	look := theme.New(theme.Options{Name: "dark", Profile: termenv.Ascii})
	a.SetSize(30, 5)
	a.Focus(true)
	for _, key := range []string{"o", "n", "e", "enter", "t", "w", "o"} {
		a.Update(drive.Key(key))
	}
	a.SetSize(30, 5)
	if got := strings.Join(a.View(look, 30, true), "|"); !strings.HasPrefix(got, "one"+strings.Repeat(" ", 27)+"|two ") {
		t.Fatalf("%q", got)
	}
}
