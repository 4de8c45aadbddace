package local

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// UpdateChannel changes a channel's value: make before break. The last proven
// value stays in force, and the channel on or off, until the new one is proven.
func (c *customer) UpdateChannel(ctx context.Context, priority int, value string) (update backend.ChannelUpdate, err error) {
	if err := cleanPriority(priority); err != nil {
		return update, err
	}
	var message storage.Queued
	err = c.change(ctx, "UpdateChannel", &update, func(tx *storage.Tx) error {
		update = backend.ChannelUpdate{}
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		clean, err := c.cleanChannel(ch.Type, value)
		if err != nil {
			return err
		}
		all, err := tx.Channels(c.id)
		if err != nil {
			return err
		}
		if err := checkDuplicate(all, ch.Type, clean, priority); err != nil {
			return err
		}
		if clean != ch.Value {
			update.Changed = true
			err = c.replaceValue(tx, &ch, clean)
		}
		if err == nil && !ch.Verified {
			update.CodeSent = true
			message, err = c.issueCode(tx, storage.PurposeChannel, ch.Type, clean)
		}
		if err != nil {
			return err
		}
		if err := c.noteUpdate(tx, ch, update); err != nil {
			return err
		}
		update.Channel, err = c.channel(tx, priority)
		return err
	})
	if err != nil {
		return backend.ChannelUpdate{}, err
	}
	if update.CodeSent {
		c.dispatch(ctx, message)
	}
	return update, nil
}

// replaceValue kills the old value's code. The last proven value needs no new
// proof, so putting it back ends the change.
func (c *customer) replaceValue(tx *storage.Tx, ch *backend.Channel, value string) error {
	if err := c.revokeCode(tx, storage.PurposeChannel, ch.Type, ch.Value); err != nil {
		return err
	}
	ch.Value, ch.Verified, ch.UpdatedAt = value, value == ch.ActiveValue, tx.Now
	return tx.SaveChannel(c.id, *ch)
}

func (c *customer) noteUpdate(tx *storage.Tx, ch backend.Channel, u backend.ChannelUpdate) error {
	switch {
	case u.Changed && u.CodeSent:
		return c.note(tx, "channel.changed", channelName(ch)+", a code was sent")
	case u.Changed:
		return c.note(tx, "channel.changed", channelName(ch)+", back to the verified value")
	case u.CodeSent:
		return c.note(tx, "channel.code_sent", channelName(ch))
	}
	return nil
}

// VerifyChannel proves a channel's value with its code, puts it in force and
// switches the channel on.
func (c *customer) VerifyChannel(ctx context.Context, priority int, code string) (ch backend.Channel, err error) {
	var faults backend.Faults
	_, err = backend.CleanPriority(priority)
	faults.Add("priority", err)
	code, err = backend.CleanCode(code)
	faults.Add("code", err)
	if err := faults.Err(); err != nil {
		return ch, err
	}
	err = c.change(ctx, "VerifyChannel", &ch, func(tx *storage.Tx) error {
		ch, err = c.channel(tx, priority)
		switch {
		case err != nil:
			return err
		case ch.Verified:
			return backend.Errorf(backend.CodeVerified, "This channel is verified already; it needs no code.")
		}
		if err := c.enterCode(tx, storage.PurposeChannel, ch.Type, ch.Value, code); err != nil {
			return err
		}
		ch.ActiveValue, ch.Verified, ch.Enabled, ch.Code = ch.Value, true, true, nil
		ch.VerifiedAt, ch.UpdatedAt = tx.Now, tx.Now
		if err := tx.SaveChannel(c.id, ch); err != nil {
			return err
		}
		if err := tx.MarkSeen(c.id, priority); err != nil { // nobody types a code that was not read
			return err
		}
		if err := c.note(tx, "channel.verified", channelName(ch)); err != nil {
			return err
		}
		ch, err = c.channel(tx, priority)
		return err
	})
	if err != nil {
		return backend.Channel{}, err
	}
	return ch, nil
}

// DeleteChannels removes all the named channels or none, with their codes.
// What was sent to them and failed on them stays counted.
func (c *customer) DeleteChannels(ctx context.Context, priorities []int) (deletion backend.ChannelDeletion, err error) {
	named, err := cleanPriorities(priorities)
	if err != nil {
		return deletion, err
	}
	err = c.change(ctx, "DeleteChannels", &deletion, func(tx *storage.Tx) error {
		all, err := tx.Channels(c.id)
		if err != nil {
			return err
		}
		going, staying, missing := partition(all, named)
		if len(missing) > 0 {
			return errNoChannels(missing)
		}
		for _, ch := range going {
			if err := c.revokeCode(tx, storage.PurposeChannel, ch.Type, ch.Value); err != nil {
				return err
			}
			if err := tx.DeleteChannel(c.id, ch.Priority); err != nil {
				return err
			}
			if err := c.note(tx, "channel.deleted", channelName(ch)); err != nil {
				return err
			}
		}
		deletion = backend.ChannelDeletion{Deleted: named, NoneReachable: !slices.ContainsFunc(staying, backend.Channel.Reachable)}
		return nil
	})
	return deletion, err
}

// cleanPriorities returns each priority once, ascending.
func cleanPriorities(priorities []int) ([]int, error) {
	var faults backend.Faults
	if len(priorities) == 0 {
		faults.Add("priority", backend.Errorf(backend.CodeInvalid, "Name at least one channel by its priority."))
	}
	named := slices.Compact(slices.Sorted(slices.Values(priorities)))
	for _, p := range named {
		_, err := backend.CleanPriority(p)
		faults.Add("priority", err)
	}
	return named, faults.Err()
}

// choose parts the channels that are named from those that are not, and finds
// the names that nobody has.
func partition(all []backend.Channel, named []int) (going, staying []backend.Channel, missing []int) {
	missing = slices.Clone(named)
	for _, ch := range all {
		if i := slices.Index(missing, ch.Priority); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
			going = append(going, ch)
		} else {
			staying = append(staying, ch)
		}
	}
	return going, staying, missing
}

// numbers writes a list as people do: 3, 4 and 7.
func listNumbers(list []int) string {
	var b strings.Builder
	for i, n := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}
