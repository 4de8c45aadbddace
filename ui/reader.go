package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// reader shows a page of text.
type reader struct {
	d     *desk
	title string
	text  func(w int) []string // the page for w cells
	top   int
}

func newReader(d *desk, title string, text func(w int) []string) *reader {
	return &reader{d: d, title: title, text: text}
}

// newNews shows what was told, newest first.
func newNews(d *desk) *reader {
	return newReader(d, "Earlier notices", func(w int) []string {
		var lines []string
		for i := len(d.notices.old) - 1; i >= 0; i-- {
			n := d.notices.old[i]
			for j, line := range draw.Wrap(d.notice(n), w-10) {
				head := draw.Space(10)
				if j == 0 {
					head = d.Muted.Render(draw.Pad(n.at.Local().Format("15:04:05"), 10))
				}
				lines = append(lines, head+line)
			}
		}
		if lines == nil {
			lines = []string{d.Muted.Render("Nothing has been said yet.")}
		}
		return lines
	})
}

// wrapped is foreign text as safe lines of at most w cells.
func wrapped(text string, w int) []string {
	var lines []string
	for _, line := range safe.Lines(text) {
		lines = append(lines, draw.Wrap(line, w)...)
	}
	return lines
}

func (r *reader) Update(tea.Msg) tea.Cmd { return nil }
func (r *reader) Typing() bool           { return false }
func (r *reader) Scope() keymap.Scope    { return keymap.Reading }

func (r *reader) Key(msg tea.KeyMsg) tea.Cmd {
	switch r.d.keys.Find(msg.String(), keymap.Reading) {
	case keymap.ReadClose:
		r.d.close(r)
	case keymap.ReadDown:
		r.top++
	case keymap.ReadUp:
		r.top = max(0, r.top-1)
	}
	return nil
}

func (r *reader) Card(w, h int) card {
	lines := r.text(w)
	r.top = min(r.top, max(0, len(lines)-h))
	c := card{title: r.title, keys: []keymap.ID{keymap.ReadDown, keymap.ReadUp, keymap.ReadClose}}
	if len(lines) > h {
		c.right = fmt.Sprintf("%d-%d of %d", r.top+1, r.top+h, len(lines))
	}
	c.lines = lines[r.top:min(len(lines), r.top+h)]
	return c
}
