package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// Status is the text that is being typed, or else what there is to know of the channel
// under the cursor. In a compact window, where the list has no frame, the right side says
// what the frame says elsewhere.
func (s *screen) Status() (left shell.Part, right string) {
	sh := s.shell
	if len(s.shown) > 0 {
		right = fmt.Sprintf("%d/%d", s.list.At+1, len(s.shown))
	}
	if sh.Room == shell.Compact {
		right = s.narrowed(right).Text(sh)
	}
	if s.find.IsTyped {
		return s.find.Prompt(sh), right
	}
	if sh.Room == shell.Compact {
		return left, right // the rows are few: it stands below them
	}
	return s.problem(), right
}

// narrowed is by what the list is narrowed.
func (s *screen) narrowed(base string) shell.Narrowed {
	return shell.Narrowed{Base: base, Shown: len(s.shown), Total: len(s.shell.Session.Channels), Chosen: len(s.chosen),
		Find: s.find.Text(), Filter: filterWords(s.filter)}
}

// problem is about the channel under the cursor: what the provider answered when the last
// message failed, or to which old value messages go.
func (s *screen) problem() shell.Part {
	sh := s.shell
	switch ch, _ := s.current(); {
	case ch.Failing():
		return shell.Part{Style: sh.Look.Err, Text: fmt.Sprintf("%s %s: %s", sh.Look.No, safe.Text(ch.Failure.Provider), safe.Text(ch.Failure.Status))}
	case state.IsOldInForce(ch):
		return shell.Part{Style: sh.Look.Muted, Text: "Until the new value is verified, messages go to " + sh.Masked(ch.Type, ch.ActiveValue)}
	}
	return shell.Part{}
}
