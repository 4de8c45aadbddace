package linear

import (
	"context"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// place is a screen in linear mode: a list of records, and what can be done with them.
type place struct {
	scope  keymap.Scope
	action keymap.ID       // goes there
	needs  backend.Feature // without it there is no such screen; "" for none
	noun   string          // what a record is called; "" for a screen without records
	head   func() string   // what is said before the records; lines
	rows   func(context.Context) ([]row, error)
	// older are the records behind those that were read, a page of them; nil where rows are all. hasOlder: there are such.
	older    func(context.Context) ([]row, error)
	hasOlder func() bool
	facts    func(id string) []string            // of a record; none: it is gone
	opened   func(context.Context, string) error // after all of a record was said; nil for nothing to do
	entries  []entry
	// hasOwnNumbers: a record is named by its own number, which is its id as well, and not by its place in the list.
	hasOwnNumbers   bool
	isSilentWithout bool // its head does not tell that there are no records
	isKept          bool // what it says was read with the account, and is there while no server answers
	isNarrowing     bool // rows are those that have the text to find, and the others were not read
}

// row is a record of a list.
type row struct {
	number int    // by which it is named
	id     string // by which it is known when the list has changed
	words  string // one sentence without its number and full stop
	search string // what a text is found in, beside the words
}

// takes is what an entry needs to be told.
type takes int

const (
	takesNothing     takes = iota
	takesText              // any, which may be missing
	takesOne               // a record
	takesOneWithText       // a record, and a text behind it
	takesSeveral           // records
)

// isOfRecords reports whether it is done with records.
func (t takes) isOfRecords() bool { return t >= takesOne }

// entry is one thing that can be done.
type entry struct {
	id    keymap.ID // of the action of the console; "" for one of linear mode alone
	word  string    // "" for that of the action
	also  []string  // other words for it
	title string    // "" for that of the action
	takes takes
	do    func(context.Context, asked) error
	// off says why it cannot be done with a record, "" where it can; of what takes none, id is "". nil: it always can.
	off func(id string) string
}

// whyOff says why an entry cannot be done with one of the records, "" where it can be tried.
func (e entry) whyOff(ids []string) string {
	switch {
	case e.off == nil:
		return ""
	case len(ids) == 0:
		return e.off("")
	}
	for _, id := range ids {
		if why := e.off(id); why != "" {
			return why
		}
	}
	return ""
}

// asked is with what an entry is done: records by their ids, and what was typed behind them.
type asked struct {
	name string // by which the entry was asked for
	ids  []string
	text string
}

func (a asked) id() string { return a.ids[0] }

// name is the word of an entry.
func (m *Mode) name(e entry) string {
	if e.word != "" {
		return e.word
	}
	word, _ := keymap.Linear(m.shell.Keys.Action(e.id))
	return word
}

// meaning is what an entry does, in a few words.
func (m *Mode) meaning(e entry) string {
	if e.title != "" {
		return e.title
	}
	return m.shell.Keys.Action(e.id).Title
}

// keyOf is the key that can be typed for an entry, "" for none: others than those of one sign are no text.
func (m *Mode) keyOf(e entry) string {
	for _, key := range m.shell.Keys.Action(e.id).Keys {
		isDigit := key >= "0" && key <= "9" // a number is a record where there are records
		if len([]rune(key)) == 1 && strings.TrimSpace(key) != "" && (m.place == nil || !isDigit) {
			return key
		}
	}
	return ""
}

// line is an entry in the help.
func (m *Mode) line(e entry) string {
	said := m.name(e)
	if key := m.keyOf(e); key != "" {
		said += ", key " + spelled(key)
	}
	return said + ": " + m.meaning(e) + "."
}

// entries are what can be done here.
func (m *Mode) entries() []entry {
	if m.place == nil {
		return m.everywhere()
	}
	return append(slices.Clone(m.place.entries), m.everywhere()...)
}

// ofRecord are the entries that are done with a record.
func (p *place) ofRecord() []entry {
	return slices.DeleteFunc(slices.Clone(p.entries), func(e entry) bool { return !e.takes.isOfRecords() })
}

// meant finds the entry that an answer names, by the longest of its words or by its key, and what stands behind that.
func (m *Mode) meant(answer string) (found entry, name, rest string, isFound bool) {
	if found, name, rest, isFound = m.meantByWord(answer); isFound {
		return found, name, rest, true
	}
	key, rest, _ := strings.Cut(answer, " ")
	for _, e := range m.entries() {
		if len([]rune(key)) == 1 && slices.Contains(m.shell.Keys.Action(e.id).Keys, key) {
			return e, m.name(e), strings.TrimSpace(rest), true
		}
	}
	return found, "", "", false
}

func (m *Mode) meantByWord(answer string) (found entry, name, rest string, isFound bool) {
	for _, e := range m.entries() {
		for _, word := range append([]string{m.name(e)}, e.also...) {
			isWord := len(answer) >= len(word) && strings.EqualFold(answer[:len(word)], word) && (len(answer) == len(word) || answer[len(word)] == ' ')
			if isWord && len(word) > len(name) {
				found, name, isFound = e, word, true
			}
		}
	}
	return found, name, strings.TrimSpace(answer[len(name):]), isFound
}

// whyNot says why something cannot be done at all now, "" when it can be tried.
func (m *Mode) whyNot(e entry) string {
	if m.shell.Keys.Action(e.id).Changes {
		return m.shell.WhyReadOnly()
	}
	return ""
}
