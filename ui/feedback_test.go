package ui

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestFeedbackIsWrittenAndSent(t *testing.T) {
	v := open(t)
	v.Press("3", "c", "ctrl+s")
	v.See(`✗ Type what you want to tell us`)
	v.Type("Good experience")
	v.Press("enter")
	v.Type("q is a letter here, and so is ?")
	v.See(`Good experience`, `q is a letter here, and so is \?`, `47/5000`)
	v.Press("ctrl+s")
	v.See(`✓ Thank you`, `today|2026-11-23 \d\d:\d\d  Good experience q is`, `0/5000`)
	v.Press("enter")
	v.See(`Feedback of today`, `q is a letter here`)
}

func TestADraftOfFeedbackSurvives(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	v.Type("half a thought")
	v.Press("esc")
	v.See(`A draft is kept`)
	v.Press("1", "3")
	v.See(`half a thought`)
	v.Press("c")
	v.Type(", and the rest")
	v.Press("ctrl+c")
	v.again(john)
	v.Press("3", "c")
	v.See(`half a thought, and the rest`, `Your draft is back`)
	v.Press("ctrl+r")
	v.Miss(`half a thought`)
	v.Press("ctrl+c")
	v.again(john)
	v.Press("3")
	v.Miss(`half a thought`)
}

func TestADraftIsWrittenWithTheNextBeat(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	v.Type("before the power went")
	v.Pass(PollInterval)
	v.again(john) // with nothing said to the first console
	v.Press("3")
	v.See(`before the power went`)
}

func TestFeedbackThatIsTooLongIsKept(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	v.Paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.Press("ctrl+s")
	v.See(`✗ Use at most 5000 characters; this has 5001`, `5001/5000`)
}

func TestStartingOverIsTakenBack(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	v.Paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.Press("ctrl+s")
	v.See(`✗ Use at most 5000 characters`)
	v.Press("ctrl+r")
	v.See(`Started over · ctrl\+r takes that back +0/5000`)
	v.Miss(`✗`)
	v.Press("ctrl+r")
	v.See(`xxxx`, `5001/5000`)
	v.Press("ctrl+r", "y", "esc", "2", "a", "s", "tab")
	v.Type("+994")
	v.Press("ctrl+r")
	v.See(`‹ @ email ›`, `Started over · ctrl\+r takes that back`)
	v.Press("ctrl+r")
	v.See(`✆ sms`, `Value +\+994`)
	v.Press("esc", "a")
	v.See(`Value +\+994`, `Your draft is back`)
}
