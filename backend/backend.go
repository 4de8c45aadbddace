// Package backend is the contract between the console (or any other caller)
// and what keeps the accounts.
//
// There is one interface and two implementations of it: the embedded one has the
// rules and a local SQLite file, the remote one asks a server. A caller cannot tell
// them apart, and one suite of tests (backendtest) states every promise for both.
//
// A Backend value is one customer's view, so no method takes a customer id.
// Opening and listing accounts is a separate, smaller interface: Accounts.
//
// Every refusal is an *Error, whose code is one of Refusals. An error means that
// nothing the caller asked for was changed; tries at a code and attempts to send are
// still counted. CodeUnknownOutcome alone says that it is not known.
package backend

import (
	"context"
	"time"
)

// Backend is everything that one customer can do.
type Backend interface {
	Account
	Channels
	Feedback
	Messages
	Deliveries
	Journal

	// Revision returns a number, not 0, that grows with every change to anything
	// that this view shows. Comparing it is the cheap way to notice the changes of
	// another console. Errors: unauthorized.
	Revision(ctx context.Context) (int64, error)

	// Lacks says in a sentence why a feature is missing here, or returns "" when it
	// is there. It costs no request: a server's features are discovered when the
	// view is opened.
	Lacks(f Feature) string
}

// Account is the customer's profile, username and deletion.
type Account interface {
	// Profile returns the customer with team, organization and limits.
	// Errors: unauthorized.
	Profile(ctx context.Context) (Profile, error)

	// UpdateName changes name, surname or both; nil leaves a part as it is.
	// Errors: invalid (fields "name", "surname").
	UpdateName(ctx context.Context, change NameChange) (Profile, error)

	// ChangeUsername starts a change of the username to email and sends a code
	// there. The old address stays the username until ConfirmUsername. The pending
	// address again sends a new code; another address replaces it.
	// How often it tells that another account has an address is limited, too.
	// Errors: invalid (field "email"), email_taken, email_unchanged, rate_limited, code_locked.
	ChangeUsername(ctx context.Context, email string) (Profile, error)

	// ConfirmUsername makes the pending address the username; code has six digits.
	// Errors: invalid (field "code"), code_invalid, code_expired, code_exhausted, code_locked,
	// no_pending_change, email_taken.
	ConfirmUsername(ctx context.Context, code string) (Profile, error)

	// CancelUsername drops a pending change; its code is not valid any more.
	// Errors: no_pending_change.
	CancelUsername(ctx context.Context) (Profile, error)

	// DeleteAccount removes everything of this customer for good. Afterwards every
	// method of this view answers unauthorized. reason is a slug; see CleanReason.
	// Errors: invalid (field "reason").
	DeleteAccount(ctx context.Context, reason string) error
}

