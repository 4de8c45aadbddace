package channels

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// typesChosenMsg: the type filter was applied.
type typesChosenMsg struct{ filter backend.ChannelFilter }

// typeFilter chooses types: any, only these, not these. It shows the query
// that the choice becomes, as the API has it.
type typeFilter struct {
	shell  *shell.Shell
	list   shell.List
	states map[backend.ChannelType]int // 0 any, 1 only, 2 not
}

func newTypeFilter(sh *shell.Shell, f backend.ChannelFilter) *typeFilter {
	t := &typeFilter{shell: sh, list: shell.List{N: len(backend.ChannelTypes), H: len(backend.ChannelTypes)}, states: map[backend.ChannelType]int{}}
	for _, x := range f.Include {
		t.states[x] = 1
	}
	for _, x := range f.Exclude {
		t.states[x] = 2
	}
	return t
}

func (t *typeFilter) Update(tea.Msg) tea.Cmd { return nil }
func (t *typeFilter) Typing() bool           { return false }
func (t *typeFilter) Scope() keymap.Scope    { return keymap.Types }

func (t *typeFilter) filter() backend.ChannelFilter {
	var f backend.ChannelFilter
	for _, x := range backend.ChannelTypes {
		switch t.states[x] {
		case 1:
			f.Include = append(f.Include, x)
		case 2:
			f.Exclude = append(f.Exclude, x)
		}
	}
	return f
}

func (t *typeFilter) Key(msg tea.KeyMsg) tea.Cmd {
	switch t.shell.Keys.Find(msg.String(), keymap.Types) {
	case keymap.TypesClose:
		t.shell.Close(t)
	case keymap.TypesDown:
		t.list.Move(keymap.Down)
	case keymap.TypesUp:
		t.list.Move(keymap.Up)
	case keymap.TypesCycle:
		x := backend.ChannelTypes[t.list.At]
		t.states[x] = (t.states[x] + 1) % 3
	case keymap.TypesClear:
		clear(t.states)
	case keymap.TypesApply:
		t.shell.Close(t)
		filter := t.filter()
		return func() tea.Msg { return typesChosenMsg{filter} }
	}
	return nil
}

func (t *typeFilter) Card(w, h int) shell.Card {
	sh := t.shell
	counts := map[backend.ChannelType]int{}
	for _, ch := range sh.Session.Channels {
		counts[ch.Type]++
	}
	var lines []string
	for i, x := range backend.ChannelTypes {
		look, mark := &sh.Look.Palette, " "
		if i == t.list.At {
			look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
		}
		sign := [...]string{"[ ]", "[+]", "[-]"}[t.states[x]]
		lines = append(lines, look.Mark.Render(mark)+look.Text.Render(draw.Pad(fmt.Sprintf("%s %s %-8s %d", sign, sh.Sign(x), shell.TypeName(x), counts[x]), w-1)))
	}
	lines = append(lines, "", sh.Look.Muted.Render("+ only these   - not these"), "")
	query := filterQuery(t.filter())
	if len(query) == 0 {
		query = []string{"all types"}
	}
	for _, q := range query {
		lines = append(lines, sh.Look.Faint.Render(draw.Cut(q, w)))
	}
	return shell.Card{Title: "Types", Lines: draw.Fit(lines, w, 9), Keep: t.list.At, Width: 50,
		Keys: []keymap.ID{keymap.TypesCycle, keymap.TypesClear, keymap.TypesApply}}
}

// filterQuery is the filter as the API's query.
func filterQuery(f backend.ChannelFilter) []string {
	var out []string
	if len(f.Include) > 0 {
		out = append(out, "include_types="+join(f.Include, ","))
	}
	if len(f.Exclude) > 0 {
		out = append(out, "exclude_types="+join(f.Exclude, ","))
	}
	return out
}

// filterWords is the filter in the status line: "+email -push".
func filterText(f backend.ChannelFilter) string {
	var words []string
	for _, x := range f.Include {
		words = append(words, "+"+shell.TypeName(x))
	}
	for _, x := range f.Exclude {
		words = append(words, "-"+shell.TypeName(x))
	}
	return strings.Join(words, " ")
}

func join(types []backend.ChannelType, sep string) string {
	words := make([]string, len(types))
	for i, x := range types {
		words[i] = string(x)
	}
	return strings.Join(words, sep)
}
