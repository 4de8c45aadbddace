package shell

import (
	"github.com/account-settings/pinghome/ui/background"
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
	s.options.Theme, s.Look = &next, theme.New(next)
}
