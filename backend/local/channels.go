package local

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Channels returns the channels that pass the filter, by priority.
func (c *customer) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	if err := filter.Validate(); err != nil {
		return nil, err
	}
	var kept []backend.Channel
	err := c.read(ctx, func(tx *storage.Tx) error {
		kept = []backend.Channel{}
		all, err := c.channels(tx)
		for _, ch := range all {
			if filter.Keeps(ch.Type) {
				kept = append(kept, ch)
			}
		}
		return err
	})
	return kept, err
}

// channels costs one query, one to three more for each channel's proof, and two
// while any channel waits for its code.
func (c *customer) channels(tx *storage.Tx) ([]backend.Channel, error) {
	all, err := tx.Channels(c.id)
	if err != nil {
		return nil, err
	}
	var u *usage
	for i := range all {
		ch := &all[i]
		if err := c.loadProof(tx, ch); err != nil {
			return nil, err
		}
		if ch.Code == nil {
			continue
		}
		if u == nil {
			loaded, err := loadUsage(tx, c.id)
			if err != nil {
				return nil, err
			}
			u = &loaded
		}
		u.complete(ch.Code, countedTarget(ch.Type, ch.Value), tx.Now)
	}
	return all, nil
}

// channel loads one channel as Channels shows it.
func (c *customer) channel(tx *storage.Tx, priority int) (backend.Channel, error) {
	ch, found, err := tx.Channel(c.id, priority)
	if err == nil && !found {
		err = errNoChannel(priority)
	}
	if err == nil {
		err = c.loadProof(tx, &ch)
	}
	if err != nil || ch.Code == nil {
		return ch, err
	}
	u, err := loadUsage(tx, c.id)
	if err != nil {
		return ch, err
	}
	u.complete(ch.Code, countedTarget(ch.Type, ch.Value), tx.Now)
	return ch, nil
}

// CreateChannel adds a pending channel with the highest priority number plus one and
// sends a code to it.
func (c *customer) CreateChannel(ctx context.Context, kind backend.ChannelType, value, label string) (ch backend.Channel, err error) {
	value, label, err = c.cleanChannel(kind, value, &label)
	if err != nil {
		return ch, err
	}
	var signingSecret string
	err = c.change(ctx, "CreateChannel", &ch, func(tx *storage.Tx) error {
		ch = backend.Channel{Type: kind, Value: value, Label: label, UpdatedAt: tx.Now}
		if err := c.placeNew(tx, &ch); err != nil {
			return err
		}
		if err := tx.AddChannel(c.id, ch); err != nil {
			return err
		}
		secret, err := c.addSigningSecret(tx, ch)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { signingSecret = secret })
		if err := c.issueCode(tx, storage.PurposeChannel, kind, value); err != nil {
			return err
		}
		if err := c.noteChannels(tx, "channel.created", channelName(ch), nil, []backend.Channel{ch}); err != nil {
			return err
		}
		ch, err = c.channel(tx, ch.Priority)
		return err
	})
	if err != nil {
		return backend.Channel{}, err
	}
	if signingSecret == "" { // a repeat of the command made nothing
		if signingSecret, err = c.signingSecretAgain(ctx, ch); err != nil {
			return backend.Channel{}, err
		}
	}
	ch.SigningSecret = signingSecret
	return ch, nil
}

// placeNew gives a new channel its priority and its time, or says why there is no room for it.
// Errors: duplicate_channel, limit_reached.
func (c *customer) placeNew(tx *storage.Tx, ch *backend.Channel) error {
	p, err := tx.Profile(c.id)
	if err != nil {
		return err
	}
	all, err := tx.Channels(c.id)
	if err != nil {
		return err
	}
	if err := checkDuplicate(all, ch.Type, ch.Value, 0); err != nil {
		return err
	}
	if len(all) >= p.Organization.Plan.MaxChannels() {
		return errLimit(p.Organization.Plan)
	}
	ch.Priority = nextPriority(all)
	ch.CreatedAt, err = c.creationTime(tx, all, ch.Type)
	return err
}

// nextPriority is the priority of a new channel beside others, which are in the order
// of theirs.
func nextPriority(all []backend.Channel) int {
	if n := len(all); n > 0 {
		return all[n-1].Priority + 1
	}
	return 1
}

