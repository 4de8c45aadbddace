package local

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// SetChannelsEnabled switches all the named channels on or off, or none.
func (c *customer) SetChannelsEnabled(ctx context.Context, priorities []int, enabled bool) (list []backend.Channel, err error) {
	named, err := cleanPriorities(priorities)
	if err != nil {
		return nil, err
	}
	err = c.change(ctx, "SetChannelsEnabled", &list, func(tx *storage.Tx) error {
		all, err := tx.Channels(c.id)
		if err != nil {
			return err
		}
		chosen, _, missing := partition(all, named)
		if len(missing) > 0 {
			return errNoChannels(missing)
		}
		if unverified := numbersOf(chosen, func(ch backend.Channel) bool { return ch.ActiveValue == "" }); enabled && len(unverified) > 0 {
			return errNoneEnabled(unverified)
		}
		before := slices.DeleteFunc(chosen, func(ch backend.Channel) bool { return ch.Enabled == enabled })
		after := slices.Clone(before)
		for i := range after {
			after[i].Enabled, after[i].UpdatedAt = enabled, tx.Now
			if err := tx.SaveChannel(c.id, after[i]); err != nil {
				return err
			}
		}
		if len(after) > 0 {
			if err := c.noteChannels(tx, switchAction(enabled), channelNames(after), before, after); err != nil {
				return err
			}
		}
		list, err = c.channels(tx)
		return err
	})
	return list, err
}

// numbersOf are the numbers of those that are meant.
func numbersOf(list []backend.Channel, isMeant func(backend.Channel) bool) (numbers []int) {
	for _, ch := range list {
		if isMeant(ch) {
			numbers = append(numbers, ch.Priority)
		}
	}
	return numbers
}

func switchAction(enabled bool) string {
	if enabled {
		return "channel.enabled"
	}
	return "channel.disabled"
}

// OrderChannels gives the channels their priorities in another order.
func (c *customer) OrderChannels(ctx context.Context, priorities []int) (list []backend.Channel, err error) {
	named, err := cleanPriorities(priorities)
	if err != nil {
		return nil, err
	}
	err = c.change(ctx, "OrderChannels", &list, func(tx *storage.Tx) error {
		all, err := tx.Channels(c.id)
		if err != nil {
			return err
		}
		missing := numbersOf(all, func(ch backend.Channel) bool { return !slices.Contains(named, ch.Priority) })
		if len(named) != len(priorities) || len(named) != len(all) || len(missing) > 0 {
			_, _, strange := partition(all, named)
			return errOrder(missing, strange)
		}
		var before, after []backend.Channel
		moves := map[int]int{}
		for _, ch := range all {
			if to := named[slices.Index(priorities, ch.Priority)]; to != ch.Priority {
				moves[ch.Priority] = to
				before = append(before, ch)
				ch.Priority = to
				after = append(after, ch)
			}
		}
		if len(moves) > 0 {
			if err := tx.MoveChannels(c.id, moves); err != nil {
				return err
			}
			if err := c.noteChannels(tx, "channel.ordered", channelNames(before), before, after); err != nil {
				return err
			}
		}
		list, err = c.channels(tx)
		return err
	})
	return list, err
}
