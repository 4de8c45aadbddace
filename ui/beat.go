package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/shell"
)

// The console looks at the clock when something is due, or when what it shows would be
// another picture by the time alone. It finds that out by drawing the picture as it will
// be: no screen has to say what in it depends on time. Whatever else happens, such as a
// key, is followed by a look at the clock within a poll interval.

// PollInterval is how soon the console looks at the clock after anything has happened,
// and again while something is due that it has to wait for.
const PollInterval = shell.PollInterval

const (
	// longestBeat is the longest time from one look at the clock to the next.
	longestBeat = 30 * time.Second
	// countdown is how often a text changes that counts seconds.
	countdown = time.Second
	// precision is how late a text may be that changes by the time alone.
	precision = 50 * time.Millisecond
)

// TickMsg makes the console look at the clock. It sends itself one when that is due,
// unless Shell.Still is set.
type TickMsg struct{}

// beat is the timer of the next TickMsg; there is one at a time.
type beat struct {
	at     time.Time
	cancel chan struct{}
}

// keepTime sets the timer after a message, where another one is needed.
func (m *Model) keepTime(msg tea.Msg) tea.Cmd {
	_, hasCome := msg.(TickMsg)
	switch {
	case m.isStill:
		return nil
	case hasCome:
		return m.beatIn(m.pause())
	case shell.IsPoll(msg):
		at, isDue := m.shell.Due()
		if soon := max(PollInterval, at.Sub(m.shell.Now)); isDue && m.beat.at.Sub(m.shell.Now) > soon {
			return m.beatIn(soon)
		}
		return nil
	case m.beat.at.Sub(m.shell.Now) > PollInterval:
		return m.beatIn(PollInterval)
	}
	return nil
}

// beatIn sets the timer, in place of the one that is set.
func (m *Model) beatIn(pause time.Duration) tea.Cmd {
	if m.isStill {
		return nil
	}
	if m.beat.cancel != nil {
		close(m.beat.cancel)
	}
	cancel := make(chan struct{})
	m.beat = beat{m.shell.Now.Add(pause), cancel}
	return func() tea.Msg {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-timer.C:
			return TickMsg{}
		case <-cancel:
			return nil
		}
	}
}

// pause is how long nothing is due, and nothing on the screen changes by itself.
func (m *Model) pause() time.Duration {
	if m.leaving {
		return PollInterval
	}
	if m.shell.Spins() {
		return shell.SpinTime
	}
	pause := longestBeat
	if at, isDue := m.shell.Due(); isDue {
		pause = min(pause, at.Sub(m.shell.Now))
	}
	if m.start != nil {
		if at, isDue := m.start.Due(); isDue {
			pause = min(pause, at.Sub(m.shell.Now))
		}
	}
	if pause <= PollInterval {
		return PollInterval
	}
	return m.unchangedFor(pause)
}

// unchangedFor is how long the picture stays as it is, up to most.
func (m *Model) unchangedFor(most time.Duration) time.Duration {
	now := m.View()
	early, late := time.Duration(0), min(countdown, most)
	if late < most && m.viewIn(late) == now {
		early, late = late, most
	}
	if late == most && m.viewIn(late) == now {
		return most
	}
	for late-early > precision {
		if middle := (early + late) / 2; m.viewIn(middle) == now {
			early = middle
		} else {
			late = middle
		}
	}
	return late
}

// viewIn draws the picture as it will be after a time in which nothing happens.
func (m *Model) viewIn(span time.Duration) string {
	now := m.shell.Now
	defer func() { m.shell.Now = now }()
	m.shell.Now = now.Add(span)
	return m.View()
}
