package shell

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// Overlay is a dialog over a screen. It does by itself what it is for; its opener
// need not wait for it.
type Overlay interface {
	// Update handles a message. Every dialog gets every message; most are not its own.
	Update(msg tea.Msg) tea.Cmd
	// Key handles every key but those that always work.
	Key(msg tea.KeyMsg) tea.Cmd
	// Typing reports whether letters are letters now.
	Typing() bool
	// Scopes is where the dialog's keys stand in the table, for the help: first those
	// that work everywhere in it, then those of a part.
	Scopes() []keymap.Scope
	// Card draws the dialog for w cells of text and h lines of it; of more lines, those
	// around Card.Keep are in sight.
	Card(w, h int) Card
}

// forgetter is a dialog that holds a secret. Forget is called when the account is
// left while the dialog is open.
type forgetter interface{ Forget() }

// Card is what a dialog draws. The shell puts a border around it, or makes it a page
// in little room.
type Card struct {
	Title, Right string
	Lines        []string
	Keep         int // the line that must be in sight where not all fit
	Foot         int // how many of the last lines, such as one of buttons, are in sight then, too
	Keys         []keymap.ID
	Width        int             // of the dialog with its border, in cells; 0 for the usual
	Spots        []Spot          // among the lines
	Wheel        func(lines int) // of the whole dialog; nil: nothing moves
}

// The widths of dialogs with their border, in cells.
const (
	usualWidth = 64
	WideCard   = 76 // of lists and pages
)

// Open puts a dialog on top.
func (s *Shell) Open(o Overlay) { s.Overlays = append(s.Overlays, o) }

// closeTop closes the topmost dialog. A dialog that may be embedded in another one
// closes itself with it: it does not know what was opened.
func (s *Shell) closeTop() {
	if n := len(s.Overlays); n > 0 {
		s.Overlays = s.Overlays[: n-1 : n-1]
	}
}

// Close closes a dialog, wherever it lies. It must be the value that was opened, not
// one embedded in it.
func (s *Shell) Close(o Overlay) {
	for i, x := range s.Overlays {
		if x == o {
			s.Overlays = append(s.Overlays[:i:i], s.Overlays[i+1:]...)
			return
		}
	}
}

// dropTime is how long a key is awaited that was meant for a dialog which has closed.
const dropTime = 2 * time.Second

// DropNext drops the next key if it is this one and comes within dropTime: it was
// meant for the dialog that has just closed by itself.
func (s *Shell) DropNext(key string) { s.dropped, s.dropUntil = key, s.Now.Add(dropTime) }

// digitTime is for how long after a code, or after the last digit, digits are no keys.
const digitTime = 600 * time.Millisecond

// DropDigits drops the digits that follow within digitTime, and within that of one another:
// they are the rest of a code that nothing waits for, and not the keys of screens. So is a blank or
// a dash after one of them. Any other key ends it.
func (s *Shell) DropDigits() { s.digitsAt, s.isInDigits = s.Now.Add(digitTime), false }

// DropsDigit reports whether a key is such a digit.
func (s *Shell) DropsDigit(key string) bool {
	isDigit := len(key) == 1 && key[0] >= '0' && key[0] <= '9'
	isGap := s.isInDigits && (key == " " || key == "-")
	if !isDigit && !isGap || !s.Now.Before(s.digitsAt) {
		s.digitsAt, s.isInDigits = time.Time{}, false
		return false
	}
	s.digitsAt, s.isInDigits = s.Now.Add(digitTime), true
	return true
}

// ClearDrops drops nothing any more: something else than a key came next.
func (s *Shell) ClearDrops() { s.dropped, s.digitsAt = "", time.Time{} }

// Drops reports whether a key has to be dropped; see DropNext.
func (s *Shell) Drops(key string) bool {
	isDropped := s.dropped == key && s.Now.Before(s.dropUntil)
	s.dropped = ""
	return isDropped
}

// Top is the dialog that has the keys, nil when there is none.
func (s *Shell) Top() Overlay {
	if len(s.Overlays) == 0 {
		return nil
	}
	return s.Overlays[len(s.Overlays)-1]
}

