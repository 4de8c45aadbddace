package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/ui/shell"
)

// Status is the text that is being typed, or the value under the cursor where its column has
// no room for it and no detail is in sight. In a compact window, where the list has no frame,
// the right side says what the frame says elsewhere.
func (s *screen) Status() (left shell.Part, right string) {
	if len(s.shown) > 0 {
		right = fmt.Sprintf("%d/%d", s.list.At+1, len(s.shown))
	}
	if s.shell.Room == shell.Compact {
		right = s.narrowed(right).Text(s.shell)
	}
	switch ch, ok := s.current(); {
	case s.find.IsTyped:
		left = s.find.Prompt(s.shell)
	case ok && s.shell.Room == shell.Normal && !s.isDetail && s.isCut(ch):
		left = shell.Part{Style: s.shell.Look.Text, Text: s.shell.Masked(ch.Type, ch.InForce())}
	}
	return left, right
}

// narrowed is by what the list is narrowed.
func (s *screen) narrowed(base string) shell.Narrowed {
	return shell.Narrowed{Base: base, Shown: len(s.shown), Total: len(s.shell.Session.Channels), Chosen: len(s.chosen),
		Find: s.find.Text(), Filter: filterWords(s.filter), Sorted: s.columns.SortedBy()}
}
