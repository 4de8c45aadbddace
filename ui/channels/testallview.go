package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

func (t *testAll) Card(w, h int) shell.Card {
	foot := t.footLines(w)
	lines := t.list.Rows(len(t.rows), h-len(foot)-1, func(i int, atCursor bool) string { return t.rowLine(t.rows[i], atCursor, w) })
	lines = append(append(lines, ""), foot...)
	end := keymap.TestsClose // stops what has not begun, then closes
	if t.isOver() {
		end = keymap.ReadClose
	}
	return shell.Card{Title: "Test of all", Spots: []shell.Spot{t.list.Spot(0, 0, w, "")}, Wheel: t.list.MoveBy, Right: fmt.Sprintf("%d of %d", t.count(testDone), len(t.rows)), Lines: lines, Width: shell.WideCard,
		Keys: []keymap.ID{keymap.TestsDown, end}}
}

// footLines stand under the rows: the whole error of the row under the cursor, which
// its line may have cut, how far the tests are, and what can be done next.
func (t *testAll) footLines(w int) []string {
	sh := t.shell
	var lines []string
	if row := t.rows[t.list.At]; row.err != nil {
		const most = 3
		lines = sh.Lines(sh.Look.Muted, fmt.Sprintf("%d: %s", row.channel.Priority, safe.Text(refusalText(row.err))), w)
		lines = lines[:min(most, len(lines))]
	}
	style, text := t.progress()
	lines = append(lines, sh.Lines(style, text, w)...)
	if t.isOver() && t.count(testDone) > len(t.failed())+len(t.unknown()) && sh.Session.Lacks(backend.FeatureDeliveries) == "" {
		lines = append(lines, sh.Lines(sh.Look.Muted, sh.Keys.Key(keymap.EnterWord)+" on a channel takes the word that its message says.", w)...)
	}
	return sh.Reserve(lines, 2+shell.ReservedLines)
}

// progress is how far the tests are, or what came of them.
func (t *testAll) progress() (theme.Style, string) {
	sh := t.shell
	switch over := t.isOver(); {
	case over && t.weight() == shell.Failure:
		return sh.Look.Err, sh.Look.No + " " + t.summary()
	case over && t.weight() == shell.Unknown:
		return sh.Look.Warn, shell.UnknownSign + " " + t.summary()
	case over:
		return sh.Look.Text, shell.Capitalized(t.summary())
	case t.stopped:
		return sh.Look.Warn, fmt.Sprintf("%s No more are begun; %d still running. %s closes.", sh.Look.Attention, t.count(testRunning), sh.Keys.Key(keymap.TestsClose))
	}
	return sh.Look.Info, fmt.Sprintf("%d %s, %d not begun. %s stops.", t.count(testRunning), state.Sending.Word(), t.count(testWaiting), sh.Keys.Key(keymap.TestsClose))
}

func (t *testAll) rowLine(row testRow, atCursor bool, w int) string {
	sh, ch := t.shell, row.channel
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	name := t.valueOrLabel(ch)
	head := fmt.Sprintf("%2d %s %s ", ch.Priority, sh.Sign(ch.Type), name)
	style, said := t.rowState(look, row)
	return look.Mark.Render(mark) + look.Text.Render(head) + style.Render(draw.Pad(" "+said, w-1-draw.Width(head)))
}

// valueOrLabel names a channel in its row: with its label and its value, or where there is
// little room with its label or, without one, its value.
func (t *testAll) valueOrLabel(ch backend.Channel) string {
	const narrow, wide, mostLabel = 10, 20, 12
	value := func(w int) string { return draw.Pad(t.shell.MaskedIn(ch.Type, ch.ActiveValue, w), w) }
	switch {
	case t.shell.Room != shell.Compact:
	case ch.Label != "":
		return draw.Pad(safe.Text(ch.Label), narrow)
	default:
		return value(narrow)
	}
	channels := make([]backend.Channel, len(t.rows))
	for i, row := range t.rows {
		channels[i] = row.channel
	}
	return shell.LabelColumn(channels, mostLabel, " ")(ch) + value(wide)
}

// rowState is how far the test of one channel is, or what came of it.
func (t *testAll) rowState(look *theme.Palette, row testRow) (theme.Style, string) {
	sh := t.shell
	switch {
	case row.step == testWaiting && t.stopped:
		return look.Muted, sh.Look.Never + " not tested"
	case row.step == testWaiting:
		return look.Muted, sh.Look.Glyphs.Pending + " not begun"
	case row.step == testRunning:
		return state.Sending.Style(look), state.Sending.Said(&sh.Look)
	case row.isUnknown():
		return state.Unknown.Style(look), state.Unknown.Said(&sh.Look)
	case row.err != nil:
		return state.Failed.Style(look), state.Failed.With(&sh.Look, state.Failed.Word()+": "+safe.Text(refusalText(row.err)))
	}
	now := state.OfTest(row.test)
	return now.Style(look), now.With(&sh.Look, fmt.Sprintf("%s in %s by %s", now.Word(), shell.Took(row.test.Duration), safe.Text(row.test.Provider)))
}
