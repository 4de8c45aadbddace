package storage

import (
	"cmp"
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A channel's code is the one that was sent to its present value, and only while
// that value is not verified.
const selectChannels = `
SELECT n.priority, n.type, n.value, n.active_value, n.label, n.enabled, n.created_at, n.updated_at, n.verified_at,
  n.test_at, n.test_ok, n.test_held, n.test_unknown, n.test_provider, n.test_status, n.test_detail, n.test_micros, n.test_disabled, n.seen_at, n.word_at,
  COALESCE(k.sent_at, 0), COALESCE(k.expires_at, 0), COALESCE(k.tries, 0)
FROM channels n
LEFT JOIN codes k ON k.customer_id = n.customer_id AND k.purpose = 'channel'
  AND k.target = n.type || ':' || n.value AND n.value <> n.active_value
WHERE n.customer_id = CAST($1 AS TEXT)`

const (
	selectChannelsOrdered = selectChannels + ` ORDER BY n.priority`
	selectChannel         = selectChannels + ` AND n.priority = CAST($2 AS BIGINT)`
)

// Channels loads a customer's channels by priority; never nil. Of a code that
// waits to be entered it fills in SentAt, ExpiresAt and AttemptsLeft.
func (t *Tx) Channels(customer string) ([]backend.Channel, error) {
	list := []backend.Channel{}
	err := t.rows(selectChannelsOrdered, []any{customer}, func(scan func(...any) error) error {
		c, err := scanChannel(scan)
		list = append(list, c)
		return err
	})
	return list, err
}

// Channel loads the channel with a priority; found is false when there is none.
func (t *Tx) Channel(customer string, priority int) (c backend.Channel, found bool, err error) {
	c, err = scanChannel(func(dest ...any) error { return t.row(selectChannel, []any{customer, priority}, dest...) })
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

func scanChannel(scan func(...any) error) (backend.Channel, error) {
	var c backend.Channel
	var created, updated, verified, tested, micros, seen, word, sent, expires int64
	var tries int
	var test backend.Test
	err := scan(&c.Priority, &c.Type, &c.Value, &c.ActiveValue, &c.Label, &c.Enabled, &created, &updated, &verified,
		&tested, &test.OK, &test.Held, &test.Unknown, &test.Provider, &test.ProviderStatus, &test.Detail, &micros, &test.WhileDisabled, &seen, &word,
		&sent, &expires, &tries)
	c.Verified = c.Value == c.ActiveValue
	c.CreatedAt, c.UpdatedAt, c.VerifiedAt = instant(created), instant(updated), instant(verified)
	c.Proof.SeenAt, c.Proof.WordSentAt = instant(seen), instant(word)
	if tested != 0 {
		test.At, test.Duration = instant(tested), time.Duration(micros)*time.Microsecond
		c.LastTest = &test
	}
	if sent != 0 {
		state := codeState(sent, expires, tries)
		c.Code = &state
	}
	return c, err
}

const insertChannel = `
INSERT INTO channels (customer_id, priority, type, value, active_value, label, enabled, created_at, updated_at, verified_at,
  test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '', '', '', 0, 0, $11)`

// AddChannel writes a new channel without its last test and its signing secret.
func (t *Tx) AddChannel(customer string, c backend.Channel) error {
	_, err := t.exec(insertChannel, customer, c.Priority, string(c.Type), c.Value, c.ActiveValue, c.Label, flag(c.Enabled),
		millis(c.CreatedAt), millis(c.UpdatedAt), millis(c.VerifiedAt), millis(c.Proof.SeenAt))
	return cmp.Or(err, t.reachMayChange(customer))
}

const updateChannel = `
UPDATE channels SET value = $1, active_value = $2, label = $3, enabled = $4, updated_at = $5, verified_at = $6
WHERE customer_id = $7 AND priority = $8`

// SaveChannel writes the value, the value in force, the label, the switch and their times
// of the channel with c's priority.
func (t *Tx) SaveChannel(customer string, c backend.Channel) error {
	_, err := t.exec(updateChannel, c.Value, c.ActiveValue, c.Label, flag(c.Enabled), millis(c.UpdatedAt), millis(c.VerifiedAt),
		customer, c.Priority)
	return cmp.Or(err, t.reachMayChange(customer))
}

const updateChannelTest = `
UPDATE channels SET test_at = $1, test_ok = $2, test_provider = $3, test_status = $4, test_detail = $5, test_micros = $6, test_disabled = $7,
  test_held = $8, test_unknown = $9
WHERE customer_id = $10 AND type = $11 AND active_value = $12`

// SaveTest writes the last test of the channel whose value in force this is, or
// nothing when no channel has it any more.
func (t *Tx) SaveTest(customer string, kind backend.ChannelType, value string, test backend.Test) error {
	_, err := t.exec(updateChannelTest, millis(test.At), flag(test.OK), test.Provider, test.ProviderStatus, test.Detail,
		test.Duration.Microseconds(), flag(test.WhileDisabled), flag(test.Held), flag(test.Unknown), customer, string(kind), value)
	return cmp.Or(err, t.reachMayChange(customer))
}

const deleteChannel = `DELETE FROM channels WHERE customer_id = $1 AND priority = $2`

// DeleteChannel removes a channel, if there is one. Its code is removed with DeleteCode.
func (t *Tx) DeleteChannel(customer string, priority int) error {
	_, err := t.exec(deleteChannel, customer, priority)
	return cmp.Or(err, t.reachMayChange(customer))
}

// aside is added to the priorities of channels while others get theirs: no priority is as large.
const aside = 1 << 40

const (
	moveAside    = `UPDATE channels SET priority = priority + $1 WHERE customer_id = $2 AND priority = $3`
	moveBack     = `UPDATE channels SET priority = $1 WHERE customer_id = $2 AND priority = $3`
	changeProven = `UPDATE channels SET seen_at = $1, word_id = '', word_mac = $2, word_at = 0 WHERE customer_id = $3 AND priority = $4`
)

// MoveChannels gives channels other priorities, by their present ones. All of them are
// different, and those that are not named keep theirs.
func (t *Tx) MoveChannels(customer string, to map[int]int) error {
	for from := range to {
		if _, err := t.exec(moveAside, aside, customer, from); err != nil {
			return err
		}
	}
	for from, priority := range to {
		if _, err := t.exec(moveBack, priority, customer, from+aside); err != nil {
			return err
		}
	}
	return t.reachMayChange(customer)
}

// SetSeen writes when a person last saw a message of a channel, the zero time for never, and
// closes its open test: both are about another value in force.
func (t *Tx) SetSeen(customer string, priority int, at time.Time) error {
	_, err := t.exec(changeProven, millis(at), noBytes, customer, priority)
	return cmp.Or(err, t.reachMayChange(customer))
}