// Channels is where a customer can be reached. A channel is named by its priority:
// 1 is the most important, and no change renumbers the others.
type Channels interface {
	// Channels returns the channels that pass the filter, by priority; never nil.
	// Errors: invalid (fields "include_types", "exclude_types").
	Channels(ctx context.Context, filter ChannelFilter) ([]Channel, error)

	// CreateChannel adds a pending channel with the highest priority number plus one
	// and sends a code to it. label is its name, "" for none. A new webhook comes with its
	// signing secret.
	// Errors: invalid (fields "type", "value", "label"), duplicate_channel, limit_reached, rate_limited,
	// code_locked; with a label, unsupported (FeatureLabels).
	CreateChannel(ctx context.Context, kind ChannelType, value, label string) (Channel, error)

	// UpdateChannel changes a channel's value and sends a code to the new one; the
	// value in force stays until the new one is verified. The same value again sends
	// a new code to an unverified channel and changes nothing on a verified one. The
	// value in force itself needs no code and ends the change. label is the channel's new
	// name, "" for none; nil keeps the one that it has. Another label with the same value
	// changes only the label: no code is sent.
	// Errors: not_found, invalid (fields "value", "priority", "label"), duplicate_channel, rate_limited,
	// code_locked; with a label, unsupported (FeatureLabels).
	UpdateChannel(ctx context.Context, priority int, value string, label *string) (ChannelUpdate, error)

	// VerifyChannel verifies a channel with its six-digit code and switches it on.
	// Errors: not_found, invalid (fields "code", "priority"), code_invalid, code_expired, code_exhausted,
	// code_locked, already_verified.
	VerifyChannel(ctx context.Context, priority int, code string) (Channel, error)

	// DeleteChannels removes all the named channels or none.
	// Errors: not_found (with Missing), invalid (field "priority").
	DeleteChannels(ctx context.Context, priorities []int) (ChannelDeletion, error)

	// TestChannel sends a test message to the value in force, the way that real messages go,
	// and waits for the provider's answer. While many messages wait for answers it is
	// refused at once.
	// Errors: not_found, channel_not_verified, rate_limited, busy, delivery_failed.
	TestChannel(ctx context.Context, priority int) (Test, error)

	// SetChannelEnabled switches a channel on or off, for the value in force, also while
	// another value waits for its code. Off is always allowed.
	// Errors: not_found, invalid (field "priority"), channel_not_verified.
	SetChannelEnabled(ctx context.Context, priority int, enabled bool) (Channel, error)

	// SetChannelsEnabled switches all the named channels on or off, or none, as one change. It
	// returns all channels, by priority.
	// Errors: not_found (with Missing), invalid (field "priority"), channel_not_verified;
	// unsupported (FeatureSeveral).
	SetChannelsEnabled(ctx context.Context, priorities []int, enabled bool) ([]Channel, error)

	// OrderChannels gives the channels the priorities that there are in another order: the
	// channel that is named first gets the lowest number, and so on. priorities are the present
	// ones, each once. What is pending stays with its channel. It returns all channels.
	// Errors: order_changed, invalid (field "priority"); unsupported (FeatureSeveral).
	OrderChannels(ctx context.Context, priorities []int) ([]Channel, error)
}

// Feedback is the texts that the customer sends to the company.
type Feedback interface {
	// SendFeedback keeps a text of 1 to MaxFeedback characters.
	// Errors: invalid (field "feedback"), rate_limited.
	SendFeedback(ctx context.Context, text string) (FeedbackNote, error)

	// FeedbackHistory returns what was sent, newest first, at most limit notes; never nil.
	// Errors: unauthorized.
	FeedbackHistory(ctx context.Context, limit int) ([]FeedbackNote, error)

	// OlderFeedback returns the notes behind the one with this id, which may be gone, newest
	// first, at most limit; never nil. "" stands for the newest.
	// Errors: invalid (field "cursor"); with an id, unsupported (FeatureOlder).
	OlderFeedback(ctx context.Context, than string, limit int) ([]FeedbackNote, error)
}

// Messages is everything that was written to the customer's addresses: what
// providers accepted or refused, what waits, and what is held in the inbox, so that
// everything can be tried offline.
type Messages interface {
	// Messages returns the newest messages, at most limit; never a nil list.
	// Errors: unauthorized.
	Messages(ctx context.Context, limit int) (MessageList, error)

	// OlderMessages returns the messages behind the one with this id, as OlderFeedback does
	// with notes. The counts are those of all messages.
	// Errors: invalid (field "cursor"); with an id, unsupported (FeatureOlder).
	OlderMessages(ctx context.Context, than string, limit int) (MessageList, error)

	// MarkMessage sets whether a message has been read. Errors: not_found.
	MarkMessage(ctx context.Context, id string, read bool) error

	// DeleteMessages removes all the named messages or none. Errors: not_found.
	DeleteMessages(ctx context.Context, ids []string) error
}

