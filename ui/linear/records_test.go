package linear

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestANumberBehindAWordIsTheRecord also where another one is open, and none is passed over.
func TestANumberBehindAWordIsTheRecord(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Channel 1 is no webhook", "channels", "3", "new secret 1")
	v.hears("Channel 1 is called Attic.", "edit 1", "2", "Attic")
	v.hears("Channel 2 is off.", "off 2")
	v.hears("There is no channel 9 here.", "test 9")
	v.hears("Channel 1 is number 2 now.", "move down 1")
	v.wantEnd()
}

// TestWhatIsNoNumberIsNotPassedOver: it may be one more of them.
func TestWhatIsNoNumberIsNotPassedOver(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears(`off takes numbers, and not "and 2". Nothing was done.`, "channels", "off 1 and 2")
	v.hears(`delete takes numbers, and not "2x".`, "delete 1 2x")
	v.hears(`delete takes numbers, and not "1-3".`, "delete 1-3")
	v.hears(`test takes one number, and not "2".`, "test 1 2")
	v.hears(`test takes one number, and not "them".`, "test them")
	v.hears(`edit takes one number, and not "2".`, "edit", "1 2")
	v.hears("Back. Nothing was changed.", "")
	v.hears(`test takes one number, and not "it".`, "1", "test it")
	v.wantEnd()
}

// TestARecordThatIsGone is told, and nothing is done.
func TestARecordThatIsGone(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "3")
	if _, err := v.Elsewhere.Backend().DeleteChannels(t.Context(), []int{3}); err != nil {
		t.Fatal(err)
	}
	v.types("more")
	v.hears("This channel is not there any more. Nothing was done.", "test")
	v.wantEnd()
}

// TestADeletedMessageIsNamedBefore, also where its list was not said.
func TestADeletedMessageIsNamedBefore(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Delete for good: Code, held, to ", "messages", "delete 1")
	v.hears("Nothing was changed.", "n")
	v.hears("Code, held, to ", "delete 1 2")
	v.hears("Delete 2 messages for good? y or n", "repeat")
	v.hears("Nothing was changed.", "")
	v.wantEnd()
}

// TestNumbersOfAListThatWasNotSaid mean nothing yet.
func TestNumbersOfAListThatWasNotSaid(t *testing.T) {
	d := &delivering{state: backend.StateQueued}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { d.Backend = b; return d }))
	v.heard()
	v.hears("This message. What to do?", "channels", "problem", "problem")
	v.hears("The numbers of this list were not said yet. Nothing was done.", "delete 2")
	v.hears("Delete for good: ", "delete 2")
	v.wantEnd()
}

// TestADeletedChannelIsNamedBefore.
func TestADeletedChannelIsNamedBefore(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Delete channel 1, Email jo hidden @ping-home.org, work, on, ", "channels", "delete 1")
	v.hears("2. SMS +994 hidden 67, pager, on, failing for 3 hours.\nDelete channels 1, 2? Undo brings them back. y or n", "", "delete 1 2")
	v.wantEnd()
}

// TestACodeForAUsernameThatIsReplaced is not asked for again, which would put the old one back.
func TestACodeForAUsernameThatIsReplaced(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	v.types("profile", "username countess@l.example")
	if _, err := other.ChangeUsername(t.Context(), "ada@byron.example"); err != nil {
		t.Fatal(err)
	}
	v.hears("Another new username waits for its code now. Nothing was changed.", "new code")
	if _, err := other.CancelUsername(t.Context()); err != nil {
		t.Fatal(err)
	}
	v.hears("No username change is waiting for a code.", "new code")
	v.wantEnd()
}

// TestAChannelThatIsOffSaysItsProof, as one that is on does: it can be switched on without a new test.
func TestAChannelThatIsOffSaysItsProof(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("on, held, seen ", "channels", "1")
	v.hears("off, seen ", "off", "")
	v.wantEnd()
}

// TestAListSaysHowManyThereAre, unless there are older ones that were not read.
func TestAListSaysHowManyThereAre(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears(" notes.\n1. ", "feedback")
	v.hears(" entries.\n1. ", "activity")
	v.hears("accounts.\n1. ", "accounts")
	v.wantEnd()
}
