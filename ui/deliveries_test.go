package ui

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

func TestTheDetailTellsWhatBecameOfTheLastMessages(t *testing.T) {
	v := channelsOf(t)
	v.Press("enter")
	v.See(`Deliveries .* last 30`, `Accepted +held in the inbox on`, `Seen +✓ by a person 12 d ago`,
		` [▮▯~]{28}▯▯ `, `▮ \d+ sent  ▯ 2 held`, `~ 3 delayed`, `Median +\d+ ms`, `Slowest +\d+ ms`, `Delayed +test, 17 d ago`, `451 4.7.1`)
	v.Press("j")
	v.See(`Channel 2 · sms`, `Failing +✗ test, 3 h ago`, `Accepted +✓ by twilio, 9 d ago`, `Seen +! by a person 200 d`, `stale: prove it`)
	o := v.options()
	o.Shell.Look, o.Start = theme.New(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii}), v.opened(john)
	v.start(o)
	v.Press("2", "enter")
	v.See(` [#o~]{28}oo `, `# \d+ sent  o 2 held`)
}

func TestALongDetailIsScrolledInASmallWindow(t *testing.T) {
	v := channelsOf(t)
	v.Resize(40, 15)
	v.Press("enter")
	v.See(`Channel 1 · email +ctrl\+d more`)
	v.Miss(`Median`)
	v.Press("pgdown", "pgdown", "pgdown")
	v.See(`ctrl\+u back`, `Last test|in the inbox`)
	v.Press("j")
	v.See(`Channel 2 · sms +ctrl\+d more`, `Value`)
	v.Press("esc")
	v.See(`▌ 2 ✆`)
}

// counted opens the demo and counts how often attempts are asked for.
func counted(t *testing.T) (*visit, *attempted) {
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	a := &attempted{Backend: o.Start.View}
	o.Start.View = a
	v.start(o)
	return v, a
}

func TestACursorThatRunsDownAListAsksForNoAttempts(t *testing.T) {
	v, a := counted(t)
	v.Resize(120, 40)
	if a.asked != nil {
		t.Fatalf("asked for %v before the screen was in front", a.asked)
	}
	v.Press("2")
	var waiting []tea.Cmd
	for range 3 {
		cmd := v.Update(drive.Key("j"))
		waiting = append(waiting, cmd)
	}
	for _, cmd := range waiting {
		v.Run(cmd)
	}
	if len(a.asked) != 2 || a.asked[0] != 1 || a.asked[1] != 4 {
		t.Fatalf("asked for the attempts of %v", a.asked)
	}
	v.See(`Deliveries`)
	v.Resize(80, 24) // out of sight
	v.Press("k")
	if len(a.asked) != 2 {
		t.Fatalf("asked for what is not seen: %v", a.asked)
	}
}

