package channels

import (
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// The columns of the table, in their usual order. Number and sign of the type stand before
// them.
const (
	labelColumn = iota
	nameColumn
	valueColumn
	onColumn
	seenColumn
	attemptsColumn
	medianColumn
	testColumn
)

// onWidth is the width of whether a channel is on.
const onWidth = len("off")

// shownInRow is how many attempts a row has room for.
const shownInRow = 20

func (s *screen) newTable() shell.Table[backend.Channel] {
	lacks := func() bool { return s.shell.Session.Lacks(backend.FeatureDeliveries) != "" }
	return shell.NewTable([]shell.Column[backend.Channel]{
		{Title: "Label", Min: 8, Cell: shell.LabelCell, Compare: compareLabels, IsOff: s.hasNoLabels},
		{Title: "Type", Min: len("webhook"), Cell: s.nameCell, Compare: compareNames},
		{Title: "Value", Min: 18, Cell: s.shell.ValueCell, Compare: compareValues},
		{Title: "On", Min: onWidth, Cell: shell.OnCell, Compare: compareOn},
		{Title: "Seen", Min: 11, Cell: s.seenCell, Compare: compareSeen},
		{Title: "Last attempts", Min: shownInRow, Cell: s.attemptsCell, Compare: s.compareAttempts, IsOff: lacks},
		{Title: "Median", Min: 6, Cell: s.medianCell, Compare: s.compareMedians, IsOff: lacks},
		{Title: "Last test", Min: testWidth, Cell: s.testCell, Compare: compareTests},
	}, []int{valueColumn, seenColumn, onColumn, labelColumn, attemptsColumn, nameColumn, medianColumn, testColumn}, nil)
}

// growth is how the columns grow: those of values and labels first, labels no wider than they are.
func (s *screen) growth() []shell.Growth {
	label := shell.LabelWidth(s.shown, 20)
	return []shell.Growth{{labelColumn, min(label, 12)}, {valueColumn, 24}, {labelColumn, label}, {seenColumn, 14}, {testColumn, 17}, {valueColumn, 60}, {labelColumn, 12}}
}

// layout is where the table has its columns.
type layout struct {
	line   shell.ChannelLine // what stands before them
	widths []int             // of the columns
}

func (s *screen) layoutFor(w int) layout {
	number := len(strconv.Itoa(s.maxPriority()))
	k := layout{line: shell.ChannelLine{Left: " ", Number: number, Gap: "  ", IsChosen: true}}
	s.columns.Grow = s.growth()
	k.widths = s.columns.Layout(w - k.line.Lead() - 1) // one cell stays empty at the end
	s.drawn = k
	return k
}

func (s *screen) maxPriority() int {
	most := 1
	for _, ch := range s.shown {
		most = max(most, ch.Priority)
	}
	return most
}

// head is the line of titles.
func (s *screen) head(k layout, w int) string {
	return s.shell.Look.Muted.Render(draw.Pad(draw.Space(3)+draw.Right("#", k.line.Number)+draw.Space(4)+s.columns.Head(k.widths), w))
}

// hasNoLabels reports whether no channel that is shown has a label.
func (s *screen) hasNoLabels() bool { return shell.LabelWidth(s.shown, 1) == 0 }

func (s *screen) nameCell(look *theme.Palette, ch backend.Channel, w int) string {
	return shell.Hue(look, ch.Type).Render(draw.Pad(shell.TypeName(ch.Type), w))
}

// isCut reports whether the table, as it was drawn last, has no room for all of a value.
func (s *screen) isCut(ch backend.Channel) bool {
	if s.drawn.widths == nil {
		return false
	}
	sh := s.shell
	text := sh.MaskedIn(ch.Type, ch.InForce(), s.drawn.widths[valueColumn])
	return text != sh.Masked(ch.Type, ch.InForce()) && text != safe.Text(ch.InForce())
}

func (s *screen) seenCell(look *theme.Palette, ch backend.Channel, w int) string {
	style, text := seenCell(s.shell, look, ch, w)
	return style.Render(draw.Pad(text, w))
}

func (s *screen) testCell(look *theme.Palette, ch backend.Channel, w int) string {
	style, text := deliveryCell(s.shell, look, ch, w)
	return style.Render(draw.Pad(text, w))
}

// attemptsCell is the strip of the newest attempts.
func (s *screen) attemptsCell(look *theme.Palette, ch backend.Channel, w int) string {
	sh := s.shell
	if isTesting(sh, ch) {
		return s.testCell(look, ch, w)
	}
	attempts, known := s.attempts.Of(attemptsKey(ch))
	list := attempts.List[:min(len(attempts.List), w)]
	switch {
	case !known || attempts.Err != nil:
		return look.Faint.Render(draw.Space(w))
	case len(list) == 0:
		return look.Muted.Render(draw.Pad(sh.Look.Never, w))
	}
	return look.Text.Render(draw.Space(w-len(list))) + strip(sh, look, list) // the newest ones stand under each other
}

func (s *screen) medianCell(look *theme.Palette, ch backend.Channel, w int) string {
	attempts, _ := s.attempts.Of(attemptsKey(ch))
	text := ""
	if median, _, ok := speed(attempts.List); ok {
		text = shell.Took(median)
	}
	return look.Text.Render(draw.Right(text, w))
}
