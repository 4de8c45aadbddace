package shell

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
)

// columnsDialog is the dialog in which columns are chosen and ordered.
type columnsDialog struct {
	shell   *Shell
	columns *Columns
	chosen  Columns // until enter
	list    List
	follow  func() tea.Cmd
}

func newColumnsDialog(sh *Shell, c *Columns, follow func() tea.Cmd) *columnsDialog {
	d := &columnsDialog{shell: sh, columns: c, chosen: *c, follow: follow, list: List{N: len(c.Titles), H: len(c.Titles)}}
	d.chosen.order, d.chosen.hidden = slices.Clone(c.all()), map[int]bool{}
	for i := range c.hidden {
		d.chosen.hidden[i] = c.hidden[i]
	}
	return d
}

func (d *columnsDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *columnsDialog) Typing() bool           { return false }
func (d *columnsDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ColumnList} }

func (d *columnsDialog) Key(msg tea.KeyMsg) tea.Cmd {
	switch d.shell.Keys.Find(msg.String(), keymap.ColumnList) {
	case keymap.ColumnsClose:
		d.shell.Close(d)
	case keymap.ColumnsDown:
		d.list.Move(keymap.Down)
	case keymap.ColumnsUp:
		d.list.Move(keymap.Up)
	case keymap.ColumnShow:
		column := d.chosen.order[d.list.At]
		d.chosen.hidden[column] = !d.chosen.hidden[column]
	case keymap.ColumnLater:
		d.moveColumn(1)
	case keymap.ColumnEarlier:
		d.moveColumn(-1)
	case keymap.ColumnsUsual:
		d.chosen.order, d.chosen.hidden = (&Columns{Titles: d.columns.Titles}).all(), map[int]bool{}
	case keymap.ColumnsApply:
		d.shell.Close(d)
		if len(d.chosen.Shown()) == 0 {
			d.shell.Refuse(Warning, "A table needs a column: the columns stay as they were.")
			return nil
		}
		*d.columns = d.chosen
		if slices.IsSorted(d.chosen.order) && len(d.chosen.Shown()) == len(d.chosen.Titles) {
			d.columns.order, d.columns.hidden = nil, nil
		}
		return d.follow()
	}
	return nil
}

// moveColumn moves the column under the cursor, with the cursor.
func (d *columnsDialog) moveColumn(by int) {
	at, to := d.list.At, d.list.At+by
	if to < 0 || to >= len(d.chosen.order) {
		return
	}
	d.chosen.order[at], d.chosen.order[to] = d.chosen.order[to], d.chosen.order[at]
	d.list.MoveBy(by)
}

// Card draws a line for each column.
func (d *columnsDialog) Card(w, _ int) Card {
	sh := d.shell
	var lines []string
	for i, column := range d.chosen.order {
		look, mark, sign := &sh.Look.Palette, " ", "[x] "
		if i == d.list.At {
			look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
		}
		if d.chosen.hidden[column] {
			sign = "[ ] "
		}
		lines = append(lines, look.Mark.Render(mark)+look.Text.Render(draw.Pad(sign+d.chosen.Titles[column], w-1)))
	}
	lines = append(lines, "", sh.Look.Muted.Render(draw.Cut("Where room is short, the last ones are left out.", w)))
	rows := d.list.Spot(0, 0, w, keymap.ColumnShow)
	return Card{Title: "Columns", Spots: []Spot{rows}, Wheel: d.list.MoveBy, Lines: lines, Keep: d.list.At,
		Keys: []keymap.ID{keymap.ColumnShow, keymap.ColumnEarlier, keymap.ColumnLater, keymap.ColumnsUsual, keymap.ColumnsApply}}
}
