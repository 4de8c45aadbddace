package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// OpenTest is a test whose word nobody has given back yet.
type OpenTest struct {
	Message string // the test's; "" when no test is open
	MAC     []byte // of the word
	At      time.Time
	Tries   int
}

const (
	selectOpenTest = `SELECT word_id, word_mac, word_at, word_tries FROM channels WHERE customer_id = $1 AND priority = $2`
	updateOpenTest = `UPDATE channels SET word_id = $1, word_mac = $2, word_at = $3, word_tries = 0 WHERE customer_id = $4 AND priority = $5`
	countWordTry   = `UPDATE channels SET word_tries = word_tries + 1 WHERE customer_id = $1 AND priority = $2`
	updateSeen     = `UPDATE channels SET seen_at = $1, word_id = '', word_mac = x'', word_at = 0 WHERE customer_id = $2 AND priority = $3`
	closeTest      = `UPDATE channels SET word_id = '', word_mac = x'', word_at = 0 WHERE customer_id = $1 AND word_id = $2`
)

// OpenTest loads the test of a channel that waits for its word.
func (t *Tx) OpenTest(customer string, priority int) (o OpenTest, err error) {
	var at int64
	err = t.row(selectOpenTest, []any{customer, priority}, &o.Message, &o.MAC, &at, &o.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	o.At = instant(at)
	return o, err
}

// PutOpenTest writes the test of a channel that waits for its word now.
func (t *Tx) PutOpenTest(customer string, priority int, o OpenTest) error {
	_, err := t.exec(updateOpenTest, o.Message, blob(o.MAC), millis(o.At), customer, priority)
	return err
}

// CloseTest ends the test with this message: it did not go out, so nobody can
// know its word.
func (t *Tx) CloseTest(customer, message string) error {
	_, err := t.exec(closeTest, customer, message)
	return err
}

// CountWordTry counts one more try at the word of a channel's open test.
func (t *Tx) CountWordTry(customer string, priority int) error {
	_, err := t.exec(countWordTry, customer, priority)
	return err
}

// Saw records that a person saw a message of the channel just now; no test is
// open then.
func (t *Tx) Saw(customer string, priority int) error {
	_, err := t.exec(updateSeen, millis(t.Now), customer, priority)
	return err
}

// Salts are what a webhook's signing secrets are made from, with the key.
type Salts struct {
	Now string    `json:"now"`
	Old []OldSalt `json:"old,omitempty"` // those that sign beside it, the newest first
}

// OldSalt signs until its successor has had time to get to the receiver.
type OldSalt struct {
	Salt  string `json:"salt"`
	Until int64  `json:"until"` // unix milliseconds
}

const (
	selectSalts = `SELECT salts FROM channels WHERE customer_id = $1 AND type = $2 AND (active_value = $3 OR value = $3) ORDER BY priority LIMIT 1`
	updateSalts = `UPDATE channels SET salts = $1 WHERE customer_id = $2 AND priority = $3`
)

// Salts loads those of the channel that has an address; none where there is no
// such channel, or it is no webhook.
func (t *Tx) Salts(customer string, kind backend.ChannelType, value string) (s Salts, err error) {
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

// PutSalts writes those of a channel.
func (t *Tx) PutSalts(customer string, priority int, s Salts) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(updateSalts, string(text), customer, priority)
	return err
}
