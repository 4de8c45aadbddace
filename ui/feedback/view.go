package feedback

import (
	"fmt"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// besideWidth is the width of a screen that has the list beside the area.
const besideWidth = 100

// places are where the parts of the screen are drawn, with their borders.
type places struct{ area, list, note shell.Spot }

// places divides the screen: the list under the area, or in a wide window beside it, with
// the feedback under the cursor below.
func (s *screen) places(w, h int) (p places) {
	switch {
	case s.shell.Room == shell.Compact:
		upper := h / 2
		return places{area: shell.Spot{W: w, H: upper}, list: shell.Spot{Y: upper, W: w, H: h - upper}}
	case w < besideWidth:
		upper := h * 45 / 100
		return places{area: shell.Spot{W: w, H: upper}, list: shell.Spot{Y: upper, W: w, H: h - upper}}
	}
	left := w / 2
	p = places{area: shell.Spot{W: left, H: h}, list: shell.Spot{X: left, W: w - left, H: h}}
	if len(s.shown) > 0 {
		p.list.H = min(len(s.shown)+2, h/2)
		p.note = shell.Spot{X: left, Y: p.list.H, W: w - left, H: h - p.list.H}
	}
	return p
}

// View draws the area and what was sent.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	p := s.places(w, h)
	if sh.Room == shell.Compact {
		s.area.SetSize(w, p.area.H)
		return append(draw.Fit(s.area.View(sh.Look, w, s.isWriting), w, p.area.H), s.history(w, p.list.H)...)
	}
	s.area.SetSize(p.area.W-4, p.area.H-2)
	var text []string
	for _, line := range s.area.View(sh.Look, p.area.W-4, s.isWriting) {
		text = append(text, " "+line)
	}
	lines := shell.Pane{Title: "New feedback", Right: s.goesTo(), Focused: s.isWriting, Movable: true}.Draw(&sh.Look, text, p.area.W, p.area.H)
	count := ""
	if s.isRead {
		count = fmt.Sprint(len(s.sent))
	}
	pane := shell.Pane{Title: "Earlier", Right: s.narrowed(count).Text(sh), Focused: !s.isWriting, Movable: true}
	list := pane.Draw(&sh.Look, s.history(p.list.W-2, p.list.H-2), p.list.W, p.list.H)
	if p.note.H > 0 {
		list = append(list, s.notePane(p.note.W, p.note.H)...)
	}
	if p.list.X == 0 {
		return append(lines, list...)
	}
	return draw.Beside(lines, list)
}

// notePane is the feedback under the cursor.
func (s *screen) notePane(w, h int) []string {
	sh, note := s.shell, s.shown[s.list.At]
	pane := shell.Pane{Title: "Of " + shell.Stamp(sh.Now, note.SentAt)}
	var lines []string
	for _, line := range shell.Wrapped(note.Text, w-4) {
		lines = append(lines, " "+sh.Look.Text.Render(line))
	}
	if len(lines) > h-2 {
		pane.Key, pane.Right = sh.Keys.Key(keymap.Open), "all of it"
	}
	return pane.Draw(&sh.Look, lines, w, h)
}

// goesTo says where feedback goes, "" where none can be sent.
func (s *screen) goesTo() string {
	if s.shell.Session.Lacks(backend.FeatureFeedback) != "" {
		return ""
	}
	goes, _ := s.destination()
	return goes
}

// Spots are the area and the list. A click on the area begins the writing; while
// something is written, the keys go there and the list has none.
func (s *screen) Spots(w, h int) []shell.Spot {
	if s.find.IsTyped {
		return nil
	}
	p := s.places(w, h)
	area := p.area
	if s.isWriting {
		area.Wheel = s.moveInArea
		return []shell.Spot{area}
	}
	area.Key = keymap.WriteFeedback
	switch {
	case s.whyNoNote() != "":
		return []shell.Spot{area}
	case s.shell.Room == shell.Compact:
		return []shell.Spot{area, s.list.Spot(0, p.list.Y, w, keymap.Open)}
	}
	return []shell.Spot{area, s.list.Spot(p.list.X+1, p.list.Y+1, p.list.W-2, keymap.Open)}
}

// moveInArea moves the cursor in the area by so many lines, up for a negative number.
func (s *screen) moveInArea(lines int) {
	if s.shell.Work.Busy(sendingFeedback) {
		return
	}
	key := tea.KeyMsg{Type: tea.KeyDown}
	if lines < 0 {
		key.Type, lines = tea.KeyUp, -lines
	}
	for range lines {
		s.area.Update(key)
	}
}

