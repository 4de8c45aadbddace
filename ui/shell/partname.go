package shell

import (
	"cmp"
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// partNames are the parts of the settings in words; see backend.Change.
var partNames = map[string]string{"name": "name", "surname": "surname", "username": "username", "pending_username": "new username", "value": "value",
	"active_value": "value in force", "label": "label", "enabled": "on or off", "priority": "priority", "channel": "the channel itself",
	"seen_at": "seen by a person"}

// PartName says which part of the settings is meant: "Name", "Channel 3 (sms), label".
func PartName(c backend.Change) string {
	part := cmp.Or(partNames[c.Part], safe.Text(c.Part)) // a newer server may know more of them
	if c.Channel == 0 {
		return Capitalized(part)
	}
	subject := fmt.Sprintf("Channel %d (%s)", c.Channel, TypeName(c.Type))
	if c.Part != "channel" {
		subject += ", " + part
	}
	return subject
}

// PartText is a value of a part of the settings as people read it.
func (s *Shell) PartText(c backend.Change, value string) string {
	switch {
	case value == "" && c.Part == "channel":
		return "not there"
	case value == "":
		return "none"
	case c.Part == "value" || c.Part == "active_value" || c.Part == "channel":
		return s.Masked(c.Type, value)
	case c.Part == "username" || c.Part == "pending_username":
		return s.MaskedAccount(value)
	case c.Part == "enabled":
		return cmp.Or(map[string]string{"true": "on", "false": "off"}[value], safe.Text(value))
	case c.Part == "seen_at":
		if at, err := time.Parse(time.RFC3339Nano, value); err == nil {
			return Stamp(s.Now, at)
		}
	}
	return safe.Text(value)
}
