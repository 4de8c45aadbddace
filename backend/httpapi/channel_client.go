package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Channels asks for the channels. A server that does not know the filter
// answers with all of them, so it is applied here once more.
func (v *view) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	query := url.Values{}
	set := func(name string, types []backend.ChannelType) {
		var names []string
		for _, t := range types {
			names = append(names, string(t))
		}
		if len(names) > 0 {
			query.Set(name, strings.Join(names, ","))
		}
	}
	set("include_types", filter.Include)
	set("exclude_types", filter.Exclude)
	answered, err := v.call(ctx, ask{op: opListChannels, query: query.Encode()})
	if err != nil {
		return nil, err
	}
	list, ok := channelsOf(answered.body)
	if !ok {
		return nil, errNotUnderstood("a list of channels")
	}
	return slices.DeleteFunc(list, func(c backend.Channel) bool { return !filter.Keeps(c.Type) }), nil
}

// CreateChannel adds a channel. A server that does not know of labels would drop one.
func (v *view) CreateChannel(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
	body := []entry{fieldType.is(string(kind)), fieldNewValue.is(value)}
	if label != "" {
		if err := v.requires(backend.FeatureLabels); err != nil {
			return backend.Channel{}, err
		}
		body = append(body, fieldLabel.is(label))
	}
	answered, err := v.call(ctx, ask{op: opCreateChannel, body: body})
	if err != nil {
		return backend.Channel{}, err
	}
	if l, ok := channelOf(answered.body); ok {
		c := l.channel()
		c.SigningSecret = l.SigningSecret
		return c, nil
	}
	form := backend.CanonicalValue(kind, value)
	return v.findChannel(ctx, func(c backend.Channel) bool { return c.Type == kind && backend.CanonicalValue(kind, c.Value) == form })
}

// UpdateChannel changes a channel's value or label. A server that does not know of labels
// would drop one, and send a code.
func (v *view) UpdateChannel(ctx context.Context, priority int, value string, label *string) (backend.ChannelUpdate, error) {
	body := []entry{fieldPriority.is(priority), fieldValue.is(value)}
	if label != nil {
		if err := v.requires(backend.FeatureLabels); err != nil {
			return backend.ChannelUpdate{}, err
		}
		body = append(body, fieldLabel.is(*label))
	}
	answered, err := v.call(ctx, ask{op: opUpdateChannel, body: body})
	if err != nil {
		return backend.ChannelUpdate{}, err
	}
	l, ok := channelOf(answered.body)
	update := backend.ChannelUpdate{Channel: l.channel()}
	if !ok {
		if update.Channel, err = v.findChannel(ctx, hasPriority(priority)); err != nil {
			return backend.ChannelUpdate{}, err
		}
	}
	update.Changed, update.CodeSent = true, !update.Channel.Verified // unless the answer tells
	if l.Changed != nil {
		update.Changed = *l.Changed
	}
	if l.CodeSent != nil {
		update.CodeSent = *l.CodeSent
	}
	update.LabelChanged = l.LabelChanged
	return update, nil
}

// VerifyChannel enters a channel's code.
func (v *view) VerifyChannel(ctx context.Context, priority int, code string) (backend.Channel, error) {
	return v.changeChannel(ctx, priority, ask{op: opVerifyChannel, body: []entry{fieldChannelCode.is(code), fieldPriority.is(priority)}})
}

// SetChannelEnabled switches a channel on or off.
func (v *view) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (backend.Channel, error) {
	return v.changeChannel(ctx, priority, ask{op: opSetChannelEnabled, body: []entry{fieldEnabled.is(enabled), fieldPriority.is(priority)}})
}

// changeChannel sends a command and returns the channel as it is afterwards.
func (v *view) changeChannel(ctx context.Context, priority int, a ask) (backend.Channel, error) {
	answered, err := v.call(ctx, a)
	if err != nil {
		return backend.Channel{}, err
	}
	if l, ok := channelOf(answered.body); ok {
		return l.channel(), nil
	}
	return v.findChannel(ctx, hasPriority(priority))
}

