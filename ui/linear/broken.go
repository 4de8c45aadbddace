package linear

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/ui/cellwidth"
)

// widthOf measures the terminal that is printed to, in cells; 0 where it is none.
func widthOf(out io.Writer) func() int {
	f, isFile := out.(*os.File)
	if !isFile || !term.IsTerminal(f.Fd()) {
		return func() int { return 0 }
	}
	return func() int {
		width, _, err := term.GetSize(f.Fd())
		if err != nil {
			return 0
		}
		return width
	}
}

// broken is a text whose lines are broken at blanks, so that the terminal breaks none in the middle of a word: screen
// readers say each line of it for itself. What is left of a value stays with the word for its hidden part.
func broken(text string, width int) string {
	if width <= 0 {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = brokenLine(line, width)
	}
	return strings.Join(lines, "\n")
}

func brokenLine(line string, width int) string {
	if cellwidth.Of(line) < width {
		return line
	}
	var text strings.Builder
	at := 0
	for i, word := range strings.Split(strings.ReplaceAll(line, " hidden ", "\x00hidden\x00"), " ") {
		word = strings.ReplaceAll(word, "\x00", " ")
		cells := cellwidth.Of(word)
		switch {
		case i == 0:
		case word != "" && at+1+cells >= width:
			text.WriteByte('\n')
			at = 0
		default:
			text.WriteByte(' ')
			at++
		}
		text.WriteString(word)
		at += cells
	}
	return text.String()
}
