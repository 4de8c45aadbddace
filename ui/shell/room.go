package shell

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
	MinWidth, MinHeight       = 40, 15
	normalWidth, normalHeight = 70, 20
	wideWidth, wideHeight     = 110, 24
)

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
