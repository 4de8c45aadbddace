package linear

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestAnswersThatAreNone are told, and nothing is done.
func TestAnswersThatAreNone(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("There is no screen 7.", "7")
	v.hears("There is no screen 0.", "0")
	v.hears("There is no screen -1.", "-1")
	v.hears("is not known here", "99999999999999999999")
	v.hears("1. Profile.", "")
	v.hears("1. Profile.", "   ")
	v.hears(`"xyz" is not known here.`, "xyz")
	v.hears("and so on", strings.Repeat("x", 10000))
	v.hears("This line is too long.", strings.Repeat("x", 70000))
	v.hears("This is not valid UTF-8 text.", "\xff\xfe")
	if said := v.types("\x1b[31mred\x07"); strings.ContainsAny(said, "\x1b\x07") {
		t.Errorf("control characters are printed: %q", said)
	}
	v.hears("There is no list here", "find x")
	v.hears("add is done in Channels: type channels first.", "add ada@b.example")
	v.hears("takes nothing behind it", "undo 3")
	v.hears("There is no channel 9 here.", "channels", "9")
	v.hears("There is no channel 6 here. Enter lists them. The screen Accounts goes by its word.", "6")
	v.hears("There is no channel 9 here.", "edit 9")
	v.hears("Back. Nothing was changed.", "edit", "")
	v.hears("\"word\" is no number of a channel.", "edit", "word")
	v.hears("Back. Nothing was changed.", "n")
	v.hears("There is no channel 12 here.", "verify", "12") // and it asks again
	v.hears("is verified: no code is needed", "1")
	v.hears("This is none of them.", "edit 1", "4")
	v.hears("Back. Nothing was changed.", "")
	v.hears("is verified: no code is needed", "verify 1")
	v.hears("No test of channel 4 waits", "word 4")
	v.hears("Channel 1 cannot be moved further.", "move up 1")
	v.hears("Channel 1 is no webhook", "new secret 1")
	v.hears("No username change is waiting for a code.", "profile", "new code")
	v.hears("No username change is waiting for a code.", "enter code")
	v.hears("No username change is waiting for a code.", "cancel change")
	v.hears("There is no channel 99 here.", "channels", "1", "99")
	v.hears("Channel 3. ", "3") // from a record to another one
	v.hears("Channel 3. Webhook", "")
	v.hears("This is the start; quit ends.", "b", "b", "b")
	v.wantEnd()
}

// TestARefusedValueIsAskedForAgain, and what was said beside it stays.
func TestARefusedValueIsAskedForAgain(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels")
	v.hears("An email address has a name", "add", "not an address")
	v.hears("An address, a number or a URL;", "nothing@")
	v.hears("Use at most 40 characters", "ada@byron.example", strings.Repeat("x", 41))
	v.hears("Channel 6 was added.", "Home")
	v.hears("An address, a number or a URL;", "add", "ada@byron.example", "Other")
	v.hears("Channel 7 was added.", "ada@b.example")
	v.hears("New value;", "edit 7", "1", "nothing")
	v.hears("New value;", "ada@byron.example") // another channel has it
	v.hears("Back. Nothing was changed.", "")
	v.hears("6. Email letter a hidden @byron.example, Home", "")
	v.hears("7. Email letter a hidden @b.example, Other", "")
	v.hears("six digits, held here: messages reads it; empty for back:", "verify 6", "12345", "abc", "1234567")
	v.hears("Back. Nothing was changed.", "")
	v.hears("New name;", "profile", "edit", "1", strings.Repeat("x", 101))
	v.hears("The name is Ada Smith.", "Ada")
	v.hears("New username, an email", "username", "nothing", "john.smith@ping-home.org")
	v.hears("Back. Nothing was changed.", "")
	v.hears("The draft is kept; it has 5100 characters", "feedback", "write", strings.Repeat("x", 5100), ".", "y")
	v.hears("Throw away 1 line? y or n", "new")
	v.hears("Nothing was thrown away.", "n")
	v.hears("Both lines were taken for text.", "new", "and more that was pasted")
	v.hears("The draft is empty.", "new", "y")
	v.hears("Nothing was sent.", "-", ".", "back")
	v.hears("Both lines were taken for text.", ".", "and more that was pasted")
	v.hears("The feedback was sent.", ".", "y")
	v.wantEnd()
}

// TestADraftIsTheConsoles, in both directions.
func TestADraftIsTheConsoles(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("The draft is kept.", "feedback", "write", "Typed line by line.", "back")
	v.hears("This is the draft so far:\nTyped line by line.", "write")
	v.wantEnd() // in the middle of a question
	v.Elsewhere.Restart()
	v.Elsewhere.Press("3")
	v.Elsewhere.See("Typed line by line.")
}

