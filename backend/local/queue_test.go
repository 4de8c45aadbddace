package local

import (
	"fmt"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// openQueue returns a queue that takes messages, and ends with the test.
func openQueue(t *testing.T) *queue {
	q := newQueue()
	q.open()
	t.Cleanup(func() { q.close() })
	return q
}

// queuedFor is a message of a customer.
func queuedFor(customer string, kind backend.ChannelType, to string) storage.QueuedMessage {
	return storage.QueuedMessage{Customer: customer, Message: backend.Message{ID: newID(), Type: kind, To: to, State: backend.StateQueued}}
}

// takeAll takes messages until none has a free place.
func takeAll(q *queue) (messages []storage.QueuedMessage, places []place) {
	for {
		q.mu.Lock()
		_, _, p := q.oldestFree()
		q.mu.Unlock()
		if p == nil {
			return messages, places
		}
		m, p, _ := q.next()
		messages, places = append(messages, m), append(places, p)
	}
}

// Messages of a type whose provider hangs, of a host that does and of a customer leave
// places to the others.
func TestPlacesAreSharedByTypeDestinationAndCustomer(t *testing.T) {
	webhook := func(n int) string { return fmt.Sprintf("https://host-%d.example.org/path", n) }
	for _, c := range []struct {
		name string
		next func(n int) storage.QueuedMessage
		want int
	}{
		{"customer", func(n int) storage.QueuedMessage { return queuedFor("john", backend.TypeWebhook, webhook(n)) }, perCustomer},
		{"destination", func(n int) storage.QueuedMessage {
			return queuedFor(fmt.Sprint(n), backend.TypeWebhook, []string{"https://example.org/a", "https://EXAMPLE.org.:8443/b"}[n%2])
		}, perDestination},
		{"mail server", func(n int) storage.QueuedMessage {
			return queuedFor(fmt.Sprint(n), backend.TypeEmail, fmt.Sprintf("a@host-%d.example.org", n))
		}, perDestination},
		{"type", func(n int) storage.QueuedMessage { return queuedFor(fmt.Sprint(n), backend.TypeWebhook, webhook(n)) }, perType},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := openQueue(t)
			for n := range 2 * workers {
				q.put(c.next(n))
			}
			if got, _ := takeAll(q); len(got) != c.want {
				t.Errorf("%d are sent at once", len(got))
			}
			q.put(queuedFor("ada", backend.TypePush, "https://push.example.org/topic"))
			if got, _ := takeAll(q); len(got) != 1 || got[0].Customer != "ada" {
				t.Errorf("the message of another type, host and customer is not sent: %+v", got)
			}
		})
	}
}

// Of a destination that does not answer one message is sent at a time, until it answers.
func TestSlowDestinationIsAskedByOneWorker(t *testing.T) {
	q := openQueue(t)
	const to = "https://example.org/a"
	for n := range perLine {
		q.put(queuedFor(fmt.Sprint(n), backend.TypeWebhook, to))
	}
	name := destinationOf(backend.Message{Type: backend.TypeWebhook, To: to})
	for range timeoutsInARow {
		q.noteAnswer(name, true)
	}
	for range 3 {
		got, places := takeAll(q)
		if len(got) != 1 {
			t.Fatalf("%d are sent at once", len(got))
		}
		q.done(places[0])
	}
	q.noteAnswer(name, false)
	if got, _ := takeAll(q); len(got) != perDestination {
		t.Errorf("%d are sent at once after it answered", len(got))
	}
}

// Destinations that do not answer leave places of their type to the others, from their
// first timeout on.
func TestSlowDestinationsShareTheirPlaces(t *testing.T) {
	q := openQueue(t)
	for n := range 2 * perType {
		m := queuedFor(fmt.Sprint(n), backend.TypeWebhook, fmt.Sprintf("https://host-%d.example.org", n))
		q.noteAnswer(destinationOf(m.Message), true)
		q.put(m)
	}
	if got, _ := takeAll(q); len(got) != perTypeSlow {
		t.Fatalf("%d are sent at once", len(got))
	}
	q.put(queuedFor("ada", backend.TypeWebhook, "https://example.org"))
	if got, _ := takeAll(q); len(got) != 1 {
		t.Errorf("%d of another destination are sent", len(got))
	}
}

// A webhook goes although those of 32 other customers hang for the first time.
func TestHangingHostsOfManyCustomersDelayNoOther(t *testing.T) {
	q := openQueue(t)
	for n := range 33 {
		q.put(queuedFor(fmt.Sprint(n), backend.TypeWebhook, fmt.Sprintf("https://host-%d.example.org", n)))
	}
	if got, _ := takeAll(q); len(got) != 33 {
		t.Errorf("%d of 33 are sent at once", len(got))
	}
}

// However many messages of all other types hang, the last type has places left: for the
// one mail server, the one gateway, and the hosts of push servers.
func TestOneTypeIsLeftPlacesByAllOthers(t *testing.T) {
	if left := workers - perType - 2*perDestination; left < perDestination {
		t.Errorf("%d are left", left)
	}
}

// What has no room is handed to the poller at once, which is told of room again.
func TestMessageWithoutRoomIsSurplus(t *testing.T) {
	q := openQueue(t)
	for n := range perLine {
		q.put(queuedFor(fmt.Sprint(n), backend.TypeEmail, "a@example.org"))
	}
	late := queuedFor("ada", backend.TypeEmail, "b@example.org")
	q.put(late)
	<-q.surplusCame
	if got := q.takeSurplus(); len(got) != 1 || got[0].Message.ID != late.Message.ID {
		t.Fatalf("surplus: %+v", got)
	}
	if q.hasRoom("email") || !q.hasRoom("sms") {
		t.Error("mails have room, or SMS have none")
	}
	for len(q.roomCame) == 0 {
		_, places := takeAll(q)
		for _, p := range places {
			q.done(p)
		}
		if len(places) == 0 {
			t.Fatal("the line is empty, and nobody was told")
		}
	}
	if !q.hasRoom("email") {
		t.Error("there is no room")
	}
}

func TestDestinationsAreNotRememberedForEver(t *testing.T) {
	q := openQueue(t)
	for n := range maxDestinations + 10 {
		q.noteAnswer(fmt.Sprint("webhook ", n), true)
	}
	if len(q.lines) > maxDestinations {
		t.Errorf("%d are remembered", len(q.lines))
	}
	for n := range maxDestinations + 10 {
		q.noteAnswer(fmt.Sprint("webhook ", n), false)
	}
	if len(q.lines) != 0 {
		t.Errorf("%d are remembered after they answered", len(q.lines))
	}
}

// The lease lasts until an attempt is recorded, however long its sender takes.
func TestLeaseOutlastsAnAttempt(t *testing.T) {
	if leaseDuration <= sendTimeout+returnTime+recordTime+pollInterval {
		t.Errorf("a lease of %v is too short", leaseDuration)
	}
}
