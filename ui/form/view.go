package form

import (
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// LabelWidth is how many cells stand before each field.
func (f *Form) LabelWidth() int {
	label := 0
	for _, e := range f.Entries {
		label = max(label, draw.Width(e.Label))
	}
	return label + 2
}

// View draws the fields w cells wide, each with its error or its hint under it.
func (f *Form) View(look theme.Look, w int) []string {
	lines, _ := f.lines(look, w)
	return lines
}

// Height is how many lines View is to be given so that an error does not change the height
// of what it stands in: as many as it has with one line under each field that is not
// optional, and one more.
func (f *Form) Height(look theme.Look, w int) int {
	n := 1
	for i, e := range f.Entries {
		n += len(e.Field.View(look, w-f.LabelWidth(), i == f.at))
		if !e.Optional {
			n++
		}
	}
	return n
}

// Rows returns, for each line of View, the number of the field that it belongs to.
func (f *Form) Rows(look theme.Look, w int) []int {
	_, rows := f.lines(look, w)
	return rows
}

func (f *Form) lines(look theme.Look, w int) (lines []string, rows []int) {
	label := f.LabelWidth()
	for i, e := range f.Entries {
		name := look.Muted
		if i == f.at {
			name = look.Focus
		}
		for n, line := range e.Field.View(look, w-label, i == f.at) {
			head := draw.Space(label)
			if n == 0 {
				head = name.Render(draw.Pad(e.Label, label))
			}
			lines = append(lines, head+line)
		}
		lines = append(lines, f.note(look, e, i == f.at, label, w)...)
		for len(rows) < len(lines) {
			rows = append(rows, i)
		}
	}
	return lines, rows
}

// note returns the lines under a field: its error, or its hint, or an empty one; none under an
// optional field of which there is nothing to say.
func (f *Form) note(look theme.Look, e Entry, focused bool, label, w int) []string {
	style, text := look.Faint, ""
	if focused {
		text = e.Hint
	}
	if fault := f.faults[e.Name]; fault != "" {
		style, text = look.Err, look.No+" "+safe.Text(fault)
	}
	if text == "" && e.Optional {
		return nil
	}
	var lines []string
	for _, line := range draw.Wrap(text, w-label) {
		lines = append(lines, draw.Space(label)+style.Render(line))
	}
	return lines
}
