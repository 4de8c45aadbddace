package shell

// Room is how much room the window gives.
type Room int

// How much room there may be.
const (
	Normal   Room = iota // a list in its borders
	Compact              // one column, no borders
	Wide                 // a detail beside the list
	TooSmall             // nothing is drawn but that
)

// The bounds, in cells: below the first the window is too small, below the second
// compact, from the third on wide.
const (
	MinWidth     = 40
	MinHeight    = 15
	normalWidth  = 70
	normalHeight = 20
	wideWidth    = 110
	wideHeight   = 24
)

// RoomOf tells the room of a window of w by h cells.
func RoomOf(w, h int) Room {
	switch {
	case w < MinWidth || h < MinHeight:
		return TooSmall
	case w < normalWidth || h < normalHeight:
		return Compact
	case w >= wideWidth && h >= wideHeight:
		return Wide
	}
	return Normal
}
