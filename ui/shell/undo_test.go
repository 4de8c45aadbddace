package shell_test

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
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

// TestUndoSaysWhatStays: it does not take an earlier change back in its place unasked.
func TestUndoSaysWhatStays(t *testing.T) {
	v, _ := uitest.OpenSending(t)
	v.Press("2", "s")
	v.See(`✓ Channel 1 is off`)
	v.Press("s", "t")
	v.SendQueued()
	v.Poll()
	v.Press("z")
	v.See(`! A sent message cannot be taken back: z undoes the change before it`, `1  @ .*on `)
	v.Press("z")
	v.See(`✓ Undone: channel 1 is off`, `1  @ .*off`)
}

// TestAnAnswerToATestThatComesLateIsNotTheLastThing: what was done after it was sent is undone.
func TestAnAnswerToATestThatComesLateIsNotTheLastThing(t *testing.T) {
	v := uitest.Open(t, "2")
	slow := v.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("t")})
	v.Press("j", "s")
	v.See(`✓ Channel 2 is off`)
	v.Run(slow)
	v.Pass(uitest.WarningTime)
	v.Press("z")
	v.See(`✓ Undone: channel 2 is on`)
}

// TestUndoWithALostAnswerIsSentAgainWithTheSameKey, so that no second change is taken back.
func TestUndoWithALostAnswerIsSentAgainWithTheSameKey(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("2", "s", "j", "s")
	v.See(`1  @ .*off`, `2  ✆ .*off`)
	clear(f.Keys)
	f.LoseReply = true
	v.Press("z")
	v.See(`\? It is not known whether this was done`, `1  @ .*off`, `2  ✆ .*on `)
	v.Press("z")
	f.LoseReply = false
	v.Press("z")
	v.See(`✓ Undone: channel 2 is on`, `1  @ .*off`, `2  ✆ .*on `)
	if len(f.Keys) != 1 {
		t.Fatalf("it was sent as %d commands", len(f.Keys))
	}
	v.Press("z")
	v.See(`✓ Undone: channel 1 is on`, `1  @ .*on `, `2  ✆ .*on `)
	f.LoseReply = true
	v.Press("Z", "Z")
	f.LoseReply = false
	v.Press("Z")
	v.See(`✓ Made again: channel 1 is off`, `1  @ .*off`, `2  ✆ .*on `)
}

// TestUndoOfTheConsoleItselfOutlastsAMessage on a server that keeps no journal.
func TestUndoOfTheConsoleItselfOutlastsAMessage(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureUndo: "It keeps none."}})
	v.Press("e", "ctrl+u")
	v.Type("Jack")
	v.Press("ctrl+s", "2", "t")
	v.Press("z")
	v.See(`! A sent message cannot be taken back: z undoes the change before it`)
	v.Press("z")
	v.See(`✓ The name is as it was`)
	v.Press("t", "z")
	v.See(`Nothing to undo: on this server`)
}
