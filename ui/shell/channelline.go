package shell

import (
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// ChannelLine is how lists draw a channel in one line: the mark of the cursor, whether it is
// chosen, its number and its type, and then the cells of the list. Widths are in cells.
type ChannelLine struct {
	Left     string // before the number
	Number   int    // the width of the numbers
	Type     int    // of the sign of the type with its name; 0 for the sign alone, with one blank behind it
	Gap      string // between number, type and the cells
	IsChosen bool   // channels can be chosen: their sign has a place
}

// Lead is how many cells stand before those of the list.
func (l ChannelLine) Lead() int {
	n := 1 + len(l.Left) + l.Number + len(l.Gap)
	if l.IsChosen {
		n++
	}
	if l.Type > 0 {
		return n + l.Type + len(l.Gap)
	}
	return n + 2
}

// RowLook is how a row of a list is drawn: its palette, the mark of the cursor, and the sign of
// a chosen row or a blank, "" where rows are not chosen.
type RowLook struct {
	*theme.Palette
	Mark, Chosen string
}

// Draw draws a channel, with what has been drawn of its cells, and end behind them.
func (l ChannelLine) Draw(s *Shell, look RowLook, ch backend.Channel, cells, end string) string {
	kind, behind := s.Sign(ch.Type), " "
	if l.Type > 0 {
		kind, behind = draw.Pad(kind+" "+TypeName(ch.Type), l.Type), l.Gap
	}
	return look.Palette.Mark.Render(look.Mark) + look.Brand.Render(look.Chosen) + look.Text.Render(l.Left+draw.Right(strconv.Itoa(ch.Priority), l.Number)+l.Gap) +
		Hue(look.Palette, ch.Type).Render(kind) + look.Text.Render(behind) + cells + end
}

// Cells puts cells beside each other; "" is none.
func (l ChannelLine) Cells(look *theme.Palette, cells ...string) string {
	return strings.Join(slices.DeleteFunc(cells, func(cell string) bool { return cell == "" }), look.Text.Render(l.Gap))
}

// LabelCell is the label of a channel in w cells, "" for 0.
func LabelCell(look *theme.Palette, ch backend.Channel, w int) string {
	if w == 0 {
		return ""
	}
	return look.Text.Render(draw.Pad(safe.Text(ch.Label), w))
}

// ValueCell is the value in force of a channel in w cells.
func (s *Shell) ValueCell(look *theme.Palette, ch backend.Channel, w int) string {
	return look.Text.Render(draw.Pad(s.MaskedIn(ch.Type, ch.InForce(), w), w))
}

// OnCell is whether a channel is on, in w cells, "" for 0.
func OnCell(look *theme.Palette, ch backend.Channel, w int) string {
	if w == 0 {
		return ""
	}
	now := state.OfSwitch(ch.Enabled)
	return now.Style(look).Render(draw.Pad(now.Word(), w))
}
