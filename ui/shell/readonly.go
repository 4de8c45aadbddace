package shell

// ReadOnlyReason says why nothing can be changed where a flag asks for that.
const ReadOnlyReason = "Opened for reading only: start without --read-only to change things."

// WhyReadOnly says why nothing can be changed, "" where it can.
func (s *Shell) WhyReadOnly() string {
	switch {
	case !s.ReadOnly:
		return ""
	case s.Session.WhyReadOnly != "":
		return s.Session.WhyReadOnly
	}
	return ReadOnlyReason
}
