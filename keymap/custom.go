package keymap

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Binding gives an action other keys than its usual ones.
type Binding struct {
	ID   ID
	Keys []string // as Bubble Tea names them, or as they are shown; none: the action has no key
}

// Refusal is a binding that was not taken over, by its place in the list, and why.
type Refusal struct {
	Binding int
	Key     int // the place among its keys of the one that this is about, -1 for the action
	Why     string
}

// Custom returns the map of the table with other keys, and the bindings that it refuses: of
// unknown actions, with unknown keys, or with a key that another action has where both can be
// done. The actions of those keep their usual keys.
func Custom(bindings []Binding) (Map, []Refusal) {
	usual := New()
	var refused []Refusal
	taken := map[int]Binding{}
	for i, b := range bindings {
		b.Keys = slices.Clone(b.Keys)
		for k, key := range b.Keys {
			b.Keys[k] = named(key)
		}
		key, why := usual.whyNot(b)
		if slices.ContainsFunc(bindings[:i], func(other Binding) bool { return other.ID == b.ID }) {
			key, why = theAction, fmt.Sprintf("%s has keys above already.", b.ID)
		}
		if why != "" {
			refused = append(refused, Refusal{i, key, why})
			continue
		}
		taken[i] = b
	}
	for {
		m := withKeys(taken)
		conflict := m.firstConflict(taken, len(bindings))
		if conflict.Why == "" {
			slices.SortFunc(refused, func(a, b Refusal) int { return a.Binding - b.Binding })
			return m, refused
		}
		delete(taken, conflict.Binding)
		refused = append(refused, conflict)
	}
}

// withKeys is the table with these keys in place of the usual ones.
func withKeys(bindings map[int]Binding) Map {
	actions := slices.Clone(table)
	for _, b := range bindings {
		i := slices.IndexFunc(actions, func(a Action) bool { return a.ID == b.ID })
		actions[i].Keys = b.Keys
	}
	return mapOf(actions)
}

// theAction is the Key of a refusal that is about no key.
const theAction = -1

// whyNot says what is wrong with a binding by itself, and with which of its keys; "" for nothing.
func (m Map) whyNot(b Binding) (key int, why string) {
	a := m.byID[b.ID]
	switch {
	case a == nil:
		return theAction, fmt.Sprintf("there is no action %q.", string(b.ID))
	case len(b.Keys) == 0 && a.isWayOut():
		return theAction, fmt.Sprintf("%s needs a key: without one there is no way out.", b.ID)
	}
	for i, key := range b.Keys {
		switch {
		case !isKey(key):
			return i, fmt.Sprintf("there is no key %q; write a character, or a name such as ctrl+t, shift+up, pgdown or f5.", key)
		case utf8.RuneCountInString(key) == 1 && a.Where.isText():
			return i, fmt.Sprintf("%q cannot be a key of %s: letters are text there.", key, b.ID)
		}
	}
	return theAction, ""
}

// firstConflict refuses the first binding with a key that another action has where both can be
// done; the zero value for none.
func (m Map) firstConflict(bindings map[int]Binding, n int) Refusal {
	for i := range n {
		b, isTaken := bindings[i]
		if !isTaken {
			continue
		}
		for _, other := range m.actions {
			for k, key := range b.Keys {
				if other.ID != b.ID && slices.Contains(other.Keys, key) && meet(m.byID[b.ID].Where, other.Where) {
					return Refusal{i, k, fmt.Sprintf("%s is the key of %s.", Show(key), other.ID)}
				}
			}
		}
	}
	return Refusal{}
}

// meet reports whether actions of two scopes can be done at the same time, so that they need
// different keys.
func meet(a, b Scope) bool {
	return a == b || a == Always || b == Always || a == Anywhere && b.isScreen() || b == Anywhere && a.isScreen()
}

func (s Scope) isScreen() bool {
	return slices.Contains([]Scope{Anywhere, Profile, Channels, Feedback, Activity, Messages, Accounts}, s)
}

// isText reports whether letters are letters in a scope.
func (s Scope) isText() bool {
	return slices.Contains([]Scope{Always, Form, Compose, Code, Word, Find, Pick, Deletion}, s)
}

// isWayOut reports whether an action leaves a dialog, a text or the program. Each has a key.
func (a Action) isWayOut() bool {
	return slices.Contains([]ID{QuitNow, Quit, Back, FormClose, ComposeLeave, CodeClose, WordClose, ConfirmNo, FilterClose, ColumnsClose, FindClear,
		PickClose, HelpClose, DeletionClose, ReadClose, TestsClose, RotateKeep, SecretPress, WaitingQuit, FirstRunNext}, a.ID)
}

// named is the name of a key for Bubble Tea.
func named(key string) string {
	if rest, isShift := strings.CutPrefix(key, "shift+"); isShift {
		return "shift+" + named(rest)
	}
	switch key {
	case "space":
		return " "
	case "↑":
		return "up"
	case "↓":
		return "down"
	case "←":
		return "left"
	case "→":
		return "right"
	case "pgdn":
		return "pgdown"
	}
	if len(key) > 1 && key[0] == 'F' {
		return strings.ToLower(key)
	}
	return key
}

// isKey reports whether a terminal can send a key with this name, and this program hears it as
// one. With alt a letter is esc and the letter.
func isKey(key string) bool {
	if utf8.RuneCountInString(key) == 1 {
		r, _ := utf8.DecodeRuneInString(key)
		return unicode.IsGraphic(r)
	}
	if letter, isCtrl := strings.CutPrefix(key, "ctrl+"); isCtrl && len(letter) == 1 {
		return letter[0] >= 'a' && letter[0] <= 'z' && letter != "i" && letter != "m" // tab and enter
	}
	return slices.Contains(keyNames, key)
}

// keyNames are those of keys that are no character, as Bubble Tea has them.
var keyNames = strings.Fields(`up down left right home end pgup pgdown insert delete backspace enter esc tab shift+tab
shift+up shift+down shift+left shift+right shift+home shift+end ctrl+up ctrl+down ctrl+left ctrl+right ctrl+home ctrl+end ctrl+pgup ctrl+pgdown
f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20`)
