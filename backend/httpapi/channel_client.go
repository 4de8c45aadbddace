package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// statusWords read a status for a server that has nothing else: the contract's
// words, and the plain ones for the same.
func statusWords(status string) (isProven, isOn bool) {
	switch strings.ToLower(status) {
	case string(backend.StatusActive), "enabled", "verified":
		return true, true
	case string(backend.StatusDisabled), "inactive":
		return true, false
	}
	return false, false
}

// channelPath is where a customer's channel is, and below it.
func (v *view) channelPath(below string) string {
	return "/customer/" + url.PathEscape(v.id) + "/notification-channel" + below
}

// Channels asks for the channels. A server that does not know the filter
// answers with all of them, so it is applied once more here.
func (v *view) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	params := url.Values{}
	set := func(name string, types []backend.ChannelType) {
		var names []string
		for _, t := range types {
			names = append(names, string(t))
		}
		if len(names) > 0 {
			params.Set(name, strings.Join(names, ","))
		}
	}
	set("include_types", filter.Include)
	set("exclude_types", filter.Exclude)
	answered, err := v.do(ctx, ask{role: roleQuery, method: http.MethodGet, path: v.channelPath("s"), params: params})
	if err != nil {
		return nil, v.gone(ctx, err)
	}
	list, ok := channelsOf(answered.body)
	if !ok {
		return nil, notUnderstood("a list of channels")
	}
	return slices.DeleteFunc(list, func(c backend.Channel) bool { return !filter.Keeps(c.Type) }), nil
}

// CreateChannel adds a channel.
func (v *view) CreateChannel(ctx context.Context, kind backend.ChannelType, value string) (backend.Channel, error) {
	answered, err := v.change(ctx, ask{method: http.MethodPost, path: v.channelPath(""), conflict: backend.CodeDuplicate, field: "value",
		body: map[string]any{"type": kind, "value": value}})
	if err != nil {
		return backend.Channel{}, err
	}
	if l, ok := channelOf(answered.body); ok {
		c := l.channel()
		c.Secret = l.SigningSecret
		return c, nil
	}
	clean, err := backend.CleanValue(kind, value, true)
	if err != nil {
		clean = value
	}
	return v.lookFor(ctx, func(c backend.Channel) bool { return c.Type == kind && (c.Value == clean || c.Value == value) })
}

// UpdateChannel changes a channel's value.
func (v *view) UpdateChannel(ctx context.Context, priority int, value string) (backend.ChannelUpdate, error) {
	answered, err := v.change(ctx, ask{method: http.MethodPut, path: v.channelPath(""), conflict: backend.CodeDuplicate, field: "value",
		body: map[string]any{"priority": priority, "value": value}})
	if err != nil {
		return backend.ChannelUpdate{}, err
	}
	l, ok := channelOf(answered.body)
	update := backend.ChannelUpdate{Channel: l.channel()}
	if !ok {
		if update.Channel, err = v.lookFor(ctx, hasPriority(priority)); err != nil {
			return backend.ChannelUpdate{}, err
		}
	}
	update.Changed, update.CodeSent = true, !update.Channel.Verified // unless it is told
	if l.Changed != nil {
		update.Changed = *l.Changed
	}
	if l.CodeSent != nil {
		update.CodeSent = *l.CodeSent
	}
	return update, nil
}

// VerifyChannel enters a channel's code.
func (v *view) VerifyChannel(ctx context.Context, priority int, code string) (backend.Channel, error) {
	return v.changeChannel(ctx, priority, ask{method: http.MethodPatch, path: v.channelPath("/verification"),
		conflict: backend.CodeVerified, field: "code", body: map[string]any{"code": code, "priority": priority}})
}

// SetChannelEnabled switches a channel on or off.
func (v *view) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (backend.Channel, error) {
	return v.changeChannel(ctx, priority, ask{method: http.MethodPut, path: v.channelPath("/enabled"),
		conflict: backend.CodeNotVerified, body: map[string]any{"enabled": enabled, "priority": priority}})
}

// changeChannel makes a change and returns the channel as it is then.
func (v *view) changeChannel(ctx context.Context, priority int, a ask) (backend.Channel, error) {
	answered, err := v.change(ctx, a)
	if err != nil {
		return backend.Channel{}, err
	}
	if l, ok := channelOf(answered.body); ok {
		return l.channel(), nil
	}
	return v.lookFor(ctx, hasPriority(priority))
}

// DeleteChannels removes channels. They go into the address, in the way that
// the documentation shows in its example.
func (v *view) DeleteChannels(ctx context.Context, priorities []int) (backend.ChannelDeletion, error) {
	var words []string
	for _, p := range priorities {
		words = append(words, strconv.Itoa(p))
	}
	answered, err := v.change(ctx, ask{method: http.MethodDelete, path: v.channelPath("?priority=" + strings.Join(words, ","))})
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
	answered, err := v.change(ctx, ask{method: http.MethodPost, path: v.channelPath("/test"), conflict: backend.CodeNotVerified, isSending: true,
		body: map[string]any{"priority": priority}})
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
	return backend.Test{At: v.options.Now().UTC(), OK: true, Detail: orFirst(clean(told.Message), "The server has sent it.")}, nil
}

func hasPriority(priority int) func(backend.Channel) bool {
	return func(c backend.Channel) bool { return c.Priority == priority }
}

// lookFor reads the channel that was just changed, on a server that does not
// show it: of several the newest, which is the last.
func (v *view) lookFor(ctx context.Context, isIt func(backend.Channel) bool) (backend.Channel, error) {
	list, err := v.Channels(ctx, backend.ChannelFilter{})
	if err != nil {
		return backend.Channel{}, notShown(err)
	}
	for _, c := range slices.Backward(list) {
		if isIt(c) {
			return c, nil
		}
	}
	return backend.Channel{}, notShown(notUnderstood("a list with this channel"))
}
