package channels_test

import (
	"context"
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestDetailShowsTheLastDeliveries(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("enter")
	v.See(`Deliveries .* last 30`, `Sent +held on this machine, 4h`, `Seen +by a person 12d ago`,
		`▮ \d+ sent  ○ 2 held`, `~ 3 put off`, `Median +\d+ ms, slowest \d+ ms`, `07:00:00 +○ held`, `\d\d  ▮ sent in \d+ ms`)
	v.Press("pgdown")
	v.See(`\d\d  ~ 451 4.7.1`)
	v.Press("j")
	v.See(`Channel 2 · sms · pager`, `Label +pager`, `State +✗ failing for 3h, last a`, `Sent +▮ by twilio, 9d ago`, `Seen +! by a person 200d`, `stale`, `Next +t tests it again, e `)
	v.Restart(uitest.ASCII())
	v.Press("2", "enter")
	v.See(`# \d+ sent  o 2 held`, `  o held`)
}

func TestLongDetailIsScrolledInASmallWindow(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Resize(40, 15)
	v.Press("enter")
	v.See(`Channel 1 · email · work +ctrl\+d more`)
	v.Miss(`Median`)
	for range 20 {
		v.Press("pgdown")
	}
	v.See(`ctrl\+u back`, `\d\d-\d\d  ▮ sent in`)
	v.Press("j")
	v.See(`Channel 2 · sms · pager +ctrl\+d more`, `Value`)
	v.Press("esc")
	v.See(`▌ 2 ✆`)
}

// attemptCounter is a backend that notes for which channels attempts are read.
type attemptCounter struct {
	backend.Backend
	asked []int // their priorities
}

func (a *attemptCounter) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	a.asked = append(a.asked, priority)
	return a.Backend.ChannelAttempts(ctx, priority, limit)
}

func TestAttemptsAreReadOnceAndAgainWhereMessagesWereSent(t *testing.T) {
	v, a := uitest.Open(t), &attemptCounter{}
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { a.Backend = b; return a }))
	if a.asked != nil {
		t.Fatalf("attempts of %v were read before the screen was shown", a.asked)
	}
	v.Press("2", "j", "j", "k", "5", "2")
	if !slices.Equal(a.asked, []int{1, 2, 3, 4, 5}) {
		t.Fatalf("attempts of %v were read", a.asked)
	}
	a.asked = nil
	v.Press("g", "t")
	if !slices.Equal(a.asked, []int{1}) {
		t.Fatalf("after a test of channel 1 attempts of %v were read", a.asked)
	}
}

func TestInACompactWindowAttemptsAreReadWhereTheCursorStops(t *testing.T) {
	v, a := uitest.Open(t), &attemptCounter{}
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { a.Backend = b; return a }))
	v.Resize(40, 15)
	v.Press("2", "j", "j")
	if a.asked != nil {
		t.Fatalf("attempts of %v were read, although none are shown", a.asked)
	}
	v.Press("enter")
	var waiting []tea.Cmd
	for range 2 {
		waiting = append(waiting, v.Update(drive.Key("j")))
	}
	for _, cmd := range waiting {
		v.Run(cmd)
	}
	if !slices.Equal(a.asked, []int{3, 5}) {
		t.Fatalf("attempts of %v were read", a.asked)
	}
}

func TestDetailShowsTestsOfOtherConsoles(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("enter")
	v.See(`○ 2 held`)
	if _, err := v.Backend().TestChannel(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.See(`○ 3 held`, `Next +w takes the word`)
	v.Pass(2 * time.Minute)
	v.See(`w takes the word of`, `2m ago`, `w word`)
}

func TestUnreadAttemptsSayWhyAndNameTheKeyThatTriesAgain(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	f.ReadErr = backend.Errorf(backend.CodeBusy, "The file is busy.")
	v.Press("2", "enter")
	v.See(`✗ The attempts could not be read`, `The file is busy. r`)
	f.ReadErr = nil
	v.Press("r")
	v.See(`○ 2 held`)
}

func TestServerWithoutDeliveriesShowsNone(t *testing.T) {
	const none = "This server does not tell what becomes of messages."
	v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureDeliveries: none}})
	v.Press("2", "enter")
	v.Miss(`Deliveries`, `Seen`)
	for _, key := range []string{"w", "S"} {
		v.Press(key)
		v.See(`! ` + none)
		v.Pass(uitest.WarningTime)
	}
	v.Press("t")
	v.See(`Channel 1: test message held`)
	v.Miss(`takes its word`)
	v.Press("5", "G", "R")
	v.See(`! ` + none)
}
