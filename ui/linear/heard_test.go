package linear

import (
	"strings"
	"testing"

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
	v.hears("This code is wrong, and that was the last try. Ask for a new code.\nnew code sends one.\n", "Your code is 000000")
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

// TestMessagesAreMarkedAsTheWordSays, whatever they are.
func TestMessagesAreMarkedAsTheWordSays(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("messages")
	v.hears("as unread", "unread 1")
	v.hears("as unread", "unread 1")
	v.hears("as read", "read 1")
	v.hears("Channel 1 has this number already.", "channels", "move to 1 1")
	v.hears("There is no channel 1 here. Enter lists them. The list is narrowed to sms.", "types", "sms", "1")
	v.hears("The past, ", "activity", "at at 5m")
	v.types("channels")
	v.hears("2: say all of channel 2.", "help 2")
	v.hears("delete account is done in Profile", "back", "delete account")
	v.wantEnd()
}
