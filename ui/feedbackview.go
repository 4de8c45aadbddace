package ui

import (
	"fmt"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

func (f *feedback) Status() (left, right string) {
	n := utf8.RuneCountInString(f.area.Value())
	right = fmt.Sprintf("%d/%d", n, backend.MaxFeedback)
	news, isTold := f.d.notices.current()
	switch {
	case isTold && news.stays(): // it is about what stands there
	case f.d.work.busy(sendingFeedback):
		left = "Sending…"
	case f.refusal != "":
		left = f.d.Err.Render(f.d.No + " " + f.refusal)
	case f.writing && n == 0 && f.thrown != "":
		left = "Started over " + f.d.Dot + " " + f.d.keys.Key(keymap.ComposeEmpty) + " takes that back"
	case f.writing && f.restored:
		left = "Your draft is back"
	case n > 0 && !f.writing && f.d.lacks(backend.FeatureFeedback) != "":
		left = "A draft is kept"
	case n > 0 && !f.writing:
		left = "A draft is kept " + f.d.Dot + " " + f.d.keys.Key(keymap.WriteFeedback) + " goes on writing"
	case n > 0:
		left = "Kept as a draft"
	}
	if f.writing && f.d.line.down && f.refusal == "" && left != "" {
		left += " " + f.d.Dot + " sending is off while offline"
	}
	return left, right
}

func (f *feedback) View(w, h int) []string {
	d := f.d
	upper := h * 45 / 100
	if d.class == compact {
		upper = h / 2
		f.area.SetSize(w, upper)
		return append(draw.Fit(f.area.View(d.Look, w, f.writing), w, upper), f.history(w, h-upper)...)
	}
	f.area.SetSize(w-4, upper-2)
	var lines []string
	for _, line := range f.area.View(d.Look, w-4, f.writing) {
		lines = append(lines, " "+line)
	}
	out := pane{title: "New feedback", focused: f.writing}.draw(&d.Look, lines, w, upper)
	sent := pane{title: "Sent", right: fmt.Sprint(len(f.sent)), focused: !f.writing}
	return append(out, sent.draw(&d.Look, f.history(w-2, h-upper-2), w, h-upper)...)
}

func (f *feedback) history(w, h int) []string {
	d := f.d
	if why := d.lacks(backend.FeatureFeedbackHistory); why != "" {
		lines := []string{""}
		for _, line := range draw.Wrap(safe.Text(why), w-4) {
			lines = append(lines, "  "+d.Muted.Render(line))
		}
		return draw.Fit(lines, w, h)
	}
	if f.read && len(f.sent) == 0 {
		return draw.Fit([]string{"", d.Muted.Render("  Nothing sent yet " + d.Dot + " " + d.keys.Key(keymap.WriteFeedback) + " starts writing")}, w, h)
	}
	f.list.fit(len(f.sent), h)
	from, to := f.list.seen()
	var lines []string
	for i := from; i < to; i++ {
		look, mark := &d.Palette, " "
		if i == f.list.at && !f.writing {
			look, mark = &d.Cursor, d.Glyphs.Mark
		}
		at := f.sent[i].SentAt.Local().Format("2006-01-02 15:04")
		if d.class == compact {
			at = day(f.sent[i].SentAt)
		}
		lines = append(lines, look.Mark.Render(mark)+look.Muted.Render(" "+at+"  ")+look.Text.Render(draw.Pad(safe.Text(f.sent[i].Text), w-4-draw.Width(at)-1)))
	}
	return draw.Fit(lines, w, h)
}
