package state

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

// OfAccount is whether an account is reached.
func OfAccount(s backend.ReachState) State {
	switch s {
	case backend.ReachFailing:
		return Failing
	case backend.ReachNone:
		return Unreached
	case backend.ReachPending:
		return WaitingCode
	case backend.ReachStale:
		return Stale
	case backend.ReachHeld:
		return Held
	case backend.ReachProved:
		return Seen
	}
	return Unknown
}

// OfMessage is the state of a message.
func OfMessage(s backend.MessageState) State {
	switch s {
	case backend.StateQueued:
		return Waiting
	case backend.StateHeld:
		return Held
	case backend.StateSent:
		return Sent
	case backend.StateFailed:
		return Failed
	case backend.StateUnknown:
		return Unknown
	}
	return Unknown
}

// OfAttempt is the state in which an attempt left its message.
func OfAttempt(o backend.Outcome) State {
	switch o {
	case backend.OutcomeSent:
		return Sent
	case backend.OutcomeHeld:
		return Held
	case backend.OutcomeDelayed:
		return PutOff
	case backend.OutcomeFailed:
		return Failed
	case backend.OutcomeUnknown:
		return Unknown
	case backend.OutcomeBlocked:
		return Blocked
	}
	return Unknown
}

// OfCode is the state of the code that a value waits for.
func OfCode(c *backend.CodeState, now time.Time) State {
	switch {
	case c == nil:
		return NeverVerified
	case now.Before(c.LockedUntil):
		return Locked
	case c.Live(now):
		return WaitingCode
	case now.Before(c.ExpiresAt):
		return Exhausted
	}
	return Expired
}

// OfValue is what is known of the value of a channel: the state of its code, or else
// whether a person has seen a message.
func OfValue(ch backend.Channel, now time.Time) State {
	if !ch.Verified {
		return OfCode(ch.Code, now)
	}
	return OfProof(ch.Proof, now)
}

// OfProof is whether a person has seen a message to the value in force.
func OfProof(p backend.Proof, now time.Time) State {
	switch {
	case p.SeenAt.IsZero():
		return Unseen
	case p.Stale(now):
		return Stale
	}
	return Seen
}

// OfLastTest is the state of the last test of a channel that had one. It was blocked where that
// is the last attempt of the channel.
func OfLastTest(ch backend.Channel) State {
	t, b := ch.LastTest, ch.Blocked
	if !t.OK && !t.Unknown && b != nil && b.Kind == backend.KindTest && b.Status == t.ProviderStatus {
		return Blocked
	}
	return OfTest(*t)
}

// OfTest is the state of a test message.
func OfTest(t backend.Test) State {
	switch {
	case t.Unknown:
		return Unknown
	case !t.OK:
		return Failed
	case t.Held:
		return Held
	}
	return Sent
}

// OfSwitch is whether a channel is on.
func OfSwitch(isEnabled bool) State {
	if isEnabled {
		return On
	}
	return Off
}

// IsOldInForce reports whether messages go to the old value of a channel until the new
// one is verified.
func IsOldInForce(ch backend.Channel) bool {
	return ch.ActiveValue != "" && ch.ActiveValue != ch.Value
}

// IsFailing reports whether the last message to a channel failed. To one that is switched
// off none is sent.
func IsFailing(ch backend.Channel) bool {
	return ch.Failing() && ch.Status() != backend.StatusDisabled
}

// OfFailure is why a channel does not reach its person: messages fail, or the person has
// stopped them.
func OfFailure(f backend.Failure) State {
	if f.Stopped {
		return Stopped
	}
	return Failing
}

// OfReach is whether the customer is reached by a channel, as far as that is known. Seen
// is the only state in which a person is.
func OfReach(ch backend.Channel, now time.Time) State {
	switch {
	case ch.FailsToReach():
		return Failing
	case ch.ActiveValue == "":
		return OfCode(ch.Code, now)
	case !ch.Enabled:
		return Off
	case ch.IsHeld():
		return Held
	}
	return OfProof(ch.Proof, now)
}
