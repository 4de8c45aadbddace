package storage

import (
	"encoding/json"

	"github.com/account-settings/pinghome/backend"
)

// journalSettings is the JSON of settings in the journal. It is written with every change, so that
// its names are short.
type journalSettings struct {
	Name     *string          `json:"n,omitempty"`
	Surname  *string          `json:"s,omitempty"`
	Username *string          `json:"u,omitempty"`
	Pending  *string          `json:"p,omitempty"`
	Channels []journalChannel `json:"c,omitempty"`
}

// journalChannel has times in unix milliseconds, 0 for none.
type journalChannel struct {
	Priority int    `json:"#"`
	Type     string `json:"t"`
	Value    string `json:"v"`
	Active   string `json:"a,omitempty"`
	Label    string `json:"l,omitempty"`
	Enabled  bool   `json:"on,omitempty"`
	Created  int64  `json:"at"`
	Verified int64  `json:"ok,omitempty"`
	Seen     int64  `json:"seen,omitempty"`
	// Kept is of a channel that was deleted: see KeptOf.
	Kept json.RawMessage `json:"kept,omitempty"`
	// Salts was all that versions before Kept had of it.
	Salts string `json:"salts,omitempty"`
}

// keepSettings is how settings are stored, "" for none.
func keepSettings(s backend.Settings) (string, error) {
	if s.IsEmpty() {
		return "", nil
	}
	kept := journalSettings{Name: s.Name, Surname: s.Surname, Username: s.Username, Pending: s.PendingUsername}
	for _, c := range s.Channels {
		kept.Channels = append(kept.Channels, journalChannel{Priority: c.Priority, Type: string(c.Type), Value: c.Value, Active: c.ActiveValue,
			Label: c.Label, Enabled: c.Enabled, Created: millis(c.CreatedAt), Verified: millis(c.VerifiedAt), Seen: millis(c.SeenAt),
			Kept: json.RawMessage(c.Kept)})
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// readSettings is the inverse of keepSettings.
func readSettings(text string) (s backend.Settings, err error) {
	if text == "" {
		return s, nil
	}
	var kept journalSettings
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return s, err
	}
	s = backend.Settings{Name: kept.Name, Surname: kept.Surname, Username: kept.Username, PendingUsername: kept.Pending}
	for _, c := range kept.Channels {
		s.Channels = append(s.Channels, backend.ChannelSettings{Priority: c.Priority, Type: backend.ChannelType(c.Type), Value: c.Value,
			ActiveValue: c.Active, Label: c.Label, Enabled: c.Enabled, CreatedAt: instant(c.Created), VerifiedAt: instant(c.Verified),
			SeenAt: instant(c.Seen), Kept: c.kept()})
	}
	return s, nil
}

// kept is what was kept of a deleted channel, "" for nothing.
func (c journalChannel) kept() string {
	if c.Salts == "" {
		return string(c.Kept)
	}
	text, _ := json.Marshal(deletedChannel{Salts: c.Salts}) // a text is always written
	return string(text)
}
