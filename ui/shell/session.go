package shell

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/state"
)

// Opened is an account that was opened, with what belongs to it.
type Opened struct {
	Accounts backend.Accounts // all accounts there; nil where only this one can be opened
	View     backend.Backend  // this account
	Account  backend.AccountSummary
	Local    bool                        // the accounts are on this machine, not on a server
	Database bool                        // the accounts are in a database elsewhere, which this console opens itself
	Check    func(context.Context) error // slow checks, done beside the first frame; may be nil
	Scope    string                      // names the database or the server in the keys of drafts
	Place    string                      // where the accounts are, as Shell.Place; "" where that stays
	// WhyReadOnly says why nothing can be changed there; "" where Shell.Options decide.
	WhyReadOnly string
	Context     string // the name of the place, "" where it has none
	Colour      string // in which the header shows that name, as theme.CheckColour takes it; "" for none
}

// With is another account in the same place.
func (o Opened) With(view backend.Backend, account backend.AccountSummary) Opened {
	o.View, o.Account, o.Check = view, account, nil
	return o
}

// Session is what is known about the open account. The screen that reads a part
// of it sets that part; all screens and dialogs may look at it.
type Session struct {
	Opened
	Profile      *backend.Profile     // nil until it is read
	Channels     []backend.Channel    // all of them; nil until they are read
	Inbox        *backend.MessageList // the newest messages; nil until they are read
	Revision     int64                // of what was read last; 0 until something is
	Ended        bool                 // nothing more can be done: the account was deleted, or the token is not good
	Ending       string               // the sentence that says why
	IsDeleted    bool                 // it has ended because the account was deleted here
	MayBeDeleted bool                 // it was to be deleted, and that answer was lost
}

// ProfileReadMsg says that the profile was read, or why not.
type ProfileReadMsg struct {
	Profile backend.Profile
	Err     error
}

// ChannelsReadMsg says that the channels were read, or why not. Passing are those
// that pass the type filter.
type ChannelsReadMsg struct {
	All, Passing []backend.Channel
	Err          error
}

// End notes that nothing more can be done with this account, and why.
func (s *Session) End(err error) {
	s.Ended, s.Ending = true, Sentence(err)
	if s.MayBeDeleted {
		s.Ending += " The account was to be deleted, and the answer to that was lost: it may be gone."
	}
}

// Lacks says why the backend does not have a feature, "" when it has.
func (s *Session) Lacks(f backend.Feature) string {
	if s.View == nil {
		return ""
	}
	return s.View.Lacks(f)
}

// Newest is the newest message of a kind to an address; false when none is known, or
// the messages have not been read.
func (s *Session) Newest(kind backend.MessageKind, by backend.ChannelType, to string) (backend.Message, bool) {
	if s.Inbox == nil {
		return backend.Message{}, false
	}
	for _, m := range s.Inbox.Messages {
		if m.Kind == kind && m.Type == by && m.To == to {
			return m, true
		}
	}
	return backend.Message{}, false
}

// HeldText says where a message is that no sender is configured for.
func (s *Session) HeldText() string {
	switch {
	case s.Local:
		return state.Held.Word() + " on this machine"
	case s.Database:
		return state.Held.Word() + " in the database"
	}
	return state.Held.Word() + " on the server"
}

// HasDelivery reports whether the newest message of a type was given to a provider, or is
// to be: since the last one was held, a delivery was set up.
func (s *Session) HasDelivery(by backend.ChannelType) bool {
	if s.Inbox == nil {
		return false
	}
	for _, m := range s.Inbox.Messages {
		if m.Type == by {
			return m.State != backend.StateHeld
		}
	}
	return false
}

// ChannelOf is the channel that a message went to; false where none has its address any more.
func (s *Session) ChannelOf(m backend.Message) (backend.Channel, bool) {
	for _, ch := range s.Channels {
		if ch.Type == m.Type && (ch.Value == m.To || ch.ActiveValue == m.To) {
			return ch, true
		}
	}
	return backend.Channel{}, false
}

// IsSameList reports whether two lists are one. What was read is replaced and never changed,
// so that where it lies in memory tells it apart.
func IsSameList[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
