package linear

import (
	"regexp"
	"strings"
	"testing"
)

// codeIn is the code in what was said.
func (v *visit) codeIn(said string) string {
	v.t.Helper()
	code := regexp.MustCompile(`\b\d{6}\b`).FindString(said)
	if code == "" {
		v.t.Fatalf("there is no code in %s", said)
	}
	return code
}

// TestACodeThatIsHeldHereIsFound by what is said where it is waited for, and entered from there.
func TestACodeThatIsHeldHereIsFound(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Channel 6 was added. The code for it is held here; messages reads it.", "channels", "add ada@byron.example", "Home")
	v.hears("The code of channel 6, six digits, held here: messages reads it; empty for back:", "verify 6")
	v.hears("The whole message can be pasted.", "help")
	v.hears("1. Code, held, to channel 6,", "messages")
	v.hears("Channel 6 is proved and on.", "use code 1")
	v.hears("The test message is held here.\nmessages reads it, and word enters the word in it.", "channels", "test 6")
	v.hears("held here: messages reads it", "word 6")
	v.wantEnd()
}

// TestAMessageSaysWhatItsCodeIsGoodFor: one that is over, or that was entered, is not recommended.
func TestAMessageSaysWhatItsCodeIsGoodFor(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("use code enters it where it belongs.", "messages", "1")
	v.hears("It is not valid any more; new code in channels sends another.", "5")
	v.hears("Channel 3 is proved and on.", "1", "use code")
	v.hears("nothing waits for it any more.", "")
	v.wantEnd()
}

// TestAMessageThatIsPasted at a prompt or at the question for its code enters the code.
func TestAMessageThatIsPasted(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "add ada@byron.example", "Home", "messages")
	code := v.codeIn(v.types("1"))
	v.hears("Whose is it?", "b", "b", "Your PingHome code is "+code+". Do not share.")
	v.hears("is proved and on.", "channel 6")
	v.types("channels", "add ada@b.example", "Work", "messages")
	code = v.codeIn(v.types("1"))
	v.hears("Channel 7 is proved and on.", "channels", "verify 7", "Your PingHome code is "+code+". Do not share.")
	v.hears("This text has several codes. Type the one that is meant.", "add ada@c.example", "Play", "verify 8", "111111 222222")
	v.types("", "test 7", "messages")
	word := regexp.MustCompile(`(?i)give back this word: \pL+`).FindString(v.types("1"))
	v.hears("Channel 7 reaches its person.", "channels", word)
	v.hears("held, seen just now", "7")
	v.wantEnd()
}

// TestANumberThatIsNoCode stays one, and digits in another text are asked about.
func TestANumberThatIsNoCode(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("6. Email", "channels", "cancel change 5", "delete 3", "y", "add ada@byron.example", "Home", "")
	v.hears("Enter 1, 2, 3, 4, 5, 6 for: Channel 6? y or n", "Order 123456 is on its way.")
	v.hears("Nothing was changed.", "n")
	v.hears("This code is wrong; ", "123456")
	v.hears("There is no channel 123456 here.", "delete 6", "y", "123456")
	v.hears(`"Order 123456" is not known here.`, "Order 123456")
	v.wantEnd()
}

// TestOnesOwnWrongCode is no change elsewhere, wherever it is typed.
func TestOnesOwnWrongCode(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "add ada@byron.example", "Home")
	for _, lines := range [][]string{{"verify 6 000000"}, {"000000"}, {""}} {
		if said := v.types(lines...); strings.Contains(said, "elsewhere") {
			t.Errorf("after %q it says %s", lines, said)
		}
	}
	if _, err := v.Elsewhere.Backend().VerifyChannel(t.Context(), 6, "000000"); err == nil {
		t.Fatal("the code is right")
	}
	v.hears("Changed elsewhere. Wrong code", "")
	v.wantEnd()
}

// TestACodeHasTheSameWords on all screens, and what cannot be done is not in the help of a record.
func TestACodeHasTheSameWords(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("profile", "username ada@byron.example")
	for _, word := range []string{"verify", "code", "enter code"} {
		v.hears("The code of the new username", word)
		v.hears("Back.", "")
		v.hears("The code of channel 3", "channels", word+" 3")
		v.hears("Back.", "")
		v.types("profile")
	}
	v.hears("held here", "code")
	v.hears("A code was sent a short while ago.", "new code") // and it is asked for again
	v.hears("newest first", "messages")
	if said := v.types("channels", "2", "help"); strings.Contains(said, "new secret") || strings.Contains(said, "cancel change") || !strings.Contains(said, "delete, ") {
		t.Errorf("the help of an SMS channel has %s", said)
	}
	v.wantEnd()
}

// TestAWordOfOtherScreens says on which ones it means something, and help says what.
func TestAWordOfOtherScreens(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("delete is done in Channels and Messages: type one of these first.", "delete")
	v.hears("Here there is delete account", "profile", "delete")
	v.hears("send again is done in Messages: type messages first.", "send again")
	v.hears("send again, key ", "help send again")
	v.hears("Problem 1 of ", "problems")
	v.hears("There is no channel 0 here. b goes to the list.", "channels", "2", "0")
	v.wantEnd()
}
