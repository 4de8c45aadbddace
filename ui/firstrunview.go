package ui

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

const firstWidth = 66 // cells

// option is one of the choices: what it is called, and what comes of it.
type option struct {
	place       firstPlace
	title, text string
}

// options are the choices, in their order. Demo data is made with its database alone.
func (f *firstRun) options() (list []option) {
	where := "On this computer"
	if f.setup.IsServer {
		where = "In this database"
	}
	if f.setup.Exists {
		list = append(list, option{firstEmpty, where, "The database has no account; you add the first one now."})
	} else {
		list = append(list,
			option{firstEmpty, where + ", empty", "A database for your own accounts; you add the first one now."},
			option{firstDemo, where + ", with demo data", "Made up: three accounts, and an inbox that catches every message. One step removes them."})
	}
	if f.setup.Server != nil {
		list = append(list, option{firstServer, "On a server", "Its address and a token are asked for."})
	}
	return list
}

// chosen is the choice under the cursor.
func (f *firstRun) chosen() firstPlace { return f.options()[f.at].place }

// View draws the choice or the form, in a pane where there is room for one.
func (f *firstRun) View(w, h int) []string {
	sh := f.shell
	step := "step 1 of 2"
	switch {
	case f.setup.Exists:
		step = ""
	case f.filled != nil:
		step = "step 2 of 2"
	}
	head := draw.Ends(" "+sh.Look.Brand.Render(sh.Look.Diamond+" pinghome")+"  "+sh.Look.Muted.Render("first run"), sh.Look.Muted.Render(step)+" ", w)
	inner := firstInner(w)
	title, lines := f.content(inner)
	foot := f.foot(w)
	var body []string
	if sh.Room == shell.Compact {
		body = append([]string{sh.Look.Strong.Render(title)}, lines...)
		body = draw.Fit(body, w, h-1-len(foot))
	} else {
		for i, line := range lines {
			lines[i] = " " + line
		}
		pane := shell.Pane{Title: title}.Draw(&sh.Look, append(append([]string{""}, lines...), ""), inner+4, len(lines)+4)
		body = shell.Center(pane, w, h-1-len(foot))
	}
	return append(append([]string{head}, body...), foot...)
}

// firstInner is how many cells the content has in a window of w.
func firstInner(w int) int { return min(firstWidth, w) - 4 }

// foot is the last notice, and the keys in the last line.
func (f *firstRun) foot(w int) []string {
	sh := f.shell
	var lines []string
	if n, told := sh.Notices.Current(); told {
		lines = sh.NoticeLines(n, w, shell.NoticeHeight)
	}
	return append(lines, sh.Hints(f.keys(), w, nil))
}

// keys are those in the last line.
func (f *firstRun) keys() []keymap.ID {
	if f.filled != nil {
		list := []keymap.ID{keymap.FormSave, keymap.FormNext, keymap.FormClose, keymap.HelpAnywhere, keymap.QuitNow}
		return slices.DeleteFunc(list, func(id keymap.ID) bool { return id == keymap.FormClose && len(f.options()) == 1 })
	}
	return []keymap.ID{keymap.FirstRunDown, keymap.FirstRunNext, keymap.Help, keymap.Quit}
}

// content is the choice or the form, for inner cells, and what came of it.
func (f *firstRun) content(inner int) (title string, lines []string) {
	if f.filled != nil {
		title, lines = f.filled.title, f.form(inner)
	} else {
		title = "Where are your accounts?"
		lines, _ = f.choices(inner)
	}
	return title, append(lines, f.shell.Reserve(f.state(inner), shell.ReservedLines)...)
}

// state is what became of the choice or the form.
func (f *firstRun) state(inner int) []string {
	sh := f.shell
	switch {
	case sh.Work.Busy(settingUp) && f.filled == &f.server:
		return []string{sh.Look.Info.Render(sh.Spinner() + " Asking the server…")}
	case sh.Work.Busy(settingUp):
		return []string{sh.Look.Info.Render(sh.Spinner() + " Setting up…")}
	case f.refusal != "":
		return sh.Lines(sh.Look.Err, sh.Look.No+" "+safe.Text(f.refusal), inner)
	case f.filled != nil && f.filled.IsReset():
		return []string{sh.Look.Info.Render("Started over " + sh.Look.Dot + " " + sh.Keys.Key(keymap.FormReset) + " takes that back")}
	}
	return nil
}

