package terminal

import (
	"bytes"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
)

const (
	// escLimit is how long the rest of a sequence may take after a lone esc. It is
	// longer than what tmux and most multiplexers add, and too short to be felt.
	escLimit = 50 * time.Millisecond
	// restLimit is how long the rest of anything else may take: of a sequence, a
	// character, a control string or a paste. Over a slow line one read may end
	// anywhere, and the next packet is rarely later.
	restLimit = 500 * time.Millisecond
	// maxSequence is the length in bytes from which on a sequence is no key. The
	// longest that a terminal sends is below half of it.
	maxSequence = 64
	// maxReply is how much of a control string is kept, in bytes. The replies that
	// are understood are below 100.
	maxReply = 4 << 10
	// maxPaste is how much of one paste is kept, in bytes. No field takes so much,
	// and says so.
	maxPaste = 1 << 20
)

const (
	etx = 0x03 // ctrl+c
	bel = 0x07
	can = 0x18
	sub = 0x1a
	esc = 0x1b
	del = 0x7f
	st  = 0x9c // the end of a control string, as one byte
)

var pasteEnd = []byte("\x1b[201~")

// scanner makes messages for Bubble Tea of the bytes that a terminal sends. It
// waits for the rest of what a read has cut, for a limited time, and never takes
// for keys what is no key: replies to queries, parts of sequences, invalid UTF-8.
//
// The structure of what arrives is ECMA-48's: control sequences (5.4), control
// strings (5.6), SS3 for one key (xterm's ctlseqs). What a complete sequence means
// is Ultraviolet's to say.
type scanner struct {
	mode  mode
	buf   []byte // what arrived and is not understood yet: the start of something
	last  byte   // the last byte that arrived
	at    time.Time
	paste []byte // in a paste: its text so far

	opener byte      // in a control string: the byte after its esc
	opened time.Time // when it began
	reply  []byte    // its text so far

	owed int // bytes of a character that were awaited in vain

	decoder uv.EventDecoder
	out     []tea.Msg
}

// mode is what the next bytes belong to.
type mode int

const (
	keys mode = iota
	paste
	controlString
)

// feed takes bytes that arrived now, and returns what they complete.
func (s *scanner) feed(b []byte, now time.Time) []tea.Msg {
	if len(b) == 0 {
		return nil
	}
	s.buf, s.last, s.at = append(s.buf, b...), b[len(b)-1], now
	isOld := now.Sub(s.opened) >= restLimit || len(s.reply) >= maxReply
	if s.mode == controlString && len(s.buf) == 1 && isOld && b[0] != esc {
		s.mode, s.reply = keys, nil
	}
	return s.scan(false)
}

// deadline returns when what has begun counts as over. ok is false where nothing
// has begun.
func (s *scanner) deadline() (at time.Time, ok bool) {
	switch {
	case s.mode == keys && len(s.buf) == 0:
		return time.Time{}, false
	case s.mode == keys && (onlyEsc(s.buf) || s.last == '$'):
		return s.at.Add(escLimit), true
	}
	return s.at.Add(restLimit), true
}

// onlyEsc reports that b is one esc, or two.
func onlyEsc(b []byte) bool {
	return len(bytes.TrimLeft(b, "\x1b")) == 0
}

// expire is to be called at the deadline, when nothing more has arrived. It returns
// what had begun, where that is something without its rest.
func (s *scanner) expire() []tea.Msg { return s.scan(true) }

// scan makes messages of the buffer. isOver: nothing more comes that belongs to it.
func (s *scanner) scan(isOver bool) []tea.Msg {
	for len(s.buf) > 0 || isOver && s.mode != keys {
		n, before := 0, s.mode
		switch before {
		case paste:
			n = s.scanPaste(isOver)
		case controlString:
			n = s.scanString(isOver)
		case keys:
			n = s.scanKey(isOver)
		}
		s.buf = s.buf[n:]
		if n == 0 && s.mode == before && !isOver {
			break // more is awaited
		}
	}
	if len(s.buf) == 0 {
		s.buf = s.buf[:0:cap(s.buf)]
	}
	out := s.out
	s.out = nil
	return out
}

