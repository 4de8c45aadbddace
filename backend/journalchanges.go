package backend

import (
	"strconv"
	"time"
)

// Change is one part of the settings that an entry of the journal changed.
type Change struct {
	// Channel is the priority of the channel that it is about, of a channel that is gone the one
	// that it had; 0 for the account.
	Channel int
	Type    ChannelType // of the channel; "" for the account
	// Part is what was changed: one of Conflict, or "seen_at".
	Part string
	// Before and After are in the form of the API; "" for nothing there.
	Before, After string
}

// Changes are the parts of the settings that an entry changed, those of the account first.
func (e JournalEntry) Changes() (list []Change) {
	for _, p := range []struct {
		part          string
		before, after *string
	}{
		{"name", e.Before.Name, e.After.Name}, {"surname", e.Before.Surname, e.After.Surname},
		{"username", e.Before.Username, e.After.Username}, {"pending_username", e.Before.PendingUsername, e.After.PendingUsername},
	} {
		if before, after := textOrNone(p.before), textOrNone(p.after); before != after {
			list = append(list, Change{Part: p.part, Before: before, After: after})
		}
	}
	for _, after := range e.After.Channels {
		before, _ := e.Before.Find(after)
		list = append(list, channelChanges(before, after)...)
	}
	for _, before := range e.Before.Channels {
		if _, isThere := e.After.Find(before); !isThere {
			list = append(list, channelChanges(before, ChannelSettings{})...)
		}
	}
	return list
}

func textOrNone(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// channelChanges compares two states of a channel; the zero value is that of one that is not there.
func channelChanges(before, after ChannelSettings) (list []Change) {
	of := after
	if of.Type == "" {
		of = before
	}
	was, is := before.texts(), after.texts()
	for i, part := range channelParts {
		if was[i] != is[i] {
			list = append(list, Change{Channel: of.Priority, Type: of.Type, Part: part, Before: was[i], After: is[i]})
		}
	}
	return list
}

// channelParts names what texts returns.
var channelParts = [...]string{"priority", "value", "active_value", "label", "enabled", "seen_at"}

func (c ChannelSettings) texts() (texts [len(channelParts)]string) {
	if c.Type == "" {
		return texts
	}
	seen := ""
	if !c.SeenAt.IsZero() {
		seen = c.SeenAt.UTC().Format(time.RFC3339Nano)
	}
	return [...]string{strconv.Itoa(c.Priority), c.Value, c.ActiveValue, c.Label, strconv.FormatBool(c.Enabled), seen}
}

// SearchText is what of settings is searched, a line for each: addresses also as people read
// them.
func (s Settings) SearchText() (lines []string) {
	for _, text := range []*string{s.Name, s.Surname, s.Username, s.PendingUsername} {
		if text != nil {
			lines = append(lines, *text)
		}
	}
	for _, c := range s.Channels {
		for _, value := range []string{c.Value, c.ActiveValue} {
			lines = append(lines, value)
			if readable := ReadableHost(c.Type, value); readable != value {
				lines = append(lines, readable)
			}
		}
		lines = append(lines, c.Label)
	}
	return lines
}
