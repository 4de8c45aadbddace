package terminal

import "io"

// Painter is the painter, for the tests that need the whole console.
type Painter struct{ *painter }

// NewPainter returns a painter.
func NewPainter(out io.Writer) Painter { return Painter{newPainter(out)} }

// Paint shows a view in a window of this size.
func (p Painter) Paint(view string, width, height int) error {
	return p.paint(frame{view, width, height})
}
