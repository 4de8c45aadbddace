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

// begin shows the columns that were chosen for a screen, where the console has not begun with
// them yet. One that there is not is told, and left out.
func (c *Columns) begin(sh *Shell, screen keymap.Scope) {
	chosen, isChosen := sh.chosenColumns[screen]
	if !isChosen {
		return
	}
	delete(sh.chosenColumns, screen)
	var order []int
	for _, title := range chosen.Titles {
		i := slices.IndexFunc(c.Titles, func(known string) bool { return strings.EqualFold(known, title) })
		switch {
		case i < 0:
			sh.Tell(Failure, "%s: there is no column %q; there are: %s.", chosen.Where, title, strings.Join(c.Titles, ", "))
		case !slices.Contains(order, i):
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return
	}
	hidden := map[int]bool{}
	for i := range c.Titles {
		if !slices.Contains(order, i) {
			order, hidden[i] = append(order, i), true
		}
	}
	c.order, c.hidden = order, hidden
	if len(hidden) == 0 && slices.IsSorted(order) {
		c.order, c.hidden = nil, nil
	}
	sh.Tables[screen] = c.text()
}
