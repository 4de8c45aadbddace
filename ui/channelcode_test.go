package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
)

// answered presses a key and returns what comes of it, not handed over yet.
func (v *visit) answered(key string) []tea.Msg {
	return drive.Results(v.Update(drive.Key(key)))
}

// ahead delivers the facts of a type before the others, which it returns.
func (v *visit) ahead(typeName string, facts []tea.Msg) (rest, came []tea.Msg) {
	for _, fact := range facts {
		inner := fact
		if done, ok := fact.(shell.DoneMsg); ok {
			inner = done.Fact
		}
		if fmt.Sprintf("%T", inner) != typeName {
			rest = append(rest, fact)
			continue
		}
		came = append(came, drive.Results(v.Update(fact))...)
	}
	return rest, came
}
