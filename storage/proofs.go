package storage

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// OpenTest is the last test message of a channel while its test word has not been
// typed back.
type OpenTest struct {
	Message string    // the id of the message; "" when no test is open
	MAC     []byte    // keyed hash of the test word
	At      time.Time // when it was sent
	Tries   int       // how often a wrong word was entered
}

const (
	selectOpenTest = `SELECT word_id, word_mac, word_at, word_tries FROM channels WHERE customer_id = $1 AND priority = $2`
	updateOpenTest = `UPDATE channels SET word_id = $1, word_mac = $2, word_at = $3, word_tries = 0 WHERE customer_id = $4 AND priority = $5`
	countWordTry   = `UPDATE channels SET word_tries = word_tries + 1 WHERE customer_id = $1 AND priority = $2`
	updateSeen     = `UPDATE channels SET seen_at = $1, word_id = '', word_mac = $2, word_at = 0 WHERE customer_id = $3 AND priority = $4`
	closeTest      = `UPDATE channels SET word_id = '', word_mac = $1, word_at = 0 WHERE customer_id = $2 AND word_id = $3`
)

// OpenTest loads the open test of a channel; the zero value when there is none.
func (t *Tx) OpenTest(customer string, priority int) (o OpenTest, err error) {
	var at int64
	err = t.row(selectOpenTest, []any{customer, priority}, &o.Message, &o.MAC, &at, &o.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	o.At = instant(at)
	return o, err
}

// PutOpenTest writes the open test of a channel, with no tries, in the place of the
// one before.
func (t *Tx) PutOpenTest(customer string, priority int, o OpenTest) error {
	_, err := t.exec(updateOpenTest, o.Message, blob(o.MAC), millis(o.At), customer, priority)
	return err
}

// CloseTest closes the open test with this message id, if there is one: the message
// was not sent, so its word cannot be known.
func (t *Tx) CloseTest(customer, message string) error {
	_, err := t.exec(closeTest, noBytes, customer, message)
	return err
}

// CountWordTry counts one more try at the word of a channel's open test.
func (t *Tx) CountWordTry(customer string, priority int) error {
	_, err := t.exec(countWordTry, customer, priority)
	return err
}

// MarkSeen records that a person has proved to have seen a message of the channel at
// t.Now, and closes its open test.
func (t *Tx) MarkSeen(customer string, priority int) error {
	_, err := t.exec(updateSeen, millis(t.Now), noBytes, customer, priority)
	return cmp.Or(err, t.reachMayChange(customer))
}

// SigningSalts are what a webhook's signing secrets are derived from, together with the
// key. They are stored as JSON.
type SigningSalts struct {
	Now string           `json:"now"`           // of the current secret, 32 hexadecimal digits; "" for none
	Old []OldSigningSalt `json:"old,omitempty"` // of the replaced secrets that still sign, newest first
}

// OldSigningSalt is that of a replaced signing secret, which goes on signing for a while,
// until the receiver has the new one.
type OldSigningSalt struct {
	Salt  string `json:"salt"`
	Until int64  `json:"until"` // unix milliseconds
}

const (
	selectSalts = `SELECT salts FROM channels WHERE customer_id = $1 AND type = $2 AND (active_value = $3 OR value = $3) ORDER BY priority LIMIT 1`
	updateSalts = `UPDATE channels SET salts = $1 WHERE customer_id = $2 AND priority = $3`
)

// SigningSalts loads the salts of the channel with a type and a value, in force or not;
// the zero value when there is no such channel or it is not a webhook.
func (t *Tx) SigningSalts(customer string, kind backend.ChannelType, value string) (s SigningSalts, err error) {
	var text string
	err = t.row(selectSalts, []any{customer, string(kind), value}, &text)
	if errors.Is(err, sql.ErrNoRows) || err == nil && text == "" {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(text), &s)
}

// PutSigningSalts writes the salts of a channel.
func (t *Tx) PutSigningSalts(customer string, priority int, s SigningSalts) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(updateSalts, string(text), customer, priority)
	return err
}
