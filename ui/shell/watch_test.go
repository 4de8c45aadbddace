package shell_test

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
)

// watcher is a backend that tells of a change at once, and of no other.
type watcher struct {
	backendtest.Stub
	ended chan error // why a call has ended
}

func (w watcher) AwaitChange(ctx context.Context, seen uint64) (uint64, error) {
	if seen == 0 {
		return 1, nil
	}
	<-ctx.Done()
	w.ended <- ctx.Err()
	return seen, ctx.Err()
}

// TestAnotherAccountEndsTheWatch: what the last account still tells is not about this one.
func TestAnotherAccountEndsTheWatch(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	sh := shell.New(shell.Options{Now: func() time.Time { return now }})
	first := watcher{ended: make(chan error, 1)}
	sh.Show(shell.Opened{View: first})
	told := drive.Results(sh.WatchCmd())
	if at, isDue := sh.Due(); !isDue || at.After(now) {
		t.Errorf("it is asked at %v, before it has told that it tells of changes", at)
	}
	next, isBatch := sh.Update(told[0])().(tea.BatchMsg)
	if !isBatch || len(next) != 2 {
		t.Fatalf("%v: it is not asked what has changed", next)
	}
	go next[0]() // waits
	sh.Show(shell.Opened{View: watcher{ended: make(chan error, 1)}})
	if err := <-first.ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if sh.Update(told[0]) != nil {
		t.Error("the last account is waited for")
	}
	if sh.Show(shell.Opened{View: backendtest.Stub{}}); sh.WatchCmd() != nil {
		t.Error("a backend is waited for that tells of nothing")
	}
}

func TestDueIsTheNearestThing(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	sh := shell.New(shell.Options{Now: func() time.Time { return now }})
	due := func(what string, after time.Duration) {
		t.Helper()
		if at, isDue := sh.Due(); !isDue || !at.Equal(now.Add(after)) {
			t.Errorf("%s: due %v, %v", what, at.Sub(now), isDue)
		}
	}
	if at, isDue := sh.Due(); isDue {
		t.Errorf("something is due at %v in a shell without an account", at)
	}
	sh.Tell(shell.Good, "Done.")
	due("a notice ends", 4*time.Second)
	sh.Tell(shell.Warning, "Look.")
	due("another notice waits", 1500*time.Millisecond)
	sh.Notices = shell.Notices{}
	sh.Tell(shell.Failure, "No.")
	if at, isDue := sh.Due(); isDue {
		t.Errorf("a failure ends at %v", at)
	}
	sh.Show(shell.Opened{View: backendtest.Stub{}})
	sh.Disconnected(nil)
	due("a server is tried again", time.Second)
	sh.Drafts.Keep("form", map[string]string{"name": "x"})
	due("a draft is to be written", 0)
}
