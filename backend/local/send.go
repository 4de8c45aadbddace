package local

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// timeLimit is how long one call of the sender may take for messages of a type.
func (a *Accounts) timeLimit(t backend.ChannelType) time.Duration {
	limit := delivery.TimeLimit(t)
	if a.report.Load() == nil { // there is no worker
		limit = min(limit, commandTime)
	}
	return limit
}

// send calls the sender, for its time limit at most by our clock. A sender that does not
// return by then goes on in a goroutine of its own, and its
// result is dropped.
func (a *Accounts) send(ctx context.Context, q storage.QueuedMessage) (t attemptResult) {
	t.at = a.db.Now().UTC()
	secrets, err := a.signingSecrets(ctx, q)
	if err != nil {
		t.fault = delivery.AsError(err)
		return t
	}
	m, destination := q.Message, destinationOf(q.Message)
	if a.queue.isStuck(destination) {
		t.fault = &delivery.Error{Provider: destination, Ours: isOperators(m.Type), Status: "was not asked, since earlier calls to it have not ended"}
		return t
	}
	begun := time.Now()
	result := a.callWithin(ctx, destination, delivery.Message{ID: m.ID, Type: m.Type, To: m.To, Kind: m.Kind, At: m.At,
		Subject: m.Subject, Body: m.Body, HTML: asHTML(m), Code: m.Code, Word: m.Word, SigningSecrets: secrets, ExpiresAt: m.CodeExpiresAt, Traceparent: q.Traceparent})
	t.took = time.Since(begun).Round(time.Microsecond)
	t.receipt, t.fault = result.receipt, result.fault
	a.reportOurs(destination, t.fault)
	a.queue.noteAnswer(destination, t.fault != nil && t.took >= slowAfter)
	return t
}

// isOperators reports whether messages of a type go to a server that the operator has chosen, and
// not to one that the address names.
func isOperators(t backend.ChannelType) bool { return t == backend.TypeEmail || t == backend.TypeSMS }

// reportOurs passes what the operator has to correct to the log of the worker, if there is one:
// once, and again after a message was accepted or when it has become something else.
func (a *Accounts) reportOurs(destination string, fault *delivery.Error) {
	report, isOurs := a.report.Load(), fault != nil && fault.Ours
	if report == nil {
		return
	}
	if !isOurs {
		if fault == nil {
			a.reported.Delete(destination)
		}
		return
	}
	if before, _ := a.reported.Swap(destination, fault.Status); before != fault.Status {
		(*report)(fault)
	}
}

// callWithin calls the sender, and returns when it has returned, or its time is over, or, where
// that may take minutes, soon after the worker stops.
func (a *Accounts) callWithin(ctx context.Context, destination string, m delivery.Message) sent {
	limit := a.timeLimit(m.Type)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	watchdog, stopping := time.NewTimer(limit+returnTime), a.stopping
	defer watchdog.Stop()
	if limit <= sendTimeout { // a call that is cut off may be made twice: this one ends soon
		stopping = nil
	}
	results := make(chan sent, 1)
	var ends atomic.Int32 // of the call and of the wait for it; the second one takes back that it is stuck
	go callSender(ctx, a.options.Sender, m, func(s sent) {
		a.reportPanic(s)
		results <- s
		if ends.Add(1) == 2 {
			a.queue.addStuck(destination, -1)
		}
	})
	for {
		select {
		case s := <-results:
			return s
		case <-stopping:
			stopping = nil
			cancel()
			watchdog.Reset(returnTime)
		case <-watchdog.C:
			a.queue.addStuck(destination, 1)
			if ends.Add(1) == 2 { // it has returned just now
				a.queue.addStuck(destination, -1)
			}
			return sent{fault: &delivery.Error{Provider: destination, Status: "did not answer in time"}}
		}
	}
}
