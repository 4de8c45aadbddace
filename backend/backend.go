// Package backend is the contract between the console (or any other caller)
// and whatever keeps the accounts.
//
// There is one interface and two answers to it: the embedded one, which holds
// the rules itself over a local SQLite file, and a remote one, which asks a
// server. A caller cannot tell them apart, and one suite of tests
// (backendtest) states every promise for both.
//
// A Backend value is one customer's view, so no method takes a customer id.
// Opening and listing accounts is a separate, smaller interface: Accounts.
//
// Every refusal is an *Error. An error means that nothing was changed.
package backend

import "context"

// Backend is everything that one customer can do.
type Backend interface {
	Account
	Channels
	Feedback
	Messages
	Deliveries
	Journal

	// Revision returns a number that grows with every change to anything this
	// view shows. Comparing it is the cheap way to notice what another console
	// changed. Errors: unauthorized.
	Revision(ctx context.Context) (int64, error)

	// Lacks says why a feature cannot be had here, "" when it can. It asks
	// nobody: what a server has is found out when the view is opened.
	Lacks(f Feature) string
}

// Account is the customer's profile, username and end.
type Account interface {
	// Profile returns the customer with team, organization and limits.
	// Errors: unauthorized.
	Profile(ctx context.Context) (Profile, error)

	// UpdateName changes name, surname or both; nil leaves a part as it is.
	// Errors: invalid (fields "name", "surname").
	UpdateName(ctx context.Context, change NameChange) (Profile, error)

	// ChangeUsername starts a change of the username to email and sends a code
	// there. The old address works until ConfirmUsername. The same pending
	// address again sends a fresh code; another one replaces it.
	// Errors: invalid (field "email"), email_taken, email_unchanged, rate_limited, code_locked.
	ChangeUsername(ctx context.Context, email string) (Profile, error)

	// ConfirmUsername ends a pending change with its six-digit code.
	// Errors: invalid (field "code"), code_invalid, code_expired, code_exhausted, code_locked,
	// no_pending_change, email_taken.
	ConfirmUsername(ctx context.Context, code string) (Profile, error)

	// CancelUsername drops a pending change and kills its code.
	// Errors: no_pending_change.
	CancelUsername(ctx context.Context) (Profile, error)

	// DeleteAccount removes everything of this customer for good. Afterwards
	// every method of this view answers unauthorized.
	// Errors: invalid (field "reason").
	DeleteAccount(ctx context.Context, reason string) error
}

// Channels is where a customer can be reached. A channel's handle is its
// priority: 1 is tried first, and nothing is ever renumbered.
type Channels interface {
	// Channels returns the channels that pass the filter, by priority; never nil.
	// Errors: invalid (fields "include_types", "exclude_types").
	Channels(ctx context.Context, filter ChannelFilter) ([]Channel, error)

	// CreateChannel adds a pending channel behind the last one and sends a code to it.
	// Errors: invalid (fields "type", "value"), duplicate_channel, limit_reached, rate_limited, code_locked.
	CreateChannel(ctx context.Context, kind ChannelType, value string) (Channel, error)

	// UpdateChannel changes a channel's value and sends a code to the new one;
	// the last proven value stays in force until the new one is proven. The
	// same value again sends a fresh code to an unverified channel and changes
	// nothing on a verified one. The last proven value itself needs no new
	// proof and ends the change.
	// Errors: not_found, invalid (fields "value", "priority"), duplicate_channel, rate_limited, code_locked.
	UpdateChannel(ctx context.Context, priority int, value string) (ChannelUpdate, error)

	// VerifyChannel proves a channel with its six-digit code and switches it on.
	// Errors: not_found, invalid (fields "code", "priority"), code_invalid, code_expired, code_exhausted,
	// code_locked, already_verified.
	VerifyChannel(ctx context.Context, priority int, code string) (Channel, error)

	// DeleteChannels removes all the named channels or none.
	// Errors: not_found (with Missing), invalid (field "priority").
	DeleteChannels(ctx context.Context, priorities []int) (ChannelDeletion, error)

	// TestChannel sends a test message the way a real one goes and waits for
	// what the provider says.
	// Errors: not_found, channel_not_verified, rate_limited, delivery_failed.
	TestChannel(ctx context.Context, priority int) (Test, error)

	// SetChannelEnabled switches a channel on or off. Off is always allowed.
	// Errors: not_found, channel_not_verified.
	SetChannelEnabled(ctx context.Context, priority int, enabled bool) (Channel, error)
}

