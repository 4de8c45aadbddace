package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// Unkept is what was typed and could not be kept as a draft, with the reason, as lines for
// a person to copy; "" for nothing. It is for when no more messages are handled.
func (m *Model) Unkept() string { return m.shell.Drafts.Unkept() }

// Parting is what should be known after the console has ended, in one sentence without a
// full stop; "" for nothing. It is for when no more messages are handled.
func (m *Model) Parting() string {
	sh := m.shell
	if sh.Place == shell.DemoPlace { // all of it is gone
		return ""
	}
	var parts []string
	if n := sh.Work.Saving(); n > 0 {
		parts = append(parts, fmt.Sprintf("it is not known whether %s done", was(n)))
	}
	if kept := sh.Drafts.KeptText(); kept != "" {
		parts = append(parts, kept)
	}
	if failing := sh.FailingText(); failing != "" && !sh.Session.Ended && !sh.Session.Account.IsDemo {
		parts = append(parts, failing)
	}
	return safe.Text(strings.Join(parts, "; "))
}
