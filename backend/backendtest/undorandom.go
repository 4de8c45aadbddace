package backendtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var randomUndoPromises = []promise{
	{"random changes are undone and made again, and the account is as it was at every step", func(v *visit) {
		for seed := range 2 {
			r := randomVisit{visit: v, made: 1000 * seed, random: rand.New(rand.NewPCG(uint64(seed), 1))}
			r.states = []string{r.settings()}
			for range 40 {
				v.Advance(3 * time.Hour) // codes of a day are limited
				r.step()
			}
			r.checkPast()
		}
	}},
}

// randomVisit makes random changes, and knows what an undo has to bring back.
type randomVisit struct {
	*visit
	random *rand.Rand
	states []string // after each change that is not undone, the first before all
	undone []string // the states to make again, the next one last
	past   []pastState
	made   int // values so far
}

// pastState is the account at a time.
type pastState struct {
	at       time.Time
	settings string
}

func (r *randomVisit) step() {
	r.Helper()
	switch n := r.random.IntN(10); {
	case n < 3 && len(r.states) > 1:
		_, err := r.Undo(r.ctx, "")
		r.ok(err)
		last := len(r.states) - 1
		r.undone, r.states = append(r.undone, r.states[last]), r.states[:last]
	case n == 3 && len(r.undone) > 0:
		_, err := r.Redo(r.ctx)
		r.ok(err)
		last := len(r.undone) - 1
		r.states, r.undone = append(r.states, r.undone[last]), r.undone[:last]
	default:
		before := r.settings()
		r.change()
		if r.settings() != before {
			r.states, r.undone = append(r.states, r.settings()), nil
		}
	}
	r.check(r.settings() == r.states[len(r.states)-1], "it is\n%s\nand was\n%s", r.settings(), r.states[len(r.states)-1])
	r.keepsRules()
	r.past = append(r.past, pastState{r.entries(1)[0].At, plainSettings(r.now())})
}

// change makes one change of a random kind. It may be refused.
func (r *randomVisit) change() {
	r.Helper()
	all, err := r.Channels(r.ctx, backend.ChannelFilter{})
	r.ok(err)
	r.made++
	email, name := fmt.Sprintf("a%d@example.org", r.made), fmt.Sprintf("Name %d", r.made)
	kind := r.random.IntN(10)
	if len(all) == 0 && kind > 2 {
		kind = 2
	}
	var ch backend.Channel
	if len(all) > 0 {
		ch = all[r.random.IntN(len(all))]
	}
	switch kind {
	case 0:
		_, err = r.UpdateName(r.ctx, backend.NameChange{Name: &name})
	case 1:
		if r.profile().Pending == nil {
			_, err = r.ChangeUsername(r.ctx, email)
		} else {
			_, err = r.CancelUsername(r.ctx)
		}
	case 2:
		_, err = r.CreateChannel(r.ctx, backend.TypeEmail, email, name)
	case 3:
		_, err = r.UpdateChannel(r.ctx, ch.Priority, ch.Value, &name)
	case 4:
		_, err = r.UpdateChannel(r.ctx, ch.Priority, email, nil)
	case 5, 6:
		r.verify(ch)
	case 7:
		_, err = r.SetChannelsEnabled(r.ctx, []int{ch.Priority, all[0].Priority}, !ch.Enabled)
	case 8:
		_, err = r.DeleteChannels(r.ctx, []int{ch.Priority})
	default:
		order := r.priorities()
		r.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		_, err = r.OrderChannels(r.ctx, order)
	}
	r.check(err == nil || backend.ErrorCode(err) == backend.CodeNotVerified || backend.ErrorCode(err) == backend.CodeLimitReached, "kind %d: %v", kind, err)
}

// verify verifies a channel with a new code, if it waits for one.
func (r *randomVisit) verify(ch backend.Channel) {
	r.Helper()
	if ch.Verified {
		return
	}
	_, err := r.UpdateChannel(r.ctx, ch.Priority, ch.Value, nil)
	r.ok(err)
	_, err = r.VerifyChannel(r.ctx, ch.Priority, r.code(ch.Value))
	r.ok(err)
}

// keepsRules checks what is true of every account.
func (r *randomVisit) keepsRules() {
	r.Helper()
	all, err := r.Channels(r.ctx, backend.ChannelFilter{})
	r.ok(err)
	var values []string
	last := 0
	for _, ch := range all {
		r.check(ch.Priority > last, "priorities %v", r.priorities())
		last = ch.Priority
		r.check(!ch.Enabled || ch.ActiveValue != "", "on without a value in force: %+v", ch)
		r.check(ch.ActiveValue == "" == ch.VerifiedAt.IsZero(), "proof without a value: %+v", ch)
		values = append(values, fmt.Sprint(ch.Type, " ", ch.Value))
		if ch.ActiveValue != "" && ch.ActiveValue != ch.Value {
			values = append(values, fmt.Sprint(ch.Type, " ", ch.ActiveValue))
		}
	}
	slices.Sort(values)
	r.check(len(slices.Compact(slices.Clone(values))) == len(values), "a value twice: %v", values)
}

// now is the account as the journal tells it.
func (r *randomVisit) now() backend.Settings {
	r.Helper()
	then, err := r.SettingsAt(r.ctx, r.entries(1)[0].At)
	r.ok(err)
	return then.Settings
}

// checkPast compares what the journal tells of the past with what it told then.
func (r *randomVisit) checkPast() {
	r.Helper()
	for _, p := range r.past {
		then, err := r.SettingsAt(r.ctx, p.at)
		r.ok(err)
		r.check(plainSettings(then.Settings) == p.settings, "at %v it was\n%s\nand is told as\n%s", p.at, p.settings, plainSettings(then.Settings))
	}
}

func plainSettings(s backend.Settings) string {
	parts := []string{*s.Name, *s.Surname, *s.Username, *s.PendingUsername}
	for _, c := range s.Channels {
		parts = append(parts, fmt.Sprint(c.Priority, c.Type, c.Value, c.ActiveValue, c.Label, c.Enabled, c.VerifiedAt))
	}
	return strings.Join(parts, "; ")
}
