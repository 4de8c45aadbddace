package shell

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

// basis is what a fact about the session was worked out from. What was read is replaced
// and never changed, so that where it lies in memory tells it apart.
type basis struct {
	channels *backend.Channel // the first one
	count    int
	inbox    *backend.MessageList
	profile  *backend.Profile
	at       time.Time
}

func (s *Shell) basis() basis {
	b := basis{count: len(s.Session.Channels), inbox: s.Session.Inbox, profile: s.Session.Profile, at: s.Now}
	if b.count > 0 {
		b.channels = &s.Session.Channels[0]
	}
	return b
}

// facts are kept facts about the session.
type facts struct {
	findings kept[[]finding]
	failing  kept[int]
	headline kept[string]
}

// kept is a fact that takes a look at every channel. It is worked out once for a message
// and the frame after it, however many parts of that ask for it.
type kept[T any] struct {
	from  *basis
	value T
}

// get returns the fact, worked out anew where the basis is another one.
func (k *kept[T]) get(from basis, work func() T) T {
	if k.from == nil || *k.from != from {
		k.from, k.value = &from, work()
	}
	return k.value
}
