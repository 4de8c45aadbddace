package shell

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// reader shows a page of text.
type Reader struct {
	shell   *Shell
	title   string
	text    func(w int) []string // the page for w cells
	top     int
	Actions PageActions // zero for a page that nothing can be done with
}

// pageActions is what can be done with what a page shows, by the keys that it
// has on its screen.
type PageActions struct {
	Scope  keymap.Scope            // of that screen
	IDs    []keymap.ID             // that work here
	Footer func() []keymap.ID      // those of them that are shown now
	Do     func(keymap.ID) tea.Cmd // does one
	IsGone func(fact tea.Msg) bool // whether there is nothing to show any more
}

func NewReader(sh *Shell, title string, text func(w int) []string) *Reader {
	return &Reader{shell: sh, title: title, text: text}
}

func (r *Reader) Typing() bool        { return false }
func (r *Reader) Scope() keymap.Scope { return keymap.Reading }

// Update closes a page with its screen, and when what it shows is gone.
func (r *Reader) Update(fact tea.Msg) tea.Cmd {
	_, left := fact.(GoToMsg)
	if left || r.Actions.IsGone != nil && r.Actions.IsGone(fact) {
		r.shell.Close(r)
	}
	return nil
}

func (r *Reader) Key(msg tea.KeyMsg) tea.Cmd {
	switch r.shell.Keys.Find(msg.String(), keymap.Reading) {
	case keymap.ReadClose:
		r.shell.Close(r)
	case keymap.ReadDown:
		r.top++
	case keymap.ReadUp:
		r.top = max(0, r.top-1)
	case "":
		id := r.shell.Keys.Find(msg.String(), r.Actions.Scope, keymap.Anywhere)
		if slices.Contains(r.Actions.IDs, id) {
			return r.Actions.Do(id)
		}
	}
	return nil
}

func (r *Reader) Card(w, h int) Card {
	lines := r.text(w)
	r.top = min(r.top, max(0, len(lines)-h))
	c := Card{Title: r.title, Keys: []keymap.ID{keymap.ReadDown, keymap.ReadUp, keymap.ReadClose}}
	if r.Actions.Footer != nil {
		c.Keys = append(r.Actions.Footer(), c.Keys...)
	}
	if len(lines) > h {
		c.Right = fmt.Sprintf("%d-%d of %d", r.top+1, r.top+h, len(lines))
	}
	c.Lines = lines[r.top:min(len(lines), r.top+h)]
	return c
}
