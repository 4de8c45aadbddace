package shell

import "github.com/account-settings/pinghome/ui/theme"

// What a person may choose while the console runs. Each takes effect at once, and lasts until the
// console ends.

// Theme is what the look is made of; false where it is fixed.
func (s *Shell) Theme() (theme.Options, bool) {
	if s.options.Theme == nil {
		return theme.Options{}, false
	}
	return *s.options.Theme, true
}

// HasMasks reports whether the private part of values is hidden from the beginning.
func (s *Shell) HasMasks() bool { return !s.hasNoMasks }

// SetMasks hides the private part of values, or shows all of them.
func (s *Shell) SetMasks(isOn bool) { s.hasNoMasks = !isOn }

// IsMoving reports whether rows flash and signs turn.
func (s *Shell) IsMoving() bool { return !s.options.NoMotion }

// SetMoving lets rows flash and signs turn, or not.
func (s *Shell) SetMoving(isOn bool) { s.options.NoMotion = !isOn }

// SetTimes shows points in time in another one of TimeStyles.
func (s *Shell) SetTimes(style string) {
	s.Times = style
	s.ReadClock()
}

// TimeStyle is the one in which points in time are shown.
func (s *Shell) TimeStyle() string {
	if s.Times == "" {
		return timesAgo
	}
	return s.Times
}
