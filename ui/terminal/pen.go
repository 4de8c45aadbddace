package terminal

import (
	"strconv"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A synchronized update is shown at once by terminals that know it (mode 2026); the
// others ignore these two.
const (
	beginUpdate = "\x1b[?2026h"
	endUpdate   = "\x1b[?2026l"
)

// pen writes the sequences of one update, and knows where the cursor is and in which
// style it writes.
type pen struct {
	bytes []byte
	x, y  int // of the cursor, -1 where it is not known
	style uv.Style
	link  uv.Link
	width int
}

// start begins an update. Every update leaves the plain style and no link.
func (p *pen) start() {
	p.bytes, p.x, p.y = append(p.bytes[:0], beginUpdate...), -1, -1
}

// end returns the update, empty where nothing was written. It is valid until the next
// start.
func (p *pen) end() []byte {
	p.write(uv.Style{}, uv.Link{}, "")
	if len(p.bytes) == len(beginUpdate) {
		return nil
	}
	p.bytes = append(p.bytes, endUpdate...)
	return p.bytes
}

// clear makes the whole screen blank, of which nothing is known.
func (p *pen) clear(width int) {
	p.bytes = append(p.bytes, "\x1b[m\x1b[H\x1b[2J"...)
	p.x, p.y, p.width = 0, 0, width
	p.style, p.link = uv.Style{}, uv.Link{}
}

// scroll moves the lines [top, bottom) up by so many lines, or down for a negative
// number. It uses what a VT100 has: margins, and a step across one of them.
func (p *pen) scroll(top, bottom, by int) {
	p.write(uv.Style{}, uv.Link{}, "") // the lines that come in are plain
	p.bytes = append(p.bytes, "\x1b["+strconv.Itoa(top+1)+";"+strconv.Itoa(bottom)+"r"...)
	p.x, p.y = -1, -1 // setting margins moves the cursor
	step := "\n"
	if by > 0 {
		p.moveTo(0, bottom-1)
	} else {
		p.moveTo(0, top)
		step, by = ansi.ReverseIndex, -by
	}
	for range by {
		p.bytes = append(p.bytes, step...)
	}
	p.bytes = append(p.bytes, "\x1b[r"...)
	p.x, p.y = -1, -1
}

// change brings line y from what it was to what it is.
func (p *pen) change(y int, was, is []uv.Cell) {
	wasEnd, isEnd := length(was), length(is)
	for x := range isEnd {
		if is[x].Width == 0 || was[x].Equal(&is[x]) {
			continue
		}
		p.bridge(x, y, is)
		p.moveTo(x, y)
		p.put(is[x])
	}
	if wasEnd <= isEnd {
		return
	}
	p.moveTo(isEnd, y)
	p.write(uv.Style{}, uv.Link{}, "")
	p.bytes = append(p.bytes, ansi.EraseLineRight...)
}

// length returns how many columns a line takes without the blanks at its end.
func length(line []uv.Cell) int {
	n := len(line)
	for n > 0 && line[n-1].Equal(&uv.EmptyCell) {
		n--
	}
	return n
}

// maxBridge is how many bytes the shortest movement of the cursor takes.
const maxBridge = 4

// bridge writes the unchanged cells between the cursor and x once more, where that
// takes no more bytes than moving over them.
func (p *pen) bridge(x, y int, line []uv.Cell) {
	if p.y != y || p.x < 0 || x-p.x > maxBridge {
		return
	}
	n := 0
	for i := p.x; i < x; i++ {
		c := &line[i]
		if n += len(c.Content); n > maxBridge || c.Width != 1 || isDoubtful(c) || !p.suits(c) {
			return
		}
	}
	for p.x < x {
		p.write(p.style, p.link, line[p.x].Content)
		p.x++
	}
}

// suits reports that a cell looks the same in the style in which the pen writes.
func (p *pen) suits(c *uv.Cell) bool {
	return c.Style.Equal(&p.style) && c.Link.Equal(&p.link) || c.Equal(&uv.EmptyCell) && isBlank(p.style, p.link)
}

// isBlank reports that a blank in this style is not seen.
func isBlank(s uv.Style, l uv.Link) bool {
	return s.Bg == nil && s.Underline == 0 && s.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 && l.IsZero()
}

// put writes a cell at the cursor. Where terminals disagree about the width of its
// character, and after the last column, it is not known where the cursor is then.
func (p *pen) put(c uv.Cell) {
	p.write(c.Style, c.Link, c.Content)
	if p.x += c.Width; p.x >= p.width || isDoubtful(&c) {
		p.x, p.y = -1, -1
	}
}

// isDoubtful recognises characters that not all terminals give the same width: joined
// ones, and emoji.
func isDoubtful(c *uv.Cell) bool {
	r, size := utf8.DecodeRuneInString(c.Content)
	return size < len(c.Content) || r >= 0x1f000 || c.Width > 1 && r < 0x2e80
}

// write changes the style to the one that is wanted, and writes a text.
func (p *pen) write(style uv.Style, link uv.Link, text string) {
	if !style.Equal(&p.style) {
		change := style.Diff(&p.style)
		switch reset := ansi.ResetStyle + style.String(); {
		case style.IsZero():
			change = ansi.ResetStyle
		case len(reset) < len(change):
			change = reset
		}
		p.bytes, p.style = append(p.bytes, change...), style
	}
	if !link.Equal(&p.link) {
		p.bytes, p.link = append(p.bytes, ansi.SetHyperlink(link.URL, link.Params)...), link
	}
	p.bytes = append(p.bytes, text...)
}

// moveTo moves the cursor.
func (p *pen) moveTo(x, y int) {
	switch {
	case p.x == x && p.y == y:
		return
	case p.y == y && x == 0:
		p.bytes = append(p.bytes, '\r')
	case p.y >= 0 && p.y+1 == y && x == 0:
		p.bytes = append(p.bytes, "\r\n"...)
	case p.y >= 0 && p.y+1 == y && p.x == x:
		p.bytes = append(p.bytes, "\x1b[B"...)
	case p.y == y && x > p.x && len(ansi.CursorForward(x-p.x)) <= len(ansi.CursorHorizontalAbsolute(x+1)):
		p.bytes = append(p.bytes, ansi.CursorForward(x-p.x)...)
	case p.y == y:
		p.bytes = append(p.bytes, ansi.CursorHorizontalAbsolute(x+1)...)
	default:
		p.bytes = append(p.bytes, ansi.CursorPosition(x+1, y+1)...)
	}
	p.x, p.y = x, y
}
