package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// What can change the reach of a customer only notes that it may have: it is settled once,
// at the end of the transaction, and written where it is another one.

// The ranks of a stored reach. They are the order of lists by reach, and the last one is of
// accounts that are no problem until their proofs grow stale.
const (
	rankFailing = iota
	rankNone
	rankPending
	rankProved
)

// ways is the JSON of a stored reach.
type ways struct {
	Types   []backend.ChannelType `json:"on,omitempty"`
	Held    bool                  `json:"held,omitempty"`
	Failing []failingWay          `json:"fails,omitempty"`
	Pending []backend.ChannelType `json:"waits,omitempty"`
}

type failingWay struct {
	Type  backend.ChannelType `json:"type"`
	Since int64               `json:"since"` // unix milliseconds
}

// storedReach is a row of reaches.
type storedReach struct {
	rank   int
	seenAt int64
	ways   string
}

const (
	selectReach = `SELECT rank, seen_at, ways FROM reaches WHERE customer_id = $1`
	updateReach = `UPDATE reaches SET rank = $1, seen_at = $2, ways = $3 WHERE customer_id = $4`
)

// mostUnsettled is how many customers a transaction notes before it settles them.
const mostUnsettled = 1000

// reachMayChange notes that the reach of a customer may become another one.
func (t *Tx) reachMayChange(customer string) error {
	if n := len(t.unsettled); n > 0 && t.unsettled[n-1] == customer {
		return nil
	}
	t.unsettled = append(t.unsettled, customer)
	if len(t.unsettled) > mostUnsettled { // also the one that is being changed; it is noted again
		return t.settleReaches()
	}
	return nil
}

// isChangedBy reports whether an attempt may change a reach that is stored as this JSON. Most
// change nothing: they end as the one before did. It is asked with every attempt, so that it
// reads as little as it can.
func isChangedBy(stored string, outcome backend.Outcome) bool {
	switch outcome {
	case backend.OutcomeDelayed, backend.OutcomeUnknown, backend.OutcomeBlocked:
		return false
	case backend.OutcomeFailed:
		return true
	case backend.OutcomeSent, backend.OutcomeHeld:
	}
	isHeld := strings.Contains(stored, `"held":true`)
	isOn := strings.Contains(stored, `"on":`)
	return strings.Contains(stored, `"fails":`) || isOn && isHeld != (outcome == backend.OutcomeHeld)
}

// settleReaches writes the reaches that have become others.
func (t *Tx) settleReaches() error {
	list := t.unsettled
	t.unsettled = nil
	slices.Sort(list)
	for _, customer := range slices.Compact(list) {
		if err := t.settleReach(customer); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) settleReach(customer string) error {
	if err := t.LockAccount(customer); err != nil {
		return err
	}
	var old storedReach
	err := t.row(selectReach, []any{customer}, &old.rank, &old.seenAt, &old.ways)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the account was deleted
	}
	if err != nil {
		return err
	}
	channels, err := t.Channels(customer)
	for i := range channels {
		if err == nil {
			err = t.LoadOutcomes(customer, &channels[i])
		}
	}
	if err != nil {
		return err
	}
	r, err := toStored(backend.ReachOf(channels))
	if err != nil || r == old {
		return err
	}
	_, err = t.exec(updateReach, r.rank, r.seenAt, r.ways, customer)
	return err
}

func toStored(r backend.Reach) (storedReach, error) {
	w := ways{Types: r.Types, Held: r.Held, Pending: r.Pending}
	for _, f := range r.Failing {
		w.Failing = append(w.Failing, failingWay{f.Type, millis(f.Since)})
	}
	text, err := json.Marshal(w)
	s := storedReach{rank: rankProved, seenAt: millis(r.SeenAt), ways: string(text)}
	switch r.State {
	case backend.ReachFailing:
		s.rank = rankFailing
	case backend.ReachNone:
		s.rank = rankNone
	case backend.ReachPending:
		s.rank = rankPending
	case backend.ReachStale, backend.ReachHeld, backend.ReachProved:
	}
	return s, err
}

// loaded is the reach that was stored, as backend.ReachOf made it.
func (s storedReach) loaded() (backend.Reach, error) {
	var w ways
	if err := json.Unmarshal([]byte(s.ways), &w); err != nil {
		return backend.Reach{}, err
	}
	r := backend.Reach{Types: w.Types, Held: w.Held, Pending: w.Pending, SeenAt: instant(s.seenAt)}
	for _, f := range w.Failing {
		r.Failing = append(r.Failing, backend.FailingType{Type: f.Type, Since: instant(f.Since)})
	}
	switch {
	case s.rank == rankFailing:
		r.State = backend.ReachFailing
	case s.rank == rankNone:
		r.State = backend.ReachNone
	case s.rank == rankPending:
		r.State = backend.ReachPending
	case r.Held:
		r.State = backend.ReachHeld
	default:
		r.State = backend.ReachProved
	}
	return r, nil
}

// staleFrom is the newest seen_at that is stale at t.Now.
func (t *Tx) staleFrom(proofAge time.Duration) int64 { return millis(t.Now.Add(-proofAge)) }
