package channels

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

// openExport writes the chosen channels, or all that are shown, to a file.
func (s *screen) openExport() tea.Cmd {
	channels, title := s.shown, "Export "+shell.Count(len(s.shown), "channel")
	if len(s.chosen) > 0 {
		channels = s.targets()
		title = "Export " + shell.Count(len(channels), "chosen channel")
	}
	return s.shell.OpenExport(shell.Export{Title: title, Name: "channels", Noun: "channels",
		Write: func(_ context.Context, add func(export.Record) error) error {
			for _, ch := range channels {
				if err := add(export.OfChannel(ch)); err != nil {
					return err
				}
			}
			return nil
		}})
}