// Feedback is what the customer tells the company.
type Feedback interface {
	// SendFeedback keeps a text of 1 to MaxFeedback characters.
	// Errors: invalid (field "feedback"), rate_limited.
	SendFeedback(ctx context.Context, text string) (FeedbackNote, error)

	// FeedbackHistory returns what was sent, newest first, at most limit notes; never nil.
	FeedbackHistory(ctx context.Context, limit int) ([]FeedbackNote, error)
}

// Messages is everything that was written to the customer's addresses: what
// providers took or refused, what waits, and what is held in the inbox on this
// machine, so that everything can be tried offline.
type Messages interface {
	// Messages returns the newest messages, at most limit; never a nil list.
	Messages(ctx context.Context, limit int) (Inbox, error)

	// MarkMessage sets whether a message has been read. Errors: not_found.
	MarkMessage(ctx context.Context, id string, read bool) error

	// DeleteMessages removes all the named messages or none. Errors: not_found.
	DeleteMessages(ctx context.Context, ids []string) error
}

// Deliveries is what became of the messages, and the proof that they arrive.
type Deliveries interface {
	// ChannelAttempts returns the newest attempts to reach a channel, at the
	// value in force or the one that waits for its code, newest first, at most
	// limit; never nil. Errors: not_found, invalid (field "priority").
	ChannelAttempts(ctx context.Context, priority, limit int) ([]Attempt, error)

	// MessageAttempts returns all attempts of one message, oldest first; never
	// nil. Errors: not_found.
	MessageAttempts(ctx context.Context, id string) ([]Attempt, error)

	// ResendMessage sends what a message was for once more: a queued one at
	// once, a failed notice as it is, and in the place of a code a fresh one.
	// It returns the message that goes now.
	// Errors: not_found, not_resendable, rate_limited, code_locked.
	ResendMessage(ctx context.Context, id string) (Message, error)

	// ConfirmReceipt says that a person saw the last test of a channel: word is
	// what the message asked to be given back, in any case.
	// Errors: not_found, invalid (fields "word", "priority"), word_wrong, no_open_test.
	ConfirmReceipt(ctx context.Context, priority int, word string) (Channel, error)

	// RotateSecret gives a webhook a new signing secret. For a day messages
	// carry the signatures of both, so that the receiver can change over.
	// Errors: not_found, invalid (field "priority"), not_webhook.
	RotateSecret(ctx context.Context, priority int) (SigningSecret, error)
}

// Journal is the record of what was changed, one row for each change, written
// with it or not at all.
type Journal interface {
	// Journal returns the newest rows, at most limit; never nil.
	Journal(ctx context.Context, limit int) ([]JournalEntry, error)
}

// Accounts opens, lists and creates accounts: what is done before one
// customer's view exists.
type Accounts interface {
	// Open returns the view of the account with this id or email; an empty
	// word opens the oldest account. It costs one query.
	// Errors: not_found.
	Open(ctx context.Context, idOrEmail string) (Backend, AccountSummary, error)

	// List returns accounts whose name, email or organization contains every
	// word of match (all accounts for ""), by name, at most limit; never nil.
	List(ctx context.Context, match string, limit int) ([]AccountSummary, error)

	// Create adds an account with an organization and team of its own.
	// Errors: invalid (fields "name", "surname", "email", "team", "organization", "plan"), email_taken.
	Create(ctx context.Context, account NewAccount) (AccountSummary, error)
}
