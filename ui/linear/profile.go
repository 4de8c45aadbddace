package linear

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/state"
)

// newProfile is the screen of the person: it has no list.
func newProfile(m *Mode) *place {
	return &place{scope: keymap.Profile, isKept: true, action: keymap.Screen1, head: m.profileWords, entries: []entry{
		{id: keymap.EditName, do: m.editName, off: m.lacking(backend.FeatureOwnAccount)},
		{id: keymap.ChangeUsername, takes: takesText, do: m.changeUsername, off: m.lacking(backend.FeatureOwnAccount)},
		{id: keymap.EnterUsernameCode, also: []string{"code", "verify"}, takes: takesText, do: m.confirmUsername, off: m.whyNonePending},
		{id: keymap.NewUsernameCode, do: m.newUsernameCode, off: m.whyNonePending},
		{id: keymap.CancelUsername, do: m.cancelUsername, off: m.whyNonePending},
		{word: "spell", title: "say the username sign by sign", do: m.spellUsername},
		{id: keymap.DeleteAccount, do: m.deleteAccount, off: m.lacking(backend.FeatureOwnAccount)},
	}}
}

// profileWords are the facts of the account, a line each.
func (m *Mode) profileWords() string {
	p := m.shell.Session.Profile
	if p == nil {
		return "Profile. It could not be read yet; \"again\" tries again."
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Profile.\nName: %s.\nUsername: %s.", safe.Text(p.Customer.FullName()), m.email(p.Customer.Email))
	if p.Pending != nil {
		fmt.Fprintf(&text, "\nNew username: %s, %s.", m.email(p.Pending.Email), m.codeWords(&p.Pending.Code))
		if now := state.OfCode(&p.Pending.Code, m.shell.Now); now != state.WaitingCode && now != state.Locked {
			text.WriteString(" new code sends another one.")
		}
	}
	fmt.Fprintf(&text, "\nTeam: %s.\nOrganization: %s, plan %s.\n%s", safe.Text(p.Team.Name), safe.Text(p.Organization.Name), safe.Text(string(p.Organization.Plan)), m.reachedWords())
	for _, l := range p.Limits {
		fmt.Fprintf(&text, "\n%s: %d of %d.", hours.ReplaceAllString(safe.Text(l.Title), "$1 hours"), l.Used, l.Value)
	}
	return text.String()
}

// hours finds hours as the titles of limits have them.
var hours = regexp.MustCompile(`\b([0-9]+) h\b`)

// lacking is the reason why a feature is missing, for what needs it.
func (m *Mode) lacking(f backend.Feature) func(string) string {
	return func(string) string { return m.shell.Session.Lacks(f) }
}

// whyNonePending says why no code is waited for.
func (m *Mode) whyNonePending(string) string {
	if p := m.shell.Session.Profile; p == nil || p.Pending == nil {
		return "No username change is waiting for a code. username starts one."
	}
	return ""
}

// editName asks which name is to be another one.
func (m *Mode) editName(ctx context.Context, _ asked) error {
	p := m.shell.Session.Profile
	if p == nil {
		m.say(m.profileWords())
		return nil
	}
	at, isBack, err := m.choose(ctx, "What is to be changed?", "Name, now "+safe.Text(p.Customer.Name), "Surname, now "+safe.Text(p.Customer.Surname))
	if isBack || err != nil {
		return err
	}
	part, was := []string{"name", "surname"}[at], []string{p.Customer.Name, p.Customer.Surname}[at]
	now := func() string {
		c := m.shell.Session.Profile.Customer
		return []string{c.Name, c.Surname}[at]
	}
	return m.change(ctx, "New "+part, "", func(ctx context.Context, value string) error {
		if isMeant, err := m.mayReplace(ctx, "The "+part, was, value, now); !isMeant || err != nil {
			return err
		}
		return m.run(ctx, []string{"profile", "edit", flag(part, value)})
	})
}

func (m *Mode) changeUsername(ctx context.Context, with asked) error {
	was := m.pendingUsername()
	return m.change(ctx, "New username, an email address", with.text, func(ctx context.Context, email string) error {
		clean, _ := backend.CleanEmail(email) // what is wrong with it says the command
		if isMeant, err := m.mayReplaceWaiting(ctx, was, clean, m.pendingUsername, m.email); !isMeant || err != nil {
			return err
		}
		err := m.run(ctx, []string{"username", "change"}, email)
		if err == nil {
			m.say("enter code takes the code.")
		}
		return err
	})
}

// pendingUsername is the new username that waits for its code, "" for none.
func (m *Mode) pendingUsername() string {
	if p := m.shell.Session.Profile; p != nil && p.Pending != nil {
		return p.Pending.Email
	}
	return ""
}

func (m *Mode) confirmUsername(ctx context.Context, with asked) error {
	email := m.shell.Session.Profile.Pending.Email
	q := m.codeQuestion("The code of the new username, six digits", m.whereHeld(backend.KindUsername, backend.TypeEmail, email))
	q.also["new code"] = func(ctx context.Context) (bool, error) { return false, m.settle(ctx, m.newUsernameCode(ctx, with)) }
	return m.changeBy(ctx, q, with.text, func(ctx context.Context, answer string) error {
		code, err := codeOf(answer)
		if err != nil {
			return err
		}
		return m.confirmWith(ctx, code)
	})
}

// confirmWith enters the code of the new username.
func (m *Mode) confirmWith(ctx context.Context, code string) error {
	err := m.run(ctx, []string{"username", "confirm"}, code)
	if p := m.shell.Session.Profile; p != nil && p.Pending != nil {
		return m.withNewCode(err, &p.Pending.Code, keymap.Profile, "")
	}
	return err
}

// newUsernameCode sends a new code to the address that waits for one.
func (m *Mode) newUsernameCode(ctx context.Context, _ asked) error {
	email := m.shell.Session.Profile.Pending.Email
	m.refresh(ctx)
	if why := m.whyNonePending(""); why != "" || m.shell.Session.Profile.Pending.Email != email {
		return backend.Errorf(backend.CodeStale, "%s", cmp.Or(why, "Another new username waits for its code now. Nothing was changed."))
	}
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, []string{"username", "send-code"}) })
}

func (m *Mode) cancelUsername(ctx context.Context, _ asked) error {
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, []string{"username", "cancel"}) })
}

// spellUsername says the username, and a new one that waits, sign by sign.
func (m *Mode) spellUsername(context.Context, asked) error {
	p := m.shell.Session.Profile
	if p == nil {
		m.say(m.profileWords())
		return nil
	}
	m.say(spelled(backend.ReadableEmail(p.Customer.Email)))
	if p.Pending != nil {
		m.say("New username: " + spelled(backend.ReadableEmail(p.Pending.Email)))
	}
	return nil
}