// Deliveries is the attempts to deliver messages, and the proof that they arrive.
type Deliveries interface {
	// ChannelAttempts returns the newest attempts to reach a channel, at the value in
	// force or the one that waits for its code, newest first, at most limit; never
	// nil. Errors: not_found, invalid (field "priority").
	ChannelAttempts(ctx context.Context, priority, limit int) ([]Attempt, error)

	// OlderAttempts returns the attempts to reach a channel behind the one with this id, as
	// OlderFeedback does with notes.
	// Errors: not_found, invalid (fields "priority", "cursor"); with an id, unsupported (FeatureOlder).
	OlderAttempts(ctx context.Context, priority int, than string, limit int) ([]Attempt, error)

	// MessageAttempts returns all attempts of one message, oldest first; never
	// nil. Errors: not_found.
	MessageAttempts(ctx context.Context, id string) ([]Attempt, error)

	// ResendMessage sends a message again: a queued one at once, a failed notice as
	// it is, and for a code message a new one with a new code. It returns the message
	// that is sent now.
	// Errors: not_found, not_resendable, rate_limited, code_locked.
	ResendMessage(ctx context.Context, id string) (Message, error)

	// ConfirmReceipt says that a person saw the last test message of a channel: word
	// is the test word of that message, in upper or lower case.
	// Errors: not_found, invalid (fields "word", "priority"), word_wrong, no_open_test.
	ConfirmReceipt(ctx context.Context, priority int, word string) (Channel, error)

	// RotateSecret gives a webhook a new signing secret. With overlap, messages carry the
	// signatures of the one before for a day, too, so that the receiver can change over;
	// another change within the day ends that. Without it, all old ones stop signing at
	// once, also messages that wait already: for a secret that others know.
	// Errors: not_found, invalid (field "priority"), not_webhook, rate_limited; without
	// overlap, unsupported (FeatureEndSecret).
	RotateSecret(ctx context.Context, priority int, overlap bool) (SigningSecret, error)
}

// Journal is the record of changes: one entry for each, written in the transaction of
// the change, and what it allows: to take changes back, and to look at what was.
type Journal interface {
	// Journal returns a page of the entries, newest first. Without FeatureUndo it has the
	// newest ones alone. Errors: invalid (field "after"); unsupported (FeatureJournal, and
	// FeatureUndo for After, Kinds and Match).
	Journal(ctx context.Context, query JournalQuery) (JournalPage, error)

	// Undo takes an entry back: what it changed is again as it was before. "" stands for the
	// newest change of the caller's that has an inverse and was not taken back. It returns the
	// entry of the undo. Codes do not come back: what waits for one needs a new one.
	// Errors: not_found, nothing_to_undo, not_undoable, changed_since (with Conflicts),
	// duplicate_channel, limit_reached, channel_not_verified; unsupported (FeatureUndo).
	Undo(ctx context.Context, entry string) (JournalEntry, error)

	// Redo makes the change again that the caller took back last; another change of the
	// caller's ends that. It returns its entry. Errors: those of Undo.
	Redo(ctx context.Context) (JournalEntry, error)

	// SettingsAt returns the account as it was at a time in the past.
	// Errors: invalid (field "at": in the future, or before the account was there);
	// unsupported (FeatureUndo).
	SettingsAt(ctx context.Context, at time.Time) (PastSettings, error)
}

// Accounts opens, lists and creates accounts. Opening one returns the view of its
// customer.
type Accounts interface {
	// Open returns the view of the account with this id or email; "" opens the
	// oldest account. It costs one query. Errors: not_found.
	Open(ctx context.Context, idOrEmail string) (Backend, AccountSummary, error)

	// List returns the accounts whose name, email or organization contains every
	// space-separated part of match (all accounts for ""), by name, at most limit;
	// never nil.
	List(ctx context.Context, match string, limit int) ([]AccountSummary, error)

	// Page returns one page of the accounts that the query keeps, in its order, with the
	// reach of each. It costs the same with any number of accounts, with two exceptions:
	// a Match looks at every name; and OnlyProblems by name or email, where there are more
	// of them than MaxCounted, looks at the accounts one after the other until the page is
	// full. Without FeatureReach it is List: one page, by name and without reach.
	// Errors: invalid (fields "sort", "limit", "after", "from"), not_found for From;
	// unsupported (FeatureAccounts), and without FeatureReach for what List cannot do:
	// another order, OnlyProblems, After and From (FeatureReach).
	Page(ctx context.Context, query AccountQuery) (AccountPage, error)

	// Search returns one page of the accounts that have the letters of a text in their order, in
	// the order in which github.com/sahilm/fuzzy ranks their SearchText; those with the same
	// score by name. It ends soon after ctx does.
	// Errors: invalid (fields "offset", "limit"); unsupported (FeatureAccounts, FeatureSearch).
	Search(ctx context.Context, search AccountSearch) (FoundAccounts, error)

	// Create adds an account with an organization and team of its own.
	// Errors: invalid (fields "name", "surname", "email", "team", "organization", "plan"), email_taken.
	Create(ctx context.Context, account NewAccount) (AccountSummary, error)
}
