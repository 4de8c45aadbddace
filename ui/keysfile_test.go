package ui_test

import (
	"testing"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// withKeys returns a change for Restart that gives actions other keys.
func withKeys(t *testing.T, bindings ...keymap.Binding) func(*ui.Options) {
	t.Helper()
	keys, refused := keymap.Custom(bindings)
	if len(refused) > 0 {
		t.Fatalf("refused: %+v", refused)
	}
	return func(o *ui.Options) { o.Shell.Keys = &keys }
}

func TestOtherKeysWorkAndAreShown(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(withKeys(t, keymap.Binding{ID: keymap.TestChannel, Keys: []string{"f7"}}, keymap.Binding{ID: keymap.SwitchChannel}))
	v.Press("2")
	v.See(`F7 test`)
	v.Miss(`on/off`)
	v.Press("s")
	v.See(`There is no key s here`)
	v.Press("f7")
	v.See(`Channel 1: test message held`)
	v.Press("?")
	v.Type("/send a test")
	v.See(`send a test message \(stays sent\) +F7`)
}

// TestWhatHasNoKeyIsDoneFromThePalette, to which sentences lead as well.
func TestWhatHasNoKeyIsDoneFromThePalette(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(withKeys(t, keymap.Binding{ID: keymap.SwitchChannel}, keymap.Binding{ID: keymap.Undo}))
	v.Press("2", ":")
	v.Type("switch on or off")
	v.Press("enter")
	v.See(`✓ Channel 1 is off · : undo`)
	v.Press(":")
	v.Type("undo your last")
	v.Press("enter")
	v.See(`channel 1 is on`)
}

func TestWhatIsWrongWithTheKeysIsToldInTheConsole(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Warnings = []string{`/home/ada/.config/pinghome/keys.toml: row 4, column 1: there is no action "channels.tset". The usual keys stand.`}
	})
	v.See(`✗ /home/ada/.config/pinghome/keys.toml: row 4, column 1`)
	v.Press("!")
	v.See(`The usual keys stand`)
}

// TestAnUndoWithoutAKeyIsNamedByItsWords: the key of the list of commands alone undoes nothing.
func TestAnUndoWithoutAKeyIsNamedByItsWords(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(withKeys(t, keymap.Binding{ID: keymap.Undo}))
	v.Press("2", "d")
	v.See(`Undo in : brings back what is deleted here`)
}
