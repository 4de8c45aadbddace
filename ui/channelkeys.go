package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
)

func (c *channels) Off(id keymap.ID) string {
	switch id {
	case keymap.EditChannel, keymap.VerifyChannel, keymap.NewCode, keymap.TestChannel, keymap.SwitchChannel, keymap.DeleteChannel,
		keymap.GiveWord, keymap.NewSecret, keymap.Copy, keymap.Open, keymap.Choose, keymap.ChooseAll:
		if len(c.shown) == 0 {
			return c.whyEmpty()
		}
	case keymap.AddChannel:
		return c.whyNoMore()
	}
	return c.whyNot(id)
}

// whyNoMore says why no channel can be added, "" when one can, or when the
// limit is not known.
func (c *channels) whyNoMore() string {
	if !c.read {
		return c.whyEmpty()
	}
	if l, ok := c.limit(); ok && l.Value > 0 && len(c.d.channels) >= l.Value {
		return fmt.Sprintf("The plan has room for %s. %s deletes one.", count(l.Value, "channel"), c.d.keys.Key(keymap.DeleteChannel))
	}
	return ""
}

// limit is how many channels there may be; false where the profile does not say.
func (c *channels) limit() (backend.Limit, bool) {
	if p := c.d.profile; p != nil {
		for _, l := range p.Limits {
			if l.Key == backend.LimitChannels {
				return l, true
			}
		}
	}
	return backend.Limit{}, false
}

// whyNot says why an action cannot be done to the channel under the cursor.
func (c *channels) whyNot(id keymap.ID) string {
	ch, _ := c.current()
	verify := c.d.keys.Key(keymap.VerifyChannel)
	switch id {
	case keymap.VerifyChannel, keymap.NewCode:
		if ch.Verified {
			return fmt.Sprintf("Channel %d is verified: no code is needed.", ch.Priority)
		}
	case keymap.TestChannel:
		if len(c.chosen) == 0 && !ch.Verified {
			return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, then it can be tested.", ch.Priority, verify)
		}
	case keymap.SwitchChannel:
		if len(c.chosen) == 0 && !ch.Verified && !ch.Enabled {
			return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, which also switches it on.", ch.Priority, verify)
		}
	case keymap.TestAll:
		return c.whyNoTests()
	case keymap.GiveWord:
		return whyNoWord(c.d, ch)
	case keymap.NewSecret:
		if why := c.d.lacks(backend.FeatureDeliveries); why != "" {
			return why
		}
		if ch.Type != backend.TypeWebhook {
			return fmt.Sprintf("Channel %d is no webhook: only webhooks have a signing secret.", ch.Priority)
		}
	}
	return ""
}

// whyEmpty says why no channel is shown, and which key mends it.
func (c *channels) whyEmpty() string {
	if !c.read && c.err != nil {
		return fmt.Sprintf("The channels could not be read. %s tries again.", c.d.keys.Key(keymap.Refresh))
	}
	if !c.read {
		return c.d.unread("The channels have")
	}
	if len(c.d.channels) > 0 {
		return fmt.Sprintf("No channel is shown: %d are hidden. %s shows them again.", len(c.d.channels), c.d.keys.Key(keymap.Back))
	}
	return fmt.Sprintf("There is no channel yet. %s adds one.", c.d.keys.Key(keymap.AddChannel))
}

func (c *channels) Footer() []keymap.ID {
	if c.finding {
		return []keymap.ID{keymap.FindKeep, keymap.FindClear}
	}
	if !c.read && c.err != nil {
		return []keymap.ID{keymap.Refresh}
	}
	if c.read && len(c.d.channels) == 0 {
		return []keymap.ID{keymap.AddChannel}
	}
	ids := []keymap.ID{keymap.AddChannel, keymap.EditChannel, keymap.VerifyChannel, keymap.TestChannel, keymap.SwitchChannel,
		keymap.DeleteChannel, keymap.FindText, keymap.FilterTypes, keymap.TestAll, keymap.Choose, keymap.NewCode, keymap.NewSecret, keymap.Unmask}
	if ch, ok := c.current(); ok && ch.Verified && whyNoWord(c.d, ch) == "" {
		ids[2] = keymap.GiveWord // a verified one has no code to enter
	}
	if c.detail {
		return append([]keymap.ID{keymap.Back}, ids[1:6]...)
	}
	return ids
}

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
