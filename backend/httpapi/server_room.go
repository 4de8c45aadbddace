package httpapi

import (
	"container/list"
	"net"
	"sync"
	"time"
)

const (
	// otherFiles are kept for the database, the senders (96 connections in use, and idle
	// ones), the log and what the runtime needs. Of a small limit it is half, but at least
	// fewestOther: a server without connections has 17 files open, and a backup needs some
	// more. A sender that gets none tries again later.
	otherFiles  = 192
	fewestOther = 28
	// maxShare is how many of those that are accepted always have room to wait.
	maxShare = 256
)

// acceptable is how many connections may be open where a process may have so many
// files; 0 for what the system says. Even with very few files there are two: one that
// is served, and one that waits.
func acceptable(files int) int {
	if files == 0 {
		files = descriptors()
	}
	if files == 0 {
		files = 1 << 16
	}
	return max(files-min(otherFiles, max(files/2, fewestOther)), 2)
}

// newConnections bounds a listener: served at once, and accepted in all. A quarter of
// those that are accepted, up to maxShare, is not for serving: with all of them served,
// none would be seen to wait, and no quiet one would be closed for it.
func newConnections(l net.Listener, served, accepted int) *connections {
	share := min(max(accepted/4, 1), maxShare)
	c := &connections{Listener: l, served: min(served, accepted-share), accepted: accepted, share: share,
		waiting: list.New(), quiet: list.New(), open: map[net.Conn]*connection{}}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// canServe reports whether one more may be served. Those that are only told to come
// back do not count.
func (l *connections) canServe() bool { return len(l.open)-l.refused < l.served }

// count tells how many there are. The caller has mu.
func (l *connections) count() {
	l.isCrowded.Store(l.waiting.Len() > 0)
	l.isPressed.Store(len(l.open)+l.waiting.Len() >= l.accepted-l.share/2)
	l.collector.pace(len(l.open))
}

// quietLimit is how long a connection must have been quiet now before it is closed.
func (l *connections) quietLimit() time.Duration {
	if l.isPressed.Load() {
		return quietTimeFull
	}
	return quietTime
}

// waitLimit is how long a connection waits now before it is told to come back.
func (l *connections) waitLimit() time.Duration {
	if l.isPressed.Load() {
		return maxWaitFull
	}
	return maxWait
}

// isOver reports whether a connection has had its turn, because others wait.
func (l *connections) isOver(c *connection) bool {
	return l.isCrowded.Load() && (l.isPressed.Load() || time.Since(c.since) >= turnTime)
}
