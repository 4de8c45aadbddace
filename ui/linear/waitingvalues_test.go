package linear

import (
	"strings"
	"testing"
	"time"
)

// TestANewValueOfAnotherConsoleIsNotReplaced without a question: its code would be thrown away.
func TestANewValueOfAnotherConsoleIsNotReplaced(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	v.types("channels", "edit 1", "1") // the question for the value is open
	if _, err := other.UpdateChannel(t.Context(), 1, "elsewhere@byron.example", nil); err != nil {
		t.Fatal(err)
	}
	v.hears("el hidden @byron.example was asked for elsewhere, and waits for its code. Replace it by mi hidden @byron.example? y or n", "mine@byron.example")
	v.hears("Nothing was changed.", "n")
	v.hears("new value el hidden @byron.example", "")
	v.hears("The code for mi hidden @byron.example is held here", "edit 1", "1", "mine@byron.example") // it was heard
	v.types("profile", "username")
	v.Elsewhere.Now = v.Elsewhere.Now.Add(2 * time.Minute) // so that codes are not too often
	if _, err := other.ChangeUsername(t.Context(), "elsewhere@byron.example"); err != nil {
		t.Fatal(err)
	}
	v.hears("el hidden @byron.example was asked for elsewhere", "ada@byron.example")
	v.hears("The code for letter a hidden @byron.example is held here", "y")
	v.wantEnd()
}

// TestTheUsernameOfADeletionIsTheOneOfNow, and is not said in full.
func TestTheUsernameOfADeletionIsTheOneOfNow(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	v.hears("This deletes the account of John Smith, jo hidden @ping-home.org, with its channels", "profile", "delete account")
	if said := v.types("9", "no time", "wrong"); !strings.HasPrefix(said, "This is not its username. spell says that sign by sign.") {
		t.Errorf("it says %s", said)
	}
	v.hears("j, o, h, n, dot, s", "spell")
	if _, err := other.ChangeUsername(t.Context(), "z@byron.example"); err != nil {
		t.Fatal(err)
	}
	list, err := other.Messages(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.ConfirmUsername(t.Context(), list.Messages[0].Code); err != nil {
		t.Fatal(err)
	}
	v.hears("It has another username now: hidden @byron.example.", "john.smith@ping-home.org")
	v.hears("Delete the account of John Smith, hidden @byron.example, with", "z@byron.example")
	v.hears("Profile. What to do?", "n")
	v.wantEnd()
}

// TestASigningSecretIsSpelled as long as it was said last.
func TestASigningSecretIsSpelled(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("No signing secret was said last.", "channels", "spell secret")
	v.hears("whsec_", "add https://a.example/hook", "webhook", "")
	spelled := v.types("spell secret")
	said := strings.NewReplacer("underscore", "_", "plus", "+", "slash", "/", "equals", "=", ", ", "", ".\n", "").Replace(spelled)
	if !strings.HasPrefix(said, "whsec_") || strings.Count(spelled, "\n") < 5 {
		t.Errorf("it spells %s", spelled)
	}
	if again := v.types("test 6", "spell secret"); !strings.HasSuffix(again, spelled) { // the test was refused, and nothing was changed
		t.Errorf("after a refusal it spells %s", again)
	}
	v.hears("No signing secret was said last.", "test 1", "spell secret")
	v.wantEnd()
}

// TestAnOldSecretEndsAfterAQuestion that names its channel.
func TestAnOldSecretEndsAfterAQuestion(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("A new signing secret for channel 3, Webhook", "channels", "new secret 3")
	v.hears("End the old secret of channel 3, Webhook ", "2")
	v.hears("Nothing was changed.", "2")
	v.hears("whsec_", "new secret 3", "2", "y")
	v.wantEnd()
}
