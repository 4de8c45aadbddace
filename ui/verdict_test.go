package ui_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestVerdictIsOnEveryScreen: what fails, since when and in whose words, what a person has
// proved, and what stays on this machine. It costs no line in a compact window.
func TestVerdictIsOnEveryScreen(t *testing.T) {
	v := uitest.Open(t)
	for _, screen := range []string{"1", "2", "3", "5"} {
		v.Resize(200, 60)
		v.Press(screen)
		v.See(`^ ✗ #2 pager failing for 3h: 30003 Unreachable destination handset   ✓ #5 home seen 60d ago   #1 work held   … #3 ops hook waiting for its code   ! #5 home code expired +p shows it $`)
		v.Fits()
		v.Resize(80, 24)
		v.See(`^ ✗ #2 pager failing for 3h: 30003 \S+…   ✓ #5 home seen 60d ago  \+3  p shows it $`)
		v.Fits()
		v.Resize(40, 15)
		v.Fits()
	}
	v.Press("1")
	v.See(`^ ✗ #2 pager failing for 3h: 30003.*\+4 *$`)
}

// TestVerdictColours: red is what fails, green only what a person has proved.
func TestVerdictColours(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Colours())
	v.Resize(120, 40)
	v.See(`\x1b\[38;2;255;138;128m✗ #2 pager failing`, `\x1b\[38;2;123;216;143m✓ #5 home seen 60d ago`, `\x1b\[38;2;255;138;128m ✗1`)
	v.Press("2", "j")
	v.See(`\x1b\[38;2;255;138;128m✗ failing for 3h · twilio: 30003`)
	v.Miss(`\x1b\[38;2;123;216;143m✓ 12d ago`) // its messages are held: no person is reached
}

func TestKeyLeadsFromOneProblemToTheNext(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Busy
	if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, "ada@new.example", ""); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`2 Channels ✗1`, `5 Messages \(3\) …1`)
	v.Press("2", "/")
	v.Type("webhook")
	v.Press("enter", "1", "p") // hidden by the text to find, which ends
	v.See(`\[2 Channels`, `▌  2  ✆ pager`)
	v.Press("p")
	v.See(`\[5 Messages`, `▌. … waiting`)
	v.Press("p")
	v.See(`\[2 Channels`)
	sender.Refusal = nil
}

// TestVerdictFitsEveryWidth: its end is counted, and the key stays in sight.
func TestVerdictFitsEveryWidth(t *testing.T) {
	v := uitest.Open(t, "2")
	for w := 70; w <= 180; w += 5 {
		v.Resize(w, 40)
		v.See(`^ ✗ #2 pager failing for 3h: 30003 .* p shows it $`)
		v.Fits()
	}
	v.Resize(70, 40)
	v.See(`  \+4  p shows it $`)
}

func TestSlashFindsOnEveryScreen(t *testing.T) {
	for screen, in := range map[string]string{"1": `\[2 Channels`, "2": `\[2 Channels`, "3": `\[3 Feedback`, "5": `\[5 Messages`} {
		v := uitest.Open(t, screen, "/")
		v.Type("q3")
		v.See(in, `^ /q3`, `· /q3 ─`)
	}
}

func TestNoProblemIsSaid(t *testing.T) {
	v := uitest.Open(t, "2", "j", "s", "j", "d", "y", "G", "x", "p")
	v.See(`! Nothing fails, and nothing waits`)
	v.Miss(`p shows it`)
}

// TestTheKeyOfProblemsGoesToAllThatTheVerdictTellsOf: what fails first, and then the codes
// that are waited for.
func TestTheKeyOfProblemsGoesToAllThatTheVerdictTellsOf(t *testing.T) {
	v := uitest.Open(t)
	for _, row := range []string{`▌  2  ✆`, `▌  3  ⇄`, `▌  5  @`, `▌  2  ✆`} {
		v.Press("p")
		v.See(row)
	}
}

// TestTheKeyOfProblemsPassesARowWithTwo is about a channel that is off, as all are, and whose
// new value waits for its code.
func TestTheKeyOfProblemsPassesARowWithTwo(t *testing.T) {
	v := uitest.Open(t, "2", "*", "s", "y", "g", "esc", "e", "ctrl+u")
	v.Type("new@corp.example")
	v.Press("ctrl+s", "esc", "1", "p")
	v.See(`▌ +1 +@ work`)
	v.Press("p")
	v.See(`▌ +3 +⇄ ops hook`)
}

func TestServerHoldsMessages(t *testing.T) {
	v := uitest.Open(t, "2", "j", "d", "y", "G", "d", "y")
	v.Restart(func(o *ui.Options) { o.Start.Local = false })
	v.See(`^ held: nothing leaves the server, no delivery is set up`)
	v.Restart(func(o *ui.Options) { o.Start.Local, o.Start.Database = false, true })
	v.See(`^ held: nothing leaves the database, no delivery is set up`)
	v.Press("5")
	v.See(`held in the database`)
}

// TestDeliveryThatWasSetUpSince: the last message of a channel was held, but the newest one
// of its type was not.
func TestDeliveryThatWasSetUpSince(t *testing.T) {
	v, _ := uitest.OpenSending(t)
	v.Press("2", "j", "d", "y", "G", "d", "y")
	v.See(`^ held: nothing leaves this machine`)
	if _, err := v.Backend().CreateChannel(t.Context(), backend.TypeEmail, "ada@new.example", ""); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Miss(`nothing leaves`)
	v.See(`^ #1 work held`)
	v.Press("g", "enter")
	v.See(`Next +t sends a test: its last`)
}

// TestAPersonsStopIsOnTheRowAndInTheVerdict: until a message is accepted again.
func TestAPersonsStopIsOnTheRowAndInTheVerdict(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Resize(120, 40)
	sender.Refusal = &delivery.Error{Kind: delivery.Permanent, Stopped: true, Provider: "twilio", Status: "this person has asked for no more messages: START turns it on again (answered 400)"}
	v.Press("2", "j", "t")
	v.See(`^ ✗ #2 pager stopped for \S+: this person has`, `▌  2  ✆ pager .*✗ ││`,
		`✗ stopped for \S+ · twilio: this person has asked`)
	sender.Refusal = &delivery.Error{Kind: delivery.Permanent, Provider: "twilio", Status: "answered 400"}
	v.Press("t")
	v.See(`^ ✗ #2 pager stopped for \S+: this person has`)
	sender.Refusal = nil
	v.Press("t")
	v.Miss(`stopped`)
}
