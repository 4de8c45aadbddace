package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// wireJournalEntry is one change that was made.
type wireJournalEntry struct {
	ID     string  `json:"id"`
	At     instant `json:"at"`
	Actor  string  `json:"actor"`
	Action string  `json:"action"`
	Detail string  `json:"detail"`
}

func journalEntryToWire(e backend.JournalEntry) wireJournalEntry {
	return wireJournalEntry{ID: e.ID, At: instantOf(e.At), Actor: e.Actor, Action: e.Action, Detail: e.Detail}
}

func (w wireJournalEntry) fromWire() backend.JournalEntry {
	return backend.JournalEntry{ID: w.ID, At: w.At.when(), Actor: w.Actor, Action: w.Action, Detail: w.Detail}
}

type wireRevision struct {
	Revision int64 `json:"revision"`
}

func (c *call) listJournal(ctx context.Context) (reply, error) {
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	list, err := c.view.Journal(ctx, limit)
	return reply{message: "This is what was changed, newest first.", data: listToWire(list, journalEntryToWire)}, err
}

func (c *call) getRevision(ctx context.Context) (reply, error) {
	revision, err := c.view.Revision(ctx)
	return reply{message: "This number grows with every change.", data: wireRevision{revision}, revision: revision}, err
}
