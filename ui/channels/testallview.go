package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

func (t *testAll) Card(w, h int) shell.Card {
	sh := t.shell
	var foot []string
	switch {
	case t.isOver() && len(t.failed()) > 0:
		foot = sh.Lines(sh.Look.Err, sh.Look.No+" "+t.summary(), w)
	case t.isOver() && len(t.lost()) > 0:
		foot = sh.Lines(sh.Look.Warn, shell.UnknownSign+" "+t.summary(), w)
	case t.isOver() && t.weight() == shell.Held:
		foot = sh.Lines(sh.Look.Info, sh.Look.Held+" "+t.summary(), w)
	case t.isOver():
		foot = sh.Lines(sh.Look.OK, sh.Look.Yes+" "+t.summary(), w)
	case t.halted:
		foot = sh.Lines(sh.Look.Warn, fmt.Sprintf("%s No more are begun; %d still running. %s closes.", sh.Look.Attention, t.count(testRunning), sh.Keys.Key(keymap.TestsClose)), w)
	default:
		foot = sh.Lines(sh.Look.Info, fmt.Sprintf("%d running, %d waiting. %s stops.", t.count(testRunning), t.count(testWaiting), sh.Keys.Key(keymap.TestsClose)), w)
	}
	if t.isOver() && t.count(testDone) > len(t.failed())+len(t.lost()) && sh.Session.Lacks(backend.FeatureDeliveries) == "" {
		foot = append(foot, sh.Lines(sh.Look.Muted, sh.Keys.Key(keymap.EnterWord)+" on a channel takes the word that its message says.", w)...)
	}
	if at := t.rows[t.at.At]; at.err != nil { // whole, where the row had to cut it
		words := sh.Lines(sh.Look.Muted, fmt.Sprintf("%d: %s", at.channel.Priority, safe.Text(refusalText(at.err))), w)
		foot = append(words[:min(3, len(words))], foot...)
	}
	t.at.Fit(len(t.rows), h-len(foot)-1)
	from, to := t.at.Visible()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, t.row(t.rows[i], i == t.at.At, w))
	}
	lines = append(append(lines, ""), foot...)
	return shell.Card{Title: "Test of all", Right: fmt.Sprintf("%d of %d", t.count(testDone), len(t.rows)), Lines: lines, Width: shell.WideCard,
		Keys: []keymap.ID{keymap.TestsDown, keymap.TestsClose}}
}

func (t *testAll) row(row testRow, atCursor bool, w int) string {
	sh, ch := t.shell, row.channel
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	value := 20
	if sh.Room == shell.Compact {
		value = 10
	}
	head := fmt.Sprintf("%2d %s %s ", ch.Priority, sh.Sign(ch.Type), draw.Pad(draw.Middle(sh.Masked(ch.Type, ch.ActiveValue), value), value))
	style, words := t.result(look, row)
	return look.Mark.Render(mark) + look.Text.Render(head) + style.Render(draw.Pad(" "+words, w-1-draw.Width(head)))
}

// result is how far one test has come.
func (t *testAll) result(look *theme.Palette, row testRow) (theme.Style, string) {
	sh := t.shell
	switch {
	case row.step == testWaiting && t.halted:
		return look.Muted, sh.Look.Never + " not tested"
	case row.step == testWaiting:
		return look.Muted, sh.Look.Glyphs.Pending + " waiting"
	case row.step == testRunning:
		return look.Info, sh.Look.Busy + " testing"
	case shell.IsUnknown(row.err):
		return look.Warn, shell.UnknownSign + " not known"
	case row.err != nil:
		return look.Err, sh.Look.No + " " + safe.Text(refusalText(row.err))
	case row.test.Held:
		return look.Info, fmt.Sprintf("%s held, %s", sh.Look.Held, shell.Took(row.test.Duration))
	}
	return look.OK, fmt.Sprintf("%s %s by %s", sh.Look.Yes, shell.Took(row.test.Duration), safe.Text(row.test.Provider))
}
