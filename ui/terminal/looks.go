package terminal

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// cell is what stands in one column.
type cell struct {
	content string // a grapheme cluster; "" in the columns of a wide one after its first
	width   int    // in columns; 0 after the first
	look    int    // its number in looks
}

// empty is a cell with nothing in it.
var empty = cell{" ", 1, plainLook}

// look is how a cell looks besides its content.
type look struct {
	style uv.Style
	link  uv.Link
}

// plainLook is the number of the look without style and link.
const plainLook = 0

// mostLooks is how many looks are numbered. A console has some dozens; each link is one,
// too.
const mostLooks = 4096

// looks numbers the looks that a terminal was told. Cells are compared by their numbers,
// and a sequence that came before is neither parsed nor composed again.
type looks struct {
	list    []look // by number
	isBlank []bool // by number: a blank in it is not seen
	numbers map[look]int
	after   map[step]int      // the look that a sequence leads to
	changes map[[2]int]string // from one look to another
}

// step is a sequence that comes while a look is in use.
type step struct {
	from     int
	sequence string
}

func newLooks() *looks {
	l := &looks{numbers: map[look]int{}, after: map[step]int{}, changes: map[[2]int]string{}}
	l.number(look{})
	return l
}

func (l *looks) isFull() bool { return len(l.list) >= mostLooks }

// number returns the number of a look, a new one where it has none.
func (l *looks) number(of look) int {
	n, isKnown := l.numbers[of]
	if !isKnown {
		n = len(l.list)
		l.list = append(l.list, of)
		s := of.style
		l.isBlank = append(l.isBlank, s.Bg == nil && s.Underline == 0 && s.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 && of.link.IsZero())
		l.numbers[of] = n
	}
	return n
}

// read returns the look after the sequence at the start of a text, and how long that is.
func (l *looks) read(from int, text string) (to, length int) {
	if n := lengthCSI(text); n > 0 {
		if to, isKnown := l.after[step{from, text[:n]}]; isKnown {
			return to, n
		}
	}
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	sequence, _, n, _ := ansi.DecodeSequence(text, ansi.NormalState, parser)
	is := l.list[from]
	switch {
	case ansi.HasCsiPrefix(sequence) && parser.Command() == 'm':
		uv.ReadStyle(parser.Params(), &is.style)
	case ansi.HasOscPrefix(sequence) && parser.Command() == 8:
		uv.ReadLink(parser.Data(), &is.link)
	}
	to = l.number(is)
	if ansi.HasCsiPrefix(sequence) {
		l.after[step{from, strings.Clone(sequence)}] = to // not the frame that it is a part of
	}
	return to, n
}

// lengthCSI returns the length of the control sequence (ECMA-48, 5.4) at the start of a
// text, 0 where there is none or its end is missing.
func lengthCSI(text string) int {
	if len(text) < 3 || text[1] != '[' {
		return 0
	}
	for i := 2; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '@' && c <= '~':
			return i + 1
		case c < ' ' || c > '?':
			return 0
		}
	}
	return 0
}

// change returns the sequences that lead from one look to another, as few bytes as that
// takes.
func (l *looks) change(from, to int) string {
	change, isKnown := l.changes[[2]int{from, to}]
	if isKnown {
		return change
	}
	was, is := l.list[from], l.list[to]
	if !is.style.Equal(&was.style) {
		change = is.style.Diff(&was.style)
		switch reset := ansi.ResetStyle + is.style.String(); {
		case is.style.IsZero():
			change = ansi.ResetStyle
		case len(reset) < len(change):
			change = reset
		}
	}
	if !is.link.Equal(&was.link) {
		change += ansi.SetHyperlink(is.link.URL, is.link.Params)
	}
	l.changes[[2]int{from, to}] = change
	return change
}
