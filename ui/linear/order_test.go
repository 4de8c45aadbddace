package linear

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestAnOpenChannelIsFollowedToItsNewNumber, where another console or an undo has given it one.
func TestAnOpenChannelIsFollowedToItsNewNumber(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "1")
	if _, err := v.Elsewhere.Backend().OrderChannels(t.Context(), []int{2, 1, 3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.hears("Channel 1 is number 2 now.\nChannel 2. What to do?", "more")
	if said := v.types("off"); !strings.Contains(said, "Channel 2 is off.") {
		t.Errorf("it says %s", said)
	}
	v.hears("Channel 2. Email", "")
	v.hears("Channel 2 is number 3 now.", "move down")
	v.hears("Channel 3 is number 2 now.", "undo")
	v.hears("Channel 2. Email", "")
	v.wantEnd()
}

// TestAnOrderThatWasNotHeardIsNotChanged: another console has made one between the prompt and the answer.
func TestAnOrderThatWasNotHeardIsNotChanged(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	v.types("channels")
	if _, err := other.OrderChannels(t.Context(), []int{2, 1, 3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.hears("The channels have another order now. Nothing was changed.", "move up 2")
	v.types("move to 1")
	if _, err := other.DeleteChannels(t.Context(), []int{4}); err != nil {
		t.Fatal(err)
	}
	v.hears("The channels have another order now. Nothing was changed.", "3")
	v.hears("Channel 2 is number 1 now.", "move up 2")
	v.wantEnd()
}

// TestTestsGoToWhatWasHeard when the question was answered: not to what has the numbers since.
func TestTestsGoToWhatWasHeard(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "test all")
	if _, err := v.Elsewhere.Backend().OrderChannels(t.Context(), []int{2, 1, 3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.hears("Channel 2.\nChannel 2 has another value now. Nothing was changed.", "y")
	v.wantEnd()
}

// TestARecordThatHasMovedIsNotChanged under its old number, which is another one's; it is followed, and nothing else is said.
func TestARecordThatHasMovedIsNotChanged(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "1")
	if _, err := v.Elsewhere.Backend().OrderChannels(t.Context(), []int{2, 1, 3, 4, 5}); err != nil {
		t.Fatal(err)
	}
	v.hears("Channel 1 is number 2 now.\nNothing was changed.\nChannel 2. What to do?", "off")
	v.hears("Channel 2 is off.", "off")
	v.wantEnd()
}

// TestWhatIsOffIsNotTested where all that are on were meant.
func TestWhatIsOffIsNotTested(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels", "test all")
	if _, err := v.Elsewhere.Backend().SetChannelEnabled(t.Context(), 1, false); err != nil {
		t.Fatal(err)
	}
	v.hears("It is off now, and was not tested.", "y")
	v.wantEnd()
}

// TestNumberNow tells channels apart also where a server does not say when they were created.
func TestNumberNow(t *testing.T) {
	list := []backend.Channel{{Priority: 1, Type: backend.TypeEmail, Value: "a@b.example"}, {Priority: 2, Type: backend.TypeEmail, Value: "c@d.example"},
		{Priority: 3, Type: backend.TypeSMS, Value: "+994551234567"}}
	for _, c := range []struct {
		was  backend.Channel
		want int
	}{
		{list[1], 2},
		{backend.Channel{Priority: 2, Type: backend.TypeEmail, Value: "old@d.example"}, 2},
		{backend.Channel{Priority: 3, Type: backend.TypeEmail, Value: "a@b.example"}, 1},
		{backend.Channel{Priority: 3, Type: backend.TypeEmail, Value: "gone@b.example"}, 0},
	} {
		if got := numberNow(c.was, list); got != c.want {
			t.Errorf("%+v is number %d", c.was, got)
		}
	}
}

// TestALostAnswerToAnOrder is asked about once, and the same order is sent again.
func TestALostAnswerToAnOrder(t *testing.T) {
	for _, c := range []struct{ words, answer, first string }{
		{"move to 1 2", "y", "1. SMS"}, {"move down 1", "y", "1. SMS"}, {"move to 1 2", "n", "1. SMS"},
	} {
		f := &uitest.Faulty{}
		v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
		v.heard()
		v.types("channels")
		f.LoseReply = true
		v.hears("Send the same once more? y or n", c.words)
		f.LoseReply = false
		if said := v.types(c.answer); strings.Contains(said, "once more") || c.answer == "y" && !strings.Contains(said, "Channel 1 is number 2 now.") {
			t.Errorf("%s: it says %s", c.words, said)
		}
		v.hears(c.first, "")
		v.wantEnd()
	}
}
