package linear

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// hinted is an error with a sentence that is said behind its own.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// tell says what an error says: the sentences of its fields, or else its own, and of what was changed since both
// versions.
func (m *Mode) tell(err error) {
	var refusal *backend.Error
	var known *exit.Error
	switch {
	case errors.As(err, &refusal) && refusal.Code == backend.CodeInvalid && len(refusal.Fields) > 0:
		for _, field := range slices.Sorted(maps.Keys(refusal.Fields)) {
			m.say(strings.Join(refusal.Fields[field], " "))
		}
	case refusal != nil && refusal.Code == backend.CodeInternal:
		m.say("Something went wrong inside the program; nothing was changed. Try again.")
	case refusal != nil && refusal.Code == backend.CodeOffline && strings.Contains(m.said.String(), shell.Sentence(err)): // it was said just now
		m.say("Nothing was sent.")
	case refusal != nil && refusal.Code == backend.CodeOffline:
		m.say(shell.Sentence(err) + " Nothing was sent.")
	case refusal != nil && (refusal.Code == backend.CodeRateLimited || refusal.Code == backend.CodeLocked):
		m.say(shell.Refusal(err) + " Nothing was changed.")
	case refusal != nil:
		m.say(shell.Refusal(err))
		m.tellConflicts(refusal.Conflicts)
	case errors.As(exit.From(err), &known):
		for _, line := range known.Lines() {
			m.say(line)
		}
	}
	if h, is := errors.AsType[hinted](err); is {
		m.say(h.hint)
	}
}

func (m *Mode) tellConflicts(list []backend.Conflict) {
	for _, c := range list {
		of := backend.Change{Channel: c.Channel, Type: c.Type, Part: c.Part}
		is := of
		is.Type = cmp.Or(c.PresentType, c.Type)
		text := fmt.Sprintf("%s. It was %s; it is %s", shell.PartName(of), m.shell.PartText(of, c.Expected), m.shell.PartText(is, c.Present))
		if c.Wanted != "" {
			text += "; before it was " + m.shell.PartText(of, c.Wanted)
		}
		m.say(collapsed(text) + ".")
	}
}
