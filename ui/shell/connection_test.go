package shell_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestOfflineShowsTheLastAnswerAndRefusesChanges(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("2")
	f.Offline = true
	v.Poll()
	v.See(`demo ✗ offline 0s`, `! as of 12:00:00 · next try in 1s · changes are off`, `1  @ work`)
	v.Press("d")
	v.See(`! Changes are off while offline`)
	v.Miss(`Keep`)
	f.Offline = false
	v.Pass(time.Second)
	v.Pass(2 * time.Second)
	v.See(`● demo`, `✓ The server is back`)
}

// TestTimeOfflineBeginsWithTheReadingThatFailed, however long before that nothing was read.
func TestTimeOfflineBeginsWithTheReadingThatFailed(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Pass(20 * time.Second)
	f.Offline = true
	v.Poll()
	v.See(`✗ offline 0s`, `as of 12:00:00`)
	v.Pass(3 * time.Second)
	v.See(`✗ offline 3s`, `as of 12:00:00`)
	f.Offline = false
	v.Pass(10 * time.Second)
	f.Offline = true
	v.Poll()
	v.See(`✗ offline 0s`)
}

func TestFeedbackThatDidNotArriveIsToldWhileOffline(t *testing.T) {
	const words = `✗ The server cannot be reached. Nothing was sent; what you typed is kept`
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("3", "c")
	v.Type("a thought")
	f.Offline = true
	v.Press("ctrl+s")
	v.See(words)
	v.Pass(time.Minute)
	v.See(words, `✗ offline 1m`, `a thought`)
	v.Press("ctrl+s")
	v.See(`✗ Sending is off while offline. What you write is kept`)
	v.Press("esc", "!")
	v.See(`✗ The server cannot be reached. Nothing was sent; what you`)
	v.Press("esc", "d") // the time of the last answer stays beside any notice
	v.Pass(time.Second)
	v.Press("2", "d")
	v.See(`! Changes are off while offline`, `✗ offline 1m`)
	v.Resize(40, 15)
	v.See(`✗ offline 1m`)
	v.Fits()
}

func TestFormThatDidNotArriveKeepsItsDraft(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("e")
	v.Type("ny")
	f.Offline = true
	v.Press("ctrl+s")
	v.See(`✗ The server cannot be reached. Nothing was sent; what you`, `typed is kept`)
	v.Press("esc", "!")
	v.See(`✗ The server cannot be reached. Nothing was sent`)
}

func TestRetriesGrowRarerAndRTriesNow(t *testing.T) {
	f := &uitest.Faulty{Offline: true}
	v := uitest.OpenFaulty(t, f)
	for _, wait := range []int{1, 2, 5, 15, 30, 30} {
		v.See(fmt.Sprintf(`next try in %ds`, wait))
		v.Pass(time.Duration(wait) * time.Second)
	}
	asked := f.Calls
	v.Poll()
	if f.Calls != asked {
		t.Fatal("it asked before it was time")
	}
	f.Offline = false
	v.Press("r")
	v.See(`Name +John`, `● demo`)
}

// TestTryingAgainIsTold, with what came of it.
func TestTryingAgainIsTold(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	v.Press("2")
	f.Offline = true
	v.Poll()
	v.Press("d")
	v.See(`! Changes are off while offline`)
	v.Press("r")
	v.See(`! Still no answer from the server\. +next try in 1s  1/5 $`)
	v.Miss(`Changes are off while offline`)
	v.Pass(time.Second)
	v.See(`! Still no answer from the server\. +next try in 2s  1/5 $`)
	v.Resize(40, 15)
	v.See(`! Still no answer from the server`, `^ +next try in 2s`)
	v.Fits()
	v.Resize(80, 24)
	v.Press("!")
	v.See(`Trying again…`)
	v.Press("esc", "d")
	f.Offline = false
	v.Press("r")
	v.See(`✓ The server is back`)
	v.Pass(2 * time.Second)
	v.Miss(`Changes are off`, `Trying again`, `no answer`)
}

// TestTryingAgainIsSeenWhileItLasts beside a server that takes its time.
func TestTryingAgainIsSeenWhileItLasts(t *testing.T) {
	f := &uitest.Faulty{}
	v := uitest.OpenFaulty(t, f)
	f.Offline = true
	v.Poll()
	v.Update(drive.Key("r"))
	v.See(`Trying again…`)
}

func TestServerWithoutRevisionsIsReadEvery15Seconds(t *testing.T) {
	f := &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureRevision: "none"}}
	v := uitest.OpenFaulty(t, f)
	asked := f.Calls
	v.Poll()
	if f.Calls != asked {
		t.Fatal("it asked at once")
	}
	v.Pass(15 * time.Second)
	if f.Calls == asked {
		t.Fatal("it never asked")
	}
}

func TestMissingFeaturesAreNotOffered(t *testing.T) {
	const none = "This server does not have it."
	f := &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureMessages: none, backend.FeatureFeedback: none, backend.FeatureFeedbackHistory: none, backend.FeatureAccounts: none, backend.FeatureRevision: none}}
	v := uitest.OpenFaulty(t, f)
	v.Miss(`Messages`)
	v.Press("5")
	v.See(`! This server does not have it`)
	v.Press("3", "c")
	v.See(`! This server does not have it`)
	v.Press("o")
	v.See(`! This server does not have it`)
	v.Miss(`Switch account`)
	v.Press("2", "j", "j", "v")
	v.Miss(`inbox`)
}
