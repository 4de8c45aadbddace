package httpapi

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
)

var (
	fieldPriorities = field[[]int]{"priorities", `{"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1, "examples": [[2, 1]]}`, nil}

	bodyChannelsEnabled = &body{name: "ChannelsEnabled", required: []anyField{fieldEnabled, fieldPriorities}}
	bodyChannelOrder    = &body{name: "ChannelOrder", required: []anyField{fieldPriorities}}
)

func (c *call) setChannelsEnabled(ctx context.Context) (reply, error) {
	enabled, priorities := c.truth(fieldEnabled), c.numbers(fieldPriorities)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	list, err := c.view.SetChannelsEnabled(ctx, priorities, enabled)
	message := "The channels are switched off."
	if enabled {
		message = "The channels are switched on."
	}
	p := reply{message: message, data: listToWire(list, channelToWire)}
	if err == nil && !enabled && !slices.ContainsFunc(list, backend.Channel.Reachable) {
		p.warnUnreachable()
	}
	return p, err
}

func (c *call) orderChannels(ctx context.Context) (reply, error) {
	priorities := c.numbers(fieldPriorities)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	list, err := c.view.OrderChannels(ctx, priorities)
	return reply{message: "The channels have this order now.", data: listToWire(list, channelToWire)}, err
}

// SetChannelsEnabled asks to switch channels.
func (v *view) SetChannelsEnabled(ctx context.Context, priorities []int, enabled bool) ([]backend.Channel, error) {
	return v.changeSeveral(ctx, ask{op: opSetChannelsEnabled, body: []entry{fieldEnabled.is(enabled), fieldPriorities.is(priorities)}})
}

// OrderChannels asks for another order of the channels.
func (v *view) OrderChannels(ctx context.Context, priorities []int) ([]backend.Channel, error) {
	return v.changeSeveral(ctx, ask{op: opOrderChannels, body: []entry{fieldPriorities.is(priorities)}})
}

func (v *view) changeSeveral(ctx context.Context, a ask) ([]backend.Channel, error) {
	var list []wireChannel
	if err := v.extension(ctx, backend.FeatureSeveral, a, "a list of channels", &list); err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}
