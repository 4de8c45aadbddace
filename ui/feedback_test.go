package ui

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestFeedbackIsWrittenAndSent(t *testing.T) {
	v := open(t)
	v.press("3", "c", "ctrl+s")
	v.see(`✗ Type what you want to tell us`)
	v.write("Good experience")
	v.press("enter")
	v.write("q is a letter here, and so is ?")
	v.see(`Good experience`, `q is a letter here, and so is \?`, `47/5000`)
	v.press("ctrl+s")
	v.see(`✓ Thank you`, `today|2026-11-23 \d\d:\d\d  Good experience q is`, `0/5000`)
	v.press("enter")
	v.see(`Feedback of today`, `q is a letter here`)
}

func TestADraftOfFeedbackSurvives(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	v.write("half a thought")
	v.press("esc")
	v.see(`A draft is kept`)
	v.press("1", "3")
	v.see(`half a thought`)
	v.press("c")
	v.write(", and the rest")
	v.press("ctrl+c")
	v.again(john)
	v.press("3", "c")
	v.see(`half a thought, and the rest`, `Your draft is back`)
	v.press("ctrl+r")
	v.miss(`half a thought`)
	v.press("ctrl+c")
	v.again(john)
	v.press("3")
	v.miss(`half a thought`)
}

func TestADraftIsWrittenWithTheNextBeat(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	v.write("before the power went")
	v.pass(pollInterval)
	v.again(john) // with nothing said to the first console
	v.press("3")
	v.see(`before the power went`)
}

func TestFeedbackThatIsTooLongIsKept(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	v.paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.press("ctrl+s")
	v.see(`✗ Use at most 5000 characters; this has 5001`, `5001/5000`)
}

func TestStartingOverIsTakenBack(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	v.paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.press("ctrl+s")
	v.see(`✗ Use at most 5000 characters`)
	v.press("ctrl+r")
	v.see(`Started over · ctrl\+r takes that back +0/5000`)
	v.miss(`✗`)
	v.press("ctrl+r")
	v.see(`xxxx`, `5001/5000`)
	v.press("ctrl+r", "y", "esc", "2", "a", "s", "tab")
	v.write("+994")
	v.press("ctrl+r")
	v.see(`‹ @ email ›`, `Started over · ctrl\+r takes that back`)
	v.press("ctrl+r")
	v.see(`✆ sms`, `Value +\+994`)
	v.press("esc", "a")
	v.see(`Value +\+994`, `Your draft is back`)
}
