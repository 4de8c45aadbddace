package channels

import (
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// column is one of the table. It is drawn in exactly w cells.
type column struct {
	title    string
	min, max int // its width; more is given to it where others leave some
	cell     func(s *screen, look *theme.Palette, ch backend.Channel, w int) string
}

// columnID names a column.
type columnID int

// The columns, in their order.
const (
	nameColumn columnID = iota
	valueColumn
	onColumn
	seenColumn
	attemptsColumn
	medianColumn
	testColumn
	columnCount
)

// shownInRow is how many attempts a row has room for.
const shownInRow = 20

// columns are those of the table. Number and sign of the type stand before them.
var columns = [columnCount]column{
	nameColumn:     {"Type", len("webhook"), len("webhook"), (*screen).nameCell},
	valueColumn:    {"Value", 18, 60, (*screen).valueCell},
	onColumn:       {"On", len("off"), len("off"), (*screen).onCell},
	seenColumn:     {"Seen", 10, 14, (*screen).seenCell},
	attemptsColumn: {"Last attempts", shownInRow, shownInRow, (*screen).attemptsCell},
	medianColumn:   {"Median", 6, 6, (*screen).medianCell},
	testColumn:     {"Last test", 11, 17, (*screen).testCell},
}

// byImportance is in which order columns get their room.
var byImportance = []columnID{valueColumn, seenColumn, onColumn, nameColumn, attemptsColumn, medianColumn, testColumn}

// columnGap stands between two columns.
const columnGap = 2

// layout is where the table has its columns.
type layout struct {
	number int              // the width of the numbers
	widths [columnCount]int // 0 for those that are not shown
}

// lead is the width of what stands before the columns: cursor, choice, number and sign.
func (k layout) lead() int { return 6 + k.number }

// layoutFor gives each column its least width, as far as there is room, and then the value
// and others more.
func (s *screen) layoutFor(w int) layout {
	k := layout{number: 1}
	if n := len(s.shown); n > 0 {
		k.number = len(strconv.Itoa(s.maxPriority()))
	}
	room := w - k.lead() // one cell stays empty at the end
	for _, id := range byImportance {
		if n := columns[id].min + columnGap; n <= room && s.hasColumn(id) {
			k.widths[id] = columns[id].min
			room -= n
		}
	}
	for _, id := range []columnID{valueColumn, seenColumn, testColumn, valueColumn} {
		if k.widths[id] > 0 {
			more := min(room, columns[id].max-k.widths[id])
			k.widths[id] += more
			room -= more
		}
	}
	return k
}

func (s *screen) maxPriority() (most int) {
	for _, ch := range s.shown {
		most = max(most, ch.Priority)
	}
	return most
}

// hasColumn reports whether the backend knows what a column says. The last test is only
// shown where the attempts, which tell more, are not known.
func (s *screen) hasColumn(id columnID) bool {
	lacks := s.shell.Session.Lacks(backend.FeatureDeliveries) != ""
	switch id {
	case attemptsColumn, medianColumn:
		return !lacks
	default:
		return true
	}
}

// cells draws the columns of a channel. The name stands close to the sign before it.
func (s *screen) cells(look *theme.Palette, ch backend.Channel, k layout) (text string) {
	gap := 1
	for id, width := range k.widths {
		if width > 0 {
			text += look.Text.Render(draw.Space(gap)) + columns[id].cell(s, look, ch, width)
		}
		gap = columnGap
	}
	return text
}

// head is the line of titles.
func (s *screen) head(k layout, w int) string {
	line, gap := draw.Space(3)+draw.Right("#", k.number)+draw.Space(3), 1
	for id, width := range k.widths {
		if width > 0 {
			line += draw.Space(gap) + draw.Pad(columns[id].title, width)
		}
		gap = columnGap
	}
	return s.shell.Look.Muted.Render(draw.Pad(line, w))
}

func (s *screen) nameCell(look *theme.Palette, ch backend.Channel, w int) string {
	return shell.Hue(look, ch.Type).Render(draw.Pad(shell.TypeName(ch.Type), w))
}

func (s *screen) valueCell(look *theme.Palette, ch backend.Channel, w int) string {
	return look.Text.Render(draw.Pad(draw.Middle(s.shell.Masked(ch.Type, inForce(ch)), w), w))
}

func (s *screen) onCell(look *theme.Palette, ch backend.Channel, w int) string {
	return onOffState(ch).Style(look).Render(draw.Pad(onOff(ch.Enabled), w))
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
