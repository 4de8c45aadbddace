package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// reader shows a page of text.
type reader struct {
	shell *Shell
	title string
	text  func(w int) []string // the page for w cells
	top   int
	about about // zero for a page that nothing can be done with
}

// about is what can be done with what a page shows, by the keys it has on its screen.
type about struct {
	keys   []keymap.ID             // that work here
	offers func() []keymap.ID      // those of them that work now
	act    func(keymap.ID) tea.Cmd // does one
	gone   func(fact tea.Msg) bool // whether there is nothing to show any more
}

func newReader(sh *Shell, title string, text func(w int) []string) *reader {
	return &reader{shell: sh, title: title, text: text}
}

// newNews shows what was told, newest first.
func newNews(sh *Shell) *reader {
	return newReader(sh, "Earlier notices", func(w int) []string {
		var lines []string
		for i := len(sh.Notices.old) - 1; i >= 0; i-- {
			n := sh.Notices.old[i]
			for j, line := range draw.Wrap(sh.notice(n), w-10) {
				head := draw.Space(10)
				if j == 0 {
					head = sh.Look.Muted.Render(draw.Pad(n.at.Local().Format("15:04:05"), 10))
				}
				lines = append(lines, head+line)
			}
		}
		if lines == nil {
			lines = []string{sh.Look.Muted.Render("Nothing has been said yet.")}
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

func (r *reader) Typing() bool { return false }

func (r *reader) Scope() keymap.Scope { return keymap.Reading }

// Update closes a page with its screen, and when what it shows is gone.
func (r *reader) Update(fact tea.Msg) tea.Cmd {
	_, left := fact.(goToMsg)
	if left || r.about.gone != nil && r.about.gone(fact) {
		r.shell.close(r)
	}
	return nil
}

func (r *reader) Key(msg tea.KeyMsg) tea.Cmd {
	switch r.shell.Keys.Find(msg.String(), keymap.Reading) {
	case keymap.ReadClose:
		r.shell.close(r)
	case keymap.ReadDown:
		r.top++
	case keymap.ReadUp:
		r.top = max(0, r.top-1)
	case "":
		id := r.shell.Keys.Find(msg.String(), keymap.Messages, keymap.Anywhere)
		if slices.Contains(r.about.keys, id) {
			return r.about.act(id)
		}
	}
	return nil
}

func (r *reader) Card(w, h int) card {
	lines := r.text(w)
	r.top = min(r.top, max(0, len(lines)-h))
	c := card{title: r.title, keys: []keymap.ID{keymap.ReadDown, keymap.ReadUp, keymap.ReadClose}}
	if r.about.offers != nil {
		c.keys = append(r.about.offers(), c.keys...)
	}
	if len(lines) > h {
		c.right = fmt.Sprintf("%d-%d of %d", r.top+1, r.top+h, len(lines))
	}
	c.lines = lines[r.top:min(len(lines), r.top+h)]
	return c
}
