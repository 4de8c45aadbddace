package local

import (
	"net/url"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Messages and tests take one of the places of this process while they are sent. The
// places are shared, so that a provider or a customer whose messages take long delays
// only its own. The numbers are our own: workers is so many that all types but one could
// hang, and there would still be perDestination places for that one.
const (
	workers        = 96
	perType        = 48
	perDestination = 16
	perCustomer    = 4
	// perTypeSlow is how many places of a type are for all destinations together whose last
	// call ended without an answer.
	perTypeSlow = perType / 4
	// perTypeTests is how many places of a type are for tests: people wait for them, and
	// can start many at once.
	perTypeTests = perType / 4

	// A destination is slow after timeoutsInARow calls that ended without an answer. Then
	// one message at a time goes there, until it answers.
	timeoutsInARow = 3
	// slowAfter is how long a failed call took that counts as one without an answer; a
	// little less than the shortest timeout of a sender, that of its connection.
	slowAfter = 4 * time.Second
	// maxStuck is how many calls to one destination may be running after sendTimeout,
	// because the sender does not return. There is no further call while there are so many.
	maxStuck = 4
	// maxDestinations is how many destinations are remembered, to bound their memory.
	maxDestinations = 4096
)

// destinationOf names who is asked for a message: the host of a webhook or push server,
// or the one mail server or gateway of the type.
func destinationOf(m backend.Message) string {
	if m.Type == backend.TypeWebhook || m.Type == backend.TypePush {
		if u, err := url.Parse(m.To); err == nil {
			return string(m.Type) + " " + strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
		}
	}
	return string(m.Type)
}

// shareKind is by what places are shared.
type shareKind int

const (
	ofAll shareKind = iota
	ofType
	ofSlow  // destinations of a type, whose last call ended without an answer
	ofTests // of a type
	ofDestination
	ofCustomer
	ofNone // what was given back
)

// share is one share of the places, such as that of one customer.
type share struct {
	kind shareKind
	name string
}

// limits are how many places a share has.
var limits = map[shareKind]int{ofAll: workers, ofType: perType, ofSlow: perTypeSlow, ofTests: perTypeTests,
	ofDestination: perDestination, ofCustomer: perCustomer}

// place is what a message takes while it is sent: one of each of its shares.
type place []share

// placeOfLine is the part of a place that all messages to a destination take.
func (q *queue) placeOfLine(kind, destination string) place {
	p := place{{ofAll, ""}, {ofType, kind}, {ofDestination, destination}}
	if l := q.lines[destination]; l != nil && l.timeouts > 0 {
		p = append(p, share{ofSlow, kind})
	}
	return p
}

// placeOfMessage is the other part of the place that a message takes.
func placeOfMessage(m backend.Message, customer string) place {
	if m.Kind == backend.KindTest {
		return place{{ofCustomer, customer}, {ofTests, string(m.Type)}}
	}
	return place{{ofCustomer, customer}}
}

// isFree reports whether every share of a place has one left. The caller has the lock,
// as of all methods here without one.
func (q *queue) isFree(p place) bool {
	for _, s := range p {
		limit := limits[s.kind]
		if s.kind == ofDestination && q.isSlow(s.name) {
			limit = 1
		}
		if q.inProgress[s] >= limit {
			return false
		}
	}
	return true
}

func (q *queue) take(p place) {
	for _, s := range p {
		q.inProgress[s]++
	}
}

// tryTake takes the place of a message that does not wait in the queue, such as a test;
// taken is false when there is none. The caller calls done with the place later.
func (q *queue) tryTake(m backend.Message, customer string) (p place, taken bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	p = append(q.placeOfLine(string(m.Type), destinationOf(m)), placeOfMessage(m, customer)...)
	if !q.isFree(p) {
		return nil, false
	}
	q.take(p)
	return p, true
}

// done gives back a place, nil for none.
func (q *queue) done(p place) {
	q.free(p, func(shareKind) bool { return true })
}

// freeCustomer gives back the customer's share of a place, since the message takes long: the other
// messages of its customer go on.
func (q *queue) freeCustomer(p place) {
	q.free(p, func(kind shareKind) bool { return kind == ofCustomer })
}

func (q *queue) free(p place, isWanted func(shareKind) bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, s := range p {
		if s.kind == ofNone || !isWanted(s.kind) {
			continue
		}
		if q.inProgress[s]--; q.inProgress[s] == 0 {
			delete(q.inProgress, s)
		}
		p[i] = share{kind: ofNone}
	}
	q.changed.Broadcast()
}

// isSlow reports whether a destination has not answered for some calls in a row.
func (q *queue) isSlow(destination string) bool {
	l := q.lines[destination]
	return l != nil && l.timeouts >= timeoutsInARow
}

// noteAnswer counts the calls of a destination that ended without an answer.
func (q *queue) noteAnswer(destination string, isTimeout bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch l := q.lines[destination]; {
	case isTimeout:
		q.line(destination).timeouts++
	case l != nil && l.timeouts > 0:
		l.timeouts = 0
		q.forgetIdle(destination)
		q.changed.Broadcast()
	}
}

// isStuck reports whether maxStuck calls to a destination have not returned.
func (q *queue) isStuck(destination string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[destination]
	return l != nil && l.stuck >= maxStuck
}

// addStuck counts n calls to a destination that are running after their time.
func (q *queue) addStuck(destination string, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.line(destination).stuck += n
	q.forgetIdle(destination)
}
