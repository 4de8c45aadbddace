package shell

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// TypingPause is how long nothing is typed before the backend is asked for what matches, so
// that a word makes one request.
const TypingPause = 120 * time.Millisecond

// Find is the text to find in a list. The list is narrowed while the text is typed.
type Find struct {
	IsTyped bool // the text is being typed now
	input   *form.Input
}

// NewFind returns a Find without a text.
func NewFind() Find { return Find{input: form.NewInput("", "")} }

// Text is the text to find, "" for none.
func (f *Find) Text() string { return strings.TrimSpace(f.input.Value()) }

// Set replaces the text.
func (f *Find) Set(text string) { f.input.SetValue(text) }

// Clear empties the text.
func (f *Find) Clear() { f.input.SetValue("") }

// Begin begins the typing of another text.
func (f *Find) Begin() tea.Cmd {
	f.IsTyped = true
	f.Clear()
	return nil
}

// Type takes a key of the text.
func (f *Find) Type(msg tea.KeyMsg) { f.input.Update(msg) }

// Scope is where keys are looked up while the text is typed, "" at other times.
func (f *Find) Scope() keymap.Scope {
	if f.IsTyped {
		return keymap.Find
	}
	return ""
}

// Actions lists what can be done while the text is typed. narrow is called when that ends.
func (f *Find) Actions(narrow func()) []Action {
	end := func() {
		f.IsTyped = false
		narrow()
	}
	return []Action{
		{ID: keymap.FindKeep, Do: func() tea.Cmd { end(); return nil }, Place: At(1)},
		{ID: keymap.FindClear, Do: func() tea.Cmd { f.Clear(); end(); return nil }, Place: At(2)},
	}
}

// Prompt is the text with its cursor, for the status line.
func (f *Find) Prompt(sh *Shell) Part {
	return Part{sh.Look.Muted, "/" + f.input.View(sh.Look, 40, true)[0]}
}

// Has reports whether a line has every word of the text to find, in upper or lower case.
func (f *Find) Has(line string) bool {
	line = strings.ToLower(line)
	for word := range strings.FieldsSeq(strings.ToLower(f.Text())) {
		if !strings.Contains(line, word) {
			return false
		}
	}
	return true
}

// Narrowed is what a list is narrowed by, and what is chosen in it.
type Narrowed struct {
	Base                 string // said while nothing is hidden, "" for nothing
	Shown, Total, Chosen int
	Find, Filter         string // "" for none
	Sorted               string // by what, "" for the usual order
}

// Text says it for the frame of the list: "1 of 5 · /push · only sms · 3 chosen".
func (n Narrowed) Text(sh *Shell) string {
	const most = 20 // cells of the text to find
	var parts []string
	switch {
	case n.Find != "" || n.Filter != "":
		parts = append(parts, fmt.Sprintf("%d of %d", n.Shown, n.Total))
	case n.Base != "":
		parts = append(parts, n.Base)
	}
	if n.Find != "" {
		parts = append(parts, "/"+draw.Cut(safe.Text(n.Find), most))
	}
	if n.Filter != "" {
		parts = append(parts, n.Filter)
	}
	if n.Sorted != "" {
		parts = append(parts, n.Sorted)
	}
	if n.Chosen > 0 {
		parts = append(parts, fmt.Sprintf("%d chosen", n.Chosen))
	}
	return strings.Join(parts, " "+sh.Look.Dot+" ")
}
