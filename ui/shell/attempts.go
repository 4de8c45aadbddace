package shell

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// settleTime is how long the cursor has to stay on a row before its attempts are
// read, so that a key that is held down does not read those of every row.
const settleTime = 120 * time.Millisecond

// Attempts reads the delivery attempts of the row under a cursor. What was read
// before is kept, so that they are shown at once when the cursor comes back.
type Attempts struct {
	shell *Shell
	name  string // of the request
	at    string // names the row under the cursor; "" while none is in sight
	moves int    // how often the cursor moved, to recognise an older settledMsg
	read  func(context.Context) ([]backend.Attempt, error)
	kept  map[string]AttemptList
}

// AttemptList is what was read for a row: the attempts, or the error.
type AttemptList struct {
	List []backend.Attempt
	Err  error
}

// settledMsg: the settle time after a move is over.
type settledMsg struct {
	of   *Attempts
	move int
}

type attemptsReadMsg struct {
	of  *Attempts
	row string
	AttemptList
}

// NewAttempts returns a reader of attempts whose requests have this name.
func NewAttempts(sh *Shell, name string) *Attempts {
	return &Attempts{shell: sh, name: name, kept: map[string]AttemptList{}}
}

// Follow notes that the cursor is on a row, and reads that if the cursor stays there.
// row identifies it; "" for none.
func (a *Attempts) Follow(row string, read func(context.Context) ([]backend.Attempt, error)) tea.Cmd {
	if row == a.at {
		return nil
	}
	a.at, a.read = row, read
	a.moves++
	if row == "" {
		return nil
	}
	return a.shell.after(settleTime, settledMsg{a, a.moves})
}

// Reread reads the row under the cursor again, after something has changed.
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

// Update handles the messages of the reading.
func (a *Attempts) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settledMsg:
		if msg.of == a && msg.move == a.moves {
			return a.Reread()
		}
	case attemptsReadMsg:
		if msg.of != a {
			return nil
		}
		if IsOffline(msg.Err) {
			a.shell.Disconnected() // what was read before stays
			return nil
		}
		a.kept[msg.row] = msg.AttemptList
	}
	return nil
}

// Of is what was read for a row; false when nothing was.
func (a *Attempts) Of(row string) (AttemptList, bool) {
	r, ok := a.kept[row]
	return r, ok
}

// IsReading reports whether the row under the cursor is being read for a noticeable
// time, with nothing to show yet.
func (a *Attempts) IsReading() bool {
	_, known := a.kept[a.at]
	return !known && a.shell.Work.Waits(a.name, a.shell.Now)
}
