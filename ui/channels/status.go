package channels

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/ui/safe"
)

func (c *screen) Status() (left, right string) {
	if len(c.shown) > 0 {
		right = fmt.Sprintf("%d/%d", c.list.At+1, len(c.shown))
	}
	var parts []string
	if c.finding {
		return "/" + c.find.View(c.shell.Look, 40, true)[0], right
	}
	if n := len(c.chosen); n > 0 {
		parts = append(parts, fmt.Sprintf("%d chosen", n))
	}
	if words := filterText(c.filter); words != "" {
		parts = append(parts, "types: "+words)
	}
	if text := c.find.Value(); text != "" {
		parts = append(parts, "find: "+text)
	}
	if hidden := len(c.shell.Session.Channels) - len(c.shown); hidden > 0 && c.read {
		parts = append(parts, fmt.Sprintf("%d hidden", hidden))
	}
	if len(parts) == 0 {
		return c.failing(), right
	}
	return strings.Join(parts, " "+c.shell.Look.Dot+" "), right
}

// failing says in the provider's words why messages to the channel under the
// cursor do not arrive, or to which old value they go, or else which channels
// have that trouble.
func (c *screen) failing() string {
	sh := c.shell
	ch, _ := c.current()
	if ch.Failure != nil {
		return fmt.Sprintf("%s %s: %s", sh.Look.No, safe.Text(ch.Failure.Provider), safe.Text(ch.Failure.Status))
	}
	if isOldInForce(ch) {
		return "Until the new value is verified, messages go to " + sh.Masked(ch.Type, ch.ActiveValue)
	}
	var priorities []int
	for _, ch := range sh.Session.Channels {
		if ch.Failure != nil {
			priorities = append(priorities, ch.Priority)
		}
	}
	if priorities == nil {
		return ""
	}
	return sh.Look.No + " Messages do not arrive: " + channelList(priorities)
}
