package local

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// send calls the sender, for sendTimeout at most by our clock. A sender that does not
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
		t.fault = &delivery.Error{Provider: destination, Status: "was not asked, since earlier calls to it have not ended"}
		return t
	}
	begun := time.Now()
	result := a.callWithin(ctx, destination, delivery.Message{ID: m.ID, Type: m.Type, To: m.To, Kind: m.Kind, At: m.At,
		Subject: m.Subject, Body: m.Body, HTML: asHTML(m), Code: m.Code, Word: m.Word, SigningSecrets: secrets, ExpiresAt: m.CodeExpiresAt})
	t.took = time.Since(begun).Round(time.Microsecond)
	t.receipt, t.fault = result.receipt, result.fault
	a.queue.noteAnswer(destination, t.fault != nil && t.took >= slowAfter)
	return t
}

// callWithin calls the sender, and returns when it has returned or its time is over.
func (a *Accounts) callWithin(ctx context.Context, destination string, m delivery.Message) sent {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	watchdog := time.NewTimer(sendTimeout + returnTime)
	defer watchdog.Stop()
	results := make(chan sent, 1)
	var ends atomic.Int32 // of the call and of the wait for it; the second one takes back that it is stuck
	go callSender(ctx, a.options.Sender, m, func(s sent) {
		a.reportPanic(s)
		results <- s
		if ends.Add(1) == 2 {
			a.queue.addStuck(destination, -1)
		}
	})
	select {
	case s := <-results:
		return s
	case <-watchdog.C:
		a.queue.addStuck(destination, 1)
		if ends.Add(1) == 2 { // it has returned just now
			a.queue.addStuck(destination, -1)
		}
		return sent{fault: &delivery.Error{Provider: destination, Status: "did not answer in time"}}
	}
}
