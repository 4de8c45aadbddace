package httpapi

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Revision asks for the number of the last change.
func (v *view) Revision(ctx context.Context) (int64, error) {
	var w wireRevision
	err := v.extension(ctx, backend.FeatureRevision, ask{op: opGetRevision}, "a revision", &w)
	return w.Revision, err
}

// Journal asks for a page of the changes.
func (v *view) Journal(ctx context.Context, q backend.JournalQuery) (page backend.JournalPage, err error) {
	if err := v.requires(backend.FeatureJournal); err != nil {
		return page, err
	}
	query := limited(q.Limit)
	if q.After != "" || q.Match != "" || len(q.Kinds) > 0 {
		if err := v.requires(backend.FeatureUndo); err != nil {
			return page, err
		}
		for name, value := range map[string]string{paramAfter: q.After, paramMatch: q.Match, paramKinds: strings.Join(q.Kinds, ",")} {
			if value != "" {
				query.Set(name, value)
			}
		}
	}
	answered, err := v.call(ctx, ask{op: opListJournal, query: query.Encode()})
	if err != nil {
		return page, err
	}
	var list []wireJournalEntry
	var at wireJournalPage
	if !answered.data(&list) {
		return page, errNotUnderstood("a list of changes")
	}
	_ = json.Unmarshal(membersOf(answered.body)["page"], &at) // an older server has none
	page.Entries = listFromWire(list)
	if at.Next != nil {
		page.Next = *at.Next
	}
	return page, nil
}

// Undo asks to take an entry back.
func (v *view) Undo(ctx context.Context, entry string) (backend.JournalEntry, error) {
	a := ask{op: opUndo}
	if entry != "" {
		a.body = append(a.body, fieldEntry.is(entry))
	}
	return v.takeBack(ctx, a)
}

// Redo asks to make a change again.
func (v *view) Redo(ctx context.Context) (backend.JournalEntry, error) {
	return v.takeBack(ctx, ask{op: opRedo})
}

func (v *view) takeBack(ctx context.Context, a ask) (backend.JournalEntry, error) {
	var w wireJournalEntry
	err := v.extension(ctx, backend.FeatureUndo, a, "an entry of the journal", &w)
	return w.fromWire(), err
}

// SettingsAt asks for the account as it was.
func (v *view) SettingsAt(ctx context.Context, at time.Time) (backend.PastSettings, error) {
	var w wirePast
	query := url.Values{paramAt: {at.UTC().Format(time.RFC3339Nano)}}
	if err := v.extension(ctx, backend.FeatureUndo, ask{op: opGetSettingsAt, query: query.Encode()}, "an account", &w); err != nil {
		return backend.PastSettings{}, err
	}
	w.wireSettings.Channels = w.Channels
	return backend.PastSettings{At: w.At.when(), Since: w.Since.when(), Settings: w.wireSettings.fromWire()}, nil
}
