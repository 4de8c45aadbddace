package ui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestQuittingWaitsForChangesBeingSaved(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	saving := v.Update(drive.Key("t"))
	v.Press("q")
	if v.HasQuit {
		t.Fatal("it did not wait")
	}
	v.See(`1 change being saved · q again to leave`)
	v.Run(saving)
	if !v.HasQuit {
		t.Fatal("it waited for nothing")
	}
}

func TestSecondQQuitsAtOnce(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Press("q", "q")
	if !v.HasQuit {
		t.Fatal("it did not leave")
	}
}

func TestQuittingWaitsTwoSecondsAtMost(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Press("ctrl+c")
	v.Pass(2 * time.Second)
	if !v.HasQuit {
		t.Fatal("it waits for ever")
	}
}

// TestQuittingStopsAnExport, and waits until nothing is left of it.
func TestQuittingStopsAnExport(t *testing.T) {
	v, dir := uitest.Open(t), t.TempDir()
	v.Press("4", "E", "ctrl+u")
	v.Paste(filepath.Join(dir, "a.jsonl"))
	writing := v.Update(drive.Key("ctrl+s"))
	v.Press("esc", "q")
	if v.HasQuit {
		t.Fatal("it did not wait")
	}
	v.See(`The export is being stopped · q again to leave`)
	v.Run(writing)
	if left, err := os.ReadDir(dir); !v.HasQuit || err != nil || len(left) > 0 {
		t.Fatalf("it has quit: %t; %v is left, %v", v.HasQuit, left, err)
	}
}
