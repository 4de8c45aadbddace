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

// typeFilter is a dialog that filters the channels by type. It shows the query to
// which the API gives the same answer.
type typeFilter struct {
	shell  *shell.Shell
	list   shell.List // the cursor in backend.ChannelTypes
	states map[backend.ChannelType]typeState
}

// typeState is what the filter does with the channels of a type.
type typeState int

const (
	typeAny    typeState = iota // shown, unless some type is typeOnly
	typeOnly                    // only channels of such types are shown
	typeNot                     // not shown
	typeStates                  // how many there are
)

// typesChosenMsg: a filter was chosen.
type typesChosenMsg struct{ filter backend.ChannelFilter }

func newTypeFilter(sh *shell.Shell, f backend.ChannelFilter) *typeFilter {
	n := len(backend.ChannelTypes)
	d := &typeFilter{shell: sh, list: shell.List{N: n, H: n}, states: map[backend.ChannelType]typeState{}}
	for _, t := range f.Include {
		d.states[t] = typeOnly
	}
	for _, t := range f.Exclude {
		d.states[t] = typeNot
	}
	return d
}

// filter is what has been chosen so far.
func (d *typeFilter) filter() backend.ChannelFilter {
	var f backend.ChannelFilter
	for _, t := range backend.ChannelTypes {
		switch d.states[t] {
		case typeOnly:
			f.Include = append(f.Include, t)
		case typeNot:
			f.Exclude = append(f.Exclude, t)
		default: // typeAny
		}
	}
	return f
}

func (m typesChosenMsg) applyTo(s *screen) tea.Cmd {
	s.filter = m.filter
	return s.Load()
}

func (d *typeFilter) Update(tea.Msg) tea.Cmd { return nil }
func (d *typeFilter) Typing() bool           { return false }
func (d *typeFilter) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Types} }

func (d *typeFilter) Key(msg tea.KeyMsg) tea.Cmd {
	switch d.shell.Keys.Find(msg.String(), keymap.Types) {
	case keymap.TypesClose:
		d.shell.Close(d)
	case keymap.TypesDown:
		d.list.Move(keymap.Down)
	case keymap.TypesUp:
		d.list.Move(keymap.Up)
	case keymap.TypesCycle:
		t := backend.ChannelTypes[d.list.At]
		d.states[t] = (d.states[t] + 1) % typeStates
	case keymap.TypesClear:
		clear(d.states)
	case keymap.TypesApply:
		d.shell.Close(d)
		filter := d.filter()
		return func() tea.Msg { return typesChosenMsg{filter} }
	}
	return nil
}

func (d *typeFilter) Card(w, _ int) shell.Card {
	sh := d.shell
	counts := map[backend.ChannelType]int{}
	for _, ch := range sh.Session.Channels {
		counts[ch.Type]++
	}
	signs := [typeStates]string{"[ ]", "[+]", "[-]"}
	var lines []string
	for i, t := range backend.ChannelTypes {
		look, mark := &sh.Look.Palette, " "
		if i == d.list.At {
			look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
		}
		line := fmt.Sprintf("%s %s %-8s %d", signs[d.states[t]], sh.Sign(t), shell.TypeName(t), counts[t])
		lines = append(lines, look.Mark.Render(mark)+look.Text.Render(draw.Pad(line, w-1)))
	}
	lines = append(lines, "", sh.Look.Muted.Render("+ only these   - not these"), "")
	for _, line := range filterQuery(d.filter()) {
		lines = append(lines, sh.Look.Faint.Render(draw.Cut(line, w)))
	}
	rows := d.list.Spot(0, 0, w, keymap.TypesApply)
	sign := shell.Spot{X: 1, W: len("[ ]"), H: rows.H, Key: keymap.TypesCycle, Choose: rows.Choose}
	return shell.Card{Title: "Types", Spots: []shell.Spot{rows, sign}, Wheel: d.list.MoveBy, Lines: draw.Fit(lines, w, 9), Keep: d.list.At, Width: 50,
		Keys: []keymap.ID{keymap.TypesCycle, keymap.TypesClear, keymap.TypesApply}}
}

// filterQuery is the filter as parameters of the API, one a line.
func filterQuery(f backend.ChannelFilter) []string {
	var lines []string
	if len(f.Include) > 0 {
		lines = append(lines, "include_types="+commaList(f.Include))
	}
	if len(f.Exclude) > 0 {
		lines = append(lines, "exclude_types="+commaList(f.Exclude))
	}
	if lines == nil {
		return []string{"all types"}
	}
	return lines
}

func commaList(types []backend.ChannelType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	return strings.Join(names, ",")
}

// filterText is the filter in the status line: "+email -push"; "" for all types.
func filterText(f backend.ChannelFilter) string {
	var parts []string
	for _, t := range f.Include {
		parts = append(parts, "+"+shell.TypeName(t))
	}
	for _, t := range f.Exclude {
		parts = append(parts, "-"+shell.TypeName(t))
	}
	return strings.Join(parts, " ")
}
