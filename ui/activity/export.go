package activity

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

// openExport writes all entries that the list keeps, also those that are not read yet.
func (s *screen) openExport() tea.Cmd {
	view, shown := s.shell.Session.View, s.shown
	query := backend.JournalQuery{Limit: 1000, Kinds: s.keptKinds(), Match: s.find.Text()}
	return s.shell.OpenExport(shell.Export{Title: "Export the activity", Name: "activity", Noun: "entries",
		Write: func(ctx context.Context, add func(export.Record) error) error {
			if view.Lacks(backend.FeatureUndo) != "" {
				return addAll(shown, add)
			}
			for {
				page, err := view.Journal(ctx, query)
				if err != nil {
					return err
				}
				if err := addAll(page.Entries, add); err != nil {
					return err
				}
				if query.After = page.Next; query.After == "" {
					return nil
				}
			}
		}})
}

func addAll(entries []backend.JournalEntry, add func(export.Record) error) error {
	for _, e := range entries {
		if err := add(export.OfEntry(e)); err != nil {
			return err
		}
	}
	return nil
}
