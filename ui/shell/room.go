package shell

// Room is how much room the window gives, from the least to the most.
type Room int

// How much room there may be.
const (
	TooSmall Room = iota // nothing is drawn but that
	Compact              // one column, no borders
	Normal               // a list in its borders; its detail is a page of its own
	Below                // the detail below the list
	Wide                 // the detail beside the list
	Timeline             // and the last messages under the list
	Vast                 // and the accounts at the left
)

// The bounds, in cells: the least width and height of each room. Below needs one of two.
const (
	MinWidth       = 40
	MinHeight      = 15
	normalWidth    = 70
	normalHeight   = 20
	belowWidth     = 100
	belowHeight    = 30
	wideWidth      = 120
	wideHeight     = 24
	timelineHeight = 36
	vastWidth      = 180
	vastHeight     = 48
)

// RoomOf tells the room of a window of w by h cells.
func RoomOf(w, h int) Room {
	switch {
	case w < MinWidth || h < MinHeight:
		return TooSmall
	case w < normalWidth || h < normalHeight:
		return Compact
	case w >= vastWidth && h >= vastHeight:
		return Vast
	case w >= wideWidth && h >= timelineHeight:
		return Timeline
	case w >= wideWidth && h >= wideHeight:
		return Wide
	case w >= belowWidth && h >= wideHeight || h >= belowHeight:
		return Below
	}
	return Normal
}
