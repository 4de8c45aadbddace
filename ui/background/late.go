package background

import (
	"regexp"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// patience is how long after the question an answer is still expected.
const patience = 10 * time.Second

// Late keeps an answer that came after the Limit, over a slow line, from being
// read as keys. Bubble Tea v1 knows no OSC and takes "ESC ] 11;rgb:…" for
// alt+], the letters and digits one by one, and alt+\.
type Late struct {
	until time.Time
	now   func() time.Time
	isIn  bool
}

// NewLate returns a filter for an answer that is still due.
func NewLate() *Late { return &Late{until: time.Now().Add(patience), now: time.Now} }

var lateRunes = regexp.MustCompile(`^(11;)?rgba?:[0-9a-fA-F/]+$|^11;?$`)

// Filter is for tea.WithFilter: it drops the parts of a late answer, and
// passes everything else. It is called from the program's loop only.
func (l *Late) Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	key, isKey := msg.(tea.KeyMsg)
	if !isKey || key.Paste || l.now().After(l.until) {
		return msg
	}
	switch s := key.String(); {
	case s == "alt+]":
		l.isIn = true
		return nil
	case !l.isIn:
		return msg
	case s == `alt+\` || key.Type == tea.KeyCtrlG: // the two ends of an OSC
		l.isIn, l.until = false, time.Time{}
		return nil
	case key.Type == tea.KeyRunes && lateRunes.MatchString(string(key.Runes)):
		return nil
	default:
		l.isIn = false
		return msg
	}
}
