package shell

import (
	"context"
	"maps"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// settleTime is how long the cursor has to stay on a row before its attempts are
// read, so that a key that is held down does not read those of every row.
const settleTime = 120 * time.Millisecond

// inSight ends the name of the request that reads all rows in sight.
const inSight = " in sight"

// Attempts reads the delivery attempts of the row under a cursor. What was read
// before is kept, so that they are shown at once when the cursor comes back.
type Attempts struct {
	shell *Shell
	name  string // of the request
	at    string // names the row under the cursor; "" while none is in sight
	moves int    // how often the cursor moved, to recognise an older settledMsg
	read  func(context.Context) ([]backend.Attempt, error)
	kept  map[string]AttemptList
	as    map[string]string // of kept, the version of the row that was read
	fails bool              // the rows in sight could not be read, and wait for Reread
}

// AttemptList is what was read for a row: the attempts, or the error.
type AttemptList struct {
	List []backend.Attempt
	Err  error
}

// AttemptRow is a row whose attempts can be read.
type AttemptRow struct {
	Row     string // as for Follow
	Version string // another one once there may be more attempts
	Read    func(context.Context) ([]backend.Attempt, error)
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

// rowsReadMsg: many rows were read; what is of version stands under the row.
type rowsReadMsg struct {
	of      *Attempts
	lists   map[string]AttemptList
	version map[string]string
	fails   bool // some were not read
}

// NewAttempts returns a reader of attempts whose requests have this name.
func NewAttempts(sh *Shell, name string) *Attempts {
	return &Attempts{shell: sh, name: name, kept: map[string]AttemptList{}, as: map[string]string{}}
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
	return a.shell.After(settleTime, settledMsg{a, a.moves})
}

// Reread reads the row under the cursor again, after something has changed.
func (a *Attempts) Reread() tea.Cmd {
	a.fails = false
	maps.DeleteFunc(a.as, func(row, _ string) bool { return a.kept[row].Err != nil })
	if a.at == "" {
		return nil
	}
	row, read := a.at, a.read
	return a.shell.Load(a.name, func(ctx context.Context) tea.Msg {
		list, err := read(ctx)
		return attemptsReadMsg{a, row, AttemptList{list, err}}
	})
}

// CanReadAll reports whether ReadAll would begin a reading now: none runs, and the last one
// has not failed since Reread was called.
func (a *Attempts) CanReadAll() bool { return !a.fails && !a.shell.Work.Busy(a.name+inSight) }

// ReadAll reads the rows of which nothing is known in their version, one after the other. It
// says whether all are known already.
func (a *Attempts) ReadAll(rows []AttemptRow) (cmd tea.Cmd, isComplete bool) {
	name := a.name + inSight
	rows = slices.DeleteFunc(rows, func(r AttemptRow) bool { return a.as[r.Row] == r.Version })
	if len(rows) == 0 || !a.CanReadAll() {
		return nil, len(rows) == 0
	}
	return a.shell.Load(name, func(ctx context.Context) tea.Msg {
		msg := rowsReadMsg{of: a, lists: map[string]AttemptList{}, version: map[string]string{}}
		for _, r := range rows {
			list, err := r.Read(ctx)
			if IsOffline(err) || ctx.Err() != nil {
				msg.fails = true // what was read before stays
				break
			}
			msg.lists[r.Row], msg.version[r.Row] = AttemptList{list, err}, r.Version
		}
		return msg
	}), false
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
			a.shell.Disconnected(msg.Err) // what was read before stays
			return nil
		}
		a.kept[msg.row] = msg.AttemptList
	case rowsReadMsg:
		if msg.of == a {
			maps.Copy(a.kept, msg.lists)
			maps.Copy(a.as, msg.version)
			a.fails = msg.fails
		}
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
	return !known && (a.shell.Work.Waits(a.name, a.shell.Now) || a.shell.Work.Waits(a.name+inSight, a.shell.Now))
}
