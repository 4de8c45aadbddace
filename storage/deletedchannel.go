package storage

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
)

// deletedChannel is what the journal keeps of a deleted channel beside its settings, so that it can
// come back with it. Times are in unix milliseconds.
type deletedChannel struct {
	Salts string       `json:"salts,omitempty"`
	Test  *deletedTest `json:"test,omitempty"` // nil: it was never tested
	Word  *deletedWord `json:"word,omitempty"` // nil: no test waits for its word
}

// deletedTest is the last test.
type deletedTest struct {
	At       int64  `json:"at"`
	OK       int    `json:"ok,omitempty"`
	Held     int    `json:"held,omitempty"`
	Unknown  int    `json:"unknown,omitempty"`
	Disabled int    `json:"off,omitempty"`
	Provider string `json:"by,omitempty"`
	Status   string `json:"status,omitempty"`
	Detail   string `json:"detail,omitempty"`
	Micros   int64  `json:"us,omitempty"`
}

// deletedWord is the open test. Its tries are kept, too: deleting a channel and taking that back
// gives no further guesses.
type deletedWord struct {
	Message string `json:"id"`
	MAC     []byte `json:"mac"`
	At      int64  `json:"at"`
	Tries   int    `json:"tries,omitempty"`
}

const (
	selectKept = `
SELECT salts, test_at, test_ok, test_held, test_unknown, test_disabled, test_provider, test_status, test_detail, test_micros,
  word_id, word_mac, word_at, word_tries
FROM channels WHERE customer_id = $1 AND priority = $2`
	updateKept = `
UPDATE channels SET salts = $1, test_at = $2, test_ok = $3, test_held = $4, test_unknown = $5, test_disabled = $6, test_provider = $7,
  test_status = $8, test_detail = $9, test_micros = $10, word_id = $11, word_mac = $12, word_at = $13, word_tries = $14
WHERE customer_id = $15 AND priority = $16`
)

// KeptOf loads what the journal keeps of a channel that is about to be deleted, beside its
// settings: its last test, its open test and what its signing secrets are derived from. It is ""
// when it has none of them, or does not exist.
func (t *Tx) KeptOf(customer string, priority int) (string, error) {
	var kept deletedChannel
	var test deletedTest
	var word deletedWord
	err := t.row(selectKept, []any{customer, priority}, &kept.Salts, &test.At, &test.OK, &test.Held, &test.Unknown, &test.Disabled,
		&test.Provider, &test.Status, &test.Detail, &test.Micros, &word.Message, &word.MAC, &word.At, &word.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if test.At != 0 {
		kept.Test = &test
	}
	if word.Message != "" {
		kept.Word = &word
	}
	if kept == (deletedChannel{}) {
		return "", nil
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// RestoreKept gives a channel back what KeptOf has loaded.
func (t *Tx) RestoreKept(customer string, priority int, text string) error {
	if text == "" {
		return nil
	}
	var kept deletedChannel
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return err
	}
	var test deletedTest
	if kept.Test != nil {
		test = *kept.Test
	}
	var word deletedWord
	if kept.Word != nil {
		word = *kept.Word
	}
	_, err := t.exec(updateKept, kept.Salts, test.At, test.OK, test.Held, test.Unknown, test.Disabled, test.Provider,
		test.Status, test.Detail, test.Micros, word.Message, blob(word.MAC), word.At, word.Tries, customer, priority)
	return cmp.Or(err, t.reachMayChange(customer))
}
