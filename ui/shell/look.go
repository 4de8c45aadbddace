package shell

import (
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Ground is the ground of a theme on a background of a terminal.
func Ground(s background.Shade) theme.Ground {
	switch s {
	case background.Dark:
		return theme.DarkGround
	case background.Light:
		return theme.LightGround
	default:
		return theme.UnknownGround
	}
}

// Draw makes the look anew, with what change changes of its theme. A console that was given a
// look alone keeps it.
func (s *Shell) Draw(change func(*theme.Options)) {
	if s.options.Theme == nil {
		return
	}
	next := *s.options.Theme
	change(&next)
	s.options.Theme = &next
	s.dress()
}

// dress makes of the look what is special about the place that is open: the frames where nothing
// can be changed there, and the label with its name.
func (s *Shell) dress() {
	made, look := theme.Options{Profile: termenv.Ascii}, s.options.Look
	if s.options.Theme != nil {
		made = *s.options.Theme
		look = theme.New(made)
	}
	s.Look = look
	if s.ReadOnly {
		s.Look.Frame, s.Look.Border = s.Look.ReadOnly, s.Look.ReadOnly
	}
	s.label = theme.Label(made, s.Session.Colour)
}

// Label is the name of the place that is open, in its colour and at most w cells; "" where it
// has none.
func (s *Shell) Label(w int) string {
	if s.Session.Colour == "" || s.Session.Context == "" || w < len(" x ") {
		return ""
	}
	return s.label.Render(" " + draw.Cut(safe.Text(s.Session.Context), w-2) + " ")
}
