package declared_test

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/declared"
)

// pending is Ada's channels with another value for the first one, which waits for its code.
func pending(all []backend.Channel) []backend.Channel {
	all[0].Value, all[0].Verified = "countess@byron.example", false
	return all
}

// TestAValueInForceIsDeclared while another one waits for its code: that one is given up, without a code.
func TestAValueInForceIsDeclared(t *testing.T) {
	const pager = "\n[[channel]]\nvalue = '+994501234567'"
	plan := planFor(t, "[[channel]]\nvalue = 'ADA@byron.example'"+pager, pending)
	wantPlan(t, plan, "Give up countess@byron.example for channel 1, which keeps ADA@byron.example")
	if step := plan.Steps[0]; step.SendsTo != "" || step.Value != "ada@byron.example" || step.Was != "countess@byron.example" {
		t.Errorf("%+v", step)
	}
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'countess@byron.example'"+pager, pending), "Verify channel 1 (countess@byron.example) with its code")
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'countess@byron.example'\n[[channel]]\nvalue = 'ada@byron.example'"+pager, pending),
		"Give up countess@byron.example for channel 1, which keeps ada@byron.example", "Add the channel countess@byron.example (email)", "Put the channels into the declared order | until all are added")
}

// TestALabelThatIsLeftOutStays, and an empty one takes it away.
func TestALabelThatIsLeftOutStays(t *testing.T) {
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'ada@byron.example'\n[[channel]]\nvalue = '+994501234567'", nil))
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'ada@byron.example'\nlabel = ''\n[[channel]]\nvalue = '+994501234567'", nil), `Call channel 1 (ada@byron.example) ""`)
}

// TestTextsAreComparedInOneForm: a letter and its accent may be one character or two.
func TestTextsAreComparedInOneForm(t *testing.T) {
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'ada@byron.example'\nlabel = 'Cafe\u0301'\n[[channel]]\nvalue = '+994501234567'", func(all []backend.Channel) []backend.Channel {
		all[0].Label = "Caf\u00e9"
		return all
	}))
}

// TestAnExportControlsNoTerminal, and says the same when it is read again.
func TestAnExportControlsNoTerminal(t *testing.T) {
	p, channels := ada()
	names := []string{"a\u009b2Jb", "it's \u202e\\ \"so\"", "\U000e0001 tag", "' = '", "two\nlines\x1b"}
	for _, name := range names {
		p.Customer.Name, channels[0].Label = name, name
		d := declared.Of(p, channels)
		for _, write := range []func() ([]byte, error){d.TOML, d.JSON} {
			content, err := write()
			if err != nil || strings.ContainsAny(string(content), "\x1b\u009b\u202e\U000e0001") {
				t.Errorf("%q: %v", content, err)
			}
			if _, err := declared.Parse(content); name == "' = '" && err != nil || strings.Contains(name, "\u009b") && (err == nil || !strings.Contains(err.Error(), "U+009B")) {
				t.Errorf("%v in %s", err, content)
			}
		}
	}
}

// TestAMemberThatIsThereTwice is refused in JSON as in TOML.
func TestAMemberThatIsThereTwice(t *testing.T) {
	for _, file := range []string{`{"name": "Ada", "Name": "Zoe"}`, `{"channels": [{"value": "a@b.example", "value": "c@d.example"}]}`, "name = 'Ada'\nname = 'Zoe'"} {
		if _, err := declared.Parse([]byte(file)); err == nil {
			t.Errorf("%s is read", file)
		}
	}
	if _, err := declared.Parse([]byte(`{"channels": [{"value": "a@b.example"}, {"value": "c@d.example"}]}`)); err != nil {
		t.Error(err)
	}
}