// TestOneEndsInTheMiddle by a signal or with its output: an error says so, and what was typed is kept.
func TestOneEndsInTheMiddle(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "add")
	v.end()
	if err := <-v.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("a signal ends it with %v", err)
	}
	v = begin(t)
	v.heard()
	_ = v.out.Close()
	_, _ = v.in.WriteString("channels\n")
	if err := <-v.ended; err == nil || !strings.Contains(err.Error(), "could not be written") {
		t.Errorf("without an output it ends with %v", err)
	}
}

// TestALineWithoutItsEndIsNoAnswer: the input ended in the middle of it, so nothing is done.
func TestALineWithoutItsEndIsNoAnswer(t *testing.T) {
	for half, lines := range map[string][]string{
		"Zed": {"profile", "edit", "1"}, ".": {"feedback", "write", "Half a thought"}, "y": {"channels", "delete 1"}, "off 1": {"channels"}, "undo": {},
	} {
		v := begin(t)
		v.heard()
		v.types(lines...)
		before, err := v.Elsewhere.Backend().Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = v.in.WriteString(half)
		_ = v.in.Close()
		if said := v.heard(); !strings.Contains(said, "The last line has no end") {
			t.Errorf("after half of %q it says %s", half, said)
		}
		if err := <-v.ended; err != nil {
			t.Error(err)
		}
		if after, err := v.Elsewhere.Backend().Revision(t.Context()); err != nil || after != before {
			t.Errorf("%q without its end changed something: %v", half, err)
		}
	}
}

// TestReadOnly changes nothing.
func TestReadOnly(t *testing.T) {
	v := begin(t, func(o *ui.Options) { o.Shell.ReadOnly = true })
	if said := v.heard(); !strings.Contains(said, "Opened for reading only") {
		t.Errorf("it begins with %s", said)
	}
	v.hears("Opened for reading only", "channels", "delete 1")
	v.hears("Opened for reading only", "undo")
	v.hears("Opened for reading only", "profile", "edit")
	v.hears("on, held", "channels")
	v.hears("Opened for reading only", "feedback", "write")
	v.wantEnd()
}

// TestTheBackendIsAway in between: what was read last is said, and what was typed can be sent again.
func TestTheBackendIsAway(t *testing.T) {
	f := &uitest.Faulty{}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
	v.heard()
	v.types("channels")
	f.Offline = true
	v.hears("The server cannot be reached. What was read last is said;", "b")
	v.hears("This was read just now.\nChannels. 5 channels", "channels")
	v.hears("Send the same once more? y or n", "add", "ada@byron.example", "Home")
	f.Offline = false
	if said := v.types("y"); !strings.Contains(said, "Channel 6 was added.") || !strings.Contains(said, "The account can be read again.") {
		t.Errorf("it says %s", said)
	}
	v.wantEnd()
}

// TestALostAnswer can be tried again, which does nothing twice.
func TestALostAnswer(t *testing.T) {
	f := &uitest.Faulty{}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
	v.heard()
	f.LoseReply = true
	v.hears("Send the same once more? y or n", "channels", "off 1")
	f.LoseReply = false
	v.hears("Channel 1 is off.", "y")
	for key, n := range f.Keys {
		if n > 2 || key == "" {
			t.Errorf("the key %q was sent %d times", key, n)
		}
	}
	v.wantEnd()
}

// TestALostAnswerAsksNothingTwice: what a URL is was said already.
func TestALostAnswerAsksNothingTwice(t *testing.T) {
	f := &uitest.Faulty{}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
	v.heard()
	f.LoseReply = true
	v.hears("Send the same once more? y or n", "channels", "add https://a.example/hook", "webhook", "Hook")
	f.LoseReply = false
	v.hears("Channel 6 was added.", "y")
	v.wantEnd()
}

// TestOwnKeys are those of linear mode, too, as far as a line can have them.
func TestOwnKeys(t *testing.T) {
	keys, wrong := keymap.Custom([]keymap.Binding{{ID: keymap.TestChannel, Keys: []string{"ctrl+t", "§"}}, {ID: keymap.Undo}})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	v := begin(t, func(o *ui.Options) { o.Shell.Keys = &keys })
	v.heard()
	v.hears("The test message is held", "channels", "§ 1")
	v.hears(`"t 1" is not known here.`, "t 1")
	v.hears("test, key §: send", "help test")
	v.hears("undo: undo", "help undo")
	v.wantEnd()
}

// TestALostAnswerToANewValue can be tried again, too: the channel has that value then.
func TestALostAnswerToANewValue(t *testing.T) {
	f := &uitest.Faulty{}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
	v.heard()
	v.types("channels")
	for channel, value := range map[string]string{"2": "+994557654321", "3": "https://a.example/new"} { // of which one is not proved yet
		f.LoseReply = true
		v.hears("Send the same once more? y or n", "edit "+channel, "value", value)
		f.LoseReply = false
		v.hears("is held here; messages reads it.", "y")
	}
	v.wantEnd()
}
