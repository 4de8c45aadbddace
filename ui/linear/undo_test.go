package linear

import "testing"

// TestAnUndoSaysWhatItDid, in the words of the journal.
func TestAnUndoSaysWhatItDid(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Taken back; now channel 1 is on.", "channels", "off 1", "undo")
	v.hears("Made again; now channel 1 is off.", "redo")
	v.hears("Taken back; now channel 1 is on.", "undo")
	v.hears("Taken back; now channel 6 (email) is gone.", "add ada@byron.example", "Home", "undo")
	v.hears("Taken back; now channel 1 is called work.", "edit 1", "2", "Attic", "undo")
	v.hears("Taken back; now channel 1 (email) is back", "delete 1", "y", "undo")
	v.hears("Taken back; now the surname is Smith.", "profile", "edit", "2", "Byron", "undo")
	v.wantEnd()
}

// TestAChangeThatWasNotHeardIsNotTakenBack without a question: the last change may be that of another console.
func TestAChangeThatWasNotHeardIsNotTakenBack(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("profile", "edit", "2", "Byron")
	if _, err := v.Elsewhere.Backend().SetChannelEnabled(t.Context(), 1, false); err != nil {
		t.Fatal(err)
	}
	v.hears("channel 1 is off, by console, just now.\nTake back: Switched off: channel 1 is off, by console, just now? y or n", "undo")
	v.hears("Nothing was changed.", "n")
	v.hears("Taken back; now channel 1 is on.", "undo")
	v.wantEnd()
}

// TestWhatStaysSentIsSaidBeforeAnUndo of an earlier change, which may not be meant.
func TestWhatStaysSentIsSaidBeforeAnUndo(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("profile", "edit", "2", "Byron")
	v.hears("The feedback stays sent. Take back the change before it: Name changed: the surname is Byron, by console, just now? y or n", "feedback", "write", "Good", ".", "y", "undo")
	v.hears("Nothing was changed.", "n")
	v.hears("The feedback stays sent.", "undo")
	v.hears("Taken back; now the surname is Smith.", "y")
	v.types("channels", "off 1", "test 2")
	v.hears("The test message stays sent. Take back", "undo")
	v.hears("Taken back; now channel 1 is on.", "yes")
	v.hears("Made again; now channel 1 is off.", "redo")
	v.hears("Taken back; now channel 1 is on.", "undo") // the test is not the last thing any more
	v.wantEnd()
}

// TestAChangeElsewhereDuringAQuestionIsTold also where the answer is no, and nothing was done.
func TestAChangeElsewhereDuringAQuestionIsTold(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	v.types("profile", "delete account", "7", "john.smith@ping-home.org") // the command asks
	if _, err := other.SetChannelEnabled(t.Context(), 1, false); err != nil {
		t.Fatal(err)
	}
	v.hears("Changed elsewhere. Switched off: channel 1 is off, by console", "n")
	v.wantEnd()
}
