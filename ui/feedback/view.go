package feedback

import (
	"fmt"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

func (f *screen) Status() (left, right string) {
	n := utf8.RuneCountInString(f.area.Value())
	right = fmt.Sprintf("%d/%d", n, backend.MaxFeedback)
	news, isTold := f.shell.Notices.Current()
	switch {
	case isTold && news.Stays(): // it is about what stands there
	case f.shell.Work.Busy(sendingFeedback):
		left = "Sending…"
	case f.refusal != "":
		left = f.shell.Look.Err.Render(f.shell.Look.No + " " + f.refusal)
	case f.writing && n == 0 && f.thrown != "":
		left = "Started over " + f.shell.Look.Dot + " " + f.shell.Keys.Key(keymap.ComposeReset) + " takes that back"
	case f.writing && f.restored:
		left = "Your draft is back"
	case n > 0 && !f.writing && f.shell.Session.Lacks(backend.FeatureFeedback) != "":
		left = "A draft is kept"
	case n > 0 && !f.writing:
		left = "A draft is kept " + f.shell.Look.Dot + " " + f.shell.Keys.Key(keymap.WriteFeedback) + " goes on writing"
	case n > 0:
		left = "Kept as a draft"
	}
	if f.writing && f.shell.Connection.Down && f.refusal == "" && left != "" {
		left += " " + f.shell.Look.Dot + " sending is off while offline"
	}
	return left, right
}

func (f *screen) View(w, h int) []string {
	sh := f.shell
	upper := h * 45 / 100
	if sh.Room == shell.Compact {
		upper = h / 2
		f.area.SetSize(w, upper)
		return append(draw.Fit(f.area.View(sh.Look, w, f.writing), w, upper), f.history(w, h-upper)...)
	}
	f.area.SetSize(w-4, upper-2)
	var lines []string
	for _, line := range f.area.View(sh.Look, w-4, f.writing) {
		lines = append(lines, " "+line)
	}
	out := shell.Pane{Title: "New feedback", Focused: f.writing}.Draw(&sh.Look, lines, w, upper)
	sent := shell.Pane{Title: "Sent", Right: fmt.Sprint(len(f.sent)), Focused: !f.writing}
	return append(out, sent.Draw(&sh.Look, f.history(w-2, h-upper-2), w, h-upper)...)
}

func (f *screen) history(w, h int) []string {
	sh := f.shell
	if why := sh.Session.Lacks(backend.FeatureFeedbackHistory); why != "" {
		lines := []string{""}
		for _, line := range draw.Wrap(safe.Text(why), w-4) {
			lines = append(lines, "  "+sh.Look.Muted.Render(line))
		}
		return draw.Fit(lines, w, h)
	}
	if f.read && len(f.sent) == 0 {
		return draw.Fit([]string{"", sh.Look.Muted.Render("  Nothing sent yet " + sh.Look.Dot + " " + sh.Keys.Key(keymap.WriteFeedback) + " starts writing")}, w, h)
	}
	f.list.Fit(len(f.sent), h)
	from, to := f.list.Visible()
	var lines []string
	for i := from; i < to; i++ {
		look, mark := &sh.Look.Palette, " "
		if i == f.list.At && !f.writing {
			look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
		}
		at := f.sent[i].SentAt.Local().Format("2006-01-02 15:04")
		if sh.Room == shell.Compact {
			at = shell.Day(f.sent[i].SentAt)
		}
		lines = append(lines, look.Mark.Render(mark)+look.Muted.Render(" "+at+"  ")+look.Text.Render(draw.Pad(safe.Text(f.sent[i].Text), w-4-draw.Width(at)-1)))
	}
	return draw.Fit(lines, w, h)
}
