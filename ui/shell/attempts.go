package shell

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/theme"
)

// settle is how long a cursor has to rest on a row before its attempts are
// read: a key that is held down walks a list without asking for every row.
const settle = 120 * time.Millisecond

// attempts are what became of messages, read for the row under a cursor. What
// was read before is kept, so that going back to a row shows it at once.
type Attempts struct {
	shell *Shell
	name  string // of the reading
	at    string // names the row under the cursor; "" while none is in sight
	moves int    // of the cursor, to tell a rest from an older one
	read  func(context.Context) ([]backend.Attempt, error)
	kept  map[string]AttemptList
}

// reading is an answer: attempts, or why there are none.
type AttemptList struct {
	List []backend.Attempt
	Err  error
}

// restedMsg: the cursor has not moved for a while.
type restedMsg struct {
	of   *Attempts
	move int
}

type attemptsReadMsg struct {
	of  *Attempts
	row string
	AttemptList
}

func NewAttempts(sh *Shell, name string) *Attempts {
	return &Attempts{shell: sh, name: name, kept: map[string]AttemptList{}}
}

// follow goes with the cursor to a row, and reads it if the cursor stays.
func (a *Attempts) Follow(row string, read func(context.Context) ([]backend.Attempt, error)) tea.Cmd {
	if row == a.at {
		return nil
	}
	a.at, a.read = row, read
	a.moves++
	if row == "" {
		return nil
	}
	return a.shell.after(settle, restedMsg{a, a.moves})
}

// again reads the row under the cursor once more: something has changed.
func (a *Attempts) Reread() tea.Cmd {
	if a.at == "" {
		return nil
	}
	row, read := a.at, a.read
	return a.shell.Load(a.name, func(ctx context.Context) tea.Msg {
		list, err := read(ctx)
		return attemptsReadMsg{a, row, AttemptList{list, err}}
	})
}

func (a *Attempts) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case restedMsg:
		if fact.of == a && fact.move == a.moves {
			return a.Reread()
		}
	case attemptsReadMsg:
		if fact.of != a {
			return nil
		}
		if IsOffline(fact.Err) {
			a.shell.Disconnected() // what was read before stays
			return nil
		}
		a.kept[fact.row] = fact.AttemptList
	}
	return nil
}

// of is what was read for a row, and whether anything was.
func (a *Attempts) Of(row string) (AttemptList, bool) {
	r, ok := a.kept[row]
	return r, ok
}

// waits reports whether the row under the cursor has been read for a moment
// already, with nothing to show yet.
func (a *Attempts) IsReading() bool {
	_, known := a.kept[a.at]
	return !known && a.shell.Work.Waits(a.name, a.shell.Now)
}

// outcome is the sign of an outcome, one cell wide, with its colour.
func (s *Shell) OutcomeSign(o backend.Outcome) (theme.Style, string) {
	switch o {
	case backend.OutcomeSent:
		return s.Look.OK, s.Look.Sent
	case backend.OutcomeHeld:
		return s.Look.Info, s.Look.Held
	case backend.OutcomeDelayed:
		return s.Look.Warn, s.Look.Delayed
	}
	return s.Look.Err, s.Look.No
}
