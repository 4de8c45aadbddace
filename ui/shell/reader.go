package shell

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// Reader is a dialog with a page of text.
type Reader struct {
	shell   *Shell
	title   string
	text    func(w int) []string // the page for w cells
	top     int
	Actions PageActions // zero where nothing can be done
}

// PageActions is what can be done with the subject of a page, by the keys of its screen.
type PageActions struct {
	Scope  keymap.Scope            // of that screen
	List   []Action                // that work here; their Do is not used
	Do     func(keymap.ID) tea.Cmd // does one that is not off
	IsGone func(msg tea.Msg) bool  // whether the message says that the subject is gone
}

// NewReader returns a reader; text draws the page for w cells.
func NewReader(sh *Shell, title string, text func(w int) []string) *Reader {
	return &Reader{shell: sh, title: title, text: text}
}

// Typing is never true: a page is only read.
func (r *Reader) Typing() bool { return false }

// Scopes is that of pages.
func (r *Reader) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Reading} }

// Update closes the page when its screen is left, or its subject is gone.
func (r *Reader) Update(msg tea.Msg) tea.Cmd {
	_, left := msg.(GoToMsg)
	if left || r.Actions.IsGone != nil && r.Actions.IsGone(msg) {
		r.shell.Close(r)
	}
	return nil
}

// Key scrolls, closes, or does what can be done with the subject.
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
		return r.act(id)
	}
	return nil
}

// Card draws the part of the page that is in sight.
func (r *Reader) Card(w, h int) Card {
	lines := r.text(w)
	r.top = min(r.top, max(0, len(lines)-h))
	c := Card{Title: r.title, Width: WideCard, Wheel: func(lines int) { r.top = max(0, r.top+lines) }}
	c.Keys = append(r.footer(), keymap.ReadDown, keymap.ReadUp, keymap.ReadClose)
	if len(lines) > h {
		c.Right = fmt.Sprintf("%d-%d of %d", r.top+1, r.top+h, len(lines))
	}
	c.Lines = lines[r.top:min(len(lines), r.top+h)]
	return c
}

// act does what can be done with the subject, or says why it cannot be done now.
func (r *Reader) act(id keymap.ID) tea.Cmd {
	a, ok := FindAction(r.Actions.List, id)
	if !ok {
		return nil
	}
	if why := r.shell.WhyOff(a); why != "" {
		r.shell.TellOff(Warning, why)
		return nil
	}
	return r.Actions.Do(id)
}

// footer lists the actions that have a place in it and can be done now.
func (r *Reader) footer() []keymap.ID {
	isOff := func(a Action) bool { return r.shell.WhyOff(a) != "" }
	return Footer(slices.DeleteFunc(slices.Clone(r.Actions.List), isOff))
}
