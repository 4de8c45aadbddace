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
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

func TestTheDetailTellsWhatBecameOfTheLastMessages(t *testing.T) {
	v := channelsOf(t)
	v.press("enter")
	v.see(`Deliveries .* last 30`, `Accepted +held in the inbox on`, `Seen +✓ by a person 12 d ago`,
		` [▮▯~]{28}▯▯ `, `▮ \d+ sent  ▯ 2 held`, `~ 3 delayed`, `Median +\d+ ms`, `Slowest +\d+ ms`, `Delayed +test, 17 d ago`, `451 4.7.1`)
	v.press("j")
	v.see(`Channel 2 · sms`, `Failing +✗ test, 3 h ago`, `Accepted +✓ by twilio, 9 d ago`, `Seen +! by a person 200 d`, `stale: prove it`)
	o := v.options()
	o.Shell.Look, o.Start = theme.New(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii}), v.opened(john)
	v.start(o)
	v.press("2", "enter")
	v.see(` [#o~]{28}oo `, `# \d+ sent  o 2 held`)
}

func TestALongDetailIsScrolledInASmallWindow(t *testing.T) {
	v := channelsOf(t)
	v.size(40, 15)
	v.press("enter")
	v.see(`Channel 1 · email +ctrl\+d more`)
	v.miss(`Median`)
	v.press("pgdown", "pgdown", "pgdown")
	v.see(`ctrl\+u back`, `Last test|in the inbox`)
	v.press("j")
	v.see(`Channel 2 · sms +ctrl\+d more`, `Value`)
	v.press("esc")
	v.see(`▌ 2 ✆`)
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
	v.size(120, 40)
	if a.asked != nil {
		t.Fatalf("asked for %v before the screen was in front", a.asked)
	}
	v.press("2")
	var waiting []tea.Cmd
	for range 3 {
		_, cmd := v.m.Update(keyOf("j"))
		waiting = append(waiting, cmd)
	}
	for _, cmd := range waiting {
		v.run(cmd)
	}
	if len(a.asked) != 2 || a.asked[0] != 1 || a.asked[1] != 4 {
		t.Fatalf("asked for the attempts of %v", a.asked)
	}
	v.see(`Deliveries`)
	v.size(80, 24) // out of sight
	v.press("k")
	if len(a.asked) != 2 {
		t.Fatalf("asked for what is not seen: %v", a.asked)
	}
}

