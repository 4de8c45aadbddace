package local

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"math/big"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// A test message says a word. A person who types it back has seen the message.

const (
	// testWordTries is how often the word of one test can be guessed.
	testWordTries = 5
	// testWordLifetime is how long the word of a test can be entered.
	testWordLifetime = day
)

// testWords are short, easy to tell apart when heard, and mean nothing bad.
var testWords = strings.Fields(`
acorn amber anchor apple arrow autumn badger bamboo banjo barley basil beacon birch bison bottle breeze
bridge butter cactus camel candle canyon carbon carpet castle cedar cherry circle citrus clover cobalt comet
copper coral cotton cradle crystal dahlia daisy dolphin dragon eagle echo ember falcon feather ferry fiddle
flame forest fossil fountain garden garlic ginger glacier globe granite grape guitar hammer harbor hazel helmet
hermit honey hunter igloo indigo island ivory jacket jaguar jasmine jelly jigsaw juniper kernel kettle kitten
ladder lagoon lantern laurel lemon lilac linen lizard lobster lotus magnet mango maple marble meadow melon
mirror mitten monsoon mosaic muffin nectar needle nickel nutmeg oasis ocean olive onyx orbit orchid otter`)

// randomTestWord draws one of testWords, all equally likely.
func randomTestWord() string {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(len(testWords))))
	if err != nil {
		panic(err) // without a source of randomness nothing here is safe
	}
	return testWords[n.Int64()]
}

// storeTestWord keeps the hash of the word of a test message; nothing without a word.
func (c *customer) storeTestWord(tx *storage.Tx, ch backend.Channel, m backend.Message) error {
	if m.Word == "" {
		return nil
	}
	return tx.PutOpenTest(c.id, ch.Priority, storage.OpenTest{Message: m.ID, MAC: c.testWordMAC(m.ID, m.Word), At: tx.Now})
}

// testWordMAC is the keyed hash that is kept of a test word. It covers the id of its
// message.
func (c *customer) testWordMAC(message, word string) []byte {
	h := hmac.New(sha256.New, c.subkey("receipt"))
	h.Write([]byte(message + " " + word))
	return h.Sum(nil)
}

// ConfirmReceipt says that a person saw the last test message of a channel.
func (c *customer) ConfirmReceipt(ctx context.Context, priority int, word string) (ch backend.Channel, err error) {
	var faults backend.FieldErrors
	_, err = backend.CleanPriority(priority)
	faults.Add("priority", err)
	word = strings.ToLower(strings.TrimSpace(normalNFC(word)))
	if word == "" {
		faults.Add("word", errors.New("Type the word in the test message."))
	}
	if err := faults.Err(); err != nil {
		return ch, err
	}
	err = c.change(ctx, "ConfirmReceipt", &ch, func(tx *storage.Tx) error {
		if ch, err = c.channel(tx, priority); err != nil {
			return err
		}
		open, err := tx.OpenTest(c.id, priority)
		switch {
		case err != nil:
			return err
		case open.Message == "" || open.Tries >= testWordTries || !isOpenSince(open.At, tx.Now):
			return backend.Errorf(backend.CodeNoOpenTest, "No test of this channel waits for its word. Send a test, then type the word in it.")
		case !hmac.Equal(open.MAC, c.testWordMAC(open.Message, word)):
			if err := tx.CountWordTry(c.id, priority); err != nil {
				return err
			}
			return &committedRefusal{errWordWrong(testWordTries - open.Tries - 1)}
		}
		before := ch
		if err := tx.MarkSeen(c.id, priority); err != nil {
			return err
		}
		if ch, err = c.channel(tx, priority); err != nil {
			return err
		}
		return c.noteChannel(tx, "channel.seen", channelName(ch), before, ch)
	})
	if err != nil {
		return backend.Channel{}, err
	}
	return ch, nil
}

// isOpenSince reports whether the word of a test can be entered still. That of a test
// in the future cannot: the clock was wrong, and it would be open for too long.
func isOpenSince(sent, now time.Time) bool {
	age := now.Sub(sent)
	return age >= 0 && age < testWordLifetime
}

func errWordWrong(left int) error {
	e := backend.Errorf(backend.CodeWordWrong, "This is not the word in the newest test; %s left. Look at the newest message.", tries(left))
	if left == 0 {
		e.Message = "This is not the word in the newest test, and that was the last try. Send another test."
	}
	e.AttemptsLeft = left
	e.Fields = map[string][]string{"word": {e.Message}}
	return e
}
