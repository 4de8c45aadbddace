package backend

import (
	"slices"
	"strconv"
	"time"
)

// JournalEntry is one change that was made.
type JournalEntry struct {
	ID     string
	At     time.Time
	Actor  string // such as "console", or "api:" and the id of a token
	Action string // such as "channel.verified"
	// Address is the IP address that the request came from, "" for a change on this machine.
	Address string
	// Detail names what was changed, such as "channel 3 (sms)", without codes, texts
	// and whole addresses.
	Detail string
	// Before and After are the settings that the entry changed, as they were and as they
	// became. Both are empty for what changed none, such as a test message, and for entries
	// of versions that did not keep them.
	Before, After Settings
	// Undoes is the id of the entry that this one took back, "" for none. Of an undo that
	// was taken back itself it is that undo: then the change was made again.
	Undoes string
}

// Settings is a part of what an account has: what one change was about.
type Settings struct {
	// Name, Surname, Username and PendingUsername are nil where the change was not about
	// them; PendingUsername is "" for no change of the username that waits for its code.
	Name, Surname, Username, PendingUsername *string
	// Channels are those that were there, of those that the change was about, by priority.
	Channels []ChannelSettings
}

// ChannelSettings is what the journal keeps of a channel.
type ChannelSettings struct {
	Priority    int
	Type        ChannelType
	Value       string
	ActiveValue string // "" for none
	Label       string // "" for none
	Enabled     bool
	CreatedAt   time.Time
	VerifiedAt  time.Time // of ActiveValue; zero with it
	SeenAt      time.Time // see Proof.SeenAt
	// Kept is what the embedded backend keeps of a deleted channel beside these, so that it
	// comes back with its last test and its signing secret; "" in every answer.
	Kept string
}

// SettingsOf is what the journal keeps of a channel.
func SettingsOf(c Channel) ChannelSettings {
	return ChannelSettings{Priority: c.Priority, Type: c.Type, Value: c.Value, ActiveValue: c.ActiveValue, Label: c.Label, Enabled: c.Enabled,
		CreatedAt: c.CreatedAt, VerifiedAt: c.VerifiedAt, SeenAt: c.Proof.SeenAt}
}

// IsEmpty reports whether there is nothing in the settings.
func (s Settings) IsEmpty() bool {
	return s.Name == nil && s.Surname == nil && s.Username == nil && s.PendingUsername == nil && len(s.Channels) == 0
}

// IsSame reports whether two are of one channel: its type and the time of its making never
// change.
func (c ChannelSettings) IsSame(other ChannelSettings) bool {
	return c.Type == other.Type && c.CreatedAt.Equal(other.CreatedAt)
}

// Find returns the settings of the same channel; found is false when they are not among these.
// Where older versions made several of a type in one millisecond, it is the one with the same
// value, if there is one.
func (s Settings) Find(c ChannelSettings) (same ChannelSettings, found bool) {
	for _, other := range s.Channels {
		if c.IsSame(other) && (!found || other.Value == c.Value) {
			same, found = other, true
		}
	}
	return same, found
}

// CanUndo reports whether an entry has an inverse. A message that was sent has none, nor has
// the proof that a person saw one, nor a username that was confirmed: its old address may belong
// to another person by now.
func (e JournalEntry) CanUndo() bool {
	if e.Before.Username != nil || e.After.Username != nil || e.Before.IsEmpty() && e.After.IsEmpty() {
		return false
	}
	if len(e.Before.Channels) != len(e.After.Channels) || len(e.Before.Channels) == 0 {
		return true
	}
	return slices.ContainsFunc(e.Before.Channels, func(before ChannelSettings) bool {
		after, isThere := e.After.Find(before)
		return !isThere || len(Differences(before, after)) > 0
	})
}

// Differences are the parts in which one channel is another than it was: what can be undone of
// it. Expected is what it has before, Present what it has after.
func Differences(before, after ChannelSettings) (list []Conflict) {
	add := func(part, was, is string) {
		if was != is {
			list = append(list, Conflict{Channel: before.Priority, Type: before.Type, Part: part, Expected: was, Present: is})
		}
	}
	add("priority", strconv.Itoa(before.Priority), strconv.Itoa(after.Priority))
	add("value", before.Value, after.Value)
	add("active_value", before.ActiveValue, after.ActiveValue)
	add("label", before.Label, after.Label)
	add("enabled", strconv.FormatBool(before.Enabled), strconv.FormatBool(after.Enabled))
	return list
}

// JournalQuery chooses a page of the journal.
type JournalQuery struct {
	// Limit is how many entries there are at most.
	Limit int
	// After is the Next of the page before this one, "" for the newest entries.
	After string
	// Kinds keeps the entries whose Action begins with one of them and a point, such as
	// "channel"; nil keeps all.
	Kinds []string
	// Match keeps the entries that have every space-separated part of it in their actor, action
	// or detail, or in the settings before and after, in any case; "" keeps all.
	Match string
}

// JournalPage is a page of the journal.
type JournalPage struct {
	Entries []JournalEntry // newest first; never nil
	// Next is for After of the next page, "" at the end. A page of a query that keeps few
	// entries may have less than Limit, or none, and a next one all the same: it costs at
	// most as much as looking at MaxJournalLook entries.
	Next string
}

// MaxJournalLook is how many entries one page of the journal looks at, at most: some 30 ms of
// reading.
const MaxJournalLook = 4000

// PastSettings is an account as it was at a time.
type PastSettings struct {
	At       time.Time
	Settings // of the whole account
	// Since is when the account was created; a time before it is refused. So is one before the journal
	// of an older version ends, which keeps no settings.
	Since time.Time
}

// Conflict is one part of the settings that is another than it was expected to be.
type Conflict struct {
	// Channel is the priority of the channel that it is about, 0 for the account.
	Channel int
	Type    ChannelType // of the channel; "" for the account
	// PresentType is the type of what is there instead, where that is another channel; else "".
	PresentType ChannelType
	// Part is what is different: "name", "surname", "username", "pending_username" for a new one
	// that is not confirmed yet, "value", "active_value", "label", "enabled", "priority", or
	// "channel" for one that is there, or not there any more.
	Part string
	// Expected is what it was expected to be, Present what it is. Both are in the form of the
	// API; "" for nothing there.
	Expected, Present string
	// Wanted is what an undo would have made of it, "" where there was nothing, or where it is
	// not about an undo.
	Wanted string
}