// DeleteChannels removes channels. They are named in the URL, with commas as in
// the example of the public documentation.
func (v *view) DeleteChannels(ctx context.Context, priorities []int) (backend.ChannelDeletion, error) {
	var numbers []string
	for _, p := range priorities {
		numbers = append(numbers, strconv.Itoa(p))
	}
	answered, err := v.call(ctx, ask{op: opDeleteChannels, query: "priority=" + strings.Join(numbers, ",")})
	if err != nil {
		return backend.ChannelDeletion{}, err
	}
	var told struct {
		Data    wireDeletion `json:"data"`
		Warning string       `json:"warning"`
	}
	if decode(answered.body, &told) && len(told.Data.Deleted) > 0 {
		return backend.ChannelDeletion{Deleted: told.Data.Deleted, NoneReachable: told.Warning == warningUnreachable}, nil
	}
	deletion := backend.ChannelDeletion{Deleted: slices.Compact(slices.Sorted(slices.Values(priorities)))}
	if left, err := v.Channels(ctx, backend.ChannelFilter{}); err == nil {
		deletion.NoneReachable = !slices.ContainsFunc(left, backend.Channel.Reachable)
	}
	return deletion, nil
}

// TestChannel sends a test message.
func (v *view) TestChannel(ctx context.Context, priority int) (backend.Test, error) {
	answered, err := v.call(ctx, ask{op: opTestChannel, body: []entry{fieldPriority.is(priority)}})
	if err != nil {
		return backend.Test{}, err
	}
	var told struct {
		Message string    `json:"message"`
		Data    *wireTest `json:"data"`
	}
	if decode(answered.body, &told) && told.Data != nil && !told.Data.At.IsZero() {
		return told.Data.fromWire(), nil
	}
	return backend.Test{At: v.options.Now().UTC(), OK: true, Detail: cmp.Or(cleanText(told.Message), "The server has sent it.")}, nil
}

func hasPriority(priority int) func(backend.Channel) bool {
	return func(c backend.Channel) bool { return c.Priority == priority }
}

// findChannel reads the channel that was just changed, from a server that did
// not show it. Of several the newest is meant, which is the last.
func (v *view) findChannel(ctx context.Context, isMeant func(backend.Channel) bool) (backend.Channel, error) {
	list, err := v.Channels(ctx, backend.ChannelFilter{})
	if err != nil {
		return backend.Channel{}, errNotShown(err)
	}
	for _, c := range slices.Backward(list) {
		if isMeant(c) {
			return c, nil
		}
	}
	return backend.Channel{}, errNotShown(errNotUnderstood("a list with this channel"))
}

// looseChannel is a channel of a server that may tell with its status alone
// whether it is verified and enabled.
type looseChannel struct {
	wireChannel
	Verified *bool `json:"verified"`
	Enabled  *bool `json:"enabled"`
	Changed  *bool `json:"changed"`
	CodeSent *bool `json:"code_sent"`
	// LabelChanged is false where the server does not tell.
	LabelChanged bool `json:"label_changed"`
	// SigningSecret comes with a new webhook.
	SigningSecret string `json:"signing_secret"`
}

// channel is the channel, as far as the server told.
func (l looseChannel) channel() backend.Channel {
	c := l.wireChannel.fromWire()
	c.Verified, c.Enabled = readStatus(l.Status)
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

// readStatus reads a status, by our names and by others for the same.
func readStatus(status string) (isVerified, isEnabled bool) {
	switch strings.ToLower(status) {
	case string(backend.StatusActive), "enabled", "verified":
		return true, true
	case string(backend.StatusDisabled), "inactive":
		return true, false
	}
	return false, false
}

// channelOf reads the channel in the answer to a command.
func channelOf(body []byte) (looseChannel, bool) {
	var l looseChannel
	ok := decode(unwrap(body, "data", "channel", "notification_channel"), &l)
	return l, ok && isChannel(l)
}

func isChannel(l looseChannel) bool { return l.Type != "" && l.Value != "" && l.Priority >= 1 }

// channelsOf reads a list of channels and sorts it by priority.
func channelsOf(body []byte) ([]backend.Channel, bool) {
	var entries []json.RawMessage
	raw := unwrap(body, "data", "channels", "notification_channels", "notificationChannels", "items")
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
