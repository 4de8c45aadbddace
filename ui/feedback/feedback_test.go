package feedback_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestFeedbackIsWrittenAndSent(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c", "ctrl+s")
	v.See(`✗ Type what you want to tell us`)
	v.Type("Good experience")
	v.Press("enter")
	v.Type("q is a letter here, and so is ?")
	v.See(`Good experience`, `q is a letter here, and so is \?`, `47/5000`)
	v.Press("ctrl+s")
	v.See(`✓ Thank you`, `\d\d:\d\d:\d\d +Good experience q is`, `0/5000`)
	v.Press("enter")
	v.See(`Feedback of 12:00:00`, `q is a letter here`)
}

func TestDraftSurvivesARestart(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Type("half a thought")
	v.Miss(`Kept as`) // it is not written yet
	v.Poll()
	v.See(`Kept as a draft`)
	v.Press("esc")
	v.See(`A draft is kept`)
	v.Press("1", "3")
	v.See(`half a thought`)
	v.Press("c")
	v.Type(", and the rest")
	v.Press("ctrl+c")
	v.Restart()
	v.Press("3", "c")
	v.See(`half a thought, and the rest`, `Your draft is back`)
	v.Press("ctrl+r")
	v.Miss(`half a thought`)
	v.Press("ctrl+c")
	v.Restart()
	v.Press("3")
	v.Miss(`half a thought`)
}

func TestTooLongFeedbackIsRefusedAndKept(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Paste(strings.Repeat("x", backend.MaxFeedback+1))
	v.Press("ctrl+s")
	v.See(`✗ Use at most 5000 characters; this has 5001`, `5001/5000`)
}

func TestFeedbackIsWrittenOfflineAndSentLater(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	f.Offline = true
	v.Poll()
	v.Press("3", "c")
	v.Type("q, and d, and more")
	v.Poll()
	v.See(`q, and d, and more`, `Kept as a draft · sending is off while offline`)
	v.Press("ctrl+s")
	v.See(`✗ Sending is off while offline. What you write is kept`, `q, and d, and more`)
	v.Type(", r too")
	v.See(`q, and d, and more, r too`, `Kept as a draft`)
	v.Miss(`✗ Sending`)
	f.Offline = false
	v.Pass(time.Minute)
	v.Miss(`✗ The|✗ Sen`)
	v.See(`Kept as a draft`)
	v.Press("ctrl+s")
	v.See(`Thank you|The server is back`, `0/5000`)
}

func TestSendingIsFaintWhileOffline(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.RestartBehind(f, uitest.Colours())
	f.Offline = true
	v.Poll()
	v.Press("3", "c")
	v.SeeOff("ctrl+s send")
}

func TestDraftIsKeptInAReadOnlyConsole(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	v.Type("half a thought")
	v.Press("ctrl+c")
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press("3", "c")
	v.See(`! Opened for reading only`, `half a thought`)
	v.Press("ctrl+s", "ctrl+c")
	v.Restart()
	v.Press("3", "c")
	v.See(`half a thought`, `Your draft is back`)
}

func TestFailureToSendGoesWhenTheServerIsBack(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("3", "c")
	v.Type("half a thought")
	f.Offline = true
	v.Press("ctrl+s")
	v.See(`✗ The server cannot be reached`)
	f.Offline = false
	v.Pass(time.Minute)
	v.Miss(`✗ The|✗ Sen`)
	v.See(`Kept as a draft`)
}

// TestRefusalToSendIsSeenWhileAReadingIsSlow: the reading that tries whether the server
// is back.
func TestRefusalToSendIsSeenWhileAReadingIsSlow(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("3", "c")
	v.Type("half a thought")
	f.Offline = true
	v.Poll()
	v.See(`offline`)
	v.Now = v.Now.Add(time.Minute)
	v.Update(v.Tick) // its reading has no answer
	v.Now = v.Now.Add(4 * time.Second)
	v.Press("ctrl+s")
	v.See(`✗ Sending is off while offline`)
	v.Miss(`Still working`)
}

func TestFeedbackIsFound(t *testing.T) {
	v := uitest.Open(t, "3")
	for _, text := range []string{"good work", "bad work", "good day"} {
		v.Press("c")
		v.Type(text)
		v.Press("ctrl+s")
	}
	v.See(`✓ Thank you. Your feedback is stored in the demo, and goes with it`)
	v.Press("/")
	v.Type("good")
	v.See(`─ 2 of 6 · /good ─`, `^ /good`)
	v.Miss(`bad work`)
	v.Press("enter", "G", "enter")
	v.See(`Feedback of`, `good work`)
	v.Press("esc", "esc")
	v.See(`bad work`)
}

func TestFeedbackSaysWhereItGoes(t *testing.T) {
	for place, c := range map[string]struct {
		isLocal      bool
		goes, thanks string
	}{
		"demo":                    {true, "stays in the demo", "Your feedback is stored in the demo, and goes with it."},
		"local":                   {true, "stays in this file", "Your feedback is stored in this file, and goes nowhere else."},
		"PostgreSQL accounts":     {false, "stays in this database", "Your feedback is stored in this database, and goes nowhere else."},
		"remote accounts.example": {false, "goes to accounts.example", "Your feedback was sent to accounts.example."},
	} {
		v := uitest.Open(t)
		v.Restart(func(o *ui.Options) {
			o.Shell.Place, o.Start.Local, o.Start.Database = place, c.isLocal, strings.HasPrefix(place, "PostgreSQL")
		})
		v.Press("3", "c")
		v.See(`New feedback ─+ ` + c.goes + ` ─`)
		v.Resize(40, 15)
		v.See(shell.Capitalized(c.goes))
		v.Resize(80, 24)
		v.Type("good")
		v.Press("ctrl+s")
		v.See(`✓ Thank you. ` + c.thanks)
	}
}

func TestWideWindowHasEarlierFeedbackBesideTheNew(t *testing.T) {
	v := uitest.Open(t, "3")
	v.Resize(120, 40)
	v.See(`New feedback .*─╮╭─.* Earlier ─`, `╭─ Of 20\d\d`)
	v.Press("c")
	v.Type("a line")
	v.See(`▸ New feedback`, `a line`)
	v.Press("ctrl+s")
	v.See(`▌ 12:00:00 +a line`, `╭─ Of 12:00:00`)
	v.Fits()
	for _, size := range [][2]int{{200, 60}, {100, 24}, {70, 20}} {
		v.Resize(size[0], size[1])
		v.Fits()
	}
}
