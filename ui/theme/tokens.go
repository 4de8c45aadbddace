package theme

import "github.com/charmbracelet/lipgloss"

// scheme holds the colours of a theme. A missing one is the ground's own.
//
// Text has a contrast (WCAG 2.1) of at least 4.5 on every ground for which the scheme is
// used, high contrast one of 7. Border is decoration, of panes that are not active, and
// has less.
type scheme struct {
	muted, faint, border, dim, focus, frame, brand, ok, warn, err, info ink

	hues [4]ink // of the types of channels

	selected    lipgloss.TerminalColor // behind the row under the cursor; nil: the row is reversed
	paper, text lipgloss.CompleteColor // of the painted ground; none: it is the terminal's own
}

// ink is the colour of a text, and what is painted behind it, if anything.
type ink struct{ colour, on lipgloss.CompleteColor }

// of returns an ink as a true colour, as one of 256 and as one of 16. Those of 256 are
// chosen by hand, since the nearest one is wrong for some. An empty one is the ground's.
func of(hex, c256, c16 string) ink { return ink{colour: colour(hex, c256, c16)} }

func colour(hex, c256, c16 string) lipgloss.CompleteColor {
	return lipgloss.CompleteColor{TrueColor: hex, ANSI256: c256, ANSI: c16}
}

// With 16 colours few have a contrast that can be relied on: on white only red, blue
// and magenta, and no red is bright enough for every dark ground. There a problem brings
// its own background along.
var (
	alarm = ink{colour("", "", "15"), colour("", "", "1")}
	alert = ink{colour("", "", "0"), colour("", "", "3")}
)

// with16 adds what an ink is with 16 colours to what it is with more.
func with16(more, few ink) ink {
	more.colour.ANSI, more.on.ANSI = few.colour.ANSI, few.on.ANSI
	return more
}

// onDark is for dark grounds.
var onDark = scheme{
	muted:    of("#A3ACBA", "249", ""),
	faint:    of("#949EAE", "247", ""),
	border:   of("#4A5468", "240", "8"),
	dim:      of("#6B7588", "243", "8"),
	focus:    of("#7AB7FF", "111", "14"),
	frame:    of("#7AB7FF", "111", "14"),
	brand:    of("#C3A6FF", "147", "14"),
	ok:       of("#7BD88F", "114", "10"),
	warn:     of("#F2C14E", "221", "11"),
	err:      with16(of("#FF8A80", "210", ""), alarm),
	info:     of("#6FD3E3", "80", "6"),
	hues:     [4]ink{of("#9CC2FF", "117", "14"), of("#F0A6DA", "218", ""), of("#86D9C6", "115", ""), of("#E3BE8A", "180", "")},
	selected: colour("#24344F", "237", ""),
}

// onLight is for light grounds.
var onLight = scheme{
	muted:    of("#525A68", "240", ""),
	faint:    of("#616977", "241", ""),
	border:   of("#B4BBC6", "250", "7"),
	dim:      of("#7F8794", "244", "8"),
	focus:    of("#0B5FCC", "25", "4"),
	frame:    of("#0B5FCC", "25", "4"),
	brand:    of("#6B3FD4", "55", "4"),
	ok:       of("#166A35", "22", ""),
	warn:     with16(of("#7A4F00", "58", ""), alert),
	err:      of("#B3261E", "124", "1"),
	info:     of("#0B6370", "23", ""),
	hues:     [4]ink{of("#1B55A8", "25", "4"), of("#93277D", "90", ""), of("#0A6457", "23", ""), of("#76480A", "94", "")},
	selected: colour("#D6E6FF", "254", ""),
}

// onAny is for a ground that is not known. Between black and white there is room for
// one lightness with a contrast of 4.5 on both, and its colours all have that. Labels
// have the text's own.
var onAny = scheme{
	faint:  of("#767676", "243", ""),
	border: of("#767676", "243", "8"),
	dim:    of("#767676", "243", "8"),
	focus:  of("#2173DF", "63", ""),
	frame:  of("#2173DF", "63", "12"),
	brand:  of("#8A58E2", "98", ""),
	ok:     of("#0F8837", "29", ""),
	warn:   with16(of("#9B6D00", "131", ""), alert),
	err:    with16(of("#DF2F22", "163", ""), alarm),
	info:   of("#088199", "63", ""),
	hues:   [4]ink{of("#2173DF", "63", ""), of("#B04BC0", "98", ""), of("#08857A", "29", ""), of("#9B6D00", "131", "")},
}

// unpainted is the scheme for the terminal's own ground.
func unpainted(g Ground) scheme {
	switch g {
	case DarkGround:
		return onDark
	case LightGround:
		return onLight
	default:
		return onAny
	}
}

// dark and light paint their ground.
var (
	dark  = painted(onDark, colour("#E6E9EF", "255", "15"), colour("#11151C", "233", "0"))
	light = painted(onLight, colour("#1F2430", "235", "0"), colour("#FBFCFE", "231", "15"))
)

func painted(s scheme, text, paper lipgloss.CompleteColor) scheme {
	s.text, s.paper = text, paper
	return s
}

// highDark and highLight are the two kinds of high contrast: no grey, and problems on a
// background of their own.
var (
	highDark = scheme{
		border: of("#C0C0C0", "250", "7"),
		dim:    of("#9A9A9A", "247", "8"),
		focus:  of("#00FFFF", "51", "14"),
		frame:  of("#FFFF00", "226", "11"),
		brand:  of("#FFFFFF", "231", "15"),
		ok:     of("#00FF5F", "47", "10"),
		warn:   ink{colour("#000000", "16", "0"), colour("#FFFF00", "226", "11")},
		err:    ink{colour("#FFFFFF", "231", "15"), colour("#A80000", "88", "1")},
		info:   of("#00FFFF", "51", "14"),
		text:   colour("#FFFFFF", "231", "15"),
		paper:  colour("#000000", "16", "0"),
	}
	highLight = scheme{
		border: of("#505050", "239", "8"),
		dim:    of("#6A6A6A", "242", "8"),
		focus:  of("#0000B0", "18", "4"),
		frame:  of("#0000B0", "18", "4"),
		brand:  of("#000000", "16", "0"),
		ok:     of("#004D00", "22", ""),
		warn:   ink{colour("#000000", "16", "0"), colour("#FFFF00", "226", "11")},
		err:    ink{colour("#FFFFFF", "231", "15"), colour("#A80000", "88", "1")},
		info:   of("#0000B0", "18", "4"),
		text:   colour("#000000", "16", "0"),
		paper:  colour("#FFFFFF", "231", "15"),
	}
)
