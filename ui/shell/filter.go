package shell

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
)

// Filter keeps the rows of a list by a word, such as the type of a channel: only some, or
// all but some. The zero value keeps all.
type Filter struct{ Only, Not []string }

// IsAll reports whether all rows are kept.
func (f Filter) IsAll() bool { return len(f.Only) == 0 && len(f.Not) == 0 }

// Keeps reports whether rows with the word are kept.
func (f Filter) Keeps(word string) bool {
	return !slices.Contains(f.Not, word) && (len(f.Only) == 0 || slices.Contains(f.Only, word))
}

// Words are the filter in words: "only email and sms", "all but push"; "" for all.
func (f Filter) Words() string {
	switch {
	case len(f.Only) > 0:
		return "only " + andList(f.Only)
	case len(f.Not) > 0:
		return "all but " + andList(f.Not)
	}
	return ""
}

func andList(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// FilterRow is a word that a filter can keep.
type FilterRow struct {
	Word  string
	Sign  Part // before it
	Count int  // of the rows with this word
	More  bool // there may be more that have not been read
}

// filterDialog is the dialog in which a filter is chosen.
type filterDialog struct {
	shell  *Shell
	title  string
	rows   []FilterRow
	list   List
	filter Filter
	apply  func(Filter) tea.Cmd
}

// OpenFilter opens the dialog with the filter as it is. apply is called with another one.
func (s *Shell) OpenFilter(title string, rows []FilterRow, f Filter, apply func(Filter) tea.Cmd) {
	n := len(rows)
	f = Filter{slices.Clone(f.Only), slices.Clone(f.Not)}
	s.Open(&filterDialog{shell: s, title: title, rows: rows, list: List{N: n, H: n}, filter: f, apply: apply})
}

func (d *filterDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *filterDialog) Typing() bool           { return false }
func (d *filterDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Filters} }

func (d *filterDialog) Key(msg tea.KeyMsg) tea.Cmd {
	switch d.shell.Keys.Find(msg.String(), keymap.Filters) {
	case keymap.FilterClose:
		d.shell.Close(d)
	case keymap.FilterDown:
		d.list.Move(keymap.Down)
	case keymap.FilterUp:
		d.list.Move(keymap.Up)
	case keymap.FilterCycle:
		d.cycle(d.rows[d.list.At].Word)
	case keymap.FilterClear:
		d.filter = Filter{}
	case keymap.FilterApply:
		d.shell.Close(d)
		return d.apply(d.filter)
	}
	return nil
}

// cycle goes on with a word: only such rows, none of them, all again. What is chosen for
// other words says which of the first two there is: "only" and "not" together add nothing.
func (d *filterDialog) cycle(word string) {
	f := &d.filter
	isWord := func(w string) bool { return w == word }
	switch {
	case slices.Contains(f.Not, word):
		f.Not = slices.DeleteFunc(f.Not, isWord)
	case slices.Contains(f.Only, word):
		f.Only = slices.DeleteFunc(f.Only, isWord)
		if len(f.Only) == 0 {
			f.Not = append(f.Not, word)
		}
	case len(f.Not) > 0:
		f.Not = append(f.Not, word)
	default:
		f.Only = append(f.Only, word)
	}
	// in the order of the rows
	order := func(a, b string) int {
		at := func(word string) int {
			return slices.IndexFunc(d.rows, func(r FilterRow) bool { return r.Word == word })
		}
		return at(a) - at(b)
	}
	slices.SortFunc(f.Only, order)
	slices.SortFunc(f.Not, order)
}

// Card draws the words, and in a sentence what the filter shows.
func (d *filterDialog) Card(w, _ int) Card {
	sh := d.shell
	var lines []string
	for i, row := range d.rows {
		look, mark := &sh.Look.Palette, " "
		if i == d.list.At {
			look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
		}
		sign := "[ ]"
		if slices.Contains(d.filter.Only, row.Word) {
			sign = "[+]"
		} else if slices.Contains(d.filter.Not, row.Word) {
			sign = "[-]"
		}
		count := Number(row.Count)
		if row.More {
			count += "+"
		}
		line := fmt.Sprintf("%s %s %-8s %s", sign, draw.Pad(row.Sign.Text, d.signWidth()), row.Word, count)
		lines = append(lines, look.Mark.Render(mark)+look.Text.Render(draw.Pad(line, w-1)))
	}
	words := d.filter.Words()
	if words == "" {
		words = "all"
	}
	lines = append(lines, "", sh.Look.Muted.Render("+ only these   - not these"), "", sh.Look.Text.Render(draw.Cut("Shows "+words+".", w)))
	rows := d.list.Spot(0, 0, w, keymap.FilterApply)
	sign := Spot{X: 1, W: len("[ ]"), H: rows.H, Key: keymap.FilterCycle, Choose: rows.Choose}
	return Card{Title: d.title, Spots: []Spot{rows, sign}, Wheel: d.list.MoveBy, Lines: lines, Keep: d.list.At, Width: 50,
		Keys: []keymap.ID{keymap.FilterCycle, keymap.FilterClear, keymap.FilterApply}}
}

func (d *filterDialog) signWidth() int {
	n := 1
	for _, row := range d.rows {
		n = max(n, draw.Width(row.Sign.Text))
	}
	return n
}
