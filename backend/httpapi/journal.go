package httpapi

import (
	"context"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var (
	fieldEntry = field[string]{"entry", `{"type": "string", "minLength": 1, "examples": ["0193e9b2-5a70-7cc1-8f0e-2d1f6f1c9a55"], "description": "The id of the journal entry to take back; without it, the newest change of the caller's that has an inverse"}`, notBlank}

	bodyUndo = &body{name: "Undo", optional: []anyField{fieldEntry}}
)

// The parameters of the journal, beside those of other lists.
const (
	paramKinds = "kinds"
	paramAt    = "at"
)

// wireJournalEntry is one change that was made.
type wireJournalEntry struct {
	ID     string  `json:"id"`
	At     instant `json:"at"`
	Actor  string  `json:"actor"`
	Action string  `json:"action"`
	// Address is "" for a change on the server's machine, and from older servers.
	Address string `json:"address"`
	Detail  string `json:"detail"`
	// Before and After are null where no settings were changed, and from older servers.
	Before *wireSettings `json:"before"`
	After  *wireSettings `json:"after"`
	Undoes *string       `json:"undoes"` // null for none
}

// wireSettings is a part of what an account has. What is not there, the change was not about.
type wireSettings struct {
	Name            *string               `json:"name,omitempty"`
	Surname         *string               `json:"surname,omitempty"`
	Username        *string               `json:"email,omitempty"`
	PendingUsername *string               `json:"pending_email,omitempty"` // "" for none
	Channels        []wireChannelSettings `json:"channels,omitempty"`
}

type wireChannelSettings struct {
	Priority    int     `json:"priority"`
	Type        string  `json:"type"`
	Value       string  `json:"value"`
	ActiveValue *string `json:"active_value"`
	Label       string  `json:"label"`
	Enabled     bool    `json:"enabled"`
	CreatedAt   instant `json:"created_at"`
	VerifiedAt  instant `json:"verified_at"`
	SeenAt      instant `json:"seen_at"`
}

// wirePast is an account as it was.
type wirePast struct {
	At    instant `json:"at"`
	Since instant `json:"since"`
	wireSettings
	// Channels stand in the place of those of wireSettings, as [] for none: all are told.
	Channels []wireChannelSettings `json:"channels"`
}

// wireConflict is a part of the settings that is another than it was expected to be.
type wireConflict struct {
	Priority int    `json:"priority,omitempty"` // of the channel; 0 for the account
	Type     string `json:"type,omitempty"`
	Part     string `json:"part"`
	Expected string `json:"expected"`
	Present  string `json:"present"`
	Wanted   string `json:"wanted,omitempty"`
}

// wireJournalPage says where a page of the journal stands.
type wireJournalPage struct {
	Next *string `json:"next"`
}

func settingsToWire(s backend.Settings) *wireSettings {
	if s.IsEmpty() {
		return nil
	}
	w := wireSettings{Name: s.Name, Surname: s.Surname, Username: s.Username, PendingUsername: s.PendingUsername}
	for _, c := range s.Channels {
		w.Channels = append(w.Channels, channelSettingsToWire(c))
	}
	return &w
}

func channelSettingsToWire(c backend.ChannelSettings) wireChannelSettings {
	w := wireChannelSettings{Priority: c.Priority, Type: string(c.Type), Value: c.Value, Label: c.Label, Enabled: c.Enabled,
		CreatedAt: instantOf(c.CreatedAt), VerifiedAt: instantOf(c.VerifiedAt), SeenAt: instantOf(c.SeenAt)}
	if c.ActiveValue != "" {
		w.ActiveValue = &c.ActiveValue
	}
	return w
}

func (w *wireSettings) fromWire() (s backend.Settings) {
	if w == nil {
		return s
	}
	s = backend.Settings{Name: w.Name, Surname: w.Surname, Username: w.Username, PendingUsername: w.PendingUsername}
	for _, c := range w.Channels {
		of := backend.ChannelSettings{Priority: c.Priority, Type: backend.ChannelType(c.Type), Value: c.Value, Label: c.Label, Enabled: c.Enabled,
			CreatedAt: c.CreatedAt.when(), VerifiedAt: c.VerifiedAt.when(), SeenAt: c.SeenAt.when()}
		if c.ActiveValue != nil {
			of.ActiveValue = *c.ActiveValue
		}
		s.Channels = append(s.Channels, of)
	}
	return s
}

func journalEntryToWire(e backend.JournalEntry) wireJournalEntry {
	w := wireJournalEntry{ID: e.ID, At: instantOf(e.At), Actor: e.Actor, Address: e.Address, Action: e.Action, Detail: e.Detail,
		Before: settingsToWire(e.Before), After: settingsToWire(e.After)}
	if e.Undoes != "" {
		w.Undoes = &e.Undoes
	}
	return w
}

func (w wireJournalEntry) fromWire() backend.JournalEntry {
	e := backend.JournalEntry{ID: w.ID, At: w.At.when(), Actor: w.Actor, Address: w.Address, Action: w.Action, Detail: w.Detail,
		Before: w.Before.fromWire(), After: w.After.fromWire()}
	if w.Undoes != nil {
		e.Undoes = *w.Undoes
	}
	return e
}

func conflictToWire(c backend.Conflict) wireConflict {
	return wireConflict{Priority: c.Channel, Type: string(c.Type), Part: c.Part, Expected: c.Expected, Present: c.Present, Wanted: c.Wanted}
}

func (w wireConflict) fromWire() backend.Conflict {
	return backend.Conflict{Channel: w.Priority, Type: backend.ChannelType(w.Type), Part: w.Part, Expected: w.Expected, Present: w.Present, Wanted: w.Wanted}
}

type wireRevision struct {
	Revision int64 `json:"revision"`
}

func (c *call) listJournal(ctx context.Context) (reply, error) {
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	page, err := c.view.Journal(ctx, backend.JournalQuery{Limit: limit, After: c.query.Get(paramAfter),
		Kinds: listIn(c.query, paramKinds), Match: c.query.Get(paramMatch)})
	var at wireJournalPage
	if page.Next != "" {
		at.Next = &page.Next
	}
	return reply{message: "This is what was changed, newest first.", data: listToWire(page.Entries, journalEntryToWire), page: &at, next: c.nextPage(paramAfter, page.Next)}, err
}

func (c *call) undo(ctx context.Context) (reply, error) {
	entry := ""
	if c.has(fieldEntry.name) {
		entry = c.text(fieldEntry)
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	e, err := c.view.Undo(ctx, entry)
	return reply{message: "The change was taken back.", data: journalEntryToWire(e)}, err
}

func (c *call) redo(ctx context.Context) (reply, error) {
	e, err := c.view.Redo(ctx)
	return reply{message: "The change was made again.", data: journalEntryToWire(e)}, err
}

func (c *call) getSettingsAt(ctx context.Context) (reply, error) {
	at, err := time.Parse(time.RFC3339, c.query.Get(paramAt))
	if err != nil {
		c.Add(paramAt, errors.New("Send a time, such as ?at=2026-11-20T14:05:00Z."))
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	past, err := c.view.SettingsAt(ctx, at)
	if err != nil {
		return reply{}, err
	}
	return reply{message: "This is the account as it was.", data: pastToWire(past)}, nil
}

func pastToWire(past backend.PastSettings) wirePast {
	w := wirePast{At: instantOf(past.At), Since: instantOf(past.Since)}
	if s := settingsToWire(past.Settings); s != nil {
		w.wireSettings = *s
	}
	w.Channels = append([]wireChannelSettings{}, w.wireSettings.Channels...)
	return w
}

func (c *call) getRevision(ctx context.Context) (reply, error) {
	revision, err := c.view.Revision(ctx)
	return reply{message: "This number grows with every change.", data: wireRevision{revision}, revision: revision}, err
}
