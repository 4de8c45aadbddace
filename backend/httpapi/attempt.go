package httpapi

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// wireAttempt is one try to hand a message to whoever carries it.
type wireAttempt struct {
	MessageID  string  `json:"message_id"`
	Kind       string  `json:"kind"`
	At         instant `json:"at"`
	Outcome    string  `json:"outcome"`
	Provider   string  `json:"provider"`
	Status     string  `json:"status"`
	DurationMS int64   `json:"duration_ms"`
}

// wireFailure is a message that did not arrive.
type wireFailure struct {
	At       instant `json:"at"`
	Kind     string  `json:"kind"`
	Provider string  `json:"provider"`
	Status   string  `json:"status"`
}

func attemptToWire(a backend.Attempt) wireAttempt {
	return wireAttempt{MessageID: a.MessageID, Kind: string(a.Kind), At: instantOf(a.At), Outcome: string(a.Outcome),
		Provider: a.Provider, Status: a.Status, DurationMS: a.Duration.Milliseconds()}
}

func (w wireAttempt) fromWire() backend.Attempt {
	return backend.Attempt{MessageID: w.MessageID, Kind: backend.MessageKind(w.Kind), At: w.At.when(), Outcome: backend.Outcome(w.Outcome),
		Provider: w.Provider, Status: w.Status, Duration: time.Duration(w.DurationMS) * time.Millisecond}
}

func failureToWire(f backend.Failure) wireFailure {
	return wireFailure{At: instantOf(f.At), Kind: string(f.Kind), Provider: f.Provider, Status: f.Status}
}

func (w wireFailure) fromWire() backend.Failure {
	return backend.Failure{At: w.At.when(), Kind: backend.MessageKind(w.Kind), Provider: w.Provider, Status: w.Status}
}

func (c *call) listChannelAttempts(ctx context.Context) (reply, error) {
	priority, err := priorityOf(c.query)
	c.Add("priority", err)
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	list, err := c.view.ChannelAttempts(ctx, priority, limit)
	return reply{message: "These are the attempts to reach the channel, newest first.", data: listToWire(list, attemptToWire)}, err
}

func (c *call) listMessageAttempts(ctx context.Context) (reply, error) {
	list, err := c.view.MessageAttempts(ctx, c.request.PathValue("message_id"))
	return reply{message: "These are the attempts to hand over the message, oldest first.", data: listToWire(list, attemptToWire)}, err
}
