package shell

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/state"
)

// Headline is the verdict in a few words, for the title of the window; "" before
// the channels are read. It has no sign: the bytes of ✗ end a title on terminals that look
// for the control character 0x9C in them.
func (s *Shell) Headline() string {
	failing := s.failingChannels()
	switch {
	case s.Session.Channels == nil:
		return ""
	case len(failing) > 0:
		return fmt.Sprintf("%d %s", len(failing), state.Failing.Word())
	case s.isUnreached():
		return s.whyUnreached()
	case backend.ReachOf(s.Session.Channels).Held:
		return state.Held.Word()
	}
	return "ok"
}

// FailingText is a clause that says which channel fails and for how long, and how many
// others; "" when none does.
func (s *Shell) FailingText() string {
	list := s.failingChannels()
	if len(list) == 0 {
		return ""
	}
	first := ShortChannelName(list[0])
	switch more := len(list) - 1; {
	case more > 0:
		return fmt.Sprintf("%s and %d more are %s", first, more, state.Failing.Word())
	case list[0].Failure.Since.IsZero():
		return first + " is " + state.OfFailure(*list[0].Failure).Word()
	}
	return first + " is " + state.OfFailure(*list[0].Failure).Word() + " for " + Short(s.Now.Sub(list[0].Failure.Since))
}

// failingChannels are those by which the customer is not reached; the code of a new value that
// did not arrive is no failing channel, as in the verdict.
func (s *Shell) failingChannels() (list []backend.Channel) {
	for _, ch := range s.Session.Channels {
		if ch.FailsToReach() {
			list = append(list, ch)
		}
	}
	return list
}
