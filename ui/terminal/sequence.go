package terminal

import (
	"bytes"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
)

// scanEscape returns how many bytes belong to the esc at the start of the buffer,
// 0 where more may follow.
func (s *scanner) scanEscape(isOver bool) int {
	b := s.buf
	if len(b) == 1 {
		if !isOver {
			return 0
		}
		s.emit(tea.KeyMsg{Type: tea.KeyEsc})
		return 1
	}
	switch c := b[1]; {
	case c == '[':
		return s.scanCSI(0, isOver)
	case c == 'O':
		return s.scanSS3(0, isOver)
	case c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_':
		s.mode, s.opener, s.reply, s.opened = controlString, c, nil, s.at
		return 2
	case c == esc:
		return s.scanSecondEscape(isOver)
	case c == etx || isIntroducer(c): // esc was a key of its own; ctrl+c always works
		s.emit(tea.KeyMsg{Type: tea.KeyEsc})
		return 1
	}
	return s.scanAlt(isOver)
}

// scanSecondEscape is for two of them: alt and a key with a sequence of its own, as
// urxvt and the Terminal of macOS send it, or esc pressed twice.
func (s *scanner) scanSecondEscape(isOver bool) int {
	switch b := s.buf; {
	case len(b) == 2 && !isOver:
		return 0
	case len(b) > 2 && b[2] == '[':
		return s.scanCSI(1, isOver)
	case len(b) > 2 && b[2] == 'O':
		return s.scanSS3(1, isOver)
	}
	s.emit(tea.KeyMsg{Type: tea.KeyEsc})
	return 1
}

// scanAlt is for esc and a character, which is alt and that character.
func (s *scanner) scanAlt(isOver bool) int {
	switch c := s.buf[1]; {
	case c == ' ':
		s.emit(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: true})
		return 2
	case isControl(c):
		s.emit(tea.KeyMsg{Type: tea.KeyType(c), Alt: true})
		return 2
	case !isOver && !utf8.FullRune(s.buf[1:]):
		return 0
	}
	r, size := utf8.DecodeRune(s.buf[1:])
	s.emit(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: true})
	return 1 + size
}

// scanCSI finds the end of a control sequence: parameters and intermediate bytes,
// then one final byte. Any other byte breaks it off, and what was there means
// nothing. from is 1 where another esc came before.
func (s *scanner) scanCSI(from int, isOver bool) int {
	b := s.buf
	start := from + 2
	i := start
	for i < len(b) && b[i] >= 0x20 && b[i] <= 0x3f {
		i++
	}
	switch {
	case i == len(b) && !isOver:
		if i > 2*maxSequence { // it will be too long in any case
			s.buf = b[:2*maxSequence]
		}
		return 0
	case i == len(b) || b[i] < 0x40 || b[i] >= del:
		if i > start && b[i-1] == '$' { // urxvt's shift: "CSI 7 $" has no final byte
			s.sequence(b[from:i], from > 0)
		}
		return i
	case i == start && b[i] == '[': // the Linux console's F1 to F5: "CSI [ A"
		n := s.scanFixed(i+2, isOver)
		if n == i+2 && b[i+1] >= 'A' && b[i+1] <= 'E' {
			s.emit(tea.KeyMsg{Type: tea.KeyF1 - tea.KeyType(b[i+1]-'A'), Alt: from > 0})
		}
		return n
	case i == start && b[i] == 'M': // the mouse, from a mode that another program left on
		return s.scanFixed(i+4, isOver)
	}
	s.sequence(b[from:i+1], from > 0)
	return i + 1
}

// scanFixed is for a sequence of n bytes, whose last are any characters.
func (s *scanner) scanFixed(n int, isOver bool) int {
	for i, c := range s.buf[:min(n, len(s.buf))] {
		if i > 0 && isControl(c) {
			return i
		}
	}
	if len(s.buf) < n && !isOver {
		return 0
	}
	return min(n, len(s.buf))
}

// scanSS3 is for a key as "esc O", perhaps its modifiers in digits, and a character.
func (s *scanner) scanSS3(from int, isOver bool) int {
	b := s.buf
	i := from + 2
	for i < len(b) && (b[i] >= '0' && b[i] <= '9' || b[i] == ';') && i < maxSequence {
		i++
	}
	switch {
	case i == len(b) && !isOver:
		return 0
	case i == len(b) || b[i] <= ' ' || b[i] >= del:
		return i
	}
	s.sequence(b[from:i+1], from > 0)
	return i + 1
}

// sequence understands a complete sequence. isAlt: another esc came before it.
func (s *scanner) sequence(b []byte, isAlt bool) {
	if len(b) > maxSequence || isRelease(b) {
		return
	}
	_, event := s.decoder.Decode(b)
	switch e := event.(type) {
	case uv.KeyPressEvent:
		if key, isKey := keyOf(uv.Key(e)); isKey {
			key.Alt = key.Alt || isAlt
			s.emit(key)
		}
	case uv.PasteStartEvent:
		s.mode, s.paste = paste, nil
	case uv.FocusEvent:
		s.emit(tea.FocusMsg{})
	case uv.BlurEvent:
		s.emit(tea.BlurMsg{})
	case uv.KeyboardEnhancementsEvent:
		s.emit(protocolMsg{})
	case uv.DarkColorSchemeEvent, uv.LightColorSchemeEvent:
		s.emit(coloursMsg{})
	case uv.MouseEvent:
		s.emit(mouseOf(e))
	}
}

// isRelease recognises that a key was let go, in the kitty protocol: "CSI 3;1:3 ~".
func isRelease(b []byte) bool {
	return bytes.HasSuffix(b[:len(b)-1], []byte(":3")) && bytes.IndexByte(b, ';') > 0
}

// scanString swallows a control string up to its end, ST or, for OSC, BEL. Any other
// esc breaks it off. One that does not end is over when nothing has arrived for
// restLimit, and with the first byte that arrives alone, as a key does, once it is
// restLimit old or longer than maxReply. What a slow line brings in greater pieces is
// swallowed all the same.
func (s *scanner) scanString(isOver bool) int {
	for i, c := range s.buf {
		switch {
		case c == esc && i+1 < len(s.buf) && s.buf[i+1] == '\\':
			s.endString(s.buf[:i])
			return i + 2
		case c == esc && i+1 < len(s.buf), c == etx:
			s.mode = keys
			return i
		case c == esc:
			s.keepReply(s.buf[:i])
			if isOver {
				break
			}
			return i
		case c == can || c == sub:
			s.mode = keys
			return i + 1
		case c == bel && s.opener == ']', c == st && (i == 0 || s.buf[i-1] < utf8.RuneSelf):
			s.endString(s.buf[:i])
			return i + 1
		}
	}
	s.keepReply(s.buf)
	if isOver {
		s.mode, s.reply = keys, nil
	}
	return len(s.buf)
}

func (s *scanner) keepReply(b []byte) {
	s.reply = append(s.reply, b[:min(len(b), maxReply-len(s.reply))]...)
}

// endString ends a control string, and tells of it where it is a reply.
func (s *scanner) endString(rest []byte) {
	s.keepReply(rest)
	if s.opener == ']' {
		s.emit(replyMsg(s.reply))
	}
	s.mode, s.reply = keys, nil
}
