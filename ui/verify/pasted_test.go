package verify_test

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

const hook = "https://hooks.example.com/t/8f21c0"

// newest is the whole text of the newest message to an address.
func newest(t *testing.T, v *uitest.Visit, to string) string {
	t.Helper()
	list, err := v.Backend().Messages(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list.Messages {
		if m.To == to {
			return m.Subject + "\r\n\r\n" + strings.ReplaceAll(m.Body, "\n", "\r\n")
		}
	}
	t.Fatal("there is no message to " + to)
	return ""
}

func TestAWholeMessageThatIsPastedAnywhereEntersItsCode(t *testing.T) {
	for _, screen := range []string{"1", "2", "3", "4", "5", "6"} {
		v := uitest.Open(t, screen)
		v.Paste("From: PingHome <no-reply@example.org>\r\nDate: Wed, 26 Nov 2026 10:15:00 +0000\r\nOrder 20261126, call +994551234567\r\n\r\n" + newest(t, v, hook))
		v.See(`✓ Channel 3 is verified and on`)
		if !v.Channel(3).Verified {
			t.Fatalf("on screen %s: %+v", screen, v.Channel(3))
		}
	}
}

func TestAPastedCodeThatTwoWaitForIsAskedAbout(t *testing.T) {
	v := uitest.Open(t, "1", "u")
	v.Type("new@new.example")
	v.Press("enter", "esc")
	v.Paste("your code: " + v.Code(hook))
	v.See(`─ Whose code is 087608\?`, `New username`, `Channel 3 \(webhook\)`)
	v.Type("channel 3")
	v.Press("enter")
	v.See(`✓ Channel 3 is verified and on`)
	v.Paste(newest(t, v, "new@new.example")) // it says what it is for
	v.See(`✓ The username is new@new\.example now`)
}

func TestWhatIsPastedIsMatchedToWhatTheMessageSays(t *testing.T) {
	v := uitest.Open(t, "1", "u")
	v.Type("new@new.example")
	v.Press("enter", "esc")
	v.Paste(newest(t, v, hook))
	v.See(`✓ Channel 3 is verified and on`)
}

func TestAPastedWrongCodeIsShownWithItsTries(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Paste(uitest.WrongCode(v.Code(hook)) + " is your PingHome code.")
	v.See(`Verify channel 3`, `4 tries left`)
}

func TestAPastedTestMessageEntersItsWord(t *testing.T) {
	v := uitest.Open(t, "2", "t")
	list, err := v.Backend().Messages(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	v.Press("w")
	v.Paste(list.Messages[0].Body)
	v.Press("enter")
	v.See(`Channel 1: a person has seen its message`)
	v.Press("z", "t")
	if list, err = v.Backend().Messages(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	v.Paste(list.Messages[0].Body)
	v.See(`Channel 1: a person has seen its message`)
}

func TestWhatHasNoCodeIsNotEntered(t *testing.T) {
	for text, told := range map[string]string{
		"hello":                            `There is no text field to paste into here, and no code in the text`,
		"+994551234567 12345 1234567":      `no code in the text`,
		"111111 and 222222":                `This text has several codes`,
		"give back this word: heron":       `No test waits for this word`,
		strings.Repeat("x1 \x1b[2J", 5000): `no code in the text`,
	} {
		v := uitest.Open(t, "2")
		v.Paste(text)
		v.See(told)
		v.Fits()
	}
	v := uitest.Open(t, "2", "j", "j", " ", "G", " ", "d", "y")
	v.Paste("481516 is your PingHome code")
	v.See(`! Nothing waits for this code`)
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Paste("481516 is your PingHome code")
	v.See(`Opened for reading only`)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureDeliveries: "none"}})
	v.Paste("give back this word: heron")
	v.See(`No test waits for this word`)
}

func TestAPasteOverAQuestionIsLeftOut(t *testing.T) {
	v := uitest.Open(t, "2", "d")
	v.Paste("481516 is your PingHome code")
	v.See(`Delete 1 channel`, `There is no text field in this dialog\. Close it, then paste again`)
}

// TestDigitsThatMayBeAnythingAreAskedAbout: a wrong code costs a try.
func TestDigitsThatMayBeAnythingAreAskedAbout(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Paste("Invoice 482913 is due on Friday.\nRegards, Ada")
	v.See(`─ Enter 482913\?`, `Channel 3 \(webhook\) waits for one`)
	v.Press("enter")
	v.Miss(`Verify channel 3`, `tries left`)
	code := v.Code(hook)
	v.Paste("PIN " + code)
	v.Press("y")
	v.See(`✓ Channel 3 is verified and on`)
}

func TestACodeAloneIsEnteredUnasked(t *testing.T) {
	v := uitest.Open(t, "2")
	code := v.Code(hook)
	v.Paste(" " + code[:3] + " " + code[3:] + "\r\n")
	v.See(`✓ Channel 3 is verified and on`)
}
