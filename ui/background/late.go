package background

import (
	"regexp"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// lateLimit is how long after NewLate an answer is still expected.
const lateLimit = 10 * time.Second

// Late drops an answer that comes after the Limit, over a slow line, so that it
// is not read as keys. Bubble Tea v1 does not know OSC sequences and reads
// "ESC ] 11;rgb:… ESC \" as alt+], letters and digits, and alt+\.
type Late struct {
	until   time.Time // answers later than this are not dropped
	now     func() time.Time
	inReply bool // the start of an answer was dropped, and not its end
}

// NewLate returns a filter for an Answer that is pending.
func NewLate() *Late { return &Late{until: time.Now().Add(lateLimit), now: time.Now} }

var lateRunes = regexp.MustCompile(`^(11;)?rgba?:[0-9a-fA-F/]+$|^11;?$`)

// Filter is for tea.WithFilter: it drops the parts of a late answer, and returns
// everything else. It must not be called concurrently.
func (l *Late) Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	key, isKey := msg.(tea.KeyMsg)
	if !isKey || key.Paste || l.now().After(l.until) {
		return msg
	}
	switch s := key.String(); {
	case s == "alt+]":
		l.inReply = true
		return nil
	case !l.inReply:
		return msg
	case s == `alt+\` || key.Type == tea.KeyCtrlG: // the two ends of an OSC
		l.inReply, l.until = false, time.Time{}
		return nil
	case key.Type == tea.KeyRunes && lateRunes.MatchString(string(key.Runes)):
		return nil
	default:
		l.inReply = false
		return msg
	}
}
