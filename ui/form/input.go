package form

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/rivo/uniseg"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Input is a field for one line of text. Package textinput edits it; the drawing
// is our own, since the text may come from others and has to be made safe.
type Input struct {
	text        textinput.Model
	placeholder func() string
	isSecret    bool                    // the text is not shown
	isForeign   func(value string) bool // a secret of another field, which is not shown either
}

// NewSecret returns an empty field for a text that is not shown, only how long it is.
func NewSecret() *Input {
	i := NewInput("", "")
	i.isSecret = true
	return i
}

// NewInput returns a field with this value and the cursor at its end. placeholder
// is shown while it is empty.
func NewInput(value, placeholder string) *Input {
	t := textinput.New()
	t.Cursor.SetMode(cursor.CursorStatic)
	t.KeyMap.Paste = key.NewBinding() // the terminal pastes; no clipboard program is run
	t.KeyMap.NextSuggestion, t.KeyMap.PrevSuggestion, t.KeyMap.AcceptSuggestion = key.NewBinding(), key.NewBinding(), key.NewBinding()
	t.SetValue(value)
	t.Focus()
	return &Input{text: t, placeholder: func() string { return placeholder }, isForeign: safe.HasToken}
}

// Hide hides values that do not belong into this field, such as a secret that was pasted
// into the wrong one. Until then that are those in which a token stands.
func (i *Input) Hide(isForeign func(value string) bool) *Input {
	i.isForeign = isForeign
	return i
}

// isHidden reports whether the text is not shown.
func (i *Input) isHidden() bool { return i.isSecret || i.isForeign(i.Value()) }

// Follow replaces the placeholder by one that depends on other fields.
func (i *Input) Follow(placeholder func() string) *Input {
	i.placeholder = placeholder
	return i
}

// Update edits the line.
func (i *Input) Update(msg tea.KeyMsg) { i.text, _ = i.text.Update(msg) }

// Value returns the text as typed.
func (i *Input) Value() string { return i.text.Value() }

// SetValue replaces the text and moves the cursor to its end.
func (i *Input) SetValue(value string) {
	i.text.SetValue(value)
	i.text.CursorEnd()
}

// View draws the part of the line around the cursor.
func (i *Input) View(look theme.Look, w int, focused bool) []string {
	if w < 2 {
		return []string{""}
	}
	value, at := i.text.Value(), i.text.Position()
	if i.isHidden() {
		value = strings.Repeat(look.Mask, utf8.RuneCountInString(value))
	}
	placeholder := look.Aside(i.placeholder())
	if !focused {
		if value == "" {
			return []string{look.Faint.Render(draw.Cut(placeholder, w))}
		}
		return []string{look.Text.Render(draw.Cut(safe.Text(value), w))}
	}
	runes := []rune(value)
	before, behind := safe.Text(string(runes[:at])), string(runes[at:])
	under := " "
	if behind != "" {
		cluster, rest, _, _ := uniseg.FirstGraphemeClusterInString(behind, -1)
		under, behind = safe.Text(cluster), safe.Text(rest)
	}
	room := w - draw.Width(under)
	if n := draw.Width(before); n > room {
		before = "…" + cutLeft(before, n-room+1)
	}
	behind = draw.Cut(behind, room-draw.Width(before))
	if value == "" {
		behind = ""
		if p := []rune(placeholder); len(p) > 0 {
			return []string{look.Caret.Reverse(true).Render(string(p[:1])) + look.Faint.Render(draw.Cut(string(p[1:]), w-1))}
		}
	}
	return []string{look.Text.Render(before) + look.Caret.Reverse(true).Render(under) + look.Text.Render(behind)}
}

// cutLeft cuts at least n cells off the front of a text without sequences.
func cutLeft(s string, n int) string {
	for n > 0 && s != "" {
		cluster, rest, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		if cluster == "" {
			break
		}
		s, n = rest, n-max(draw.Width(cluster), 1)
	}
	return strings.TrimLeft(s, "\u200d")
}
