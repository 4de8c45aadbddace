package ui

// Room is how much room there is.
type Room int

const (
	Normal Room = iota
	Compact
	Wide
	TooSmall
)

// The bounds of the classes, in cells.
const (
	minWidth, minHeight       = 40, 15
	normalWidth, normalHeight = 70, 20
	wideWidth, wideHeight     = 110, 24
)

func roomOf(w, h int) Room {
	switch {
	case w < minWidth || h < minHeight:
		return TooSmall
	case w < normalWidth || h < normalHeight:
		return Compact
	case w >= wideWidth && h >= wideHeight:
		return Wide
	}
	return Normal
}
