package local

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// UpdateChannel changes a channel's value, its label or both. The value in force stays, and
// the channel on or off, until the new value is verified.
func (c *customer) UpdateChannel(ctx context.Context, priority int, value string, label *string) (update backend.ChannelUpdate, err error) {
	if err := cleanPriority(priority); err != nil {
		return update, err
	}
	err = c.change(ctx, "UpdateChannel", &update, func(tx *storage.Tx) error {
		update = backend.ChannelUpdate{}
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		clean, cleanLabel, err := c.cleanChannel(ch.Type, value, label, ch.Value, ch.ActiveValue)
		if err != nil {
			return err
		}
		clean = spellingOf(ch, clean)
		if err := c.checkOthers(tx, ch, clean); err != nil {
			return err
		}
		update.Changed, update.LabelChanged = clean != ch.Value, label != nil && cleanLabel != ch.Label
		before := ch
		if update.LabelChanged {
			ch.Label = cleanLabel
		}
		if err := c.saveUpdate(tx, &ch, clean, update); err != nil {
			return err
		}
		if !ch.Verified && (update.Changed || !update.LabelChanged) {
			update.CodeSent = true
			if err := c.issueCode(tx, storage.PurposeChannel, ch.Type, clean); err != nil {
				return err
			}
		}
		if err := c.noteUpdate(tx, before, ch, update); err != nil {
			return err
		}
		update.Channel, err = c.channel(tx, priority)
		return err
	})
	if err != nil {
		return backend.ChannelUpdate{}, err
	}
	return update, nil
}

// spellingOf returns the spelling of a new value that a channel already has: a URL is
// the same in all of them, and what was verified is not verified again. Mail servers may
// tell upper from lower case in a name before the @, so a new spelling of that needs a
// code, and a new one of the domain, which earlier versions kept as it was typed, does not.
// A number that earlier versions kept otherwise, and that was never verified, is corrected.
func spellingOf(ch backend.Channel, clean string) string {
	if clean == ch.Value || clean == ch.ActiveValue {
		return clean
	}
	had := []string{ch.Value, ch.ActiveValue}
	if ch.Type == backend.TypeSMS {
		had = had[1:]
	}
	for _, value := range had {
		kept, err := backend.CleanValue(ch.Type, value, true)
		if err == nil && kept == clean || ch.Type != backend.TypeEmail && isSame(ch.Type, value, clean) {
			return value
		}
	}
	return clean
}

// checkOthers refuses a new value of a channel that another one has. A channel can keep
// a value that it has, though another has it in another spelling, but not take the other's.
func (c *customer) checkOthers(tx *storage.Tx, ch backend.Channel, clean string) error {
	if clean == ch.Value || clean == ch.ActiveValue {
		return nil
	}
	all, err := tx.Channels(c.id)
	if err != nil {
		return err
	}
	if isSame(ch.Type, ch.Value, clean) || isSame(ch.Type, ch.ActiveValue, clean) {
		all = slices.DeleteFunc(all, func(other backend.Channel) bool { return other.Value != clean && other.ActiveValue != clean })
	}
	return checkDuplicate(all, ch.Type, clean, ch.Priority)
}

// saveUpdate writes what u says was changed. A new value revokes the code of the old one;
// the value in force is verified already, so setting it again ends the change.
func (c *customer) saveUpdate(tx *storage.Tx, ch *backend.Channel, value string, u backend.ChannelUpdate) error {
	if !u.Changed && !u.LabelChanged {
		return nil
	}
	if u.Changed {
		if err := c.revokeCode(tx, storage.PurposeChannel, ch.Type, ch.Value); err != nil {
			return err
		}
		ch.Value, ch.Verified = value, value == ch.ActiveValue
	}
	ch.UpdatedAt = tx.Now
	return tx.SaveChannel(c.id, *ch)
}

func (c *customer) noteUpdate(tx *storage.Tx, before, ch backend.Channel, u backend.ChannelUpdate) error {
	andLabel := ""
	if u.LabelChanged {
		andLabel = ", with another label"
	}
	switch {
	case u.Changed && u.CodeSent:
		return c.noteChannel(tx, "channel.changed", channelName(ch)+", a code was sent"+andLabel, before, ch)
	case u.Changed:
		return c.noteChannel(tx, "channel.changed", channelName(ch)+", back to the verified value"+andLabel, before, ch)
	case u.LabelChanged:
		return c.noteChannel(tx, "channel.labelled", channelName(ch), before, ch)
	case u.CodeSent:
		return c.note(tx, "channel.code_sent", channelName(ch))
	}
	return nil
}

// VerifyChannel verifies a channel's value with its code, puts it in force and
// switches the channel on.
func (c *customer) VerifyChannel(ctx context.Context, priority int, code string) (ch backend.Channel, err error) {
	var faults backend.FieldErrors
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
			return backend.Errorf(backend.CodeAlreadyVerified, "This channel is verified already; it needs no code.")
		}
		if err := c.enterCode(tx, storage.PurposeChannel, ch.Type, ch.Value, channelName(ch), code); err != nil {
			return err
		}
		before := ch
		ch.ActiveValue, ch.Verified, ch.Enabled, ch.Code = ch.Value, true, true, nil
		ch.VerifiedAt, ch.UpdatedAt = tx.Now, tx.Now
		if err := tx.SaveChannel(c.id, ch); err != nil {
			return err
		}
		if err := tx.MarkSeen(c.id, priority); err != nil { // entering the code proves that it was read
			return err
		}
		if ch, err = c.channel(tx, priority); err != nil {
			return err
		}
		return c.noteChannel(tx, "channel.verified", channelName(ch), before, ch)
	})
	if err != nil {
		return backend.Channel{}, err
	}
	return ch, nil
}

// DeleteChannels removes all the named channels or none, with their codes. The sends
// and wrong codes of their targets stay counted.
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
		chosen, others, missing := partition(all, named)
		if len(missing) > 0 {
			return errNoChannels(missing)
		}
		e := c.entry(tx, "channel.deleted", channelNames(chosen))
		if e.Before.Channels, err = c.removeChannels(tx, chosen); err != nil {
			return err
		}
		if err := tx.AddJournal(c.id, e); err != nil {
			return err
		}
		deletion = backend.ChannelDeletion{Deleted: named, NoneReachable: !slices.ContainsFunc(others, backend.Channel.Reachable)}
		return nil
	})
	return deletion, err
}

// removeChannels removes channels with their codes. It returns what the journal keeps of them, so
// that they can come back.
func (c *customer) removeChannels(tx *storage.Tx, channels []backend.Channel) (kept []backend.ChannelSettings, err error) {
	for _, ch := range channels {
		settings := backend.SettingsOf(ch)
		if settings.Kept, err = tx.KeptOf(c.id, ch.Priority); err != nil {
			return nil, err
		}
		kept = append(kept, settings)
		if err := c.revokeCode(tx, storage.PurposeChannel, ch.Type, ch.Value); err != nil {
			return nil, err
		}
		if err := tx.DeleteChannel(c.id, ch.Priority); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// cleanPriorities returns each priority once, ascending. Errors: invalid (field
// "priority").
func cleanPriorities(priorities []int) ([]int, error) {
	var faults backend.FieldErrors
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

// partition divides the channels into the named ones and the others, and returns the
// priorities that no channel has.
func partition(all []backend.Channel, named []int) (chosen, others []backend.Channel, missing []int) {
	missing = slices.Clone(named)
	for _, ch := range all {
		if i := slices.Index(missing, ch.Priority); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
			chosen = append(chosen, ch)
		} else {
			others = append(others, ch)
		}
	}
	return chosen, others, missing
}
