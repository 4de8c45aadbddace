package backend

import (
	"slices"
	"time"
)

// Reach is how far messages to an account arrive, over all of its channels.
type Reach struct {
	State ReachState
	// Types are those of the channels that messages go to and that do not fail, each
	// once, in the order of ChannelTypes.
	Types []ChannelType
	// Held says that the last message to each channel of Types is held.
	Held bool
	// Failing are the types of the channels that fail, each once.
	Failing []FailingType
	// Pending are the types of the channels that wait for a code, each once.
	Pending []ChannelType
	// SeenAt is when a person last saw a message to a channel of Types; zero for never.
	SeenAt time.Time
}

// FailingType is a type of which a channel fails.
type FailingType struct {
	Type ChannelType
	// Since is when the first message failed that none has followed which arrived. Of
	// several channels, that of the one that has failed for longest.
	Since time.Time
}

// ReachState is the state of an account's reach in one word.
type ReachState string

// The states, the worst first.
const (
	ReachFailing ReachState = "failing"     // a channel fails
	ReachNone    ReachState = "unreachable" // no channel is on and has a value in force
	ReachPending ReachState = "pending"     // a channel waits for its code
	ReachStale   ReachState = "stale"       // no person has seen a message, or it was too long ago
	ReachHeld    ReachState = "held"        // the last message to every channel is held
	ReachProved  ReachState = "reached"     // a person has seen a message
)

// IsProblem reports whether an account in this state needs a look.
func (s ReachState) IsProblem() bool { return s != ReachHeld && s != ReachProved }

// StateAt is the state at the time now, where a proof is stale after the time proofAge.
// State must be one of ReachOf.
func (r Reach) StateAt(now time.Time, proofAge time.Duration) ReachState {
	isRelied := !r.SeenAt.IsZero() && now.Sub(r.SeenAt) < proofAge
	if !r.State.IsProblem() && !isRelied {
		return ReachStale
	}
	return r.State
}

// ReachOf is the reach over all channels of an account. Its State leaves out that proofs
// grow stale; see StateAt.
func ReachOf(channels []Channel) Reach {
	r := Reach{State: ReachProved, Held: true}
	for _, ch := range channels {
		isOn := ch.Reachable()
		switch {
		case ch.FailsToReach():
			r.Failing = withFailing(r.Failing, ch)
		case isOn:
			r.Types = append(r.Types, ch.Type)
			r.Held = r.Held && ch.IsHeld()
			if ch.Proof.SeenAt.After(r.SeenAt) {
				r.SeenAt = ch.Proof.SeenAt
			}
		}
		if !ch.Verified && !ch.FailsToReach() {
			r.Pending = append(r.Pending, ch.Type)
		}
	}
	r.Types, r.Pending = inOrder(r.Types), inOrder(r.Pending)
	slices.SortStableFunc(r.Failing, func(a, b FailingType) int { return orderOf(a.Type) - orderOf(b.Type) })
	r.Held = r.Held && len(r.Types) > 0
	switch {
	case len(r.Failing) > 0:
		r.State = ReachFailing
	case len(r.Types) == 0:
		r.State = ReachNone
	case len(r.Pending) > 0:
		r.State = ReachPending
	case r.Held:
		r.State = ReachHeld
	}
	return r
}

// withFailing adds a channel that fails to the types that do.
func withFailing(list []FailingType, ch Channel) []FailingType {
	since := ch.Failure.Since
	if since.IsZero() {
		since = ch.Failure.At
	}
	i := slices.IndexFunc(list, func(f FailingType) bool { return f.Type == ch.Type })
	switch {
	case i < 0:
		list = append(list, FailingType{ch.Type, since})
	case since.Before(list[i].Since):
		list[i].Since = since
	}
	return list
}

func orderOf(t ChannelType) int { return slices.Index(ChannelTypes, t) }

// inOrder returns each type once, in the order of ChannelTypes.
func inOrder(types []ChannelType) []ChannelType {
	slices.SortFunc(types, func(a, b ChannelType) int { return orderOf(a) - orderOf(b) })
	return slices.Compact(types)
}