// history is the list of what was sent, or why there is none.
func (s *screen) history(w, h int) []string {
	sh := s.shell
	if why := sh.Session.Lacks(backend.FeatureFeedbackHistory); why != "" {
		lines := []string{""}
		for _, line := range draw.Wrap(safe.Text(why), w-4) {
			lines = append(lines, "  "+sh.Look.Muted.Render(line))
		}
		return draw.Fit(lines, w, h)
	}
	if !s.isRead {
		return draw.Fit(sh.Placeholders(readingFeedback, w), w, h)
	}
	if len(s.sent) == 0 {
		return draw.Fit([]string{"", sh.Look.Muted.Render("  No feedback yet " + sh.Look.Dot + " " + sh.Keys.Key(keymap.WriteFeedback) + " starts writing")}, w, h)
	}
	if len(s.shown) == 0 {
		return draw.Fit([]string{"", sh.Look.Muted.Render("  No feedback has '" + safe.Text(s.find.Text()) + "' " + sh.Look.Dot + " " + sh.Keys.Key(keymap.Back) + " shows all of it again")}, w, h)
	}
	lines := s.list.Rows(len(s.shown), h, func(i int, atCursor bool) string { return s.row(s.shown[i], atCursor && !s.isWriting, w) })
	return draw.Fit(lines, w, h)
}

func (s *screen) row(note backend.FeedbackNote, atCursor bool, w int) string {
	sh := s.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	when := draw.Pad(shell.Stamp(sh.Now, note.SentAt), len(time.DateTime))
	if sh.Room == shell.Compact {
		when = sh.Day(note.SentAt)
	}
	return look.Mark.Render(mark) + look.Muted.Render(" "+when+"  ") + look.Text.Render(draw.Pad(safe.Text(note.Text), w-4-draw.Width(when)-1))
}

// narrowed is by what the list is narrowed.
func (s *screen) narrowed(base string) shell.Narrowed {
	return shell.Narrowed{Base: base, Shown: len(s.shown), Total: len(s.sent), Find: s.find.Text()}
}

// Status is the text to find while that is typed, or else what became of the text in the
// area, and how long it is. In a compact window the list has no frame: the right side says
// by what it is narrowed.
func (s *screen) Status() (left shell.Part, right string) {
	sh, n := s.shell, utf8.RuneCountInString(s.area.Value())
	right = fmt.Sprintf("%d/%d", n, backend.MaxFeedback)
	if text := s.narrowed("").Text(sh); sh.Room == shell.Compact && !s.isWriting && text != "" {
		right = text
	}
	if s.find.IsTyped {
		return s.find.Prompt(sh), right
	}
	left = shell.Part{Style: sh.Look.Muted, Text: s.areaState(n)}
	_, fault := sh.Drafts.Kept(shell.FeedbackDraft)
	switch {
	case s.refusal != "":
		left.Style = sh.Look.Err
	case n > 0 && fault != "":
		left.Style = sh.Look.Warn
	case s.isWriting && sh.Connection.Offline && left.Text != "":
		left.Text += " " + sh.Look.Dot + " sending is off while offline"
	}
	return left, right
}

// areaState says what became of the n characters in the area.
func (s *screen) areaState(n int) string {
	sh := s.shell
	notice, isShown := sh.Notices.Current()
	switch {
	case isShown && notice.Stays(): // it is about this text and says enough
		return ""
	case sh.Work.Busy(sendingFeedback):
		return "Sending…"
	case s.refusal != "":
		return sh.Look.No + " " + safe.Text(s.refusal)
	case s.isWriting && n == 0 && s.discarded != "":
		return "Started over " + sh.Look.Dot + " " + sh.Keys.Key(keymap.ComposeReset) + " takes that back"
	case s.isWriting && s.isRestored:
		return "Your draft is back"
	case s.isWriting && n == 0 && sh.Room == shell.Compact:
		return shell.Capitalized(s.goesTo())
	case n > 0:
		return s.draftState()
	}
	return ""
}

// draftState says whether the text in the area is kept as a draft; "" before it was
// written the first time.
func (s *screen) draftState() string {
	sh := s.shell
	isKept, fault := sh.Drafts.Kept(shell.FeedbackDraft)
	switch {
	case fault != "":
		return sh.Look.Attention + " Not kept: " + safe.Text(fault)
	case !isKept:
		return ""
	case s.isWriting && !sh.Drafts.Outlast():
		return "Kept until you quit"
	case s.isWriting:
		return "Kept as a draft"
	case sh.Session.Lacks(backend.FeatureFeedback) != "":
		return "A draft is kept"
	}
	return "A draft is kept " + sh.Look.Dot + " " + sh.Keys.Key(keymap.WriteFeedback) + " goes on writing"
}
