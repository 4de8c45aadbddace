package verify_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/uitest"
)

// pressKeepingMessages presses a key and returns the messages that follow, which are
// not delivered yet.
func pressKeepingMessages(v *uitest.Visit, key string) []tea.Msg {
	return drive.Results(v.Update(drive.Key(key)))
}

// deliverFirst delivers those of the messages that have this type, which may be wrapped
// in a shell.DoneMsg. It returns the others, and the messages that follow.
func deliverFirst(v *uitest.Visit, typeName string, msgs []tea.Msg) (others, following []tea.Msg) {
	for _, msg := range msgs {
		inner := msg
		if done, ok := msg.(shell.DoneMsg); ok {
			inner = done.Result
		}
		if fmt.Sprintf("%T", inner) != typeName {
			others = append(others, msg)
			continue
		}
		following = append(following, drive.Results(v.Update(msg))...)
	}
	return others, following
}

func TestEditOpensTheCodeDialogInAnyOrderOfMessages(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	_, msgs := deliverFirst(v, "shell.formSavedMsg", pressKeepingMessages(v, "enter"))
	msgs, _ = deliverFirst(v, "channels.editedMsg", msgs)
	v.See(`Verify channel 1`)
	msgs, _ = deliverFirst(v, "shell.ProfileReadMsg", msgs)
	v.See(`Verify channel 1`)
	for _, msg := range msgs {
		v.Send(msg)
	}
	v.See(`Verify channel 1`, `Expires in 10:00`)
	v.Type(v.Code("js@new.example"))
	v.See(`✓ Channel 1 is verified`)
}

func TestNewChannelOpensTheCodeDialogInAnyOrderOfMessages(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("six@new.example")
	_, msgs := deliverFirst(v, "shell.formSavedMsg", pressKeepingMessages(v, "enter"))
	msgs, _ = deliverFirst(v, "channels.addedMsg", msgs)
	msgs, _ = deliverFirst(v, "shell.ProfileReadMsg", msgs)
	v.See(`Verify channel 6`)
	for _, msg := range msgs {
		v.Send(msg)
	}
	v.See(`Verify channel 6`, `6 of 10 used`)
}

func TestPastedCodeReplacesTypedDigits(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v", "1", "2", "3", "5")
	v.Paste("087608 is your PingHome code. Enter it within 10 minutes.")
	v.See(`✓ Channel 3 is verified`)
}

// TestEnterAfterTheSixthDigitDoesNothing: that digit has sent the code.
func TestEnterAfterTheSixthDigitDoesNothing(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v")
	v.Miss(`enter verify`)
	v.Type(uitest.WrongCode("087608"))
	v.Press("enter")
	v.See(`✗ This code is wrong; 4 tries left`)
	v.Type("087608")
	v.Press("enter")
	v.See(`✓ Channel 3 is verified`, `a add  e edit`) // the list, and not the detail
	v.Press("enter")
	v.See(`esc back`)
}

func TestEnterSomeTimeAfterTheCodeOpensTheDetail(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v")
	v.Type("087608")
	v.Pass(3 * time.Second)
	v.Press("enter")
	v.See(`esc back`)
}

func TestOtherKeysAndTextsLeaveTheCode(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "c", "x", " ", "-")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.Paste("1234567 12345678")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `✗ There is no code in this text`)
	v.Paste("111111 and 222222")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `✗ This text has several codes`)
	v.Press("5")
	v.Miss(`several codes`)
}

// TestACodeThatIsThereAlreadyIsSentWhenItIsPasted: it was filled in from its message.
func TestACodeThatIsThereAlreadyIsSentWhenItIsPasted(t *testing.T) {
	v := uitest.Open(t, "5", "c")
	v.Paste("087608 is your PingHome code")
	v.See(`✓ Channel 3 is verified`)
}

// TestAWholeMessageIsPastedIntoTheDialog: of its numbers the one that is called a code.
func TestAWholeMessageIsPastedIntoTheDialog(t *testing.T) {
	v := uitest.Open(t, "2", "j", "j", "v")
	v.Paste("Order 482913.\nYour code: " + v.Code(hook))
	v.See(`✓ Channel 3 is verified and on`)
}

