package profile

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// spots are the parts of stepReason, which begin on the lines at, for the mouse. The
// button that deletes has none while tab passes it by.
func (d *deletion) spots(w int, at [deletionParts]int) []shell.Spot {
	if d.shell.Work.Busy(deletingAccount) {
		return nil
	}
	field := func(part deletionPart) shell.Spot {
		return shell.Spot{Y: at[part], W: w, H: 1, Choose: shell.Focusing(func() { d.part = part })}
	}
	spots := append(d.reasonSpots(w), field(partUsername))
	if d.isOther() {
		spots = append(spots, field(partExplanation))
	}
	gap := 4
	if d.shell.Room == shell.Compact {
		gap = 1
	}
	focus := func(button int) { d.part = partCancel + deletionPart(button) }
	buttons := shell.ButtonSpots(at[partCancel], gap, keymap.DeletionPress, focus, "Cancel", "Delete account")
	if d.isIncomplete() {
		buttons = buttons[:1]
	}
	return append(spots, buttons...)
}

// reasonSpots are the reasons, as reasonList draws them. A click chooses one.
func (d *deletion) reasonSpots(w int) []shell.Spot {
	n := len(backend.DeletionReasons)
	half := (n + 1) / 2
	var spots []shell.Spot
	switch {
	case w < twoColumns && d.part != partReason:
		return []shell.Spot{{Y: firstReason, W: w, H: 1, Choose: shell.Focusing(func() { d.part = partReason })}}
	case w < twoColumns:
		half = n
	}
	for i := range n {
		p := shell.Spot{Y: firstReason + i, W: w, H: 1, Choose: shell.Focusing(func() { d.part, d.reason, d.refusal = partReason, i, "" })}
		if half < n {
			p.W = w / 2
		}
		if i >= half {
			p.X, p.Y = w/2, firstReason+i-half
		}
		spots = append(spots, p)
	}
	return spots
}
