package linear

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// deleteAccount asks for a reason and for the username, as the console does, and then the command asks whether it is
// meant.
func (m *Mode) deleteAccount(ctx context.Context, _ asked) error {
	p := m.shell.Session.Profile
	if p == nil {
		m.say(m.profileWords())
		return nil
	}
	m.say(fmt.Sprintf("This deletes the account of %s, %s, with its channels, messages and feedback, for good.", safe.Text(p.Customer.FullName()), m.email(p.Customer.Email)))
	reasons := make([]string, len(backend.DeletionReasons))
	for i, slug := range backend.DeletionReasons {
		reasons[i] = shell.ReasonText(slug)
	}
	at, isBack, err := m.choose(ctx, "Why?", reasons...)
	if isBack || err != nil {
		return err
	}
	slug := backend.DeletionReasons[at]
	if slug == shell.OtherReason {
		explanation, isBack, err := m.askFor(ctx, question{text: "In a few words"})
		if isBack || err != nil {
			return err
		}
		slug = shell.ReasonSlug(explanation)
	}
	if isTyped, err := m.typesUsername(ctx); !isTyped || err != nil {
		return err
	}
	err = m.persist(ctx, func(ctx context.Context) error {
		return m.run(ctx, []string{"account", "delete", flag("reason", slug)})
	})
	switch {
	case shell.IsUnknown(err):
		m.shell.Session.MayBeDeleted = true
		return err
	case err != nil:
		return err
	}
	return m.openAnother(ctx)
}

// typesUsername asks for the username until it is typed as it is then, or nothing.
func (m *Mode) typesUsername(ctx context.Context) (bool, error) {
	q := question{text: "Type the username of this account to delete it", help: []string{"spell says it sign by sign."}}
	q.also = map[string]func(context.Context) (bool, error){"spell": func(ctx context.Context) (bool, error) { return false, m.spellUsername(ctx, asked{}) }}
	for {
		was := m.shell.Session.Profile.Customer.Email
		answer, isBack, err := m.askFor(ctx, q)
		if isBack || err != nil {
			return false, err
		}
		m.refresh(ctx) // another console may have confirmed another one, which is told
		is, typed := m.shell.Session.Profile.Customer.Email, norm.NFC.String(strings.TrimSpace(answer))
		switch {
		case slices.Contains([]string{norm.NFC.String(backend.ReadableEmail(is)), is}, typed):
			return true, nil
		case is != was:
			m.say("It has another username now: " + m.email(is) + ".")
		default:
			m.say("This is not its username. spell says that sign by sign.")
		}
	}
}

// openAnother opens another account in the place of one that is gone, or asks for the first one.
func (m *Mode) openAnother(ctx context.Context) error {
	s := &m.shell.Session
	from := s.Opened
	s.Ended, s.IsDeleted = true, true
	if from.Accounts != nil && from.View.Lacks(backend.FeatureAccounts) == "" {
		view, account, err := from.Accounts.Open(ctx, "")
		switch {
		case err == nil:
			m.show(ctx, from.With(view, account))
			m.say("Another account was opened.")
			return m.list(ctx)
		case backend.ErrorCode(err) != backend.CodeNotFound:
			return err
		}
		if setup := m.options.Console.FirstAccount; setup != nil {
			opened, err := m.firstRun(ctx, *setup)
			if err != nil {
				return err
			}
			m.show(ctx, opened)
			return m.list(ctx)
		}
	}
	m.say("No account is open any more.")
	return errEnd
}
