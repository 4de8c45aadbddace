package form

import (
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Area is a field for a page of text, which wraps and scrolls.
type Area struct {
	text        textarea.Model
	placeholder string
}

// NewArea returns an empty field. placeholder is shown while it is empty.
func NewArea(placeholder string) *Area {
	t := textarea.New()
	t.Prompt, t.ShowLineNumbers, t.CharLimit, t.MaxHeight = "", false, 0, 0
	t.EndOfBufferCharacter = ' '
	t.Cursor.SetMode(cursor.CursorStatic)
	t.KeyMap.Paste = key.NewBinding() // the terminal pastes; no clipboard program is run
	t.FocusedStyle, t.BlurredStyle = textarea.Style{}, textarea.Style{}
	a := &Area{t, placeholder}
	a.text.Blur() // the style in use is a pointer into the model, which must not be copied after it
	return a
}

// Update edits the page.
func (a *Area) Update(msg tea.KeyMsg) { a.text, _ = a.text.Update(msg) }

// Value returns the text as typed.
func (a *Area) Value() string { return a.text.Value() }

// SetValue replaces the text and moves the cursor to its end.
func (a *Area) SetValue(value string) { a.text.SetValue(value) }

// Focus decides whether Update handles keys.
func (a *Area) Focus(on bool) {
	if on {
		a.text.Focus()
	} else {
		a.text.Blur()
	}
}

// SetSize sets the size in cells: at least 4 wide and 1 high.
func (a *Area) SetSize(w, h int) {
	a.text.SetWidth(max(w, 4))
	a.text.SetHeight(max(h, 1))
}

// View draws the page w cells wide and as high as SetSize has set.
func (a *Area) View(look theme.Look, w int, _ bool) []string {
	a.text.Cursor.Style = look.Caret
	a.text.FocusedStyle.Placeholder, a.text.BlurredStyle.Placeholder = look.Placeholder, look.Placeholder
	a.text.Placeholder = look.Aside(a.placeholder)
	lines := strings.Split(a.text.View(), "\n")
	for i, line := range lines {
		lines[i] = draw.Pad(draw.Clip(safe.Drawn(line), w), w)
	}
	return lines
}
