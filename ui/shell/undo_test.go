package shell_test

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestLastChangeIsUndone(t *testing.T) {
	v := uitest.Open(t)
	v.Press("z")
	v.See(`! Nothing to undo: you have changed nothing`)
	v.Press("e", "ctrl+u")
	v.Type("Jack")
	v.Press("ctrl+s")
	v.See(`Name +Jack`)
	v.Press("z")
	v.See(`✓ Undone: the name is John · Z makes it again`, `Name +John`)
	v.Press("2", " ", " ", "s")
	v.See(`✓ Channels 1 and 2 are off · z undo`, `1  @ .*off`, `2  ✆ .*off`)
	v.Press("z")
	v.See(`✓ Undone: channel 1 is on, channel 2 is on`, `1  @ .*on `, `2  ✆ .*on `, `4  ⚑ .*off`)
	v.Press("z") // or the key would switch channels off without a question
	v.See(`! Nothing to undo`, `1  @ .*on `)
}

// TestUndoWaitsForTheChangeThatIsBeingMade: keys are typed faster than a server answers.
func TestUndoWaitsForTheChangeThatIsBeingMade(t *testing.T) {
	v := uitest.Open(t, "2", "s")
	v.See(`✓ Channel 1 is off`)
	v.Press("j")
	slow := v.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("s")})
	v.Press("z")
	v.Run(slow)
	v.Pass(uitest.WarningTime)
	v.See(`✓ Undone: channel 2 is on`, `1  @ .*off`, `2  ✆ .*on `)
}
