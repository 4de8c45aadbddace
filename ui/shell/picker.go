package shell

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
)

// Item is a row of a picker.
type Item struct {
	Text  string // searched and shown
	Aside string // in a column behind all texts, and searched, too; "" for no such column
	// Masked is drawn in place of Aside while values are hidden; "" for Aside itself.
	Masked string
	Right  string
	Off    string // why it cannot be chosen; "" when it can
	Names  string // other words by which it is found, in lower case, not shown; "" for none
	ID     string
	// IsFound says that the item matches what was typed by something that is not in it.
	IsFound bool
	// Hits are the letters that match, where the backend found the item: bytes of Text, Aside and
	// Right, with asideGap between two of them.
	Hits []int
}

// Picker is a dialog with a search field over a list that shows what matches.
type Picker struct {
	Shell   *Shell
	Title   string
	Empty   string // shown when nothing matches
	Note    string // in the border, in place of how many rows there are; "" for that
	input   *form.Input
	items   []Item
	most    int // how many items there were at most
	matches fuzzy.Matches
	list    List
	run     func(Item) tea.Cmd
	// Also asks for more items when the text has changed; nil: there are no more.
	Also func(text string) tea.Cmd
	// Search asks for other items when the text has changed; nil: all of them are here.
	Search func(text string) tea.Cmd
}

// NewPicker returns a picker that calls run with the chosen item.
func NewPicker(sh *Shell, title, placeholder string, items []Item, run func(Item) tea.Cmd) *Picker {
	p := &Picker{Shell: sh, Title: title, Empty: "Nothing matches. Try fewer letters.", input: form.NewInput("", placeholder), items: items, run: run}
	p.narrow()
	return p
}

// String is the text of item i that is searched; see fuzzy.Source.
func (p *Picker) String(i int) string { return p.items[i].searched() }

// asideGap is between a text and what stands aside of it, where they are searched.
const asideGap = "  "

func (it Item) searched() string {
	if it.Aside == "" {
		return it.Text
	}
	return it.Text + asideGap + it.Aside
}

// Len is the number of items; see fuzzy.Source.
func (p *Picker) Len() int { return len(p.items) }

// narrow finds the items that match, the best first; all of them without a text.
func (p *Picker) narrow() {
	text := strings.TrimSpace(p.input.Value())
	if text == "" || p.Search != nil {
		p.matches = make(fuzzy.Matches, len(p.items))
		for i := range p.items {
			p.matches[i] = fuzzy.Match{Str: p.items[i].searched(), Index: i, MatchedIndexes: p.items[i].Hits}
		}
	} else {
		p.matches = p.find(text)
	}
	p.list = List{N: len(p.matches), H: p.list.H}
}

// Fill replaces the items. The text that was typed stays.
func (p *Picker) Fill(items []Item) {
	p.items = items
	p.narrow()
}

// Refill replaces the items where rows came before or behind. The cursor stays on its item, and
// that on its line.
func (p *Picker) Refill(items []Item) {
	id, line := p.Current().ID, p.list.At-p.list.Top
	p.Fill(items)
	if at := slices.IndexFunc(p.matches, func(m fuzzy.Match) bool { return p.items[m.Index].ID == id }); at >= 0 {
		p.list.At, p.list.Top = at, max(0, at-line)
	}
}

// Current is the item under the cursor; zero for none.
func (p *Picker) Current() Item {
	if p.list.At >= len(p.matches) {
		return Item{}
	}
	return p.items[p.matches[p.list.At].Index]
}

// Near reports whether the cursor is at most so many rows from the first and from the last row.
func (p *Picker) Near(rows int) (first, last bool) {
	return p.list.At < rows, p.list.At >= len(p.matches)-rows
}

// MoveTo does an action that moves the cursor.
func (p *Picker) MoveTo(id keymap.ID) { p.list.Move(id) }

// Point puts the cursor on an item, where it is shown.
func (p *Picker) Point(id string) {
	for i, m := range p.matches {
		if p.items[m.Index].ID == id {
			p.list.At, p.list.Top = i, max(0, i-max(p.list.H, 9)/3)
		}
	}
}

// Text is what was typed.
func (p *Picker) Text() string { return p.input.Value() }

// Update does nothing: a picker waits for no message.
func (p *Picker) Update(tea.Msg) tea.Cmd { return nil }

// Typing is always true: letters go into the search field.
func (p *Picker) Typing() bool { return true }

// Scopes is that of lists with a search field.
func (p *Picker) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Pick} }

// Key searches, moves the cursor, chooses or closes.
func (p *Picker) Key(msg tea.KeyMsg) tea.Cmd {
	switch p.Shell.Keys.Find(msg.String(), keymap.Pick) {
	case keymap.PickClose:
		p.Shell.closeTop()
	case keymap.PickDown:
		p.list.Move(keymap.Down)
	case keymap.PickUp:
		p.list.Move(keymap.Up)
	case keymap.PickPageDown:
		p.list.MoveBy(max(1, p.list.H-1))
	case keymap.PickPageUp:
		p.list.MoveBy(-max(1, p.list.H-1))
	case keymap.PickTop:
		p.list.Move(keymap.Top)
	case keymap.PickBottom:
		p.list.Move(keymap.Bottom)
	case keymap.PickRun:
		return p.Choose()
	default:
		before := p.input.Value()
		p.input.Update(msg)
		if p.input.Value() == before {
			return nil
		}
		if p.Search != nil {
			return p.Search(p.input.Value())
		}
		p.narrow()
		if p.Also != nil {
			return p.Also(p.input.Value())
		}
	}
	return nil
}

// Refine replaces what was typed, as if it had been typed.
func (p *Picker) Refine(text string) tea.Cmd {
	p.input.SetValue(text)
	p.narrow()
	if p.Also == nil {
		return nil
	}
	return p.Also(text)
}

// Choose runs the item under the cursor, and closes the dialog.
func (p *Picker) Choose() tea.Cmd {
	if len(p.matches) == 0 {
		return nil
	}
	chosen := p.items[p.matches[p.list.At].Index]
	if chosen.Off != "" {
		p.Shell.Refuse(Warning, "%s", chosen.Off)
		return nil
	}
	p.Shell.closeTop()
	return p.run(chosen)
}

// Card draws the search field and the items that match.
func (p *Picker) Card(w, h int) Card {
	sh := p.Shell
	lines := []string{sh.Look.Focus.Render("> ") + p.input.View(sh.Look, w-2, true)[0], sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	rows := max(1, h-len(lines))
	lines = append(lines, p.list.Rows(len(p.matches), rows, func(i int, atCursor bool) string { return p.row(p.matches[i], atCursor, w) })...)
	if len(p.matches) == 0 {
		lines = append(lines, sh.Look.Muted.Render(p.Empty))
	}
	p.most = max(p.most, len(p.items)) // a search that finds fewer does not make it lower
	right := p.Note
	if right == "" {
		right = Count(len(p.matches), "row")
	}
	full := draw.Fit(lines, w, min(h, max(1, p.most)+2))
	return Card{Title: p.Title, Spots: []Spot{p.list.Spot(0, 2, w, keymap.PickRun)}, Wheel: p.list.MoveBy, Right: right, Lines: full, Width: WideCard, Keys: []keymap.ID{keymap.PickRun, keymap.PickClose}}
}
