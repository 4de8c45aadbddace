package terminal

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/ui/cellwidth"
)

// painter brings the screen from one frame to the next, with as few bytes as the
// changed cells need. It is not safe for concurrent use.
//
// Ultraviolet has the styles of cells, and a renderer of its own. That one is
// not used: on random frames it left wide characters and scrolled lines where they do
// not belong, and did not come to an end on some.
type painter struct {
	out     io.Writer
	shown   frame
	lines   []string // of shown, as they were drawn
	was, is [][]cell // what stands on the screen, and what is to stand there
	looks   *looks   // of their cells
	update  update
}

// newPainter returns a painter for a screen of which nothing is known.
func newPainter(out io.Writer) *painter { return &painter{out: out} }

// forget makes the next frame a whole one: another program may have written.
func (p *painter) forget() { p.shown, p.is = frame{}, nil }

// paint shows a frame. It writes nothing where nothing has changed, and otherwise
// once.
func (p *painter) paint(f frame) error {
	if f == p.shown {
		return nil
	}
	p.update.start()
	if p.is == nil || f.width != p.shown.width || f.height != p.shown.height || p.looks.isFull() {
		p.begin(f.width, f.height)
	}
	p.shown = f
	lines := p.split(f)
	p.scroll(lines)
	for y, line := range lines {
		if line != p.lines[y] {
			p.lines[y] = line
			p.draw(y, line)
			p.update.change(y, p.was[y], p.is[y])
			copy(p.was[y], p.is[y])
		}
	}
	update := p.update.end()
	if len(update) == 0 {
		return nil
	}
	_, err := p.out.Write(update)
	return err
}

// begin clears the screen.
func (p *painter) begin(width, height int) {
	p.lines = make([]string, height)
	p.was, p.is = blank(width, height), blank(width, height)
	p.looks = newLooks()
	p.update.clear(width, p.looks)
}

func blank(width, height int) [][]cell {
	rows := make([][]cell, height)
	for y := range rows {
		rows[y] = slices.Repeat([]cell{empty}, width)
	}
	return rows
}

// split returns the lines of a frame, each with the style in which it begins. As in
// Bubble Tea, of a frame that is too high the end is shown.
func (p *painter) split(f frame) []string {
	lines := strings.Split(f.text, "\n")
	lines = lines[max(0, len(lines)-f.height):]
	style := ""
	for y, line := range lines {
		lines[y] = style + line
		style = styleAfter(lines[y])
	}
	for len(lines) < f.height {
		lines = append(lines, "")
	}
	return lines
}

// styleAfter returns the sequences of the style with which a line ends, in which the
// next one begins. It is empty for most lines.
func styleAfter(line string) string {
	resets := []string{"\x1b[m", "\x1b[0m"}
	last := line[max(0, strings.LastIndexByte(line, esc)):]
	if line == "" || last[0] != esc || strings.HasPrefix(last, resets[0]) || strings.HasPrefix(last, resets[1]) {
		return ""
	}
	for _, reset := range resets {
		if i := strings.LastIndex(line, reset); i >= 0 {
			line = line[i+len(reset):]
		}
	}
	var style strings.Builder
	for {
		_, rest, isFound := strings.Cut(line, "\x1b[")
		if !isFound {
			return style.String()
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' })
		if end >= 0 && rest[end] == 'm' {
			style.WriteString("\x1b[" + rest[:end+1])
		}
		line = rest
	}
}

// draw puts one line into the cells, by grapheme clusters. What does not fit is cut.
func (p *painter) draw(y int, line string) {
	row, x, look := p.is[y], 0, plainLook
	for len(line) > 0 && x < len(row) {
		if line[0] == esc {
			to, n := p.looks.read(look, line)
			look, line = to, line[n:]
			continue
		}
		content, width := firstCluster(line)
		line = line[len(content):]
		if width > len(row)-x {
			break
		}
		x += p.put(row[x:], cell{content, width, look})
	}
	for ; x < len(row); x++ {
		row[x] = empty
	}
}

// firstCluster returns what the first cell of a text shows, and its width. Most text is
// ASCII, of which a character stands alone unless one that is not follows it.
func firstCluster(text string) (cluster string, width int) {
	if c := text[0]; c >= ' ' && c < del && (len(text) == 1 || text[1] < utf8.RuneSelf) {
		return text[:1], 1
	}
	return cellwidth.First(text)
}

// put puts a cell at the start of a row, and returns how many columns it takes. The
// style of a blank is left out where it does not show.
func (p *painter) put(row []cell, c cell) int {
	if c.width < 1 {
		return 0
	}
	if c.content == " " && p.looks.isBlank[c.look] {
		c = empty
	}
	row[0] = c
	for i := 1; i < c.width; i++ {
		row[i] = cell{}
	}
	return c.width
}

// minScrolled is how many lines a scroll has to spare for it to be worth its bytes.
const minScrolled = 3

// scroll moves lines that are on the screen already, where the new frame has a block of
// them higher or lower by a few lines.
func (p *painter) scroll(lines []string) {
	top, bottom, by := scrolled(p.lines, lines)
	if by == 0 {
		return
	}
	p.update.scroll(top, bottom, by)
	width := len(p.was[0])
	move(p.lines[top:bottom], by, func() string { return "" })
	emptyRow := func() []cell { return blank(width, 1)[0] }
	move(p.was[top:bottom], by, emptyRow)
	move(p.is[top:bottom], by, emptyRow)
}

// move moves the elements of a block up by so many places, down for a negative number,
// and makes new ones for the places that are empty then.
func move[T any](block []T, by int, empty func() T) {
	if by > 0 {
		copy(block, block[by:])
		block = block[len(block)-by:]
	} else {
		copy(block[-by:], block)
		block = block[:-by]
	}
	for i := range block {
		block[i] = empty()
	}
}

// scrolled finds the block [top, bottom) of lines that has moved up by so many lines, or
// down for a negative number. Some lines in it may have changed besides, such as the one
// that is chosen. by is 0 where there is none.
func scrolled(was, is []string) (top, bottom, by int) {
	most := minScrolled - 1
	for shift := 1 - len(is); shift < len(is); shift++ {
		if shift == 0 {
			continue
		}
		first, last, spared := -1, -1, 0
		for y := range is {
			from := y + shift
			switch {
			case is[y] == was[y] || from < 0 || from >= len(was) || is[y] != was[from] || is[y] == "":
				continue
			case first < 0:
				first = y
			}
			last = y
			spared++
		}
		if spared <= most {
			continue
		}
		for y := first; y <= last; y++ {
			if is[y] == was[y] && is[y] != was[y+shift] {
				spared-- // it stands where it should, and would be moved away
			}
		}
		if spared > most {
			most, by = spared, shift
			top, bottom = min(first, first+shift), max(last, last+shift)+1
		}
	}
	return top, bottom, by
}
