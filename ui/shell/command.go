package shell

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"maps"

	"github.com/account-settings/pinghome/backend"
)

// A change whose answer was lost may have been done. Its idempotency key is kept
// with the draft while the draft has the same values: sent again, it is the same
// command, and the backend does it once.

// commandField holds the idempotency key among the values of a draft. No field of
// a form has this name.
const commandField = "command key"

// sending is what was sent last from a form.
type sending struct {
	key    string // the idempotency key
	values map[string]string
	lost   bool // the answer is not known
}

// Command is what the values of a form are sent with: the idempotency key of the
// last sending where its answer is not known and the values are the same, else a
// new one.
func (d *Drafts) Command(form string, values map[string]string) backend.Command {
	key := d.Key(form)
	s := d.sent[key]
	if !s.lost || !maps.Equal(s.values, values) {
		s = sending{key: rand.Text(), values: maps.Clone(values)}
		d.sent[key] = s
	}
	sum := sha256.Sum256(fmt.Append(nil, form, values)) // a map is printed in order
	return backend.Command{Key: s.key, Fingerprint: fmt.Sprintf("%x", sum)}
}

// Ended notes the answer to a sending. Its key is kept only where the answer is not
// known; a later try that did not reach the backend leaves it so.
func (d *Drafts) Ended(form string, err error) {
	key := d.Key(form)
	s, ok := d.sent[key]
	if !ok {
		return
	}
	s.lost = backend.ErrorCode(err) == backend.CodeUnknownOutcome || s.lost && err != nil && IsTransient(err)
	d.sent[key] = s
	if s.lost || err != nil && d.typed[key] != nil {
		d.keepAt(key, s.values)
	}
	if !s.lost {
		delete(d.sent, key)
	}
}

// givenUp notes that the person no longer waits: no answer is known.
func (d *Drafts) givenUp() {
	for key, s := range d.sent {
		s.lost = true
		d.sent[key] = s
		d.keepAt(key, s.values)
	}
}

// marked is what a draft holds: the values of the form, and with them the
// idempotency key while the answer to their sending is not known.
func (d *Drafts) marked(key string, values map[string]string) map[string]string {
	if s := d.sent[key]; s.lost && maps.Equal(s.values, values) {
		return withKey(values, s.key)
	}
	return values
}

// found takes up the idempotency key that was kept with a draft.
func (d *Drafts) found(m DraftFoundMsg) {
	if m.isStored {
		d.written[m.Key] = true
	}
	if id := m.Values[commandField]; id != "" {
		d.sent[m.Key] = sending{id, plain(m.Values), true}
	}
}

func withKey(values map[string]string, key string) map[string]string {
	marked := maps.Clone(values)
	marked[commandField] = key
	return marked
}

func plain(values map[string]string) map[string]string {
	values = maps.Clone(values)
	delete(values, commandField)
	return values
}
