package shell

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// overlay is a dialog over a screen. It carries its own action: whoever opens
// it need not know what comes of it.
type Overlay interface {
	// Update takes a fact; most are not this dialog's.
	Update(fact tea.Msg) tea.Cmd
	// Key takes every key but those that always work.
	Key(msg tea.KeyMsg) tea.Cmd
	// Typing reports whether letters are letters now.
	Typing() bool
	// Scope is where the dialog's keys stand in the table, for the help.
	Scope() keymap.Scope
	// Card draws the dialog for w cells of text and at most h lines of it.
	Card(w, h int) Card
}

// forgetter is a dialog that holds a secret. It is told to forget that when it is
// left without having been closed.
type forgetter interface{ Forget() }

// card is the picture of a dialog before it has its border.
type Card struct {
	Title, Right string
	Lines        []string
	Keep         int // the line that must stay in sight when not all fit
	Keys         []keymap.ID
	Width        int // of the whole dialog; 0 for the usual
}

// The widest dialogs, in cells with their border.
const (
	dialogWidth = 64
	helpWidth   = 76
)

func (s *Shell) Open(o Overlay) { s.Overlays = append(s.Overlays, o) }

// closeTop takes the dialog away that has the keys. It is how a dialog closes
// itself that another one may hold inside: it does not know what was opened.
func (s *Shell) closeTop() {
	if n := len(s.Overlays); n > 0 {
		s.Overlays = s.Overlays[: n-1 : n-1]
	}
}

// close takes a dialog away, wherever it lies; it is the one that was opened,
// not one inside of it.
func (s *Shell) Close(o Overlay) {
	for i, x := range s.Overlays {
		if x == o {
			s.Overlays = append(s.Overlays[:i:i], s.Overlays[i+1:]...)
			return
		}
	}
}

// top is the dialog that has the keys, nil when there is none.
func (s *Shell) Top() Overlay {
	if len(s.Overlays) == 0 {
		return nil
	}
	return s.Overlays[len(s.Overlays)-1]
}

// layOverlays draws the dialogs over the screen, below which stand foot lines.
// In little room the topmost becomes a page of its own.
func (s *Shell) DrawOverlays(lines []string, w, h, foot int) []string {
	if s.Room == TooSmall || len(s.Overlays) == 0 {
		return lines
	}
	if s.Room == Compact {
		return s.page(s.Top(), w, h)
	}
	lines = draw.Fit(lines, w, h)
	for _, o := range s.Overlays {
		lines = s.lay(o, lines, w, h, foot)
	}
	return lines
}

func (s *Shell) lay(o Overlay, lines []string, w, h, foot int) []string {
	width := min(dialogWidth, w-4)
	switch o.Scope() {
	case keymap.Pick, keymap.Reading, keymap.Testing:
		width = min(helpWidth, w-4)
	}
	room := h - 4 - max(2, foot)
	c := o.Card(width-6, room)
	if c.Width > 0 {
		width = min(c.Width, width)
		c = o.Card(width-6, room)
	}
	text := window(c, room)
	for i, line := range text {
		text[i] = "  " + line
	}
	box := Pane{Title: safe.Text(c.Title), Right: c.Right, Focused: true, foot: strings.TrimSpace(s.Hints(c.Keys, width-6, nil))}
	picture := box.Draw(&s.Look, append(append([]string{""}, text...), ""), width, len(text)+4)
	y := min((h-len(picture))/2, h-foot-len(picture)) // what is told stays in sight
	return draw.Over(lines, picture, (w-width)/2, max(0, y))
}

func (s *Shell) page(o Overlay, w, h int) []string {
	var told []string
	if n, ok := s.Notices.Current(); ok {
		told = s.NoticeLines(n, w, CompactNoticeHeight)
	}
	room := h - 3 - len(told)
	c := o.Card(w-1, room)
	out := []string{
		draw.Ends(s.Look.Strong.Render(safe.Text(c.Title)), s.Look.Muted.Render(c.Right), w),
		s.Look.Border.Render(strings.Repeat(s.Look.Across, w)),
	}
	for _, line := range draw.Fit(window(c, room), w-1, room) {
		out = append(out, " "+line)
	}
	return append(append(out, told...), s.Hints(c.Keys, w, nil))
}

// window is the part of the card's lines that fits, with the kept line in it.
func window(c Card, h int) []string {
	if len(c.Lines) <= h {
		return append([]string(nil), c.Lines...)
	}
	from := min(max(0, c.Keep-h/2), len(c.Lines)-h)
	return append([]string(nil), c.Lines[from:from+h]...)
}
