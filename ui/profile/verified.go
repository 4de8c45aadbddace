package profile

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// That a code verified the username is not in the profile: the first one of an account was typed,
// and has no code. It is known from a channel with the same address, or from the journal, which
// tells of every change of the username.

const (
	// journalRead is how many rows of the journal are read at most, once for a username. Where
	// there are more, and none of them tells of a change, it is not known.
	journalRead = 200
	// usernameChanged is the action of a row that tells that a code verified a new username.
	usernameChanged = "username.changed"
	// channelVerified is that of a row that tells that a code verified a channel: one that is
	// gone may have had the address.
	channelVerified = "channel.verified"

	readingJournal = "journal"
)

// verification is what the channels and the journal tell of a username.
type verification struct {
	of       string            // the username that the journal was asked about, or a channel told of; "" for none yet
	state    state.State       // what they tell: Verified, Unverified or Unknown
	channels []backend.Channel // that were looked at, for email
	email    string
}

// journalReadMsg: the newest rows of the journal were read, or err says why not.
type journalReadMsg struct {
	email string
	rows  []backend.JournalEntry
	err   error
}

// usernameState is Verified, Unverified, or Unknown.
func (s *screen) usernameState() state.State {
	email := s.shell.Session.Profile.Customer.Email
	s.verification.lookAt(s.shell.Session.Channels, email)
	if s.verification.of != email {
		return state.Unknown
	}
	return s.verification.state
}

// lookAt looks for the address among the channels, once for the same ones. What a channel tells
// stays true when the channel is gone.
func (p *verification) lookAt(channels []backend.Channel, email string) {
	if p.email == email && shell.IsSameList(p.channels, channels) {
		return
	}
	p.channels, p.email = channels, email
	fold := backend.FoldEmail(email)
	if slices.ContainsFunc(channels, func(ch backend.Channel) bool {
		return ch.Type == backend.TypeEmail && ch.ActiveValue != "" && backend.FoldEmail(ch.ActiveValue) == fold
	}) {
		p.of, p.state = email, state.Verified
	}
}

// askJournal asks the journal about the username where no channel tells; nil where that was
// done, or cannot be.
func (s *screen) askJournal() tea.Cmd {
	sh := s.shell
	if sh.Session.View == nil || sh.Session.Profile == nil || sh.Session.Channels == nil || sh.Session.Ended || sh.Connection.Offline {
		return nil
	}
	email, view := sh.Session.Profile.Customer.Email, sh.Session.View
	if s.usernameState() == state.Verified || s.verification.of == email || view.Lacks(backend.FeatureJournal) != "" {
		return nil
	}
	s.verification.of, s.verification.state = email, state.Unknown
	return sh.Load(readingJournal, func(ctx context.Context) tea.Msg {
		page, err := view.Journal(ctx, backend.JournalQuery{Limit: journalRead})
		return journalReadMsg{email, page.Entries, err}
	})
}

// journalRead takes what the journal tells. An error leaves it unknown until the screen is opened
// again.
func (s *screen) journalRead(msg journalReadMsg) {
	has := func(action string) bool {
		return slices.ContainsFunc(msg.rows, func(row backend.JournalEntry) bool { return row.Action == action })
	}
	switch {
	case msg.err != nil || msg.email != s.verification.of:
	case has(usernameChanged):
		s.verification.state = state.Verified
	case len(msg.rows) < journalRead && !has(channelVerified):
		s.verification.state = state.Unverified
	}
}

// usernameMark is what stands behind the username: a sign where a code verified it, a word where
// none did, and nothing where that is not known.
func (s *screen) usernameMark() shell.Part {
	look := &s.shell.Look
	switch now := s.usernameState(); now {
	case state.Verified:
		return shell.Part{Style: now.Style(s.palette(rowUsername)), Text: now.Sign(look)}
	case state.Unverified:
		return shell.Part{Style: now.Style(s.palette(rowUsername)), Text: now.Said(look)}
	default:
		return shell.Part{}
	}
}
