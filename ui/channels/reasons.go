package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// The reasons why something cannot be done now, each with the key that mends it.

// whyNoMore says why no channel can be added, "" when one can, or when the
// limit is not known.
func (c *screen) whyNoMore() string {
	if !c.read {
		return c.whyEmpty()
	}
	if l, ok := c.limit(); ok && l.Value > 0 && len(c.shell.Session.Channels) >= l.Value {
		return fmt.Sprintf("The plan has room for %s. %s deletes one.", shell.Count(l.Value, "channel"), c.shell.Keys.Key(keymap.DeleteChannel))
	}
	return ""
}

// limit is how many channels there may be; false where the profile does not say.
func (c *screen) limit() (backend.Limit, bool) {
	if p := c.shell.Session.Profile; p != nil {
		for _, l := range p.Limits {
			if l.Key == backend.LimitChannels {
				return l, true
			}
		}
	}
	return backend.Limit{}, false
}

// whyEmpty says why no channel is shown and which key mends it, "" when some are.
func (c *screen) whyEmpty() string {
	if len(c.shown) > 0 {
		return ""
	}
	if !c.read && c.err != nil {
		return fmt.Sprintf("The channels could not be read. %s tries again.", c.shell.Keys.Key(keymap.Refresh))
	}
	if !c.read {
		return c.shell.Unread("The channels have")
	}
	if len(c.shell.Session.Channels) > 0 {
		return fmt.Sprintf("No channel is shown: %d are hidden. %s shows them again.", len(c.shell.Session.Channels), c.shell.Keys.Key(keymap.Back))
	}
	return fmt.Sprintf("There is no channel yet. %s adds one.", c.shell.Keys.Key(keymap.AddChannel))
}

// whyNoCode says why the channel takes no code, "" when it does.
func (c *screen) whyNoCode(ch backend.Channel) string {
	if ch.Verified {
		return fmt.Sprintf("Channel %d is verified: no code is needed.", ch.Priority)
	}
	return ""
}

func (c *screen) whyNoTest(ch backend.Channel) string {
	if len(c.chosen) == 0 && !ch.Verified {
		return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, then it can be tested.", ch.Priority, c.shell.Keys.Key(keymap.VerifyChannel))
	}
	return ""
}

func (c *screen) whyNoSwitch(ch backend.Channel) string {
	if len(c.chosen) == 0 && !ch.Verified && !ch.Enabled {
		return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, which also switches it on.", ch.Priority, c.shell.Keys.Key(keymap.VerifyChannel))
	}
	return ""
}

func (c *screen) whyNoSecret(ch backend.Channel) string {
	if why := c.shell.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Type != backend.TypeWebhook {
		return fmt.Sprintf("Channel %d is no webhook: only webhooks have a signing secret.", ch.Priority)
	}
	return ""
}
