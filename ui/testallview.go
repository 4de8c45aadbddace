package ui

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

func (t *testAll) Card(w, h int) card {
	d := t.d
	var foot []string
	switch {
	case t.isOver() && len(t.failed()) > 0:
		foot = d.lines(d.Err, d.No+" "+t.summary(), w)
	case t.isOver() && len(t.lost()) > 0:
		foot = d.lines(d.Warn, unknownSign+" "+t.summary(), w)
	case t.isOver() && t.weight() == held:
		foot = d.lines(d.Info, d.Held+" "+t.summary(), w)
	case t.isOver():
		foot = d.lines(d.OK, d.Yes+" "+t.summary(), w)
	case t.halted:
		foot = d.lines(d.Warn, fmt.Sprintf("%s No more are begun; %d still running. %s closes.", d.Attention, t.count(testRunning), d.keys.Key(keymap.TestsClose)), w)
	default:
		foot = d.lines(d.Info, fmt.Sprintf("%d running, %d waiting. %s stops.", t.count(testRunning), t.count(testWaiting), d.keys.Key(keymap.TestsClose)), w)
	}
	if t.isOver() && t.count(testDone) > len(t.failed())+len(t.lost()) && d.lacks(backend.FeatureDeliveries) == "" {
		foot = append(foot, d.lines(d.Muted, d.keys.Key(keymap.GiveWord)+" on a channel takes the word that its message says.", w)...)
	}
	if at := t.rows[t.at.at]; at.err != nil { // whole, where the row had to cut it
		words := d.lines(d.Muted, fmt.Sprintf("%d: %s", at.channel.Priority, safe.Text(refusalWords(at.err))), w)
		foot = append(words[:min(3, len(words))], foot...)
	}
	t.at.fit(len(t.rows), h-len(foot)-1)
	from, to := t.at.seen()
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, t.row(t.rows[i], i == t.at.at, w))
	}
	lines = append(append(lines, ""), foot...)
	return card{title: "Test of all", right: fmt.Sprintf("%d of %d", t.count(testDone), len(t.rows)), lines: lines,
		keys: []keymap.ID{keymap.TestsDown, keymap.TestsClose}}
}

func (t *testAll) row(row testRow, atCursor bool, w int) string {
	d, ch := t.d, row.channel
	look, mark := &d.Palette, " "
	if atCursor {
		look, mark = &d.Cursor, d.Glyphs.Mark
	}
	value := 20
	if d.class == compact {
		value = 10
	}
	head := fmt.Sprintf("%2d %s %s ", ch.Priority, d.sign(ch.Type), draw.Pad(draw.Middle(d.masked(ch.Type, ch.ActiveValue), value), value))
	style, words := t.result(look, row)
	return look.Mark.Render(mark) + look.Text.Render(head) + style.Render(draw.Pad(" "+words, w-1-draw.Width(head)))
}

// result is how far one test has come.
func (t *testAll) result(look *theme.Palette, row testRow) (theme.Style, string) {
	d := t.d
	switch {
	case row.step == testWaiting && t.halted:
		return look.Muted, d.Never + " not tested"
	case row.step == testWaiting:
		return look.Muted, d.Glyphs.Pending + " waiting"
	case row.step == testRunning:
		return look.Info, d.Busy + " testing"
	case isUnknown(row.err):
		return look.Warn, unknownSign + " not known"
	case row.err != nil:
		return look.Err, d.No + " " + safe.Text(refusalWords(row.err))
	case row.test.Provider == inboxProvider:
		return look.Info, fmt.Sprintf("%s held, %s", d.Held, took(row.test.Duration))
	}
	return look.OK, fmt.Sprintf("%s %s by %s", d.Yes, took(row.test.Duration), safe.Text(row.test.Provider))
}
