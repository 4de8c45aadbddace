package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// reader shows a page of text.
type reader struct {
	shell   *Shell
	title   string
	text    func(w int) []string // the page for w cells
	top     int
	actions pageActions // zero for a page that nothing can be done with
}

// pageActions is what can be done with what a page shows, by the keys that it
// has on its screen.
type pageActions struct {
	scope  keymap.Scope            // of that screen
	ids    []keymap.ID             // that work here
	footer func() []keymap.ID      // those of them that are shown now
	do     func(keymap.ID) tea.Cmd // does one
	isGone func(fact tea.Msg) bool // whether there is nothing to show any more
}

func newReader(sh *Shell, title string, text func(w int) []string) *reader {
	return &reader{shell: sh, title: title, text: text}
}

func (r *reader) Typing() bool        { return false }
func (r *reader) Scope() keymap.Scope { return keymap.Reading }

// Update closes a page with its screen, and when what it shows is gone.
func (r *reader) Update(fact tea.Msg) tea.Cmd {
	_, left := fact.(goToMsg)
	if left || r.actions.isGone != nil && r.actions.isGone(fact) {
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
		id := r.shell.Keys.Find(msg.String(), r.actions.scope, keymap.Anywhere)
		if slices.Contains(r.actions.ids, id) {
			return r.actions.do(id)
		}
	}
	return nil
}

func (r *reader) Card(w, h int) card {
	lines := r.text(w)
	r.top = min(r.top, max(0, len(lines)-h))
	c := card{title: r.title, keys: []keymap.ID{keymap.ReadDown, keymap.ReadUp, keymap.ReadClose}}
	if r.actions.footer != nil {
		c.keys = append(r.actions.footer(), c.keys...)
	}
	if len(lines) > h {
		c.right = fmt.Sprintf("%d-%d of %d", r.top+1, r.top+h, len(lines))
	}
	c.lines = lines[r.top:min(len(lines), r.top+h)]
	return c
}
