package ui_test

import (
	"testing"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestTimesAreShownInTheStyleThatWasChosen(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(` 12d ago`, `60d ago`)
	for _, style := range []string{"local", "utc"} {
		v.Restart(func(o *ui.Options) { o.Shell.Times = style })
		v.Press("2")
		v.See(` Nov 11`, `✓ Sep 24`)
		v.Miss(` ago`)
	}
}

// TestValuesAreShownFromTheBeginning where masks are off, and hidden all the same by the key.
func TestValuesAreShownFromTheBeginning(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Shell.NoMasks = true })
	v.Press("2")
	v.See(`values shown`, uitest.John)
	v.Press("m")
	v.Miss(`values shown`)
	v.Press("m")
	v.See(`values shown 10s`)
}

// TestTheColumnsThatWereChosenGoBeforeThoseThatWereShownLast, and one that there is not is told.
func TestTheColumnsThatWereChosenGoBeforeThoseThatWereShownLast(t *testing.T) {
	chosen := func(o *ui.Options) {
		o.Tables = "Channels=Label,-Type,-Value,-On,-Seen,-Last attempts,-Median,-Last test,by -Label"
		o.Shell.Columns = map[keymap.Scope]shell.ChosenColumns{
			keymap.Channels: {Titles: []string{"on", "Value", "Speed", "On"}, Where: "config.toml: row 3, column 1"},
			keymap.Messages: {Titles: []string{"Colour"}, Where: "config.toml: row 4, column 1"},
		}
	}
	v := uitest.Open(t)
	v.Restart(chosen)
	v.See(`✗ config.toml: row 3, column 1: there is no column "Speed"; there are: Label, `)
	v.Press("2")
	v.See(`#    On +Value  `, `by label ↓`, `config.toml: row 4, column 1: there is no column "Colour"`)
	v.Miss(`Label +`)
	v.Press("C", "c", "enter", "4")
	v.See(`State +When +Channel`)
	v.Press("o")
	v.Type("smits")
	v.Press("enter", "2")
	v.See(`#    Type +Value +On +Seen`) // not again with the next account
}

func TestTheConsoleBeginsOnTheScreenThatWasChosen(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Screen = keymap.Messages })
	v.See(`\[4 Messages`)
}