func TestWhatOthersSendIsSeenInTheDetail(t *testing.T) {
	v := channelsOf(t)
	v.Press("enter")
	v.See(`▯ 2 held`)
	if _, err := v.opened(john).View.TestChannel(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	v.Pass(PollInterval)
	v.See(`▯ 3 held`, `Word +A test just sent`)
	v.Pass(2 * time.Minute)
	v.See(`A test from 2 min ago`, `its word: R`, `R word`)
}

func TestWithoutDeliveriesNothingOfThemIsShown(t *testing.T) {
	const none = "This server does not tell what becomes of messages."
	v := farVisit(t, &far{lacks: map[backend.Feature]string{backend.FeatureDeliveries: none}})
	v.Press("2", "enter")
	v.Miss(`Deliveries`, `Seen`)
	for _, key := range []string{"R", "S"} {
		v.Press(key)
		v.See(`! ` + none)
		v.Pass(untilItsGone)
	}
	v.Press("t")
	v.See(`▯ Channel 1: test message held`)
	v.Miss(`Type R`)
	v.Press("4", "G", "R")
	v.See(`! ` + none)
}

func TestAttemptsThatCannotBeReadSayWhyAndWhichKeyTriesAgain(t *testing.T) {
	f := &far{}
	v := farVisit(t, f)
	v.Press("2")
	f.unreadable = backend.Errorf(backend.CodeBusy, "The file is busy.")
	v.Press("enter")
	v.See(`✗ The attempts could not be read`, `The file is busy. r`)
	f.unreadable = nil
	v.Press("r")
	v.See(`▯ 2 held`)
}

func TestARefusedTestTellsTheProvidersWordsAndWaitsForNoWord(t *testing.T) {
	v, p := posted(t)
	p.refusal = never
	v.Press("2", "t")
	v.See(`✗ Channel 1: post.example: 550 no such person here`, `1  @ email .*✗ failing · now`)
	v.Press("R")
	v.See(`! No test of channel 1 waits for its word`)
	p.refusal = nil
	v.Press("t")
	v.See(`1  @ email .*✓ ok \d+ms · now`)
}

func TestAllThatAreOnAreTestedAndTheResultsStay(t *testing.T) {
	v, p := posted(t)
	v.Press("2", "T")
	v.See(`Test 2 channels\?`, `1  @ email`, `2  ✆ sms`, `Not tested: 3 \(not verified\), 4 \(off\), 5 \(not`, `\[ No \]`)
	p.refusal = never
	begun := v.Update(drive.Key("y"))
	v.See(`Test of all ─+ 0 of 2`, `1 @ jo••@ping-home.org +◌ testing`, `2 running, 0 waiting. esc stops`)
	v.Press("j") // keys are answered meanwhile
	v.See(`▌ 2 ✆`)
	v.Run(begun)
	v.See(`2 of 2`, `1 @ jo••@ping-home.org +✗ post.example: 550 no such`, `2: post.example: 550 no such person here`, `✗ 0 of 2 test messages taken; failed: channels 1 and 2`)
	v.Pass(time.Hour)
	v.See(`Test of all`)
	v.Press("esc")
	v.Miss(`Test of all`)
	v.See(`1  @ email .*✗ failing`)
	p.refusal = nil
	v.Press("T", "y")
	v.See(`1 @ jo••@ping-home.org +✓ \d+ ms by post.example`, `✓ 2 of 2 test messages taken`, `R on a channel takes the word`)
	v.Resize(40, 15)
	v.See(`✓ \d+ ms by`)
	v.Fits()
}

func TestTestsOfManyRunAFewAtOnceAndCanBeStopped(t *testing.T) {
	v, _ := posted(t)
	for _, name := range []string{"one", "two", "three"} { // five are on then
		v.prove(name + "@new.example")
	}
	v.Press("2", "T")
	begun := v.Update(drive.Key("y"))
	v.See(`◌ testing`, `3 running, 2 waiting`)
	v.Press("esc")
	v.See(`No more are begun; 3 still running. esc closes`, `– not tested`)
	v.Run(begun)
	v.See(`✓ 3 of 3 test messages taken; 2 not tested`)
	v.Press("esc")

	v.Press("T")
	begun = v.Update(drive.Key("y"))
	v.Press("esc", "esc") // leaving it loses no result
	v.Miss(`Test of all`)
	v.Run(begun)
	v.See(`✓ 3 of 3 test messages taken; 2 not tested`, `1  @ email .*✓ ok \d+ms · now`)
}

// prove adds an email channel beside the console and verifies it.
func (v *visit) prove(email string) {
	v.T.Helper()
	view := v.m().shell.Session.View
	ch, err := view.CreateChannel(context.Background(), backend.TypeEmail, email)
	if err != nil {
		v.T.Fatal(err)
	}
	if _, err := view.VerifyChannel(context.Background(), ch.Priority, v.post.(*postman).last().Code); err != nil {
		v.T.Fatal(err)
	}
	v.Pass(PollInterval)
}

var secretText = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]{20,}`)

func TestANewWebhooksSecretIsShownOnceAndForgotten(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "w", "tab")
	v.Type("https://hooks.example.org/new")
	v.Press("enter")
	v.See(`Signing secret`, `The receiver of channel 6 checks`, `Webhooks\)`, `! It is not shown again. y copies it`)
	secret := secretText.FindString(v.Screen())
	if secret == "" {
		t.Fatalf("no secret:\n%s", v.Screen())
	}
	v.Press("esc")
	v.See(`! It is not shown again. esc closes for good`)
	v.Press("y")
	if v.copied != secret {
		t.Fatalf("copied %q", v.copied)
	}
	dialog := v.m().shell.Top()
	v.Press("esc")
	v.See(`Verify channel 6`)
	if showsSecret(dialog) {
		t.Fatal("the dialog still has the secret")
	}
	v.Press("esc", "!")
	for _, kept := range []string{v.Screen(), strings.Join(v.m().RecentMessages(), " ")} {
		if strings.Contains(kept, "whsec_") {
			t.Fatalf("the secret is kept:\n%s", kept)
		}
	}
}

func TestASecretIsReplacedAfterAQuestion(t *testing.T) {
	v := channelsOf(t)
	v.Press("S")
	v.See(`! Channel 1 is no webhook: only webhooks have a signing secret`)
	v.Press("j", "j", "S")
	v.See(`New signing secret for channel 3\?`, `For`, `a day, messages carry`, `\[ Keep \]`)
	v.Press("enter")
	v.Miss(`whsec_`)
	v.Press("S", "y")
	v.See(`whsec_`, `The old one stays valid, too, until tomorrow 12:00`)
	v.Resize(40, 15)
	v.See(`whsec_`, `not shown again`)
	v.Fits()
	v.Resize(80, 24)
	dialog := v.m().shell.Top()
	v.Press("esc", "esc")
	v.Miss(`whsec_`)
	v.Press("S", "y")
	other := v.m().shell.Top()
	v.Send(openedMsg{v.opened("anna.smits@acme.example")})
	if showsSecret(dialog) || showsSecret(other) {
		t.Fatal("a secret outlived its dialog")
	}
}

// showsSecret reports whether a dialog, open or closed, still knows a secret.
func showsSecret(dialog shell.Overlay) bool {
	return secretText.MatchString(strings.Join(dialog.Card(100, 40).Lines, "\n"))
}
