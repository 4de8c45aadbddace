package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// overlay is a dialog over a screen. It carries its own action: whoever opens
// it need not know what comes of it.
type overlay interface {
	// Update takes a fact; most are not this dialog's.
	Update(fact tea.Msg) tea.Cmd
	// Key takes every key but those that always work.
	Key(msg tea.KeyMsg) tea.Cmd
	// Typing reports whether letters are letters now.
	Typing() bool
	// Scope is where the dialog's keys stand in the table, for the help.
	Scope() keymap.Scope
	// Card draws the dialog for w cells of text and at most h lines of it.
	Card(w, h int) card
}

// forgetter is a dialog that holds a secret. It is told to forget that when it is
// left without having been closed.
type forgetter interface{ Forget() }

// card is the picture of a dialog before it has its border.
type card struct {
	title, right string
	lines        []string
	keep         int // the line that must stay in sight when not all fit
	keys         []keymap.ID
	width        int // of the whole dialog; 0 for the usual
}

// The widest dialogs, in cells with their border.
const (
	dialogWidth = 64
	helpWidth   = 76
)

func (s *Shell) open(o overlay) { s.overlays = append(s.overlays, o) }

// closeTop takes the dialog away that has the keys. It is how a dialog closes
// itself that another one may hold inside: it does not know what was opened.
func (s *Shell) closeTop() {
	if n := len(s.overlays); n > 0 {
		s.overlays = s.overlays[: n-1 : n-1]
	}
}

// close takes a dialog away, wherever it lies; it is the one that was opened,
// not one inside of it.
func (s *Shell) close(o overlay) {
	for i, x := range s.overlays {
		if x == o {
			s.overlays = append(s.overlays[:i:i], s.overlays[i+1:]...)
			return
		}
	}
}

// top is the dialog that has the keys, nil when there is none.
func (s *Shell) top() overlay {
	if len(s.overlays) == 0 {
		return nil
	}
	return s.overlays[len(s.overlays)-1]
}

// layOverlays draws the dialogs over the screen, below which stand foot lines.
// In little room the topmost becomes a page of its own.
func (s *Shell) layOverlays(lines []string, w, h, foot int) []string {
	if s.Room == TooSmall || len(s.overlays) == 0 {
		return lines
	}
	if s.Room == Compact {
		return s.page(s.top(), w, h)
	}
	lines = draw.Fit(lines, w, h)
	for _, o := range s.overlays {
		lines = s.lay(o, lines, w, h, foot)
	}
	return lines
}

func (s *Shell) lay(o overlay, lines []string, w, h, foot int) []string {
	width := min(dialogWidth, w-4)
	switch o.Scope() {
	case keymap.Pick, keymap.Reading, keymap.Testing:
		width = min(helpWidth, w-4)
	}
	room := h - 4 - max(2, foot)
	c := o.Card(width-6, room)
	if c.width > 0 {
		width = min(c.width, width)
		c = o.Card(width-6, room)
	}
	text := window(c, room)
	for i, line := range text {
		text[i] = "  " + line
	}
	box := pane{title: safe.Text(c.title), right: c.right, focused: true, foot: strings.TrimSpace(s.hints(c.keys, width-6, nil))}
	picture := box.draw(&s.Look, append(append([]string{""}, text...), ""), width, len(text)+4)
	y := min((h-len(picture))/2, h-foot-len(picture)) // what is told stays in sight
	return draw.Over(lines, picture, (w-width)/2, max(0, y))
}

func (s *Shell) page(o overlay, w, h int) []string {
	var told []string
	if n, ok := s.Notices.current(); ok {
		told = s.noticeLines(n, w, compactNotice)
	}
	room := h - 3 - len(told)
	c := o.Card(w-1, room)
	out := []string{
		draw.Ends(s.Look.Strong.Render(safe.Text(c.title)), s.Look.Muted.Render(c.right), w),
		s.Look.Border.Render(strings.Repeat(s.Look.Across, w)),
	}
	for _, line := range draw.Fit(window(c, room), w-1, room) {
		out = append(out, " "+line)
	}
	return append(append(out, told...), s.hints(c.keys, w, nil))
}

// window is the part of the card's lines that fits, with the kept line in it.
func window(c card, h int) []string {
	if len(c.lines) <= h {
		return append([]string(nil), c.lines...)
	}
	from := min(max(0, c.keep-h/2), len(c.lines)-h)
	return append([]string(nil), c.lines[from:from+h]...)
}
