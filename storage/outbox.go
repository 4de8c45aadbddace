package storage

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// QueuedMessage is a message that waits to be sent, with the customer it belongs to.
type QueuedMessage struct {
	Customer    string
	Message     backend.Message
	Sealed      []byte // the encrypted subject, body, code and test word; empty where Message has them itself
	Traceparent string // of the request that caused it, from Sealed; "" for none, and until it is unsealed
	// LeasedUntil is until when one process has the message to itself for
	// sending; in the past when it is free.
	LeasedUntil time.Time
}

const (
	queuedColumns = messageColumns + `, customer_id, sealed, leased_until`

	countQueued = `SELECT type, COUNT(*) FROM messages WHERE state = 'queued' GROUP BY type`

	selectQueuedOne = `SELECT ` + queuedColumns + ` FROM messages WHERE customer_id = $1 AND id = $2`
)

// selectQueued is the query of QueuedMessages for a number of types, after a message. The list begins
// with an empty type, which no message has: not every database takes an empty list.
func selectQueued(types int) string {
	var list strings.Builder
	for i := range types {
		fmt.Fprintf(&list, ", $%d", i+5)
	}
	return fmt.Sprintf(`
SELECT `+queuedColumns+` FROM messages
WHERE state = 'queued' AND leased_until <= $1 AND leased_until >= $2 AND (leased_until, customer_id, id) > ($2, $3, $4)
  AND (type IN (''%s) OR code_expires_at > 0 AND code_expires_at <= $1 OR written_at <= $%d)
ORDER BY leased_until, customer_id, id LIMIT $%d`, list.String(), types+5, types+6)
}

const (
	// maxLooked is how many messages QueuedMessages looks at to find those that are wanted.
	maxLooked = 10_000
	// firstLooked is how many it reads at first, and lookedMore by how many times as many each time
	// after that: an engine may read all that it is asked for, and most are wanted.
	firstLooked = 50
	lookedMore  = 4
)

var errEnough = errors.New("enough rows were read")

// QueuedMessages lists queued messages without a lease, those whose lease ended first
// first, at most limit: those of the types (the ones that the caller can send),
// and of every type those whose code has expired or that were written at oldest
// or before (which the caller ends). Those that isWanted refuses are left out; nil
// means that all are wanted.
func (t *Tx) QueuedMessages(types []backend.ChannelType, oldest time.Time, limit int, isWanted func(backend.Message) bool) (list []QueuedMessage, err error) {
	var last QueuedMessage // the first page begins after no message
	size := limit
	if isWanted != nil {
		size = max(limit, firstLooked)
	}
	for looked := 0; ; size = min(size*lookedMore, maxLooked-looked) {
		read := 0
		err := t.rows(selectQueued(len(types)), t.queuedArgs(types, oldest, last, size), func(scan func(...any) error) error {
			if len(list) == limit {
				return errEnough
			}
			q, err := scanQueued(scan)
			if err == nil && (isWanted == nil || isWanted(q.Message)) {
				list = append(list, q)
			}
			last, read = q, read+1
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		if looked += read; read < size || len(list) == limit || looked >= maxLooked {
			return list, nil
		}
	}
}

// queuedArgs are the arguments of selectQueued.
func (t *Tx) queuedArgs(types []backend.ChannelType, oldest time.Time, after QueuedMessage, size int) []any {
	args := []any{millis(t.Now), millis(after.LeasedUntil), after.Customer, after.Message.ID}
	for _, kind := range types {
		args = append(args, string(kind))
	}
	return append(args, millis(oldest), size)
}

// Queued counts the messages that wait to be sent, of all customers, by their types.
func (t *Tx) Queued() (map[backend.ChannelType]int, error) {
	counts := map[backend.ChannelType]int{}
	err := t.rows(countQueued, nil, func(scan func(...any) error) error {
		var kind backend.ChannelType
		var n int
		err := scan(&kind, &n)
		counts[kind] = n
		return err
	})
	return counts, err
}

// QueuedMessage loads one message in any state; sql.ErrNoRows when there is
// none.
func (t *Tx) QueuedMessage(customer, id string) (q QueuedMessage, err error) {
	return scanQueued(func(dest ...any) error { return t.row(selectQueuedOne, []any{customer, id}, dest...) })
}

func scanQueued(scan func(...any) error) (q QueuedMessage, err error) {
	var until int64
	q.Message, err = scanMessage(scan, &q.Customer, &q.Sealed, &until)
	q.LeasedUntil = instant(until)
	return q, err
}

const (
	leaseMessage = `UPDATE messages SET leased_until = $1, leased_by = $2 WHERE customer_id = $3 AND id = $4 AND leased_until = $5 AND state = 'queued'`

	requeueMessage = `UPDATE messages SET state = 'queued', due_at = $1, leased_until = $2, leased_by = $3 WHERE customer_id = $4 AND id = $5 AND leased_until = $6`

	updateMessageState = `
UPDATE messages SET state = $1, provider = $2, detail = $3, subject = $4, body = $5, code = $6, word = $7, sealed = $8, attempts = $9,
  is_read = $10, due_at = $11, leased_until = $11, leased_by = '', is_unknown = $12
WHERE customer_id = $13 AND id = $14 AND state = 'queued'`

	retireCodes = `
UPDATE messages SET state = 'failed', detail = $1, sealed = $2 WHERE customer_id = $3 AND type = $4 AND recipient = $5 AND kind = $6 AND state = 'queued'`
)

// LeaseMessage leases a queued message to the caller until an instant. isOurs is
// false when it is no longer queued or its lease has changed since q was loaded:
// then another process sends it.
func (t *Tx) LeaseMessage(q QueuedMessage, until time.Time) (isOurs bool, err error) {
	n, err := t.exec(leaseMessage, millis(until), t.lesseeUntil(until), q.Customer, q.Message.ID, millis(q.LeasedUntil))
	return n > 0, err
}

// RequeueMessage queues a message in any state again, and leases it to the caller until an instant.
// isOurs is false when its lease has changed since q was loaded: another process sends it.
func (t *Tx) RequeueMessage(q QueuedMessage, until time.Time) (isOurs bool, err error) {
	n, err := t.exec(requeueMessage, millis(t.Now), millis(until), t.lesseeUntil(until), q.Customer, q.Message.ID, millis(q.LeasedUntil))
	return n > 0, err
}

// SaveReceipt writes what became of a queued message and the text that it shows
// from now on; it writes nothing when the message is no longer queued. A message
// that stays queued is free again from Message.NextAt.
func (t *Tx) SaveReceipt(q QueuedMessage) error {
	m := q.Message
	_, err := t.exec(updateMessageState, storedState(m.State), m.Provider, m.Detail, m.Subject, m.Body, m.Code, m.Word, blob(q.Sealed), m.Attempts,
		flag(m.Read), millis(m.NextAt), flag(m.State == backend.StateUnknown), q.Customer, m.ID)
	return err
}

// FailQueuedCodes fails the queued messages of a kind to an address, because their
// code is no longer valid; why is a phrase for the person, such as "a newer code
// took its place".
func (t *Tx) FailQueuedCodes(customer string, kind backend.ChannelType, to string, of backend.MessageKind, why string) error {
	_, err := t.exec(retireCodes, why, noBytes, customer, string(kind), to, string(of))
	return err
}
