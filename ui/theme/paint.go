package theme

import "strings"

const reset = "\x1b[0m"

// setPaper sets the sequence of the painted ground, "" for none.
func (l *Look) setPaper(paper string) {
	if l.paper = paper; paper != "" {
		l.paint = strings.NewReplacer(reset, reset+paper, "\x1b[m", reset+paper, "\n", reset+"\n"+paper)
	}
}

// Painted gives a whole screen the ground and the text colour of the theme. Themes
// without a ground of their own leave the screen as it is.
func (l *Look) Painted(screen string) string {
	if l.paper == "" {
		return screen
	}
	return l.paper + l.paint.Replace(screen) + reset
}
