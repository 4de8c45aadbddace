package linear

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
)

// TestTheLastWayIsNotTakenAwayUnasked: a person is asked before nothing reaches them any more.
func TestTheLastWayIsNotTakenAwayUnasked(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "off 1, 2")
	v.hears("No channel would reach this account any more. Switch off 1 channel: 5? y or n", "off 5")
	v.hears("Back. Nothing was changed.", "")
	v.hears("No channel would reach this account any more. Delete channel 5, ", "delete 5")
	v.hears("Back. Nothing was changed.", "n")
	v.hears("No channel is left that a message could reach the person by.", "off 5", "y")
	v.wantEnd()
}

// TestACodeFindsItsChannel: the only one that waits for a code, or the one that is named.
func TestACodeFindsItsChannel(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "delete 5", "y")
	v.hears("The code of channel 3, six digits", "verify")
	v.hears("Back. Nothing was changed.", "")
	v.hears("This code is wrong; 4 tries left.", "verify 000000") // and no channel of that number
	v.hears("Channel 3.\nThis code is wrong; 3 tries left.", "back", "profile", "Your code is 000000")
	v.types("Your code is 000000", "Your code is 000000")
	v.hears("This code is wrong, and that was the last try. Ask for a new code.\nnew code 3, in Channels, sends one.\n", "Your code is 000000")
	v.hears("1. Wrong code: channel 3 (webhook), 0 tries left", "activity")
	v.wantEnd()
}

// TestWhatEndsAQuestionIsSaid: the end of the input changes nothing, and a draft is not lost unheard.
func TestWhatEndsAQuestionIsSaid(t *testing.T) {
	for _, c := range []struct {
		lines     []string
		keepsNone bool
		said      string
	}{
		{[]string{"channels", "add", "ada@b.example"}, false, "The end. Nothing was changed.\n"},
		{[]string{"feedback", "write", "Good"}, false, "The end. The draft is kept.\n"},
		{[]string{"feedback", "write", "Good"}, true, "The end. The draft is not kept: nothing of the demo is.\n"},
		{[]string{"channels"}, false, ""},
	} {
		v := begin(t, func(o *ui.Options) {
			if c.keepsNone {
				o.Shell.Drafts = nil
			}
		})
		v.heard()
		v.types(c.lines...)
		_ = v.in.Close()
		if said := strings.TrimPrefix(v.heard(), "\n"); said != c.said {
			t.Errorf("after %v it ends with %q", c.lines, said)
		}
		v.wantEnd()
	}
}

// TestMessagesAreMarkedAsTheWordSays, also those that are marked so already.
func TestMessagesAreMarkedAsTheWordSays(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("messages")
	v.hears("as unread", "unread 1")
	v.hears("as unread", "unread 1")
	v.hears("as read", "read 1")
	v.wantEnd()
}

// TestHelpIsAboutWhatIsMeant here: a number is a record, and a narrowed list says so.
func TestHelpIsAboutWhatIsMeant(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("delete account is done in Profile", "delete account")
	v.hears("2: say all of channel 2.", "channels", "help 2")
	v.hears("There is no channel 77 here.", "help 77")
	v.hears("Channel 1 has this number already.", "move to 1 1")
	v.hears("There is no channel 1 here. Enter lists them. The list is narrowed to sms.", "types", "sms", "1")
	v.hears("The past, ", "activity", "at at 5m")
	v.wantEnd()
}

// TestANumberNamesItsOwnRecord, also before a code, and behind a word of a question.
func TestANumberNamesItsOwnRecord(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("This code is no longer valid: a code lasts 10 minutes.", "channels", "3", "verify 5 000000")
	v.hears("This code is wrong; 4 tries left.", "verify 3 000 000")
	v.hears("A code has only digits", "verify 3", "new code 5")
	v.hears("The code for hooks.example.com/ hidden is held here", "new code 3")
	_ = v.in.Close()
	if said := v.heard(); said != "\nThe end.\n" { // and not that nothing was changed
		t.Errorf("it ends with %q", said)
	}
	v.wantEnd()
}

// TestALineOfAFeedbackIsNoWord but for those that are said.
func TestALineOfAFeedbackIsNoWord(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("feedback", "write", "repeat 3")
	v.hears("This is the draft so far:\nrepeat 3\n", "repeat")
	v.wantEnd()
}

// TestACodeThatWasSentStaysSent: an undo after it is about a change before it.
func TestACodeThatWasSentStaysSent(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("profile", "username ada@b.example")
	v.Elsewhere.Pass(2 * time.Minute)
	v.hears("is held here", "new code")
	v.hears("The code stays sent. Take back the change before it: New username asked for", "undo")
	v.wantEnd()
}
