package shell

// Room is how much room the window gives.
type Room int

const (
	Normal   Room = iota
	Compact       // one column, no borders
	Wide          // a detail beside the list
	TooSmall      // nothing is drawn but that
)

// The bounds, in cells: below the first the window is too small, below the second
// compact, from the third on wide.
const (
	MinWidth, MinHeight       = 40, 15
	normalWidth, normalHeight = 70, 20
	wideWidth, wideHeight     = 110, 24
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
