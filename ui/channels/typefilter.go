package channels

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// typesChosenMsg: a filter was chosen.
type typesChosenMsg struct{ filter backend.ChannelFilter }

func (m typesChosenMsg) applyTo(s *screen) tea.Cmd {
	s.filter = m.filter
	return s.Load()
}

// openTypeFilter opens the dialog that filters the channels by type.
func (s *screen) openTypeFilter() tea.Cmd {
	sh := s.shell
	counts := map[backend.ChannelType]int{}
	for _, ch := range sh.Session.Channels {
		counts[ch.Type]++
	}
	rows := make([]shell.FilterRow, len(backend.ChannelTypes))
	types := map[string]backend.ChannelType{}
	for i, t := range backend.ChannelTypes {
		types[shell.TypeName(t)] = t
		rows[i] = shell.FilterRow{Word: shell.TypeName(t), Sign: shell.Part{Style: sh.Look.Text, Text: sh.Sign(t)}, Count: counts[t]}
	}
	sh.OpenFilter("Types", rows, inWords(s.filter), func(f shell.Filter) tea.Cmd {
		var chosen backend.ChannelFilter
		for _, word := range f.Only {
			chosen.Include = append(chosen.Include, types[word])
		}
		for _, word := range f.Not {
			chosen.Exclude = append(chosen.Exclude, types[word])
		}
		return func() tea.Msg { return typesChosenMsg{chosen} }
	})
	return nil
}

// inWords is the filter with the short names of the types.
func inWords(f backend.ChannelFilter) (words shell.Filter) {
	for _, t := range f.Include {
		words.Only = append(words.Only, shell.TypeName(t))
	}
	for _, t := range f.Exclude {
		words.Not = append(words.Not, shell.TypeName(t))
	}
	return words
}

// filterWords are the filter in words: "only email and sms", "" for all types.
func filterWords(f backend.ChannelFilter) string { return inWords(f).Words() }
