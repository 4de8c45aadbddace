package channels

import (
	"cmp"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// compareLabels puts channels without a label last.
func compareLabels(a, b backend.Channel) int {
	if (a.Label == "") != (b.Label == "") {
		return len(b.Label) - len(a.Label)
	}
	return cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
}

func compareNames(a, b backend.Channel) int {
	return cmp.Compare(shell.TypeName(a.Type), shell.TypeName(b.Type))
}

func compareValues(a, b backend.Channel) int {
	return cmp.Compare(strings.ToLower(backend.ReadableHost(a.Type, a.InForce())), strings.ToLower(backend.ReadableHost(b.Type, b.InForce())))
}

func compareOn(a, b backend.Channel) int {
	number := map[bool]int{true: 0, false: 1}
	return number[a.Enabled] - number[b.Enabled]
}

// compareSeen puts what was never seen before what was seen long ago.
func compareSeen(a, b backend.Channel) int { return a.Proof.SeenAt.Compare(b.Proof.SeenAt) }

func compareTests(a, b backend.Channel) int {
	at := func(ch backend.Channel) (when time.Time) {
		if ch.LastTest != nil {
			when = ch.LastTest.At
		}
		return when
	}
	return at(a).Compare(at(b))
}

// compareAttempts puts channels that fail first, and then those with the oldest attempt.
func (s *screen) compareAttempts(a, b backend.Channel) int {
	if a.Failing() != b.Failing() {
		if a.Failing() {
			return -1
		}
		return 1
	}
	at := func(ch backend.Channel) (when time.Time) {
		if attempts, _ := s.attempts.Of(attemptsKey(ch)); len(attempts.List) > 0 {
			when = attempts.List[0].At
		}
		return when
	}
	return at(a).Compare(at(b))
}

func (s *screen) compareMedians(a, b backend.Channel) int {
	median := func(ch backend.Channel) time.Duration {
		attempts, _ := s.attempts.Of(attemptsKey(ch))
		d, _, _ := speed(attempts.List)
		return d
	}
	return cmp.Compare(median(a), median(b))
}
