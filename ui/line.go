package ui

import (
	"fmt"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// line is the way to the accounts: up, or down with what is known of it. A
// database on this machine is always up.
type line struct {
	down    bool
	reads   time.Time // of the last reading that worked
	retryAt time.Time
	tries   int
}

// waits are the pauses between tries while the line is down; the last one
// stands for all that follow.
var waits = []time.Duration{1 * time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second}

// slowly is how often an account is read again where the backend cannot say
// whether anything changed.
const slowly = 15 * time.Second

// broke notes that the accounts could not be reached. The readings that fail
// together are one try.
func (d *desk) broke() {
	if d.line.down && d.now.Before(d.line.retryAt) {
		return
	}
	d.line.down = true
	d.line.retryAt = d.now.Add(waits[min(d.line.tries, len(waits)-1)])
	d.line.tries++
}

// works notes that a reading came through.
func (d *desk) works() {
	if d.line.down {
		d.tell(good, "The server is back.")
	}
	d.line = line{reads: d.now}
}

// watchCmd looks whether anything changed, in the way that the backend has
// for it; while the line is down, it tries again when it is time to.
func (d *desk) watchCmd() tea.Cmd {
	if d.opened.View == nil || d.gone || d.work.busy(watching) || d.work.busy("profile") {
		return nil
	}
	switch {
	case d.line.down && d.now.Before(d.line.retryAt):
		return nil
	case d.line.down, d.lacks(backend.FeatureRevision) != "" && d.now.Sub(d.line.reads) >= slowly:
		return d.reload()
	case d.lacks(backend.FeatureRevision) != "":
		return nil
	}
	return d.revisionCmd()
}

// offlineWords say in the header how long until the next try.
func (d *desk) offlineWords() string {
	if !d.now.Before(d.line.retryAt) {
		return fmt.Sprintf("offline %s trying", d.Dot)
	}
	left := math.Ceil(d.line.retryAt.Sub(d.now).Seconds())
	return fmt.Sprintf("offline %s retry %ds", d.Dot, int(left))
}

// offlineSince are the same words with the age of what is shown, which no
// notice may hide. Where there is no room for both, the age counts more.
func (d *desk) offlineSince() string {
	if d.profile == nil && d.channels == nil {
		return d.offlineWords()
	}
	since := fmt.Sprintf("as of %s", d.line.reads.Local().Format("15:04"))
	if d.class == compact {
		return fmt.Sprintf("offline %s %s", d.Dot, since)
	}
	return fmt.Sprintf("%s %s %s", d.offlineWords(), d.Dot, since)
}

// lacks says why a feature cannot be had, "" when it can.
func (d *desk) lacks(f backend.Feature) string {
	if d.opened.View == nil {
		return ""
	}
	return d.opened.View.Lacks(f)
}

// isOffline reports whether an error means that nothing was reached.
func isOffline(err error) bool {
	return backend.ErrorCode(err) == backend.CodeOffline
}

// isUnknown reports whether an error means that a change may have been made.
func isUnknown(err error) bool {
	return backend.ErrorCode(err) == backend.CodeUnknown
}
