package ui_test

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestChannel takes as long as slowTest says.
func (b *teller) TestChannel(ctx context.Context, priority int) (backend.Test, error) {
	time.Sleep(b.slowTest)
	return b.Backend.TestChannel(ctx, priority)
}

// TestTheSignTurnsOnlyWhileATestRuns: a few pictures a second then, and none before and
// after.
func TestTheSignTurnsOnlyWhileATestRuns(t *testing.T) {
	inTime(t, func(r *running) {
		r.press("1")
		r.pass(20 * time.Second)
		r.told.slowTest = 3 * time.Second
		r.press("2")
		r.press("t")
		r.ticks = 0
		pictures := map[string]bool{}
		for range 30 {
			r.pass(100 * time.Millisecond)
			pictures[r.model.View()[:200]] = true
		}
		if len(pictures) < 4 || r.ticks < 10 || r.ticks > 18 {
			r.Errorf("%d pictures, %d looks at the clock in 3 s", len(pictures), r.ticks)
		}
		r.pass(20 * time.Second)
		r.press("1")
		r.pass(20 * time.Second)
		r.ticks = 0
		r.pass(5 * time.Minute)
		if r.ticks > 11 {
			r.Errorf("%d looks at the clock in 5 min afterwards", r.ticks)
		}
	})
}