func TestWhatOthersSendIsSeenInTheDetail(t *testing.T) {
	v := channelsOf(t)
	v.press("enter")
	v.see(`▯ 2 held`)
	if _, err := v.opened(john).View.TestChannel(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	v.pass(pollInterval)
	v.see(`▯ 3 held`, `Word +A test just sent`)
	v.pass(2 * time.Minute)
	v.see(`A test from 2 min ago`, `its word: R`, `R word`)
}

func TestWithoutDeliveriesNothingOfThemIsShown(t *testing.T) {
	const none = "This server does not tell what becomes of messages."
	v := farVisit(t, &far{lacks: map[backend.Feature]string{backend.FeatureDeliveries: none}})
	v.press("2", "enter")
	v.miss(`Deliveries`, `Seen`)
	for _, key := range []string{"R", "S"} {
		v.press(key)
		v.see(`! ` + none)
		v.pass(untilItsGone)
	}
	v.press("t")
	v.see(`▯ Channel 1: test message held`)
	v.miss(`Type R`)
	v.press("4", "G", "R")
	v.see(`! ` + none)
}

func TestAttemptsThatCannotBeReadSayWhyAndWhichKeyTriesAgain(t *testing.T) {
	f := &far{}
	v := farVisit(t, f)
	v.press("2")
	f.unreadable = backend.Errorf(backend.CodeBusy, "The file is busy.")
	v.press("enter")
	v.see(`✗ The attempts could not be read`, `The file is busy. r`)
	f.unreadable = nil
	v.press("r")
	v.see(`▯ 2 held`)
}

func TestAnOpenTestIsProvenByItsWord(t *testing.T) {
	v, p := posted(t)
	v.press("2", "R")
	v.see(`! No test of channel 1 waits for its word. t sends one`)
	v.press("t")
	v.see(`✓ Channel 1: test message taken in \d+ ms. Type R when it arrived · post.exam`)
	v.press("enter")
	v.see(`Accepted +✓ by post.example, just`, `Seen +✓ by a person 12 d ago`)
	v.press("R")
	v.see(`Which word did the test message to jo••@ping-home.org say\?`, `Taken by post.example, just now`)
	v.press("enter")
	v.see(`✗ Type the word that the message says`)
	v.write("wrong")
	v.press("enter")
	v.see(`✗ This is not the word of the newest test; 4 tries`, `Word  wrong`)
	v.size(40, 15)
	v.see(`4 tries`)
	v.fits()
	v.size(80, 24)
	for range 5 {
		v.press("backspace")
	}
	v.miss(`not the word`)
	v.write(strings.ToUpper(p.last().Word))
	v.press("enter")
	v.see(`✓ Channel 1: a person has seen its message`, `Seen +✓ by a person just now`)
	v.miss(`stale`, `Which word`)
	v.pass(91 * 24 * time.Hour)
	v.see(`Seen +! by a person 91 d`, `stale`)
}

func TestTheLastWrongWordEndsTheTest(t *testing.T) {
	v, _ := posted(t)
	v.press("2", "t", "R")
	v.write("wrong")
	for range 5 {
		v.press("enter")
	}
	v.see(`and that`, `was the last try`)
	v.press("enter")
	v.see(`✗ No test of this channel waits for its word`)
	v.press("esc")
	v.miss(`Which word`)
}

func TestARefusedTestTellsTheProvidersWordsAndWaitsForNoWord(t *testing.T) {
	v, p := posted(t)
	p.refusal = never
	v.press("2", "t")
	v.see(`✗ Channel 1: post.example: 550 no such person here`, `1  @ email .*✗ failing · now`)
	v.press("R")
	v.see(`! No test of channel 1 waits for its word`)
	p.refusal = nil
	v.press("t")
	v.see(`1  @ email .*✓ ok \d+ms · now`)
}

func TestAllThatAreOnAreTestedAndTheResultsStay(t *testing.T) {
	v, p := posted(t)
	v.press("2", "T")
	v.see(`Test 2 channels\?`, `1  @ email`, `2  ✆ sms`, `Not tested: 3 \(not verified\), 4 \(off\), 5 \(not`, `\[ No \]`)
	p.refusal = never
	_, begun := v.m.Update(keyOf("y"))
	v.see(`Test of all ─+ 0 of 2`, `1 @ jo••@ping-home.org +◌ testing`, `2 running, 0 waiting. esc stops`)
	v.press("j") // keys are answered meanwhile
	v.see(`▌ 2 ✆`)
	v.run(begun)
	v.see(`2 of 2`, `1 @ jo••@ping-home.org +✗ post.example: 550 no such`, `2: post.example: 550 no such person here`, `✗ 0 of 2 test messages taken; failed: channels 1 and 2`)
	v.pass(time.Hour)
	v.see(`Test of all`)
	v.press("esc")
	v.miss(`Test of all`)
	v.see(`1  @ email .*✗ failing`)
	p.refusal = nil
	v.press("T", "y")
	v.see(`1 @ jo••@ping-home.org +✓ \d+ ms by post.example`, `✓ 2 of 2 test messages taken`, `R on a channel takes the word`)
	v.size(40, 15)
	v.see(`✓ \d+ ms by`)
	v.fits()
}

func TestTestsOfManyRunAFewAtOnceAndCanBeStopped(t *testing.T) {
	v, _ := posted(t)
	for _, name := range []string{"one", "two", "three"} { // five are on then
		v.prove(name + "@new.example")
	}
	v.press("2", "T")
	_, begun := v.m.Update(keyOf("y"))
	v.see(`◌ testing`, `3 running, 2 waiting`)
	v.press("esc")
	v.see(`No more are begun; 3 still running. esc closes`, `– not tested`)
	v.run(begun)
	v.see(`✓ 3 of 3 test messages taken; 2 not tested`)
	v.press("esc")

	v.press("T")
	_, begun = v.m.Update(keyOf("y"))
	v.press("esc", "esc") // leaving it loses no result
	v.miss(`Test of all`)
	v.run(begun)
	v.see(`✓ 3 of 3 test messages taken; 2 not tested`, `1  @ email .*✓ ok \d+ms · now`)
}

// prove adds an email channel beside the console and verifies it.
func (v *visit) prove(email string) {
	v.t.Helper()
	view := v.m.shell.Session.View
	ch, err := view.CreateChannel(context.Background(), backend.TypeEmail, email)
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := view.VerifyChannel(context.Background(), ch.Priority, v.post.(*postman).last().Code); err != nil {
		v.t.Fatal(err)
	}
	v.pass(pollInterval)
}

var secretText = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]{20,}`)

func TestANewWebhooksSecretIsShownOnceAndForgotten(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "w", "tab")
	v.write("https://hooks.example.org/new")
	v.press("enter")
	v.see(`Signing secret`, `The receiver of channel 6 checks`, `Webhooks\)`, `! It is not shown again. y copies it`)
	secret := secretText.FindString(v.screen())
	if secret == "" {
		t.Fatalf("no secret:\n%s", v.screen())
	}
	v.press("esc")
	v.see(`! It is not shown again. esc closes for good`)
	v.press("y")
	if v.copied != secret {
		t.Fatalf("copied %q", v.copied)
	}
	dialog := v.m.shell.Top()
	v.press("esc")
	v.see(`Verify channel 6`)
	if showsSecret(dialog) {
		t.Fatal("the dialog still has the secret")
	}
	v.press("esc", "!")
	for _, kept := range []string{v.screen(), strings.Join(v.m.RecentMessages(), " ")} {
		if strings.Contains(kept, "whsec_") {
			t.Fatalf("the secret is kept:\n%s", kept)
		}
	}
}

func TestASecretIsReplacedAfterAQuestion(t *testing.T) {
	v := channelsOf(t)
	v.press("S")
	v.see(`! Channel 1 is no webhook: only webhooks have a signing secret`)
	v.press("j", "j", "S")
	v.see(`New signing secret for channel 3\?`, `For`, `a day, messages carry`, `\[ Keep \]`)
	v.press("enter")
	v.miss(`whsec_`)
	v.press("S", "y")
	v.see(`whsec_`, `The old one stays valid, too, until tomorrow 12:00`)
	v.size(40, 15)
	v.see(`whsec_`, `not shown again`)
	v.fits()
	v.size(80, 24)
	dialog := v.m.shell.Top()
	v.press("esc", "esc")
	v.miss(`whsec_`)
	v.press("S", "y")
	other := v.m.shell.Top()
	v.send(openedMsg{v.opened("anna.smits@acme.example")})
	if showsSecret(dialog) || showsSecret(other) {
		t.Fatal("a secret outlived its dialog")
	}
}

// showsSecret reports whether a dialog, open or closed, still knows a secret.
func showsSecret(dialog shell.Overlay) bool {
	return secretText.MatchString(strings.Join(dialog.Card(100, 40).Lines, "\n"))
}
