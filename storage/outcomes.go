package storage

import "github.com/account-settings/pinghome/backend"

// LoadOutcomes fills in what the attempts tell of a channel: who accepted the last message
// to the value in force, and Failure.
func (t *Tx) LoadOutcomes(customer string, ch *backend.Channel) error {
	inForce := ch.InForce()
	last, found, err := t.LastEnd(customer, ch.Type, inForce)
	if err != nil {
		return err
	}
	if found && !last.Outcome.Reached() {
		if ch.Failure, err = t.failureOf(customer, ch.Type, inForce, last); err != nil {
			return err
		}
		last, found, err = t.LastReached(customer, ch.Type, inForce)
	}
	if found {
		p := &ch.Proof
		p.AcceptedAt, p.AcceptedBy, p.Held = last.At, last.Provider, last.Outcome == backend.OutcomeHeld
	}
	if err != nil || ch.Failure != nil || inForce == ch.Value {
		return err
	}
	last, found, err = t.LastEnd(customer, ch.Type, ch.Value) // a failure at the value that waits for its code
	if err == nil && found && !last.Outcome.Reached() {
		ch.Failure, err = t.failureOf(customer, ch.Type, ch.Value, last)
	}
	return err
}

// LoadStop makes the failure of a channel that of the last message which the person has
// stopped, if there is one: no later fault takes its place. It comes after LoadOutcomes.
func (t *Tx) LoadStop(customer string, ch *backend.Channel) error {
	if ch.Failure == nil {
		return nil
	}
	to := ch.InForce()
	last, found, err := t.LastEnd(customer, ch.Type, to)
	if err != nil {
		return err
	}
	if !found || last.Outcome.Reached() { // it fails at the value that waits for its code
		to = ch.Value
	}
	stop, found, err := t.LastStopped(customer, ch.Type, to)
	if found {
		f := ch.Failure
		f.At, f.Kind, f.Provider, f.Status, f.Stopped = stop.At, stop.Kind, stop.Provider, stop.Status, true
	}
	return err
}

// LoadBlocked fills in the last message to a channel that was not sent for a reason on the
// operator's side. It comes after LoadOutcomes.
func (t *Tx) LoadBlocked(customer string, ch *backend.Channel) error {
	for _, to := range []string{ch.InForce(), ch.Value} {
		a, found, err := t.LastBlocked(customer, ch.Type, to)
		if err != nil || found {
			ch.Blocked = &backend.Failure{At: a.At, Kind: a.Kind, Provider: a.Provider, Status: a.Status, Since: a.At}
			return err
		}
		if ch.InForce() == ch.Value {
			break
		}
	}
	return nil
}

// failureOf is the failure that a channel shows for the last attempt at one of its values.
func (t *Tx) failureOf(customer string, kind backend.ChannelType, value string, last backend.Attempt) (*backend.Failure, error) {
	f := &backend.Failure{At: last.At, Kind: last.Kind, Provider: last.Provider, Status: last.Status, Since: last.At}
	first, found, err := t.FirstFailed(customer, kind, value)
	if found {
		f.Since = first.At
	}
	return f, err
}
