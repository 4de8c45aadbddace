package local

import (
	"errors"
	"fmt"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// restoring makes settings as they are wanted again, while they are as they are expected. Only
// the parts in which the two differ are looked at and written: what others have changed beside
// them stays. Codes do not come back.
type restoring struct {
	*customer
	tx               *storage.Tx
	expected, wanted backend.Settings

	before, after backend.Settings   // what was changed
	conflicts     []backend.Conflict // what is not as it was expected; then nothing may be written
}

func (r *restoring) expect(part string, expected, wanted *string, present string) {
	if *expected != present {
		r.conflicts = append(r.conflicts, backend.Conflict{Part: part, Expected: *expected, Present: present, Wanted: *wanted})
	}
}

// account restores the name and the pending username.
func (r *restoring) account() error {
	if r.expected.Name == nil && r.expected.Surname == nil && r.expected.PendingUsername == nil {
		return nil
	}
	p, err := r.tx.Profile(r.id)
	if err != nil {
		return err
	}
	was, pending := p.Customer, pendingEmail(p)
	if r.expected.Name != nil {
		r.expect("name", r.expected.Name, r.wanted.Name, was.Name)
		p.Customer.Name = *r.wanted.Name
	}
	if r.expected.Surname != nil {
		r.expect("surname", r.expected.Surname, r.wanted.Surname, was.Surname)
		p.Customer.Surname = *r.wanted.Surname
	}
	if r.expected.PendingUsername != nil {
		r.expect("pending_username", r.expected.PendingUsername, r.wanted.PendingUsername, pending)
	}
	if len(r.conflicts) > 0 {
		return nil
	}
	r.before, r.after = nameSettings(was, p.Customer)
	if r.expected.PendingUsername != nil {
		if err := r.dropUsernameCode(r.tx, p); err != nil {
			return err
		}
		p.Pending = nil
		if email := *r.wanted.PendingUsername; email != "" && backend.FoldEmail(email) == backend.FoldEmail(was.Email) {
			return backend.Errorf(backend.CodeNotUndoable, "This cannot be undone: %s is the username by now.", backend.ReadableEmail(email))
		} else if email != "" {
			p.Pending = &backend.PendingUsername{Email: email}
		}
		r.before.PendingUsername, r.after.PendingUsername = &pending, r.wanted.PendingUsername
	}
	return r.tx.SaveCustomer(p)
}

// channelPlan is what is to be done to channels, before anything is written.
type channelPlan struct {
	remove []backend.Channel
	change []changedChannel
	add    []backend.ChannelSettings
}

type changedChannel struct{ from, to backend.Channel }

// channels restores the channels.
func (r *restoring) channels() error {
	if len(r.expected.Channels) == 0 && len(r.wanted.Channels) == 0 {
		return nil
	}
	all, err := r.tx.Channels(r.id)
	if err != nil {
		return err
	}
	plan := r.plan(all)
	if len(r.conflicts) > 0 {
		return nil
	}
	if err := r.check(plan, plan.result(all)); err != nil {
		return err
	}
	return r.carryOut(plan)
}

// plan compares the channels with what is expected of them.
func (r *restoring) plan(all []backend.Channel) (plan channelPlan) {
	for _, expected := range r.expected.Channels {
		now, isThere := backend.Settings{Channels: settingsOf(all)}.Find(expected)
		i := slices.IndexFunc(all, func(ch backend.Channel) bool { return ch.Priority == now.Priority })
		wanted, isKept := r.wanted.Find(expected)
		if !isThere {
			r.conflicts = append(r.conflicts, backend.Conflict{Channel: expected.Priority, Type: expected.Type, Part: "channel", Expected: expected.Value})
			continue
		}
		present := all[i]
		if !isKept {
			r.conflicts = append(r.conflicts, backend.Differences(expected, backend.SettingsOf(present))...)
			plan.remove = append(plan.remove, present)
			continue
		}
		plan.change = append(plan.change, changedChannel{present, r.merge(present, expected, wanted)})
	}
	for _, wanted := range r.wanted.Channels {
		if _, isThere := r.expected.Find(wanted); isThere {
			continue
		}
		plan.add = append(plan.add, wanted)
		if now, isThere := (backend.Settings{Channels: settingsOf(all)}).Find(wanted); isThere { // the journal could not tell the two apart
			r.conflicts = append(r.conflicts, backend.Conflict{Channel: now.Priority, Type: now.Type, Part: "channel", Present: now.Value})
		}
	}
	r.expectFree(plan, all)
	return plan
}

// expectFree looks whether a priority that a channel is to have belongs to another one by now.
func (r *restoring) expectFree(plan channelPlan, all []backend.Channel) {
	result := plan.result(all)
	for i, ch := range result {
		for _, other := range result[:i] {
			if other.Priority == ch.Priority { // the one that comes back is behind those that are there
				r.conflicts = append(r.conflicts, backend.Conflict{Channel: ch.Priority, Type: other.Type, Part: "channel", Present: other.Value})
			}
		}
	}
}

// merge returns a channel with the parts restored in which what is wanted differs from what is
// expected.
func (r *restoring) merge(present backend.Channel, expected, wanted backend.ChannelSettings) backend.Channel {
	is := backend.Differences(expected, backend.SettingsOf(present))
	to := present
	for _, d := range backend.Differences(expected, wanted) {
		if i := slices.IndexFunc(is, func(c backend.Conflict) bool { return c.Part == d.Part }); i >= 0 {
			is[i].Wanted = d.Present
			r.conflicts = append(r.conflicts, is[i])
			continue
		}
		switch d.Part {
		case "priority":
			to.Priority = wanted.Priority
		case "value":
			to.Value = wanted.Value
		case "active_value":
			to.ActiveValue, to.VerifiedAt, to.Proof.SeenAt = wanted.ActiveValue, wanted.VerifiedAt, wanted.SeenAt
		case "label":
			to.Label = wanted.Label
		case "enabled":
			to.Enabled = wanted.Enabled
		}
	}
	to.Verified = to.Value == to.ActiveValue
	return to
}

// result is all channels as the plan makes them.
func (p channelPlan) result(all []backend.Channel) (list []backend.Channel) {
	for _, ch := range all {
		if slices.ContainsFunc(p.remove, func(gone backend.Channel) bool { return gone.Priority == ch.Priority }) {
			continue
		}
		if i := slices.IndexFunc(p.change, func(c changedChannel) bool { return c.from.Priority == ch.Priority }); i >= 0 {
			ch = p.change[i].to
		}
		list = append(list, ch)
	}
	for _, s := range p.add {
		list = append(list, restored(s))
	}
	return list
}

// restored is a channel that comes back.
func restored(s backend.ChannelSettings) backend.Channel {
	return backend.Channel{Type: s.Type, Value: s.Value, Priority: s.Priority, Enabled: s.Enabled, Label: s.Label, Verified: s.Value == s.ActiveValue,
		ActiveValue: s.ActiveValue, CreatedAt: s.CreatedAt, VerifiedAt: s.VerifiedAt, Proof: backend.Proof{SeenAt: s.SeenAt}}
}

// check refuses what the rules do not allow any more. Errors: duplicate_channel, limit_reached,
// channel_not_verified, not_undoable.
func (r *restoring) check(plan channelPlan, result []backend.Channel) error {
	touched := slices.Clone(plan.change)
	for _, s := range plan.add {
		touched = append(touched, changedChannel{to: restored(s)})
	}
	for _, c := range touched {
		ch := c.to
		if ch.Enabled && ch.ActiveValue == "" {
			return errNotVerified(ch.Priority, "switch it on")
		}
		if ch.Value == c.from.Value && ch.ActiveValue == c.from.ActiveValue {
			continue
		}
		for _, value := range []string{ch.Value, ch.ActiveValue} {
			if value == "" {
				continue
			}
			if err := checkDuplicate(result, ch.Type, value, ch.Priority); err != nil {
				return err
			}
			if _, _, err := r.cleanChannel(ch.Type, value, nil, value); err != nil {
				return backend.Errorf(backend.CodeNotUndoable, "This cannot be undone, since %s would have an address that is not taken here any more. %s", channelName(ch), fieldSentence(err, "value"))
			}
		}
	}
	if len(plan.add) == 0 {
		return nil
	}
	p, err := r.tx.Profile(r.id)
	if err == nil && len(result) > p.Organization.Plan.MaxChannels() {
		err = errLimit(p.Organization.Plan)
	}
	return err
}

// fieldSentence is the first sentence about a field, or about all.
func fieldSentence(err error, field string) string {
	var e *backend.Error
	if errors.As(err, &e) && len(e.Fields[field]) > 0 {
		return e.Fields[field][0]
	}
	return fmt.Sprint(err)
}

// carryOut writes a plan.
func (r *restoring) carryOut(plan channelPlan) error {
	gone, err := r.removeChannels(r.tx, plan.remove)
	if err != nil {
		return err
	}
	r.before.Channels = gone
	moves := map[int]int{}
	for _, c := range plan.change {
		if err := r.save(c); err != nil {
			return err
		}
		if c.from.Priority != c.to.Priority {
			moves[c.from.Priority] = c.to.Priority
		}
		r.before.Channels = append(r.before.Channels, backend.SettingsOf(c.from))
		r.after.Channels = append(r.after.Channels, backend.SettingsOf(c.to))
	}
	if err := r.tx.MoveChannels(r.id, moves); err != nil {
		return err
	}
	for _, s := range plan.add {
		ch := restored(s)
		ch.UpdatedAt = r.tx.Now
		if err := r.tx.AddChannel(r.id, ch); err != nil {
			return err
		}
		if err := r.tx.RestoreKept(r.id, s.Priority, s.Kept); err != nil {
			return err
		}
		r.after.Channels = append(r.after.Channels, s)
	}
	return nil
}

// save writes a channel that is there, under its present priority. A value that goes, or that is
// verified again, leaves no code behind.
func (r *restoring) save(c changedChannel) error {
	to := c.to
	to.Priority, to.UpdatedAt = c.from.Priority, r.tx.Now
	if to.Value != c.from.Value || to.Verified && !c.from.Verified {
		if err := r.revokeCode(r.tx, storage.PurposeChannel, c.from.Type, c.from.Value); err != nil {
			return err
		}
	}
	if to.ActiveValue != c.from.ActiveValue {
		if err := r.tx.SetSeen(r.id, to.Priority, to.Proof.SeenAt); err != nil {
			return err
		}
	}
	return r.tx.SaveChannel(r.id, to)
}