// Spots are the choices or the fields of the form, and the keys in the last line.
func (f *firstRun) Spots(w, h int) []shell.Spot {
	sh, inner := f.shell, firstInner(w)
	_, lines := f.content(inner)
	x, y := 0, 2 // below header and title
	if sh.Room != shell.Compact {
		x, y = (w-inner)/2, 3+max(0, (h-1-len(f.foot(w))-len(lines)-4)/2)
	}
	hints := shell.Moved(sh.HintSpots(f.keys(), w, nil), 0, h-1)
	if sh.Work.Busy(settingUp) {
		return hints
	}
	var spots []shell.Spot
	if f.filled != nil {
		spots = shell.Moved(sh.FormSpots(f.filled.Form, inner), 0, len(f.formHead(inner)))
	} else {
		_, at := f.choices(inner)
		for i, line := range at {
			spots = append(spots, shell.Spot{Y: line, W: inner, H: 1, Choose: shell.Focusing(func() { f.at = i }), Again: keymap.FirstRunNext})
		}
	}
	return append(shell.Moved(spots, x, y), hints...)
}

// choices draws the choices; at is the line of each. In little room only the one under
// the cursor is explained.
func (f *firstRun) choices(w int) (lines []string, at []int) {
	sh := f.shell
	for i, o := range f.options() {
		at = append(at, len(lines))
		mark, sign, style := "  ", "( ) ", sh.Look.Text
		if i == f.at {
			mark, sign, style = sh.Look.Focus.Render(sh.Look.Glyphs.Mark)+" ", "("+sh.Look.Mask+") ", sh.Look.Strong
		}
		lines = append(lines, mark+style.Render(sign+o.title))
		if i == f.at || sh.Room != shell.Compact {
			lines = append(lines, indented(sh, o.text, w)...)
		}
		if sh.Room != shell.Compact {
			lines = append(lines, "")
		}
	}
	if f.chosen() != firstServer {
		lines = append(lines, f.pathLines(w)...)
	} else if sh.Room != shell.Compact {
		for range f.pathLines(w) { // what stands below keeps its place
			lines = append(lines, "")
		}
	}
	return lines, at
}

func indented(sh *shell.Shell, text string, w int) (lines []string) {
	for _, line := range draw.Wrap(text, w-6) {
		lines = append(lines, "      "+sh.Look.Muted.Render(line))
	}
	return lines
}

// pathLines say which file or database is made, or is there, and how to name another one.
func (f *firstRun) pathLines(w int) []string {
	sh, label, another := f.shell, "File  ", "--db FILE names another"
	if f.setup.IsServer {
		label, another = "Database  ", "--db URL names another"
	}
	lines := []string{sh.Look.Muted.Render(label) + sh.Look.Text.Render(draw.Middle(safe.Text(f.setup.Path), w-len(label)))}
	return append(lines, sh.Look.Muted.Render(draw.Cut(strings.Repeat(" ", len(label))+another, w)))
}

// formHead stands above the form.
func (f *firstRun) formHead(w int) []string {
	if !f.setup.Exists || f.filled != &f.account {
		return nil
	}
	return append(f.shell.Lines(f.shell.Look.Muted, "The database holds no account yet.", w), "")
}

func (f *firstRun) form(w int) []string {
	sh := f.shell
	lines := append(f.formHead(w), sh.Reserve(f.filled.View(sh.Look, w), f.filled.Height(sh.Look, w))...)
	if f.filled == &f.server {
		return append(lines, "", sh.Look.Muted.Render(draw.Cut("Kept in the configuration once the server has answered.", w)))
	}
	return append(append(lines, ""), f.pathLines(w)...)
}
