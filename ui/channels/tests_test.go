package channels_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestResultsOfSeveralTestsAreOneSentence(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press(" ", " ", "t")
	v.See(`All 2 test messages are held`, `1  @ .*○○○ │`, `2  ✆ .*○ │`, `2 chosen ─`)
	v.Press("esc", "*", "t")
	v.See(`! Channels 1, 2, 4 and 5: 4 test messages held .* Not tested, *\n +because never verified: channel 3\.`)
}

func TestKeyPressedTwiceSendsOneTest(t *testing.T) {
	v := uitest.Open(t, "2")
	first := v.Update(drive.Key("t"))
	second := v.Update(drive.Key("t"))
	v.See(`… sending`)
	v.Run(second)
	v.Run(first)
	box, err := v.Backend().Messages(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range box.Messages {
		if m.Kind == backend.KindTest && m.At.Equal(uitest.Noon) {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d test messages", n)
	}
}

// TestATestThatMayHaveBeenTakenIsNotKnown: it is neither sent nor failed, and no fault of the
// channel.
func TestATestThatMayHaveBeenTakenIsNotKnown(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.CutOff
	v.Press("2", "t")
	v.See(`\? Channel 1: It is not known whether the test was sent: hung up`, `1  @ .*\? │`)
	v.Miss(`#1 work failing`)
	v.Press("5")
	v.See(`• not known  12:00:00 ‹  #1 work .*test · hung up`, `State    \? not known · post.example`)
	v.Press("2", " ", " ", "t")
	v.See(`\? It is not known whether the tests of these were sent: channels? 1 and 2`)
}

// TestWhatTheOperatorHasToCorrectIsToldAtTheTop: it is no fault of the channel.
func TestWhatTheOperatorHasToCorrectIsToldAtTheTop(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.NoSignIn
	v.Press("2", "t")
	v.See(`✗ Channel 1: post.example: refused the sign-in`, `! email not sent: refused the `, `1  @ .*! │`)
	v.Miss(`#1 work failing`)
	v.Press("enter")
	v.See(`Last test +! not sent just now`)
	v.Press("esc", "3", "p")
	v.See(`\[2 Channels`, `▌ +1 `)
	sender.Refusal = nil
	v.Pass(time.Second)
	v.Press("G", "t")
	v.See(`Channel 5: test sent`)
	v.Miss(`email not sent`) // by any email
}

// TestACodeThatWasNotSentIsToldAtTheTop, also once it waits no more.
func TestACodeThatWasNotSentIsToldAtTheTop(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.NoSignIn
	v.Press("2", "a")
	v.Type("ada@new.example")
	v.Press("enter", "esc")
	v.See(`Added channel 6`)
	v.Now = v.Now.Add(backend.CodeLifetime)
	v.SendQueued()
	v.Poll()
	v.See(`! email not sent: refused the sign-in`)
}

func TestRefusedTestShowsTheProvidersAnswerAndTakesNoWord(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Refused
	v.Press("2", "t")
	v.See(`✗ Channel 1: post.example: 550 no such person here`, `1  @ .*✗ │`, `✗ failing for <1m · post.example: 550 no such person here`)
	v.Press("w")
	v.See(`! No test of channel 1 waits for its word`)
	sender.Refusal = nil
	v.Press("t")
	v.See(`1  @ .*✗▮ │`)
	v.Miss(`failing for <1m`)
}
