package mask

import (
	"fmt"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestAssignerKeepsTheMaskOfAValue(t *testing.T) {
	var b Assigner
	known := Value{backend.TypeEmail, "john.smith@x.org"}
	taken := map[string]Value{"jo••@x.org": known}
	for _, c := range [][2]string{
		{"john.sommer@x.org", "jo••o••@x.org"}, // jo••@x.org is another's
		{"john.stone@x.org", "jo••t••@x.org"},
		{"anna@x.org", "an••@x.org"},
		{"a@x.org", "••@x.org"},
		{"b@x.org", "••@x.org·2"}, // half of one letter is none
		{"c@x.org", "••@x.org·3"},
		{"john.sommer@x.org", "jo••o••@x.org"}, // as before
		{"a@x.org", "••@x.org"},
	} {
		if got := b.Mask(Value{backend.TypeEmail, c[0]}, taken, signs); got != c[1] {
			t.Errorf("%s is shown as %s, want %s", c[0], got, c[1])
		}
	}
	if got := b.Mask(known, taken, signs); got != "jo••@x.org" {
		t.Errorf("what is known already is shown as %s", got)
	}
	taken["an••@x.org"] = Value{backend.TypeEmail, "andrew@x.org"}
	if got := b.Mask(Value{backend.TypeEmail, "anna@x.org"}, taken, signs); got == "an••@x.org" {
		t.Errorf("two values are shown as %s", got)
	}
	if got := b.Mask(Value{backend.TypeEmail, "anna@x.org"}, nil, Signs{Hidden: "*", Number: "-"}); got != "an**@x.org" {
		t.Errorf("with other signs it is shown as %s", got)
	}
}

// FuzzAssigner: no two of many values look the same, and of none more than half is shown.
func FuzzAssigner(f *testing.F) {
	f.Add("email", "va@x.org", "vb@x.org", "v@x.org")
	f.Add("webhook", "https://h.org/a", "https://h.org/ab", "http://h.org/a")
	f.Add("sms", "+994551234567", "+994551234568", "+1")
	f.Add("email", "ann\u0301@x.org", "ann·2@x.org", "••@x.org")
	f.Fuzz(func(t *testing.T, kind, first, second, third string) {
		var b Assigner
		var list []Value
		for i := range 30 {
			for _, text := range []string{first, second, third} {
				list = append(list, Value{backend.ChannelType(kind), strings.Replace(text, "@", fmt.Sprintf("%d@", i), 1)})
			}
		}
		seen := map[string]Value{}
		for range 2 {
			for _, v := range list {
				text := b.Mask(v, nil, signs)
				if other, is := seen[text]; is && other != v {
					t.Fatalf("%q and %q are shown as %q", v.Text, other.Text, text)
				}
				seen[text] = v
			}
		}
		if len(seen) != len(b.masks) {
			t.Errorf("%d masks of %d values", len(seen), len(b.masks))
		}
	})
}

func BenchmarkAssigner(b *testing.B) {
	for b.Loop() {
		var a Assigner
		for i := range 10_000 {
			a.Mask(Value{backend.TypeEmail, fmt.Sprintf("user%05d@example.org", i)}, nil, signs)
		}
	}
}
