package shell_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func still(o *ui.Options) { o.Shell.NoMotion = true }

// flashing is the lines that have the colour of a row that flashes.
func flashing(v *uitest.Visit) (lines []int) {
	for i, line := range strings.Split(v.Screen(), "\n") {
		if strings.Contains(line, "1;38;2;111;211;227m") {
			lines = append(lines, i)
		}
	}
	return lines
}

// TestARowFlashesThatWasChangedElsewhere, for a second, and no other row: it is in one
// colour, unlike the row under the cursor.
func TestARowFlashesThatWasChangedElsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		channel  int
		setting  func(*ui.Options)
		flashing int
	}{
		"another":          {4, func(*ui.Options) {}, 1},
		"under the cursor": {1, func(*ui.Options) {}, 1},
		"still":            {4, still, 0},
	} {
		v := uitest.Open(t)
		v.Restart(uitest.Colours(), c.setting)
		v.Press("2")
		if n := len(flashing(v)); n != 0 {
			t.Errorf("%s: %d lines flash before the change", name, n)
		}
		if _, err := v.Backend().SetChannelEnabled(t.Context(), c.channel, c.channel == 4); err != nil {
			t.Fatal(err)
		}
		v.Poll()
		if n := len(flashing(v)); n != c.flashing {
			t.Errorf("%s: %d lines flash", name, n)
		}
		v.Pass(time.Second)
		if n := len(flashing(v)); n != 0 {
			t.Errorf("%s: %d lines flash after a second", name, n)
		}
	}
}

func TestAnOwnChangeDoesNotFlash(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Colours())
	v.Press("2", "j", "j", "j", "s", "k")
	v.Poll()
	if n := len(flashing(v)); n != 0 {
		t.Errorf("%d lines flash:\n%s", n, v.Screen())
	}
}

// TestASignTurnsWhileAChangeRuns, and only then.
func TestASignTurnsWhileAChangeRuns(t *testing.T) {
	v := uitest.Open(t, "2")
	begun := v.Update(drive.Key("t"))
	v.See(`● demo`)
	seen := map[string]bool{}
	for range 8 {
		v.Pass(200 * time.Millisecond)
		v.See(`[◐◓◑◒] demo`)
		seen[strings.Split(v.Screen(), "\n")[0]] = true
	}
	if len(seen) != 4 {
		t.Errorf("it has %d pictures", len(seen))
	}
	v.Run(begun)
	v.See(`● demo`)
	v.Restart(still)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Pass(time.Second)
	v.See(`● demo`)
}

func TestTheCodeSaysHowLongItsCheckTook(t *testing.T) {
	v := uitest.Open(t, "2", "j", "j", "v", "0", "8", "7", "6", "0")
	trying := v.Update(drive.Key("8"))
	v.Pass(84 * time.Millisecond)
	v.Run(trying)
	v.See(`✓ Channel 3 is verified and on\. Checked in 84 ms\.`)
}
