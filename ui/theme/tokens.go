package theme

import "github.com/charmbracelet/lipgloss"

// tokens are the colours of a theme, each as a true colour, as one of 256 and as
// one of 16. Those of 256 are chosen by hand, since the nearest one is wrong for
// some. Text has a contrast (WCAG 2.x) of at least 4.5 on common backgrounds,
// everything else of at least 3.
type tokens struct {
	text, muted, faint, border, focus, brand, ok, warn, err, info lipgloss.CompleteColor
	selected                                                      lipgloss.TerminalColor
	danger, primary                                               buttonColour
}

type buttonColour struct{ text, back lipgloss.CompleteColor }

func colour(hex, c256, c16 string) lipgloss.CompleteColor {
	return lipgloss.CompleteColor{TrueColor: hex, ANSI256: c256, ANSI: c16}
}

// An empty colour of the 16 is the terminal's default colour.
var darkTokens = tokens{
	text:     colour("#E6E9EF", "255", ""),
	muted:    colour("#9AA3B2", "248", ""),
	faint:    colour("#7C8798", "245", "8"),
	border:   colour("#667085", "243", "8"),
	focus:    colour("#7AB7FF", "111", "12"),
	brand:    colour("#C3A6FF", "147", "13"),
	ok:       colour("#7BD88F", "114", "10"),
	warn:     colour("#F2C14E", "221", "11"),
	err:      colour("#FF8A80", "210", "9"),
	info:     colour("#6FD3E3", "80", "14"),
	selected: colour("#24344F", "237", ""),
	danger:   buttonColour{colour("#1A0B0A", "232", ""), colour("#FF8A80", "210", "9")},
	primary:  buttonColour{colour("#0B1220", "233", ""), colour("#7AB7FF", "111", "12")},
}

var lightTokens = tokens{
	text:     colour("#1F2430", "235", ""),
	muted:    colour("#525A68", "240", ""),
	faint:    colour("#687080", "242", "8"),
	border:   colour("#868E9C", "245", "7"),
	focus:    colour("#0B5FCC", "26", "4"),
	brand:    colour("#6B3FD4", "62", "5"),
	ok:       colour("#166A35", "22", "2"),
	warn:     colour("#7A4F00", "94", "3"),
	err:      colour("#B3261E", "124", "1"),
	info:     colour("#0B6370", "23", "6"),
	selected: colour("#D6E6FF", "189", ""),
	danger:   buttonColour{colour("#FFFFFF", "231", ""), colour("#B3261E", "124", "1")},
	primary:  buttonColour{colour("#FFFFFF", "231", ""), colour("#0B5FCC", "26", "4")},
}
