package linear

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// narrow is by what the lists are narrowed, by their screens: a text, or words that a person chose, such as types.
type narrow struct {
	text   map[keymap.Scope]string
	chosen map[keymap.Scope][]string // empty: all
}

// find narrows the list to what has a text.
func (m *Mode) find(ctx context.Context, with asked) error {
	if m.place == nil || m.place.rows == nil {
		m.say("There is no list here to find in. Go to one first, such as channels.")
		return nil
	}
	if m.narrow.text == nil {
		m.narrow.text = map[keymap.Scope]string{}
	}
	m.narrow.text[m.place.scope], m.row = with.text, ""
	return m.list(ctx)
}

// found are the rows that have the text to find.
func (m *Mode) found(rows []row) []row {
	text := strings.ToLower(m.narrow.text[m.place.scope])
	if text == "" {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool {
		return !strings.Contains(strings.ToLower(r.words+"\n"+r.search), text) && !shell.HasNumber(r.search, text)
	})
}

// narrowed says by what the list is narrowed, "" for nothing.
func (m *Mode) narrowed() string {
	var by []string
	if text := m.narrow.text[m.place.scope]; text != "" {
		by = append(by, fmt.Sprintf("to what has %q", m.short(text)))
	}
	if words := m.narrow.chosen[m.place.scope]; len(words) > 0 {
		by = append(by, "to "+strings.Join(words, ", "))
	}
	return strings.Join(by, ", and ")
}

// keeps reports whether what has this word is in the list.
func (m *Mode) keeps(scope keymap.Scope, word string) bool {
	chosen := m.narrow.chosen[scope]
	return len(chosen) == 0 || slices.Contains(chosen, word)
}

// filter asks which words a list is narrowed to.
func (m *Mode) filter(words ...string) func(context.Context, asked) error {
	return func(ctx context.Context, _ asked) error {
		at, isBack, err := m.choose(ctx, "Which ones are to be listed?", append(slices.Clone(words), "All of them")...)
		if isBack || err != nil {
			return err
		}
		if at == len(words) {
			return m.clearFilter(ctx, asked{})
		}
		if m.narrow.chosen == nil {
			m.narrow.chosen = map[keymap.Scope][]string{}
		}
		m.narrow.chosen[m.place.scope], m.row = []string{words[at]}, ""
		return m.list(ctx)
	}
}

// clearFilter lists all again.
func (m *Mode) clearFilter(ctx context.Context, _ asked) error {
	delete(m.narrow.chosen, m.place.scope)
	delete(m.narrow.text, m.place.scope)
	m.row = ""
	return m.list(ctx)
}
