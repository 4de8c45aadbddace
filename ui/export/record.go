package export

import (
	"encoding/json"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// The records are written as the API has them.

// Entry is an entry of the journal.
type Entry struct {
	ID      string    `json:"id"`
	At      string    `json:"at"` // RFC 3339
	Who     string    `json:"actor"`
	Address string    `json:"address"`
	Action  string    `json:"action"`
	Detail  string    `json:"detail"`
	Before  *Settings `json:"before"` // null for none
	After   *Settings `json:"after"`
	Undoes  string    `json:"undoes,omitempty"`
}

// Settings is a part of what an account has.
type Settings struct {
	Name         *string   `json:"name,omitempty"`
	Surname      *string   `json:"surname,omitempty"`
	Email        *string   `json:"email,omitempty"`
	PendingEmail *string   `json:"pending_email,omitempty"` // "" for none
	Channels     []Channel `json:"channels,omitempty"`
}

// Channel is what an entry of the journal has of a channel.
type Channel struct {
	Priority    int    `json:"priority"`
	Type        string `json:"type"`
	Value       string `json:"value"`
	ActiveValue string `json:"active_value,omitempty"`
	Label       string `json:"label"`
	Enabled     bool   `json:"enabled"`
	CreatedAt   string `json:"created_at,omitempty"`
	VerifiedAt  string `json:"verified_at,omitempty"`
	SeenAt      string `json:"seen_at,omitempty"`
}

// OfEntry is the record of an entry.
func OfEntry(e backend.JournalEntry) Entry {
	return Entry{ID: e.ID, At: instant(e.At), Who: e.Actor, Address: e.Address, Action: e.Action, Detail: e.Detail,
		Before: ofSettings(e.Before), After: ofSettings(e.After), Undoes: e.Undoes}
}

func ofSettings(s backend.Settings) *Settings {
	if s.IsEmpty() {
		return nil
	}
	r := &Settings{Name: s.Name, Surname: s.Surname, Email: s.Username, PendingEmail: s.PendingUsername}
	for _, c := range s.Channels {
		r.Channels = append(r.Channels, Channel{Priority: c.Priority, Type: string(c.Type), Value: c.Value, ActiveValue: c.ActiveValue,
			Label: c.Label, Enabled: c.Enabled, CreatedAt: instant(c.CreatedAt), VerifiedAt: instant(c.VerifiedAt), SeenAt: instant(c.SeenAt)})
	}
	return r
}

// instant is a time as RFC 3339 has it, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// JSON is a record as indented JSON.
func JSON(record any) string {
	text, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return "" // records are texts, numbers and truths
	}
	return string(text)
}
