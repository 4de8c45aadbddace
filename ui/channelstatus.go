package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/ui/safe"
)

func (c *channels) Status() (left, right string) {
	if len(c.shown) > 0 {
		right = fmt.Sprintf("%d/%d", c.list.at+1, len(c.shown))
	}
	var parts []string
	if c.finding {
		return "/" + c.find.View(c.d.Look, 40, true)[0], right
	}
	if n := len(c.chosen); n > 0 {
		parts = append(parts, fmt.Sprintf("%d chosen", n))
	}
	if words := filterWords(c.filter); words != "" {
		parts = append(parts, "types: "+words)
	}
	if text := c.find.Value(); text != "" {
		parts = append(parts, "find: "+text)
	}
	if hidden := len(c.d.channels) - len(c.shown); hidden > 0 && c.read {
		parts = append(parts, fmt.Sprintf("%d hidden", hidden))
	}
	if len(parts) == 0 {
		return c.failing(), right
	}
	return strings.Join(parts, " "+c.d.Dot+" "), right
}

// failing says in the provider's words why messages to the channel under the
// cursor do not arrive, or to which old value they go, or else which channels
// have that trouble.
func (c *channels) failing() string {
	d := c.d
	ch, _ := c.current()
	if ch.Failure != nil {
		return fmt.Sprintf("%s %s: %s", d.No, safe.Text(ch.Failure.Provider), safe.Text(ch.Failure.Status))
	}
	if isOldInForce(ch) {
		return "Until the new value is verified, messages go to " + d.masked(ch.Type, ch.ActiveValue)
	}
	var priorities []int
	for _, ch := range d.channels {
		if ch.Failure != nil {
			priorities = append(priorities, ch.Priority)
		}
	}
	if priorities == nil {
		return ""
	}
	return d.No + " Messages do not arrive: " + channelList(priorities)
}
