package profile

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// That a code proved the username is not in the profile: the first one of an account was typed,
// and has no code. It is known from a channel with the same address, or from the journal, which
// tells of every change of the username.

const (
	// journalRead is how many rows of the journal are read at most, once for a username. Where
	// there are more, and none of them tells of a change, it is not known.
	journalRead = 200
	// usernameChanged is the action of a row that tells that a code proved a new username.
	usernameChanged = "username.changed"

	readingJournal = "journal"
)

// proof is what the channels and the journal tell of a username.
type proof struct {
	of        string      // the username that the journal was asked about; "" for none yet
	state     state.State // what it tells: Proved, Unproved or Unknown
	channels  []backend.Channel
	email     string
	isChannel bool // one of channels has the address email, proved
}

// journalReadMsg: the newest rows of the journal were read, or err says why not.
type journalReadMsg struct {
	email string
	rows  []backend.JournalEntry
	err   error
}

// usernameState is Proved, Unproved, or Unknown.
func (s *screen) usernameState() state.State {
	email := s.shell.Session.Profile.Customer.Email
	switch s.proof.lookAt(s.shell.Session.Channels, email); {
	case s.proof.isChannel:
		return state.Proved
	case s.proof.of == email:
		return s.proof.state
	}
	return state.Unknown
}

// lookAt looks for the address among the channels, once for the same ones.
func (p *proof) lookAt(channels []backend.Channel, email string) {
	if p.email == email && shell.IsSameList(p.channels, channels) {
		return
	}
	p.channels, p.email = channels, email
	fold := backend.FoldEmail(email)
	p.isChannel = slices.ContainsFunc(channels, func(ch backend.Channel) bool {
		return ch.Type == backend.TypeEmail && ch.ActiveValue != "" && backend.FoldEmail(ch.ActiveValue) == fold
	})
}

// askJournal asks the journal about the username where no channel proves it; nil where that was
// done, or cannot be.
func (s *screen) askJournal() tea.Cmd {
	sh := s.shell
	if sh.Session.View == nil || sh.Session.Profile == nil || sh.Session.Channels == nil || sh.Session.Ended || sh.Connection.Offline {
		return nil
	}
	email, view := sh.Session.Profile.Customer.Email, sh.Session.View
	if s.proof.of == email || s.usernameState() == state.Proved || view.Lacks(backend.FeatureJournal) != "" {
		return nil
	}
	s.proof.of, s.proof.state = email, state.Unknown
	return sh.Load(readingJournal, func(ctx context.Context) tea.Msg {
		rows, err := view.Journal(ctx, journalRead)
		return journalReadMsg{email, rows, err}
	})
}

// journalRead takes what the journal tells. An error leaves it unknown until the screen is opened
// again.
func (s *screen) journalRead(msg journalReadMsg) {
	isProof := func(row backend.JournalEntry) bool { return row.Action == usernameChanged }
	switch {
	case msg.err != nil || msg.email != s.proof.of:
	case slices.ContainsFunc(msg.rows, isProof):
		s.proof.state = state.Proved
	case len(msg.rows) < journalRead:
		s.proof.state = state.Unproved
	}
}

// usernameProof is what stands behind the username: a sign where a code proved it, a word where
// none did, and nothing where that is not known.
func (s *screen) usernameProof() shell.Part {
	look := &s.shell.Look
	switch now := s.usernameState(); now {
	case state.Proved:
		return shell.Part{Style: now.Style(s.palette(rowUsername)), Text: now.Sign(look)}
	case state.Unproved:
		return shell.Part{Style: now.Style(s.palette(rowUsername)), Text: now.Said(look)}
	default:
		return shell.Part{}
	}
}
