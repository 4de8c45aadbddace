package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// Revision asks for the number of the last change.
func (v *view) Revision(ctx context.Context) (int64, error) {
	var w wireRevision
	err := v.extension(ctx, backend.FeatureRevision, ask{op: opGetRevision}, "a revision", &w)
	return w.Revision, err
}

// Journal asks for the newest changes.
func (v *view) Journal(ctx context.Context, limit int) ([]backend.JournalEntry, error) {
	var list []wireJournalEntry
	err := v.extension(ctx, backend.FeatureJournal, ask{op: opListJournal, query: limited(limit).Encode()}, "a list of changes", &list)
	if err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}
