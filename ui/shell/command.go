package shell

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"maps"

	"github.com/account-settings/pinghome/backend"
)

// A change whose answer was lost may have been done. The key under which it
// was sent stays with its draft for as long as the draft says the same: sent
// again, it is the same command, and is done once.

// commandField holds the key among the values of a draft. No field of a form
// has this name.
const commandField = "command key"

// sending is what was sent last from a form, and under which key.
type sending struct {
	key    string
	values map[string]string
	lost   bool // it is not known what came of it
}

// command is what the values of a form are sent with: the key of before while
// the end of that is not known and they are the same, else a fresh one.
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

// ended notes how a sending came out. Only one whose end is not known keeps its
// key, and a try after it that did not arrive does not end it.
func (d *Drafts) Ended(form string, err error) {
	key := d.Key(form)
	s, ok := d.sent[key]
	if !ok {
		return
	}
	s.lost = backend.ErrorCode(err) == backend.CodeUnknown || s.lost && err != nil && IsTransient(err)
	d.sent[key] = s
	if s.lost || err != nil && d.typed[key] != nil {
		d.keepAt(key, s.values)
	}
	if !s.lost {
		delete(d.sent, key)
	}
}

// givenUp: the person no longer waits, and does not know what came of what was sent.
func (d *Drafts) givenUp() {
	for key, s := range d.sent {
		s.lost = true
		d.sent[key] = s
		d.keepAt(key, s.values)
	}
}

// marked is what is kept of a form: its values, with the key that they were
// sent under while it is not known what came of that.
func (d *Drafts) marked(key string, values map[string]string) map[string]string {
	if s := d.sent[key]; s.lost && maps.Equal(s.values, values) {
		return withKey(values, s.key)
	}
	return values
}

// found takes the key that was kept with a draft.
func (d *Drafts) found(m DraftFoundMsg) {
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
