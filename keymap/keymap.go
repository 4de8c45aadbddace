package keymap

import (
	"fmt"
	"slices"
	"strings"
)

// Map finds actions by key and by scope.
type Map struct {
	actions []Action
	byKey   map[Scope]map[string]ID
	byID    map[ID]*Action
}

// New returns the map of the table.
func New() Map { return mapOf(table) }

func mapOf(actions []Action) Map {
	m := Map{actions: actions, byKey: map[Scope]map[string]ID{}, byID: map[ID]*Action{}}
	for i := range m.actions {
		a := &m.actions[i]
		m.byID[a.ID] = a
		if m.byKey[a.Where] == nil {
			m.byKey[a.Where] = map[string]ID{}
		}
		for _, key := range a.Keys {
			m.byKey[a.Where][key] = a.ID
		}
	}
	return m
}

// Find returns the action of a key in the first of the scopes that has one for it,
// "" when none has.
func (m Map) Find(key string, scopes ...Scope) ID {
	for _, s := range scopes {
		if id, ok := m.byKey[s][key]; ok {
			return id
		}
	}
	return ""
}

// Action returns the action with this id; the zero Action for an unknown one.
func (m Map) Action(id ID) Action {
	if a := m.byID[id]; a != nil {
		return *a
	}
	return Action{}
}

// In returns the actions of a scope, in the order of the table.
func (m Map) In(scope Scope) []Action {
	var out []Action
	for _, a := range m.actions {
		if a.Where == scope {
			out = append(out, a)
		}
	}
	return out
}

// Key returns the first key of an action as it is shown. One without a key is done from the
// list of commands, whose key stands for it; "" for an unknown one.
func (m Map) Key(id ID) string {
	a := m.byID[id]
	switch {
	case a == nil:
		return ""
	case len(a.Keys) > 0:
		return Show(a.Keys[0])
	case id == Commands:
		return "the command"
	}
	return m.Key(Commands)
}

// Has reports whether an action has a key of its own.
func (m Map) Has(id ID) bool { return m.byID[id] != nil && len(m.byID[id].Keys) > 0 }

// All returns every action, scope by scope, in the order of the help.
func (m Map) All() []Action { return slices.Clone(m.actions) }

// AllKeys returns the keys of the action as they are shown, with spaces between.
func (a Action) AllKeys() string {
	shown := make([]string, len(a.Keys))
	for i, key := range a.Keys {
		shown[i] = Show(key)
	}
	return strings.Join(shown, " ")
}

// Show returns the name of a key as it is printed on a keyboard.
func Show(key string) string {
	switch key {
	case " ":
		return "space"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	}
	if len(key) > 1 && key[0] == 'f' { // f1 to f20
		return strings.ToUpper(key)
	}
	if arrow, ok := strings.CutPrefix(key, "shift+"); ok && (arrow == "up" || arrow == "down") {
		return "shift+" + Show(arrow)
	}
	return key
}

// documented are the scopes in the README, in their order. The others are those of dialogs,
// which name their keys in their border.
var documented = []Scope{Anywhere, Always, Profile, Channels, Feedback, Messages, Accounts, Form, Code, Confirm, Filters, ColumnList}

// Markdown returns the key table of the README.
func (m Map) Markdown() string {
	var b strings.Builder
	b.WriteString("| where | keys |\n|---|---|\n")
	for _, scope := range documented {
		var parts []string
		for _, a := range m.In(scope) {
			keys := strings.ReplaceAll(a.AllKeys(), "|", "\\|")
			parts = append(parts, fmt.Sprintf("`%s` %s", strings.ReplaceAll(keys, " ", "` `"), a.Title))
		}
		fmt.Fprintf(&b, "| %s | %s |\n", scope, strings.Join(parts, " · "))
	}
	return b.String()
}
