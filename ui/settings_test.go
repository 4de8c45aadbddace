package ui_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
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
			keymap.Channels: {Titles: []string{"on", "Value", "On"}, Where: "config.toml: row 3, column 1"},
			keymap.Messages: {Titles: []string{"Colour", "When"}, Where: "config.toml: row 4, column 1"},
		}
	}
	v := uitest.Open(t)
	v.Restart(chosen)
	v.See(`✗ config.toml: row 4, column 1: console.columns.messages: there is no column +\n +"Colour", so none were chosen; there are: State, `)
	v.Press("2")
	v.See(`#    On +Value  `, `by label ↓`)
	v.Miss(`Label +`)
	v.Press("C", "c", "enter", "5")
	v.See(`State +When +Channel`)
	v.Press("o")
	v.Type("smits")
	v.Press("enter", "2")
	v.See(`#    Type +Value +On +Seen`) // not again with the next account
}

// TestChosenColumnsEndWithTheSetting: they are not remembered as what the user has chosen.
func TestChosenColumnsEndWithTheSetting(t *testing.T) {
	v, again := uitest.Open(t), asLeft(t.TempDir())
	v.Restart(func(o *ui.Options) {
		again(o)
		o.Shell.Columns = map[keymap.Scope]shell.ChosenColumns{keymap.Channels: {Titles: []string{"Value"}}}
	})
	v.Press("2")
	v.See(`#    Value +╮?`)
	v.Miss(`Last attempts`)
	v.Press("-") // sorting chooses no columns
	v.Press("o")
	v.Type("smits")
	v.Press("enter", "2")
	v.Miss(`Last attempts`) // with the next account, too
	v.Restart(again)
	v.See(`Label +Value +On`)
}

func TestTheConsoleBeginsOnTheScreenThatWasChosen(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Screen = keymap.Messages })
	v.See(`\[5 Messages`)
}

// chooses finds a value of a setting in the palette, and chooses it.
func chooses(v *uitest.Visit, typed string) {
	v.T.Helper()
	v.Press(":")
	v.Type(typed)
	v.Press("enter")
}

// TestASettingThatIsChosenIsInUseAtOnce, each until the console ends.
func TestASettingThatIsChosenIsInUseAtOnce(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(themed(theme.Options{Name: "dark", Profile: termenv.TrueColor}))
	v.Press("2")
	was := v.Screen()
	chooses(v, "settings theme light")
	if v.Screen() == was || !strings.Contains(v.Screen(), "\x1b[38;2;31;36;48;48;2;251;252;254m") {
		t.Errorf("the screen is not light: %q", v.Screen())
	}
	chooses(v, "settings theme mono")
	v.See(`Theme › mono until the console ends\.`)
	chooses(v, "settings ascii on")
	v.See(`Ascii > on until`, `\+-.*Channels`)
	chooses(v, "settings ascii off")
	chooses(v, "settings times utc")
	v.See(` Nov 11`)
	chooses(v, "settings times ago")
	v.See(` 12d ago`)
	chooses(v, "settings masks off")
	v.See(`values shown`, `\+994 55 123 45 67`)
	chooses(v, "settings masks on")
	v.Miss(`values shown`)
	chooses(v, "settings mouse on")
	v.See(`Mouse › on until the console ends`)
	v.Press(":")
	v.Type("settings mouse")
	v.See(`Settings: mouse › on\) · This is in use`)
	v.Miss(`Settings: keep`)
}

// TestChosenSettingsAreKept, all at once, when that is asked for, and what fails is told.
func TestChosenSettingsAreKept(t *testing.T) {
	var kept []ui.Setting
	var fails error
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.KeepSettings = func(chosen []ui.Setting) (string, error) {
			kept = chosen
			return "Kept in config.toml.", fails
		}
	})
	v.Press(":")
	v.Type("settings keep")
	v.Miss(`Settings: keep`)
	v.Press("esc")
	chooses(v, "settings times utc")
	v.See(`Times › utc until the console ends; : keep writes it down\.`)
	chooses(v, "settings still on")
	chooses(v, "settings times local")
	fails = errors.New("the disk is full")
	chooses(v, "settings keep")
	v.See(`✗ The settings are not kept: the disk is full`)
	fails = nil
	chooses(v, "settings keep")
	v.See(`✓ Kept in config.toml\.`)
	if want := []ui.Setting{{Name: "times", Value: `"local"`}, {Name: "still", Value: "true"}}; !slices.Equal(kept, want) {
		t.Errorf("kept are %v", kept)
	}
	v.Press(":")
	v.Type("settings keep")
	v.Miss(`Settings: keep`)
}

// TestManyFaultsAreOneNotice: the others are in the list, or where that is too short, printed by
// a command.
func TestManyFaultsAreOneNotice(t *testing.T) {
	v := uitest.Open(t)
	for n, want := range map[int]string{1: `✗ fault 0 `, 3: `✗ fault 0 \(! lists 2 more\.\)`, 50: `! lists 49 more`, 10_000: `"pinghome config" lists 9999 more`} {
		v.Restart(func(o *ui.Options) {
			for i := range n {
				o.Warnings = append(o.Warnings, fmt.Sprintf("fault %d", i))
			}
		})
		v.See(want)
		v.Press("!")
		v.See(`✗ fault 0`)
		if n > 1 {
			v.See(`✗ fault 1\b`, `✗ fault 2\b`)
		}
	}
}
