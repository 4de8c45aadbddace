package channels

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// Status says what is chosen and why channels are hidden, or else why messages do not
// arrive.
func (s *screen) Status() (left, right string) {
	if len(s.shown) > 0 {
		right = fmt.Sprintf("%d/%d", s.list.At+1, len(s.shown))
	}
	if s.isFinding {
		return "/" + s.find.View(s.shell.Look, 40, true)[0], right
	}
	var parts []string
	if n := len(s.chosen); n > 0 {
		parts = append(parts, fmt.Sprintf("%d chosen", n))
	}
	if text := filterText(s.filter); text != "" {
		parts = append(parts, "types: "+text)
	}
	if text := s.find.Value(); text != "" {
		parts = append(parts, "find: "+text)
	}
	if hidden := len(s.shell.Session.Channels) - len(s.shown); hidden > 0 && s.isRead() {
		parts = append(parts, fmt.Sprintf("%d hidden", hidden))
	}
	if len(parts) == 0 {
		return s.problemText(), right
	}
	return strings.Join(parts, " "+s.shell.Look.Dot+" "), right
}

// problemText is about the channel under the cursor: what the provider answered when the
// last message failed, or to which old value messages go. Where that channel has
// nothing of the kind, it names all channels that fail and are not switched off.
func (s *screen) problemText() string {
	sh := s.shell
	ch, _ := s.current()
	if ch.Failing() {
		return fmt.Sprintf("%s %s: %s", sh.Look.No, safe.Text(ch.Failure.Provider), safe.Text(ch.Failure.Status))
	}
	if isOldInForce(ch) {
		return "Until the new value is verified, messages go to " + sh.Masked(ch.Type, ch.ActiveValue)
	}
	var failing []int
	for _, ch := range sh.Session.Channels {
		if ch.Failing() && ch.Status() != backend.StatusDisabled {
			failing = append(failing, ch.Priority)
		}
	}
	if failing == nil {
		return ""
	}
	return sh.Look.No + " Messages do not arrive: " + channelList(failing)
}
