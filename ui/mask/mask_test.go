package mask

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

var signs = Signs{Hidden: "•", Number: "·"}

// emails are values of type email.
func emails(texts ...string) (list []Value) {
	for _, text := range texts {
		list = append(list, Value{backend.TypeEmail, text})
	}
	return list
}

func wantMasks(t *testing.T, list []Value, want ...string) {
	t.Helper()
	masks := All(list, signs)
	got := make([]string, len(list))
	for i, v := range list {
		got[i] = masks[v]
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v are shown as %q, want %q", list, got, want)
	}
}

func TestHalfOfAPrivatePartIsHidden(t *testing.T) {
	for _, c := range []struct {
		kind        backend.ChannelType
		value, want string
	}{
		{backend.TypeEmail, "john.smith@example.org", "jo••@example.org"},
		{backend.TypeEmail, "zoe@example.org", "z••@example.org"},
		{backend.TypeEmail, "va@example.org", "v••@example.org"},
		{backend.TypeEmail, "v@example.org", "••@example.org"},
		{backend.TypeEmail, "no address", "••"},
		{backend.TypeSMS, "+994551234567", "+994•••••••67"},
		{backend.TypeSMS, "+37120000001", "+371••••••01"},
		{backend.TypeSMS, "+1234567", "+1••••67"},
		{backend.TypeSMS, "+442079460958", "+44••••••••58"},
		{backend.TypeSMS, "+12025550100", "+1••••••••00"},
		{backend.TypeSMS, "+99912345678", "+999••••••78"}, // no country has it
		{backend.TypeSMS, "112", "••"},
		{backend.TypePush, "https://push.example.com/device/3F9A", "push.example.com/••9A"},
		{backend.TypePush, "https://push.example.com/9A", "push.example.com/••A"},
		{backend.TypePush, "https://push.example.com/", "push.example.com/••"},
		{backend.TypeWebhook, "https://hooks.example.com:8443/t/8f21c0?x=y", "hooks.example.com:8443/••••"},
		{backend.TypeWebhook, "nonsense", "••"},
		{"pigeon", "coop", "••"},
	} {
		if got := One(Value{c.kind, c.value}, signs); got != c.want {
			t.Errorf("%s is shown as %s, want %s", c.value, got, c.want)
		}
	}
}

func TestDifferentValuesHaveDifferentMasks(t *testing.T) {
	wantMasks(t, emails("zoe@x.org", "zoe.new@x.org", "zoe@x.org"), "z••@x.org", "zo••@x.org", "z••@x.org")
	wantMasks(t, emails("alice.smith@x.org", "alice.stone@x.org", "alice@y.org"), "al••m••@x.org", "al••t••@x.org", "al••@y.org")
	wantMasks(t, emails("alexander@x.org", "alexander.new@x.org"), "al••@x.org", "al••.••@x.org")
	wantMasks(t, emails("va@x.org", "vb@x.org"), "••a@x.org", "••b@x.org") // half of two characters is one
	wantMasks(t, emails("a@x.org", "b@x.org", "c@x.org"), "••@x.org", "••@x.org·2", "••@x.org·3")
	wantMasks(t, emails("support+1@x.org", "support+2@x.org", "sutton@x.org"), "su••1@x.org", "su••2@x.org", "su••n@x.org")
	wantMasks(t, []Value{{backend.TypeSMS, "+994551234567"}, {backend.TypeSMS, "+994559994567"}}, "+994••1••••67", "+994••9••••67")
	wantMasks(t, []Value{{backend.TypeWebhook, "https://h.org/t/8f21c0"}, {backend.TypeWebhook, "https://h.org/t/a1"}, {backend.TypePush, "https://h.org/t/a1"}},
		"h.org/••8••", "h.org/••a••", "h.org/••a1")
	wantMasks(t, []Value{{backend.TypeWebhook, "https://h.org/t/1"}, {backend.TypeWebhook, "http://h.org/t/1"}}, "h.org/••••", "h.org/••••·2")
}

// TestTwentyAlikeAreToldApart, and at least half of each is hidden.
func TestTwentyAlikeAreToldApart(t *testing.T) {
	for _, format := range []string{"https://hooks.example.com/services/T%02d/B42/secret", "https://hooks.example.com/services/secret-%02d",
		"https://hooks.example.com/%02d", "https://hooks.example.com/%02[1]d%02[1]d"} {
		var list []Value
		for n := range 20 {
			list = append(list, Value{backend.TypeWebhook, fmt.Sprintf(format, n)}, Value{backend.TypePush, fmt.Sprintf(format, n) + "ef"},
				Value{backend.TypeEmail, fmt.Sprintf("al.%d@example.org", n)}, Value{backend.TypeSMS, fmt.Sprintf("+99455%02d34567", n)})
		}
		seen := map[string]bool{}
		for v, text := range All(list, signs) {
			if seen[text] {
				t.Errorf("%s is there twice", text)
			}
			seen[text] = true
			if s := secretOf(v); strings.Contains(text, string(s.runes)) {
				t.Errorf("%s is shown whole: %s", v.Text, text)
			}
		}
		if len(seen) != len(list) {
			t.Errorf("%d masks of %d values", len(seen), len(list))
		}
	}
}

// FuzzAll: no two values look the same, and of none more than half is shown.
func FuzzAll(f *testing.F) {
	f.Add("email", "va@x.org", "vb@x.org", "v@x.org")
	f.Add("webhook", "https://h.org/a", "https://h.org/ab", "http://h.org/a")
	f.Add("sms", "+994551234567", "+994551234568", "+1")
	f.Add("sms", "+442079460958", "+4402079460958", "+447979460958")
	f.Fuzz(func(t *testing.T, kind, a, b, c string) {
		list := []Value{{backend.ChannelType(kind), a}, {backend.ChannelType(kind), b}, {backend.ChannelType(kind), c}}
		masks, seen := All(list, signs), map[string]bool{}
		for v, text := range masks {
			if seen[text] {
				t.Errorf("%q has the mask of another, %q", v, text)
			}
			seen[text] = true
			if s := secretOf(v); s.shown() > s.most() {
				t.Errorf("%q shows %d of %d", text, s.shown(), len(s.runes))
			}
		}
	})
}
