package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// item is one row of a picker.
type item struct {
	text  string // searched and shown
	right string
	off   string // why it cannot be chosen; "" when it can
	id    string
}

// picker is a search field over a list, in which letters narrow the list.
type picker struct {
	shell   *Shell
	title   string
	empty   string // told when nothing matches
	input   *form.Input
	items   []item
	matches fuzzy.Matches
	list    list
	run     func(item) tea.Cmd
	// search asks for other items when the text changed; nil: all are here.
	search func(text string) tea.Cmd
}

func newPicker(sh *Shell, title, placeholder string, items []item, run func(item) tea.Cmd) *picker {
	p := &picker{shell: sh, title: title, empty: "Nothing matches. Try fewer letters.", input: form.NewInput("", placeholder), items: items, run: run}
	p.narrow()
	return p
}

func (p *picker) String(i int) string { return p.items[i].text }
func (p *picker) Len() int            { return len(p.items) }

// narrow finds the rows that match, the best first; all of them without a text.
func (p *picker) narrow() {
	text := strings.TrimSpace(p.input.Value())
	if text == "" || p.search != nil {
		p.matches = make(fuzzy.Matches, len(p.items))
		for i := range p.items {
			p.matches[i] = fuzzy.Match{Str: p.items[i].text, Index: i}
		}
	} else {
		p.matches = fuzzy.FindFrom(text, p)
	}
	p.list = list{n: len(p.matches), h: p.list.h}
}

// fill replaces the items and keeps what is typed.
func (p *picker) fill(items []item) {
	p.items = items
	p.narrow()
}

func (p *picker) Update(tea.Msg) tea.Cmd { return nil }
func (p *picker) Typing() bool           { return true }
func (p *picker) Scope() keymap.Scope    { return keymap.Pick }

func (p *picker) Key(msg tea.KeyMsg) tea.Cmd {
	switch p.shell.Keys.Find(msg.String(), keymap.Pick) {
	case keymap.PickClose:
		p.shell.closeTop()
	case keymap.PickDown:
		p.list.move(keymap.Down)
	case keymap.PickUp:
		p.list.move(keymap.Up)
	case keymap.PickRun:
		return p.choose()
	default:
		before := p.input.Value()
		p.input.Update(msg)
		if p.input.Value() == before {
			return nil
		}
		if p.search != nil {
			return p.search(p.input.Value())
		}
		p.narrow()
	}
	return nil
}

func (p *picker) choose() tea.Cmd {
	if len(p.matches) == 0 {
		return nil
	}
	chosen := p.items[p.matches[p.list.at].Index]
	if chosen.off != "" {
		p.shell.tell(warning, "%s", chosen.off)
		return nil
	}
	p.shell.closeTop()
	return p.run(chosen)
}

func (p *picker) Card(w, h int) card {
	sh := p.shell
	lines := []string{sh.Look.Focus.Render("> ") + p.input.View(sh.Look, w-2, true)[0], sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	rows := max(1, h-len(lines))
	p.list.fit(len(p.matches), rows)
	from, to := p.list.seen()
	for i := from; i < to; i++ {
		lines = append(lines, p.row(p.matches[i], i == p.list.at, w))
	}
	if len(p.matches) == 0 {
		lines = append(lines, sh.Look.Muted.Render(p.empty))
	}
	full := draw.Fit(lines, w, min(h, max(1, len(p.items))+2))
	return card{title: p.title, right: count(len(p.matches), "row"), lines: full, keys: []keymap.ID{keymap.PickRun, keymap.PickClose}}
}

func (p *picker) row(m fuzzy.Match, atCursor bool, w int) string {
	sh, it := p.shell, p.items[m.Index]
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	text := look.Text
	if it.off != "" {
		text = look.Faint
	}
	if sh.Room == Compact && draw.Width(it.text)+draw.Width(it.right)+3 > w {
		it.right = draw.Cut(it.right, max(4, w-3-draw.Width(it.text)))
	}
	room := w - 2 - draw.Width(it.right) - 1
	left := highlight(it.text, m.MatchedIndexes, text, look.Brand, room)
	return look.Mark.Render(mark) + text.Render(" ") + left + look.Muted.Render(" "+it.right)
}

// highlight draws text in w cells with the letters at the byte offsets hits in another style.
func highlight(text string, hits []int, plain, hit theme.Style, w int) string {
	shown := safe.Text(text)
	if len(hits) == 0 || shown != text || draw.Width(text) > w {
		return plain.Render(draw.Pad(shown, w))
	}
	var b strings.Builder
	start, on := 0, false
	flush := func(end int) {
		style := plain
		if on {
			style = hit
		}
		b.WriteString(style.Render(text[start:end]))
		start = end
	}
	for i := range text {
		if is := slices.Contains(hits, i); is != on {
			flush(i)
			on = is
		}
	}
	flush(len(text))
	return b.String() + plain.Render(draw.Space(w-draw.Width(text)))
}