// scanKey returns how many bytes the first key takes, 0 where its rest is awaited.
func (s *scanner) scanKey(isOver bool) int {
	c := s.buf[0]
	if s.owed > 0 && c&0xc0 == 0x80 { // the rest of a character, too late
		s.owed--
		s.emit(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{utf8.RuneError}})
		return 1
	}
	s.owed = 0
	switch {
	case c == esc:
		return s.scanEscape(isOver)
	case isIntroducer(c): // the same as esc and a character (ECMA-48, 5.3)
		s.buf = append([]byte{esc, c - 0x40}, s.buf[1:]...)
		return s.scanEscape(isOver)
	case c == ' ':
		s.emit(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
		return 1
	case isControl(c):
		s.emit(tea.KeyMsg{Type: tea.KeyType(c)}) // Bubble Tea's control keys are their bytes
		return 1
	}
	return s.scanText(isOver)
}

func isControl(c byte) bool { return c < ' ' || c == del }

// isIntroducer recognises SS3, DCS, SOS, CSI, OSC, PM and APC as one byte. No
// character of UTF-8 begins with one.
func isIntroducer(c byte) bool {
	switch c {
	case 0x8f, 0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f:
		return true
	}
	return false
}

// scanText returns the characters that arrived together as one message, as Bubble
// Tea does. A byte that belongs to no character becomes U+FFFD.
func (s *scanner) scanText(isOver bool) int {
	var text []rune
	n := 0
	for n < len(s.buf) && s.buf[n] != ' ' && !isControl(s.buf[n]) && !isIntroducer(s.buf[n]) {
		if !utf8.FullRune(s.buf[n:]) {
			if !isOver {
				break
			}
			s.owed = utf8.UTFMax - len(s.buf[n:])
		}
		r, size := utf8.DecodeRune(s.buf[n:])
		text = append(text, r)
		n += size
	}
	if len(text) > 0 {
		s.emit(tea.KeyMsg{Type: tea.KeyRunes, Runes: text})
	}
	return n
}

// scanPaste collects the text of a paste up to its end. An end that does not come
// was lost on the way, and ctrl+c may have been pressed since.
func (s *scanner) scanPaste(isOver bool) int {
	if i := bytes.Index(s.buf, pasteEnd); i >= 0 {
		s.keepPaste(s.buf[:i])
		s.endPaste()
		return i + len(pasteEnd)
	}
	n := len(s.buf) - endsWithStartOf(s.buf, pasteEnd)
	if isOver {
		n = len(s.buf)
	}
	s.keepPaste(s.buf[:n])
	if isOver {
		isStopped := s.last == etx
		if isStopped {
			s.paste = bytes.TrimSuffix(s.paste, []byte{etx})
		}
		s.endPaste()
		if isStopped {
			s.emit(tea.KeyMsg{Type: tea.KeyCtrlC})
		}
	}
	return n
}

func (s *scanner) keepPaste(b []byte) {
	s.paste = append(s.paste, b[:min(len(b), maxPaste-len(s.paste))]...)
}

func (s *scanner) endPaste() {
	if len(s.paste) > 0 {
		s.emit(tea.KeyMsg{Type: tea.KeyRunes, Runes: bytes.Runes(s.paste), Paste: true})
	}
	s.mode, s.paste = keys, nil
}

// endsWithStartOf returns how many bytes at the end of b may be the start of what.
func endsWithStartOf(b, what []byte) int {
	for n := min(len(b), len(what)-1); n > 0; n-- {
		if bytes.HasSuffix(b, what[:n]) {
			return n
		}
	}
	return 0
}

func (s *scanner) emit(msg tea.Msg) { s.out = append(s.out, msg) }
