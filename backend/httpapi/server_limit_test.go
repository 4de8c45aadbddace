package httpapi

import "testing"

// TestFewerAreServedThanAccepted: with any limit of files, there is room for some
// that wait, and for the other files of the process.
func TestFewerAreServedThanAccepted(t *testing.T) {
	for files, want := range map[int][2]int{1: {1, 2}, 12: {1, 2}, 32: {3, 4}, 64: {24, 32}, 256: {96, 128}, 1024: {624, 832}, 4096: {3648, 3904}, 1 << 20: {maxServed, 1<<20 - otherFiles}} {
		accepted := acceptable(files)
		c := newConnections(nil, maxServed, accepted)
		if got := [2]int{c.served, c.accepted}; got != want {
			t.Errorf("with %d files %v are served and accepted, want %v", files, got, want)
		}
		if c.served >= c.accepted || c.served < 1 {
			t.Errorf("with %d files %d of %d are served", files, c.served, c.accepted)
		}
	}
	for served := 1; served < 40; served++ { // also where the program says how many are served
		if c := newConnections(nil, served, 32); c.served >= c.accepted || c.served > served {
			t.Errorf("%d of %d are served, of %d that were asked for", c.served, c.accepted, served)
		}
	}
}
