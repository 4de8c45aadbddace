package shell

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
)

// ChosenColumns are the columns that a table begins with.
type ChosenColumns struct {
	Titles []string // in their order
	Where  string   // where they were chosen, to tell which of them there is not
}

// begin shows the columns that were chosen for a screen, until the user has changed them. Where
// one of them is unknown this is told, and the columns stay as they are without the choice.
// What was chosen is not remembered: it ends with the setting.
func (c *Columns) begin(sh *Shell, screen keymap.Scope) {
	chosen, isChosen := sh.chosenColumns[screen]
	if !isChosen {
		return
	}
	var order []int
	for _, title := range chosen.Titles {
		i := slices.IndexFunc(c.Titles, func(known string) bool { return strings.EqualFold(known, title) })
		if i < 0 {
			delete(sh.chosenColumns, screen)
			sh.Tell(Failure, "%s: console.columns.%s: there is no column %q, so none were chosen; there are: %s.", chosen.Where, strings.ToLower(string(screen)), title, strings.Join(c.Titles, ", "))
			return
		}
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	hidden := map[int]bool{}
	for i := range c.Titles {
		if !slices.Contains(order, i) {
			order, hidden[i] = append(order, i), true
		}
	}
	c.mine = &columnChoice{c.order, c.hidden}
	c.order, c.hidden = order, hidden
	if len(hidden) == 0 && slices.IsSorted(order) {
		c.order, c.hidden = nil, nil
	}
}
