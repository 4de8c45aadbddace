package linear

import (
	"os"
	"slices"
	"testing"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/command"
)

func newTestMode(t *testing.T) *Mode {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { null.Close() })
	return newMode(Options{Program: command.Program{In: null, Out: null, Data: httpapi.Data}})
}

// entriesOf are what linear mode really has, by the scopes of the console.
func entriesOf(m *Mode) map[keymap.Scope][]entry {
	all := map[keymap.Scope][]entry{keymap.Anywhere: m.everywhere()}
	for _, p := range m.places {
		all[p.scope] = p.entries
	}
	return all
}

// TestEveryActionIsInLinearMode, or the table says why not.
func TestEveryActionIsInLinearMode(t *testing.T) {
	m := newTestMode(t)
	entries, n := entriesOf(m), 0
	for _, a := range keymap.New().All() {
		word, why := keymap.Linear(a)
		in := func(scope keymap.Scope) bool {
			return slices.ContainsFunc(entries[scope], func(e entry) bool { return e.id == a.ID && m.name(e) == word })
		}
		isThere := in(a.Where)
		for _, p := range m.places { // an action of all screens may be an entry of some
			isThere = isThere || a.Where == keymap.Anywhere && in(p.scope)
		}
		switch {
		case (word == "") == (why == ""):
			t.Errorf("%s: the word %q and the reason %q", a.ID, word, why)
		case word != "" && !isThere:
			t.Errorf("%s: linear mode has no entry %q in %s", a.ID, word, a.Where)
		case word != "":
			n++
		}
	}
	if n < 50 {
		t.Errorf("only %d actions", n)
	}
}

// TestAWordMeansOneThing on each screen, and every entry has one and a meaning.
func TestAWordMeansOneThing(t *testing.T) {
	m := newTestMode(t)
	for _, p := range append(slices.Clone(m.places), nil) {
		m.place = p
		seen := map[string]bool{}
		for _, e := range m.entries() {
			if e.id == keymap.Open && seen["open"] {
				continue
			}
			for _, word := range append([]string{m.name(e)}, e.also...) {
				if word == "" || seen[word] || m.meaning(e) == "" {
					t.Errorf("%q is twice, or empty: %+v", word, e.id)
				}
				seen[word] = true
			}
		}
	}
}
