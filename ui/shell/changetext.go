package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// What an entry of the journal did, in words.

// actions are the words of the actions; see backend.JournalEntry.
var actions = map[string]string{ //nolint:gosec // no secrets, but words about them
	"account.created": "account created", "name.changed": "name changed",
	"username.requested": "new username asked for", "username.cancelled": "username change cancelled",
	"username.changed": "username changed", "username.refused": "username refused",
	"channel.created": "added", "channel.changed": "value changed", "channel.labelled": "label changed", "channel.code_sent": "code sent",
	"channel.verified": "verified", "channel.deleted": "deleted", "channel.enabled": "switched on", "channel.disabled": "switched off",
	"channel.tested": "tested", "channel.seen": "test seen", "channel.secret_changed": "new signing secret", "channel.ordered": "new order",
	"code.refused": "wrong code", "feedback.sent": "feedback sent", "message.resent": "message sent again", "messages.deleted": "messages deleted",
	"token.created": "token created", "token.revoked": "token revoked",
}

// ActionText is what an entry did in a few words: "switched off", "undone", as the action is
// where it is not known.
func ActionText(e backend.JournalEntry) string {
	switch _, what, _ := strings.Cut(e.Action, "."); {
	case what == "undone":
		return "undone"
	case what == "redone":
		return "made again"
	case actions[e.Action] != "":
		return actions[e.Action]
	}
	return safe.Text(strings.NewReplacer(".", " ", "_", " ").Replace(e.Action))
}

// ChangeText is ChangeWords.Text with the values as the console shows them.
func (s *Shell) ChangeText(e backend.JournalEntry) string {
	return ChangeWords{Value: s.Masked, Username: s.MaskedAccount, Arrow: s.Look.Arrow}.Text(e)
}

// ChangeWords are how a text about a change has its values.
type ChangeWords struct {
	Value    func(by backend.ChannelType, value string) string
	Username func(email string) string
	Arrow    string // stands between a channel and a new value of it that waits for its code
}

// Text says how the settings are since an entry: "channel 2 is off". Of an entry without settings
// it is the detail.
func (w ChangeWords) Text(e backend.JournalEntry) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if e.After.Name != nil {
		add("the name is %s", safe.Text(*e.After.Name))
	}
	if e.After.Surname != nil {
		add("the surname is %s", safe.Text(*e.After.Surname))
	}
	if e.After.Username != nil {
		add("the username is %s", w.Username(*e.After.Username))
	}
	if pending := e.After.PendingUsername; pending != nil && *pending != "" && e.Undoes != "" {
		add("%s is the new username again, and needs a new code", w.Username(*pending))
	} else if pending != nil && *pending != "" {
		add("%s waits for its code", w.Username(*pending))
	} else if pending != nil && e.After.Username == nil {
		add("no new username waits")
	}
	there := "there"
	if e.Undoes != "" {
		there = "back"
	}
	if moved := orderText(e); moved != "" {
		add("%s", moved)
		return strings.Join(parts, ", ")
	}
	for _, after := range e.After.Channels {
		before, wasThere := e.Before.Find(after)
		if !wasThere {
			add("channel %d (%s) is %s", after.Priority, TypeName(after.Type), there)
			continue
		}
		add("channel %d %s", before.Priority, w.channelChange(before, after, e.Undoes != ""))
	}
	for _, before := range e.Before.Channels {
		if _, isThere := e.After.Find(before); !isThere {
			add("channel %d (%s) is gone", before.Priority, TypeName(before.Type))
		}
	}
	if len(parts) == 0 {
		return safe.Text(e.Detail)
	}
	return strings.Join(parts, ", ")
}

// orderText says which channel was moved, where the entry changed nothing but the order of three or
// more; else "".
func orderText(e backend.JournalEntry) string {
	var were, are []int
	for _, after := range e.After.Channels {
		before, wasThere := e.Before.Find(after)
		if diff := backend.Differences(before, after); !wasThere || len(diff) != 1 || diff[0].Part != "priority" {
			return ""
		}
		were, are = append(were, before.Priority), append(are, after.Priority)
	}
	from, to := FurthestMove(were, are)
	const two = 2 // which change places
	if others := len(were) - 1; others >= two {
		return fmt.Sprintf("channel %d is number %d, and %d others moved", from, to, others)
	}
	return ""
}

// FurthestMove is the first of the channels that were moved the furthest, by the numbers that they
// had and have; equal where none was.
func FurthestMove(had, have []int) (from, to int) {
	for i := range had {
		if max(had[i]-have[i], have[i]-had[i]) > max(from-to, to-from) {
			from, to = had[i], have[i]
		}
	}
	return from, to
}

// channelChange says in which parts a channel is another one now: "is verified, is on". After an
// undo no code waits.
func (w ChangeWords) channelChange(before, after backend.ChannelSettings, isUndo bool) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if before.Priority != after.Priority {
		add("is number %d", after.Priority)
	}
	switch isVerified := after.Value == after.ActiveValue; {
	case before.ActiveValue != after.ActiveValue && isVerified:
		add("is verified")
	case before.ActiveValue != after.ActiveValue && after.ActiveValue == "" && isUndo:
		add("is not verified any more")
	case before.ActiveValue != after.ActiveValue && after.ActiveValue == "":
		add("waits for its code")
	case before.ActiveValue != after.ActiveValue:
		add("goes to %s, and %s needs a new code", w.Value(after.Type, after.ActiveValue), w.Value(after.Type, after.Value))
	case before.Value != after.Value && isVerified:
		add("has %s", w.Value(after.Type, after.Value))
	case before.Value != after.Value:
		add("%s %s", w.Arrow, w.Value(after.Type, after.Value))
	}
	if before.Label != after.Label && after.Label == "" {
		add("has no label")
	} else if before.Label != after.Label {
		add("is called %s", safe.Text(after.Label))
	}
	if before.Enabled != after.Enabled && after.Enabled {
		add("is on")
	} else if before.Enabled != after.Enabled {
		add("is off")
	}
	if len(parts) == 0 {
		add("was seen by a person")
	}
	return strings.Join(parts, ", ")
}

// EntryKinds are the kinds of entries, in the order of a filter: what their actions begin with.
var EntryKinds = []string{"channel", "name", "username", "account", "code", "message", "feedback", "token"}

// deletedMessages is what the action of deleted messages begins with, of which there can be several.
const deletedMessages = "messages"

// JournalKinds are kinds of entries as the journal has them; none for all.
func JournalKinds(kinds []string) []string {
	if slices.Contains(kinds, "message") {
		return append(slices.Clone(kinds), deletedMessages)
	}
	return kinds
}

// EntryKind is what an entry is about: one of EntryKinds, or that of a newer server.
func EntryKind(e backend.JournalEntry) string {
	kind, _, _ := strings.Cut(e.Action, ".")
	if kind == deletedMessages {
		return "message"
	}
	return kind
}

// ActorText is who made an entry, in short: "console", "token …a1b2".
func ActorText(e backend.JournalEntry) string {
	kind, id, isToken := strings.Cut(e.Actor, ":")
	const most = 4 // of an id: enough to tell the tokens of an account apart
	if !isToken {
		return safe.Text(e.Actor)
	}
	if len(id) > most {
		id = id[len(id)-most:]
	}
	if kind == "operator" {
		return "op …" + safe.Text(id)
	}
	return "token …" + safe.Text(id)
}
