package keymap

import (
	"strings"
	"testing"
)

func TestKeysAreReplaced(t *testing.T) {
	m, refused := Custom([]Binding{
		{TestChannel, []string{"s", "f7"}}, {SwitchChannel, []string{"t"}}, // they change places
		{Undo, nil}, {Open, []string{"↓", "enter"}}, {Down, []string{"j"}}, {Choose, []string{"F3"}},
	})
	if len(refused) > 0 {
		t.Fatalf("refused: %+v", refused)
	}
	for key, want := range map[string]ID{"s": TestChannel, "f7": TestChannel, "t": SwitchChannel, "z": "", "down": Open, "f3": Choose} {
		if got := m.Find(key, Anywhere, Channels); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if key := m.Key(Undo); key != ":" {
		t.Errorf("undo without a key is done with %q", key)
	}
	if usual := New().Key(TestChannel); usual != "t" {
		t.Errorf("the usual keys are changed: %s", usual)
	}
}

// TestRefusedKeysLeaveTheUsualOnes: what is refused, why, and that the action keeps its keys.
func TestRefusedKeysLeaveTheUsualOnes(t *testing.T) {
	for _, c := range []struct {
		bindings []Binding
		why      string
	}{
		{[]Binding{{"channels.tets", []string{"x"}}}, `there is no action "channels.tets".`},
		{[]Binding{{TestChannel, []string{"ctrl+ä"}}}, `there is no key "ctrl+ä"`},
		{[]Binding{{TestChannel, []string{"alt+t"}}}, `there is no key "alt+t"`},
		{[]Binding{{TestChannel, []string{""}}}, `there is no key ""`},
		{[]Binding{{TestChannel, []string{"\x1b"}}}, `there is no key`},
		{[]Binding{{TestChannel, []string{"ctrl+m"}}}, `there is no key "ctrl+m"`},
		{[]Binding{{TestChannel, []string{"e"}}}, `e is the key of channels.edit.`},
		{[]Binding{{TestChannel, []string{"q"}}}, `q is the key of app.quit.`},
		{[]Binding{{Quit, []string{"t"}}}, `t is the key of channels.test.`},
		{[]Binding{{TestChannel, []string{"ctrl+c"}}}, `ctrl+c is the key of app.quit-now.`},
		{[]Binding{{FormSave, []string{"s"}}}, `"s" cannot be a key of form.save: letters are text there.`},
		{[]Binding{{QuitNow, nil}}, `app.quit-now needs a key`},
		{[]Binding{{FormClose, nil}}, `needs a key: without one there is no way out.`},
		{[]Binding{{TestChannel, []string{"e"}}, {TestChannel, []string{"f7"}}}, `e is the key of channels.edit.`},
		{[]Binding{{TestChannel, []string{"s"}}, {SwitchChannel, []string{"e"}}}, `s is the key of channels.`},
	} {
		m, refused := Custom(c.bindings)
		if len(refused) != len(c.bindings) || !strings.Contains(refused[0].Why, c.why) {
			t.Errorf("%+v: %+v, want %s", c.bindings, refused, c.why)
		}
		for _, a := range table {
			if got := m.Action(a.ID).AllKeys(); got != a.AllKeys() {
				t.Errorf("%+v: the keys of %s are %s", c.bindings, a.ID, got)
			}
		}
	}
}

// FuzzCustom: in no map of keys has a key two meanings where both can be done, and every way
// out of a dialog is left.
func FuzzCustom(f *testing.F) {
	f.Add("channels.test", "s", "channels.switch", "t", "app.quit", "")
	f.Fuzz(func(t *testing.T, id1, key1, id2, key2, id3, key3 string) {
		m, refused := Custom([]Binding{{ID(id1), []string{key1}}, {ID(id2), []string{key2, key1}}, {ID(id3), nil}, {ID(id3), []string{key3}}})
		for _, r := range refused {
			if r.Why == "" {
				t.Error("a refusal without a reason")
			}
		}
		for _, a := range m.All() {
			if a.isWayOut() && len(a.Keys) == 0 {
				t.Errorf("%s has no key", a.ID)
			}
			for _, b := range m.All() {
				for _, key := range a.Keys {
					if a.ID != b.ID && meet(a.Where, b.Where) && m.Find(key, b.Where) == b.ID && !usuallyShared(a, b, key) {
						t.Errorf("%s is %s and %s", key, a.ID, b.ID)
					}
				}
			}
		}
	})
}

// usuallyShared reports that two actions have a key in common from the beginning.
func usuallyShared(a, b Action, key string) bool {
	usual := New()
	return strings.Contains(" "+usual.Action(a.ID).AllKeys()+" ", " "+Show(key)+" ") && strings.Contains(" "+usual.Action(b.ID).AllKeys()+" ", " "+Show(key)+" ")
}
