package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"github.com/account-settings/pinghome/backend"
)

// What a server says when all went well. The public documentation names no
// bodies, so any wrapping is taken off, and what is not there is empty.

// notUnderstood is a success in words that are not the API's.
func notUnderstood(noun string) error {
	return backend.Errorf(backend.CodeUnavailable, "The server's answer is not %s. Check that this is the address of an account-settings API.", noun)
}

// notShown is a change that was made, whose result could not be read. It is
// told as an outcome to look for, since an error otherwise means that nothing
// was changed.
func notShown(err error) error {
	return &backend.Error{Code: backend.CodeUnknown, Err: errors.New(err.Error()),
		Message: "It was done, but the server did not show what came of it. Look before doing it again."}
}

// isConfirmation reports whether the answer to a command can be a yes: nothing,
// null, a JSON text, or an object that does not tell of an error. Pages of whatever
// stands between are none.
func isConfirmation(answered received) bool {
	body := bytes.TrimSpace(answered.body)
	if answered.isLong || len(body) == 0 {
		return !answered.isLong
	}
	var text string
	if json.Unmarshal(body, &text) == nil {
		return true
	}
	members := membersOf(body)
	if members == nil {
		return false
	}
	isTrue, isEmpty := true, func(name string) bool {
		return slices.Contains([]string{"", "null", "false", `""`, "[]", "{}"}, string(members[name]))
	}
	if json.Unmarshal(members["success"], &isTrue) == nil && !isTrue {
		return false
	}
	return isEmpty("error") && isEmpty("errors")
}

// membersOf is an object, nil when it is something else.
func membersOf(raw []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members
}

// contents takes the wrapping off: an object with one of the names gives what
// is under it, as often as that goes.
func contents(body []byte, names ...string) json.RawMessage {
	raw := json.RawMessage(body)
	for range 4 {
		members := membersOf(raw)
		at := slices.IndexFunc(names, func(name string) bool { return members[name] != nil })
		if at < 0 {
			break
		}
		raw = members[names[at]]
	}
	return raw
}

// decode reads JSON and passes over what has another type than ours.
func decode(raw json.RawMessage, dest any) bool {
	err := json.Unmarshal(raw, dest)
	var other *json.UnmarshalTypeError
	return err == nil || errors.As(err, &other)
}

// profileOf reads a profile: {"customer": …, "team": …}, or a customer with
// its team and organization inside.
func profileOf(body []byte) (backend.Profile, bool) {
	raw := contents(body, "data", "profile")
	members := membersOf(raw)
	var w wireProfile
	if members == nil || !decode(raw, &w) {
		return backend.Profile{}, false
	}
	if members["customer"] == nil && !decode(raw, &w.Customer) {
		return backend.Profile{}, false
	}
	p := w.fromWire()
	return p, p.Customer.ID != "" || p.Customer.Email != ""
}

// isWhole reports whether a profile is one, and not just what was changed of it.
func isWhole(p backend.Profile) bool {
	return p.Customer.ID != "" && p.Customer.Email != "" && p.Organization.Plan != ""
}

// looseChannel is a channel of a server that may say with its status alone
// whether it is proven and on.
type looseChannel struct {
	wireChannel
	Verified *bool `json:"verified"`
	Enabled  *bool `json:"enabled"`
	Changed  *bool `json:"changed"`
	CodeSent *bool `json:"code_sent"`
	// SigningSecret comes with a new webhook.
	SigningSecret string `json:"signing_secret"`
}

// channel is a channel as far as it is told.
func (l looseChannel) channel() backend.Channel {
	c := l.wireChannel.fromWire()
	isProven, isOn := statusWords(l.Status)
	c.Verified, c.Enabled = isProven, isOn
	if l.Verified != nil {
		c.Verified = *l.Verified
	}
	if l.Enabled != nil {
		c.Enabled = *l.Enabled
	}
	if c.Verified && c.ActiveValue == "" {
		c.ActiveValue = c.Value
	}
	return c
}

// channelOf reads one channel out of the answer to a command.
func channelOf(body []byte) (looseChannel, bool) {
	var l looseChannel
	ok := decode(contents(body, "data", "channel", "notification_channel"), &l)
	return l, ok && isChannel(l)
}

func isChannel(l looseChannel) bool { return l.Type != "" && l.Value != "" && l.Priority >= 1 }

// channelsOf reads a list of channels and puts it in order.
func channelsOf(body []byte) ([]backend.Channel, bool) {
	var entries []json.RawMessage
	raw := contents(body, "data", "channels", "notification_channels", "notificationChannels", "items")
	if json.Unmarshal(raw, &entries) != nil || entries == nil {
		return nil, false
	}
	list := []backend.Channel{}
	for _, entry := range entries {
		var l looseChannel
		if !decode(entry, &l) || !isChannel(l) {
			return nil, false
		}
		list = append(list, l.channel())
	}
	slices.SortStableFunc(list, func(a, b backend.Channel) int { return a.Priority - b.Priority })
	return list, true
}
