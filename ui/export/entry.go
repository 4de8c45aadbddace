package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Entry is the record of an entry of the journal.
type Entry struct {
	ID      string    `json:"id"`
	At      string    `json:"at"` // RFC 3339
	Who     string    `json:"actor"`
	Address string    `json:"address"`
	Action  string    `json:"action"`
	Detail  string    `json:"detail"`
	Before  *settings `json:"before"` // null for none
	After   *settings `json:"after"`
	Undoes  string    `json:"undoes,omitempty"`
	changes string    // for a table, in place of Before and After
}

// settings is a part of what an account has.
type settings struct {
	Name         *string   `json:"name,omitempty"`
	Surname      *string   `json:"surname,omitempty"`
	Email        *string   `json:"email,omitempty"`
	PendingEmail *string   `json:"pending_email,omitempty"` // "" for none
	Channels     []Channel `json:"channels,omitempty"`
}

// OfEntry is the record of an entry.
func OfEntry(e backend.JournalEntry) Entry {
	return Entry{ID: e.ID, At: instant(e.At), Who: e.Actor, Address: e.Address, Action: e.Action, Detail: e.Detail,
		Before: ofSettings(e.Before), After: ofSettings(e.After), Undoes: e.Undoes,
		changes: changesText(e.Changes())}
}

func ofSettings(s backend.Settings) *settings {
	if s.IsEmpty() {
		return nil
	}
	r := &settings{Name: s.Name, Surname: s.Surname, Email: s.Username, PendingEmail: s.PendingUsername}
	for _, c := range s.Channels {
		r.Channels = append(r.Channels, Channel{Priority: c.Priority, Type: string(c.Type), Value: c.Value, ActiveValue: c.ActiveValue, Label: c.Label,
			Enabled: c.Enabled, Verified: c.Value == c.ActiveValue, CreatedAt: instant(c.CreatedAt), VerifiedAt: instant(c.VerifiedAt), SeenAt: instant(c.SeenAt)})
	}
	return r
}

// Columns are the titles of the cells.
func (Entry) Columns() []string {
	return []string{"id", "at", "actor", "address", "action", "detail", "changes", "undoes"}
}

// Cells are the row of the entry.
func (e Entry) Cells() []string {
	return []string{e.ID, e.At, e.Who, e.Address, e.Action, e.Detail, e.changes, e.Undoes}
}

// changesText is what was changed, in one cell: `channel 3 (sms) label: none -> "Night"; …`.
func changesText(changes []backend.Change) string {
	parts := make([]string, len(changes))
	for i, c := range changes {
		part := c.Part
		if c.Channel > 0 {
			part = fmt.Sprintf("channel %d (%s) %s", c.Channel, c.Type, c.Part)
		}
		parts[i] = part + ": " + valueText(c.Part, c.Before) + " -> " + valueText(c.Part, c.After)
	}
	return strings.Join(parts, "; ")
}

// valueText is a value in the text of changes: in quotation marks where a person has chosen it freely,
// so that it does not look like another change.
func valueText(part, value string) string {
	switch {
	case value == "":
		return "none"
	case part == "label" || part == "name" || part == "surname":
		return strconv.Quote(value)
	}
	return value
}
