package terminal

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A synchronized update is shown at once by terminals that know it (mode 2026); the
// others ignore these two.
const (
	beginUpdate = "\x1b[?2026h"
	endUpdate   = "\x1b[?2026l"
)

// update writes the sequences of one update, and knows where the cursor is and in which
// style it writes.
type update struct {
	bytes []byte
	x, y  int // of the cursor, -1 where it is not known
	looks *looks
	look  int // in looks
	width int
}

// start begins an update. Every update leaves the plain style and no link.
func (u *update) start() {
	u.bytes, u.x, u.y = append(u.bytes[:0], beginUpdate...), -1, -1
}

// end returns the update, empty where nothing was written. It is valid until the next
// start.
func (u *update) end() []byte {
	u.plain()
	if len(u.bytes) == len(beginUpdate) {
		return nil
	}
	u.bytes = append(u.bytes, endUpdate...)
	return u.bytes
}

// clear makes the whole screen blank, of which nothing is known.
func (u *update) clear(width int, looks *looks) {
	u.bytes = append(u.bytes, "\x1b[m\x1b[H\x1b[2J"...)
	u.x, u.y, u.width = 0, 0, width
	u.looks, u.look = looks, plainLook
}

// scroll moves the lines [top, bottom) up by so many lines, or down for a negative
// number. It uses what a VT100 has: margins, and a step across one of them.
func (u *update) scroll(top, bottom, by int) {
	u.plain()
	u.bytes = append(u.bytes, "\x1b["+strconv.Itoa(top+1)+";"+strconv.Itoa(bottom)+"r"...)
	u.x, u.y = -1, -1 // setting margins moves the cursor
	step := "\n"
	if by > 0 {
		u.moveTo(0, bottom-1)
	} else {
		u.moveTo(0, top)
		step, by = ansi.ReverseIndex, -by
	}
	for range by {
		u.bytes = append(u.bytes, step...)
	}
	u.bytes = append(u.bytes, "\x1b[r"...)
	u.x, u.y = -1, -1
}

// change brings line y from what it was to what it is. Where terminals disagree about
// the width of a character, it is not known what stands after it, and the rest of the line
// is written whole.
func (u *update) change(y int, was, is []cell) {
	if slices.Equal(was, is) {
		return
	}
	wasEnd, isEnd, sure := length(was), length(is), min(firstDoubtful(was), firstDoubtful(is))
	for sure < len(is) && is[sure].width == 0 {
		sure-- // not in the middle of a wide character
	}
	for x := 0; x < isEnd; x++ {
		if x == sure {
			u.erase(x, y)
		}
		if is[x].width == 0 || x < sure && was[x] == is[x] {
			continue
		}
		end := isEnd
		if x < sure {
			end = min(isEnd, sure)
		}
		if n := blanks(is[x:end]); n >= minErased {
			u.moveTo(x, y)
			u.plain()
			u.bytes = append(u.bytes, ansi.EraseCharacter(n)...)
			x += n - 1
			continue
		}
		u.rewriteGap(x, y, is)
		u.moveTo(x, y)
		u.put(is[x])
	}
	if wasEnd > isEnd || sure >= isEnd && sure < len(is) {
		u.erase(isEnd, y)
	}
}

// minErased is how many blanks in a row are better erased than written: erasing them, and
// moving over them, takes up to ten bytes.
const minErased = 12

// blanks returns how many blanks a line begins with.
func blanks(line []cell) (n int) {
	for n < len(line) && line[n] == empty {
		n++
	}
	return n
}

// firstDoubtful returns the column of the first doubtful character, or the length.
func firstDoubtful(line []cell) int {
	for x := range line {
		if isDoubtful(&line[x]) {
			return x
		}
	}
	return len(line)
}

// erase makes the line blank from column x on.
func (u *update) erase(x, y int) {
	u.moveTo(x, y)
	u.plain()
	u.bytes = append(u.bytes, ansi.EraseLineRight...)
}

// plain ends the style.
func (u *update) plain() { u.write(plainLook, "") }

// length returns how many columns a line takes without the blanks at its end.
func length(line []cell) int {
	n := len(line)
	for n > 0 && line[n-1] == empty {
		n--
	}
	return n
}

// maxRewritten is how many bytes the shortest movement of the cursor takes.
const maxRewritten = 4

// rewriteGap writes the unchanged cells between the cursor and x once more, where that
// takes no more bytes than moving over them.
func (u *update) rewriteGap(x, y int, line []cell) {
	if u.y != y || u.x < 0 || x-u.x > maxRewritten {
		return
	}
	n := 0
	for i := u.x; i < x; i++ {
		c := &line[i]
		if n += len(c.content); n > maxRewritten || c.width != 1 || isDoubtful(c) || !u.suits(c) {
			return
		}
	}
	for u.x < x {
		u.write(u.look, line[u.x].content)
		u.x++
	}
}

// suits reports that a cell looks the same in the style in which the update writes.
func (u *update) suits(c *cell) bool {
	return c.look == u.look || *c == empty && u.looks.isBlank[u.look]
}

// put writes a cell at the cursor. Where terminals disagree about the width of its
// character, and after the last column, it is not known where the cursor is then.
func (u *update) put(c cell) {
	if c == empty && u.looks.isBlank[u.look] {
		u.bytes = append(u.bytes, ' ')
	} else {
		u.write(c.look, c.content)
	}
	if u.x += c.width; u.x >= u.width || isDoubtful(&c) {
		u.x, u.y = -1, -1
	}
}

// isDoubtful recognises characters that not all terminals give the same width: joined
// ones, and emoji.
func isDoubtful(c *cell) bool {
	if len(c.content) < 2 {
		return false // ASCII
	}
	r, size := utf8.DecodeRuneInString(c.content)
	return size < len(c.content) || r >= 0x1f000 || c.width > 1 && r < 0x2e80
}

// write changes the style to the one that is wanted, and writes a text.
func (u *update) write(look int, text string) {
	if look != u.look {
		u.bytes, u.look = append(u.bytes, u.looks.change(u.look, look)...), look
	}
	u.bytes = append(u.bytes, text...)
}

// moveTo moves the cursor.
func (u *update) moveTo(x, y int) {
	switch {
	case u.x == x && u.y == y:
		return
	case u.y == y && x == 0:
		u.bytes = append(u.bytes, '\r')
	case u.y >= 0 && u.y+1 == y && x == 0:
		u.bytes = append(u.bytes, "\r\n"...)
	case u.y >= 0 && u.y+1 == y && u.x == x:
		u.bytes = append(u.bytes, "\x1b[B"...)
	case u.y == y && x > u.x && len(ansi.CursorForward(x-u.x)) <= len(ansi.CursorHorizontalAbsolute(x+1)):
		u.bytes = append(u.bytes, ansi.CursorForward(x-u.x)...)
	case u.y == y:
		u.bytes = append(u.bytes, ansi.CursorHorizontalAbsolute(x+1)...)
	default:
		u.bytes = append(u.bytes, ansi.CursorPosition(x+1, y+1)...)
	}
	u.x, u.y = x, y
}