// TestWhatCameBackWaitsForANewCode: the code that was sent then is not named as one to enter.
func TestWhatCameBackWaitsForANewCode(t *testing.T) {
	v := uitest.Open(t, "2", "j", "j", "v")
	v.Type(v.Code(hook))
	v.Pass(uitest.WarningTime)
	v.Press("z", "v")
	v.See(`There is no valid code for`, `No code is waiting · ctrl\+r sends one`)
	v.Miss(`held`)
	v.Press("esc", "5")
	v.See(`Code +087608  nothing waits for it`)
	v.Press("c")
	v.See(`! Nothing waits for this code`)
}

func TestCodeWithoutTriesIsNotSaidToBeInTheInbox(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v")
	v.See(`It is held on this machine: ctrl\+o`)
	for range 5 {
		v.Type(uitest.WrongCode("087608"))
	}
	v.Press("esc", "v")
	v.See(`No tries left on this code`)
	v.Miss(`It is held`)
}

func TestNewCodeCanBeSentAfterAMinute(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("second@new.example")
	v.Press("enter", "ctrl+r")
	v.See(`✗ A new code can be sent in 1:00`, `new code in 1:00`)
	first := v.Code("second@new.example")
	v.Pass(61 * time.Second)
	v.Press("ctrl+r")
	v.See(`There is a new code; the old one no longer works`)
	v.Type(first)
	v.See(`✗`)
}

func TestExpiredCodeNamesTheKeyForANewOne(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j")
	v.Pass(11 * time.Minute)
	v.See(`3  ⇄ .*! expired`)
	v.Press("v")
	v.See(`The code has expired · ctrl\+r new code`)
	v.Type(v.Code("https://hooks.example.com/t/8f21c0"))
	v.See(`✗ This code is no longer valid`)
}

func TestDigitAfterAFullCodeStartsOver(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "c")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.Press("1")
	v.See(`│ 1 ││ _ ││   │ │   ││   ││   │`, `5 tries left`)
}

func TestCodeDialogClosesWithANoticeWhenVerifiedElsewhere(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v")
	if _, err := v.Backend().VerifyChannel(t.Context(), 3, "087608"); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`Verify channel 3 · webhook · ops hook: nothing waits for this code`, `3  ⇄ .* on +just now`)
}

func TestCodeIsNotTriedOnAnotherValue(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "v")
	other := v.Backend()
	if _, err := other.UpdateChannel(t.Context(), 3, "https://hooks.example.com/other", nil); err != nil {
		t.Fatal(err)
	}
	v.Type("111111")
	v.See(`✗ The code was not tried: Channel 3 has another value now`)
	v.Miss(`Verify channel 3`)
	if left := v.Channel(3).Code.AttemptsLeft; left != 5 {
		t.Fatalf("%d tries left", left)
	}
}

// TestAKeyEndsTheDigitsOfACode that nothing waits for: the next digit is a screen's.
func TestAKeyEndsTheDigitsOfACode(t *testing.T) {
	v := uitest.Open(t, "2", "v", "4")
	v.See(`\[2 Channels`, `Channel 1 is verified`)
	v.Press("j", "4")
	v.See(`\[4 Activity`)
	v.Pass(uitest.WarningTime)
	v.Press("2", "g", "v", "0", "8", "7", " ", "5", "0", "8") // as it is printed
	v.See(`\[2 Channels`)
	v.Pass(uitest.WarningTime)
	v.Press("V", "4") // no code follows
	v.See(`\[4 Activity`)
}

// TestDigitsAfterACodeAreNoKeys: they are the rest of a code that nothing waits for.
func TestDigitsAfterACodeAreNoKeys(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("v")
	v.See(`! Channel 1 is verified`)
	v.Press("7", "5", "3", "1")
	v.See(`\[2 Channels`)
	v.Pass(2 * time.Second)
	v.Press("5")
	v.See(`\[5 Messages`)
	v.Press("2", "j", "j", "v")
	v.Type("087608")
	v.Press("3")
	v.See(`\[2 Channels`)
}