// Behind is what dialogs are drawn over: a window of W by H cells.
type Behind struct {
	W, H, Foot int  // the lowest Foot lines stay in sight
	Row        Spot // the row under the cursor, which stays in sight, too; H is 0 for none
	List       Spot // the list that the row is of
}

// DrawOverlays draws the topmost dialog over the lines of a window, which are dimmed but for
// the row under the cursor. Those under it are not drawn: their keys would be read as keys
// that work. In little room the dialog is a page that covers everything.
func (s *Shell) DrawOverlays(lines []string, b Behind) []string {
	if s.Room == TooSmall || len(s.Overlays) == 0 {
		return lines
	}
	if s.Room == Compact {
		return s.page(s.Top(), b.W, b.H)
	}
	lines = draw.Fit(lines, b.W, b.H)
	row := ""
	if b.Row.H > 0 && b.Row.Y < len(lines) {
		row = draw.Part(lines[b.Row.Y], b.Row.X, b.Row.W)
	}
	for y := range b.H - b.Foot {
		lines[y] = s.Look.Dim.Render(draw.Plain(lines[y]))
	}
	if row != "" {
		at := s.place(s.Top(), b).rowAt
		lines = s.scrolled(lines, b, b.Row.Y-at)
		lines = draw.Over(lines, []string{row}, b.Row.X, at)
	}
	return s.lay(s.Top(), lines, b)
}

// scrolled is the dimmed lines with the list scrolled by so many lines, so that the row
// under the cursor gets to where the dialog leaves it in sight.
func (s *Shell) scrolled(lines []string, b Behind, by int) []string {
	if by == 0 {
		return lines
	}
	end := b.List.Y + b.List.H
	var rows []string
	for y := b.List.Y; y < end; y++ {
		text := strings.Repeat(" ", b.List.W)
		if y+by < end {
			text = draw.Part(draw.Plain(lines[y+by]), b.List.X, b.List.W)
		}
		rows = append(rows, s.Look.Dim.Render(text))
	}
	return draw.Over(lines, rows, b.List.X, b.List.Y)
}

// lay draws one dialog over lines.
func (s *Shell) lay(o Overlay, lines []string, b Behind) []string {
	d := s.place(o, b)
	text := make([]string, d.rows)
	for i, line := range d.window() {
		text[i] = "  " + line
	}
	pane := Pane{Title: safe.Text(d.card.Title), Right: d.right(s.Look.Dot), Focused: true, foot: strings.TrimSpace(s.Hints(d.card.Keys, d.w-6, nil))}
	return draw.Over(lines, pane.Draw(&s.Look, append(append([]string{""}, text...), ""), d.w, d.h), d.x, d.y)
}

// page draws a dialog as a page.
func (s *Shell) page(o Overlay, w, h int) []string {
	d := s.placePage(o, w, h)
	out := []string{
		draw.Ends(s.Look.Strong.Render(safe.Text(d.card.Title)), s.Look.Muted.Render(d.card.Right), w),
		s.ruleWith(d.more(), w),
	}
	for _, line := range draw.Fit(d.window(), w-1, d.rows) {
		out = append(out, " "+line)
	}
	return append(append(out, s.pageNotice(w)...), s.Hints(d.card.Keys, w, nil))
}

// ruleWith is the line under the title of a page, with a text at its right end.
func (s *Shell) ruleWith(text string, w int) string {
	if text == "" {
		return s.Look.Border.Render(strings.Repeat(s.Look.Across, w))
	}
	rest := max(0, w-draw.Width(text)-4)
	return s.Look.Border.Render(strings.Repeat(s.Look.Across, rest)) + s.Look.Muted.Render(" "+text+" ") + s.Look.Border.Render(strings.Repeat(s.Look.Across, 2))
}

// pageNotice is the notice between a page and its keys.
func (s *Shell) pageNotice(w int) []string {
	if n, ok := s.Notices.Current(); ok {
		return s.NoticeLines(n, w, CompactNoticeHeight)
	}
	return nil
}