// creationTime is when a new channel was made. No two of a type are made in the same millisecond,
// deleted ones included: the journal knows them apart by that; see backend.ChannelSettings.IsSame.
func (c *customer) creationTime(tx *storage.Tx, all []backend.Channel, kind backend.ChannelType) (time.Time, error) {
	known := map[int64]bool{}
	note := func(channels []backend.ChannelSettings) {
		for _, ch := range channels {
			known[ch.CreatedAt.UnixMilli()] = known[ch.CreatedAt.UnixMilli()] || ch.Type == kind
		}
	}
	note(settingsOf(all))
	newest, err := tx.NewestEntry(c.id)
	if err != nil {
		return time.Time{}, err
	}
	looked, since := 0, tx.Now.Add(-time.Second) // those made in one moment are some milliseconds later than that
	err = tx.WalkJournal(c.id, newest, func(_ int64, e backend.JournalEntry) bool {
		note(e.Before.Channels)
		note(e.After.Channels)
		looked++
		return looked < undoDepth && !e.At.Before(since)
	})
	at := tx.Now
	for known[at.UnixMilli()] {
		at = at.Add(time.Millisecond)
	}
	return at, err
}

// checker is a sender that knows which values it cannot send to.
type checker interface {
	Check(t backend.ChannelType, value string) error
}

// cleanChannel returns the value in the normal form of its type, and a label in that of
// labels; "" for a label that is nil. kept are values that the channel has: they stay as they
// are, also those that earlier versions took and this one does not. Errors: invalid (fields
// "type", "value", "label").
func (c *customer) cleanChannel(kind backend.ChannelType, value string, label *string, kept ...string) (cleanValue, cleanLabel string, err error) {
	var faults backend.FieldErrors
	if label != nil {
		cleanLabel, err = backend.CleanLabel(normalNFC(*label))
		faults.Add("label", err)
	}
	_, err = backend.CleanType(kind)
	faults.Add("type", err)
	switch {
	case err == nil:
		sender, hasChecker := c.options.Sender.(checker)
		hasChecker = hasChecker && !c.staysInInbox(kind)
		if value == "" || !slices.Contains(kept, value) {
			value, err = backend.CleanValue(kind, normalNFC(value), hasChecker) // plain HTTP passes here; the checker decides about it
		}
		if hasChecker && err == nil {
			err = sender.Check(kind, value)
		}
		faults.Add("value", err)
	case strings.TrimSpace(value) == "": // without a type nothing more can be checked
		faults.Add("value", errors.New("Type the address or the phone number that messages are to go to."))
	}
	return value, cleanLabel, faults.Err()
}

// checkDuplicate refuses a value that another channel of the same type has in any
// spelling, also as its value in force. except is the priority of the channel that is
// being edited, 0 for a new one.
func checkDuplicate(all []backend.Channel, kind backend.ChannelType, value string, except int) error {
	for _, ch := range all {
		if ch.Priority != except && ch.Type == kind && (isSame(kind, ch.Value, value) || isSame(kind, ch.ActiveValue, value)) {
			return errDuplicate(kind, ch.Priority)
		}
	}
	return nil
}

// isSame reports whether two values of a type are the same in any spelling.
func isSame(kind backend.ChannelType, a, b string) bool {
	return a == b || backend.CanonicalValue(kind, a) == backend.CanonicalValue(kind, b)
}

func cleanPriority(priority int) error {
	var faults backend.FieldErrors
	_, err := backend.CleanPriority(priority)
	faults.Add("priority", err)
	return faults.Err()
}

// SetChannelEnabled switches a channel on or off, for the value in force. Off is always
// allowed.
func (c *customer) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (ch backend.Channel, err error) {
	if err := cleanPriority(priority); err != nil {
		return ch, err
	}
	err = c.change(ctx, "SetChannelEnabled", &ch, func(tx *storage.Tx) error {
		ch, err = c.channel(tx, priority)
		switch {
		case err != nil:
			return err
		case enabled && ch.ActiveValue == "":
			return errNotVerified(priority, "switch it on")
		case ch.Enabled == enabled:
			return nil
		}
		before := ch
		ch.Enabled, ch.UpdatedAt = enabled, tx.Now
		if err := tx.SaveChannel(c.id, ch); err != nil {
			return err
		}
		return c.noteChannel(tx, switchAction(enabled), channelName(ch), before, ch)
	})
	return ch, err
}
