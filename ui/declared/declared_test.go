package declared_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/declared"
)

// now is when a plan is made.
var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// ada is an account with a proved address and a proved number, in this order.
func ada() (backend.Profile, []backend.Channel) {
	p := backend.Profile{Customer: backend.Customer{Name: "Ada", Surname: "Byron", Email: "ada@byron.example"},
		Limits: []backend.Limit{{Key: backend.LimitChannels, Value: 3}}}
	proved := func(priority int, kind backend.ChannelType, value, label string) backend.Channel {
		return backend.Channel{Type: kind, Value: value, ActiveValue: value, Priority: priority, Label: label, Enabled: true, Verified: true}
	}
	return p, []backend.Channel{proved(1, backend.TypeEmail, "ada@byron.example", "Home"), proved(4, backend.TypeSMS, "+994501234567", "Pager")}
}

// planFor is the plan for Ada's account and a file, with the accounts changed by change.
func planFor(t *testing.T, file string, change func([]backend.Channel) []backend.Channel) declared.Plan {
	t.Helper()
	d, err := declared.Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	p, channels := ada()
	if change != nil {
		channels = change(channels)
	}
	return declared.Compare(p, channels, d, now)
}

// says are the steps of a plan, with what they wait for.
func says(p declared.Plan) (list []string) {
	for _, s := range p.Steps {
		text := s.Says
		if s.Waits != "" {
			text += " | " + s.Waits
		}
		list = append(list, text)
	}
	return list
}

func wantPlan(t *testing.T, p declared.Plan, want ...string) {
	t.Helper()
	if got := says(p); !slices.Equal(got, want) {
		t.Errorf("the plan is\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// TestAnExportChangesNothing, in both formats.
func TestAnExportChangesNothing(t *testing.T) {
	p, channels := ada()
	channels[1].Enabled = false
	d := declared.Of(p, channels)
	for _, write := range []func() ([]byte, error){d.TOML, d.JSON} {
		content, err := write()
		if err != nil {
			t.Fatal(err)
		}
		again, err := declared.Parse(content)
		if err != nil {
			t.Fatalf("%v in\n%s", err, content)
		}
		if plan := declared.Compare(p, channels, again, now); len(plan.Steps) != 0 {
			t.Errorf("%q of\n%s", says(plan), content)
		}
	}
}

// TestWhatIsLeftOutStays: a file without channels, or without names, says nothing of them.
func TestWhatIsLeftOutStays(t *testing.T) {
	wantPlan(t, planFor(t, "surname = 'Lovelace'", nil), "Change the name to Ada Lovelace")
}

// TestNothingIsRemovedBeforeTheRestIsProved: the old way stays until the new one works.
func TestNothingIsRemovedBeforeTheRestIsProved(t *testing.T) {
	const file = "[[channel]]\nvalue = 'countess@byron.example'\n[[channel]]\nvalue = '+994 50 123 45 67'\nlabel = 'Pager'"
	plan := planFor(t, file, nil)
	wantPlan(t, plan, "Add the channel countess@byron.example (email)", "Put the channels into the declared order | until all are added", "Delete channel 1 (ada@byron.example), which is not declared | until countess@byron.example can be reached")
	pager := declared.Address{Type: backend.TypeSMS, Value: "+994501234567"}
	if !slices.Equal(plan.Before, []declared.Address{{Type: backend.TypeEmail, Value: "ada@byron.example"}, pager}) || !slices.Equal(plan.After, []declared.Address{{Type: backend.TypeEmail, Value: "countess@byron.example"}, pager}) {
		t.Errorf("reached are %q, then %q", plan.Before, plan.After)
	}
	countess := backend.Channel{Type: backend.TypeEmail, Value: "countess@byron.example", Priority: 5}
	wantPlan(t, planFor(t, file, func(all []backend.Channel) []backend.Channel { return append(all, countess) }),
		"Verify channel 5 (countess@byron.example) with its code", "Put the channels into the order 5, 4, 1",
		"Delete channel 1 (ada@byron.example), which is not declared | until countess@byron.example can be reached")
	countess.Verified, countess.Enabled, countess.ActiveValue = true, true, countess.Value
	wantPlan(t, planFor(t, file, func(all []backend.Channel) []backend.Channel { return append(all, countess) }),
		"Put the channels into the order 5, 4, 1", "Delete channel 1 (ada@byron.example), which is not declared")
}

// TestALabelNamesAChannelWhoseValueChanges, where it names one alone.
func TestALabelNamesAChannelWhoseValueChanges(t *testing.T) {
	const file = "[[channel]]\nvalue = 'ada@byron.example'\nlabel = 'Home'\n[[channel]]\nvalue = '+994557654321'\nlabel = 'Pager'"
	wantPlan(t, planFor(t, file, nil), "Change channel 4 from +994 50 123 45 67 to +994 55 765 43 21")
	wantPlan(t, planFor(t, file, func(all []backend.Channel) []backend.Channel { return append(all, secondPager(all)) }),
		"Delete channel 7 (+994 50 111 22 33), which is not declared", "Add the channel +994 55 765 43 21 (sms) as \"Pager\"", "Put the channels into the declared order | until all are added",
		"Delete channel 4 (+994 50 123 45 67), which is not declared | until +994 55 765 43 21 can be reached")
}

// secondPager is a channel like the second one, with another number.
func secondPager(all []backend.Channel) backend.Channel {
	other := all[1]
	other.Priority, other.Value, other.ActiveValue = 7, "+994501112233", "+994501112233"
	return other
}

// TestNoRoomIsMadeWhereThatLeavesNoDeclaredWay: nothing that is declared is reached yet.
func TestNoRoomIsMadeWhereThatLeavesNoDeclaredWay(t *testing.T) {
	const waits = ", which is not declared | until all 3 channels that are to be proved can be reached"
	const add = " | for room among the 3 channels that are possible: delete one that is not declared"
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'a@b.example'\n[[channel]]\nvalue = 'c@b.example'\n[[channel]]\nvalue = 'd@b.example'", func(all []backend.Channel) []backend.Channel { return append(all, secondPager(all)) }),
		"Add the channel a@b.example (email)"+add, "Add the channel c@b.example (email)"+add, "Add the channel d@b.example (email)"+add, "Put the channels into the declared order | until all are added",
		"Delete channel 1 (ada@byron.example)"+waits, "Delete channel 4 (+994 50 123 45 67)"+waits, "Delete channel 7 (+994 50 111 22 33)"+waits)
}

// TestRoomIsMadeByWhatIsOff: in a full plan, a channel that is off goes first.
func TestRoomIsMadeByWhatIsOff(t *testing.T) {
	const file = "[[channel]]\nvalue = 'ada@byron.example'\nlabel = 'Home'\n[[channel]]\nvalue = '+994501234567'\nlabel = 'Pager'\n[[channel]]\nvalue = 'https://hooks.example.org/a'"
	wantPlan(t, planFor(t, file, func(all []backend.Channel) []backend.Channel {
		return append(all, backend.Channel{Type: backend.TypeEmail, Value: "old@byron.example", Priority: 9})
	}), "Delete channel 9 (old@byron.example), which is not declared", "Add the channel https://hooks.example.org/a (webhook)")
}

// TestSwitches: off waits for what is not proved, on does not.
func TestSwitches(t *testing.T) {
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'ada@byron.example'\nlabel = ''\n[[channel]]\nvalue = '+994501234567'\nenabled = false", nil),
		`Call channel 1 (ada@byron.example) ""`, "Switch channel 4 (+994 50 123 45 67) off")
	wantPlan(t, planFor(t, "[[channel]]\nvalue = 'ada@byron.example'\nlabel = 'Home'\n[[channel]]\nvalue = '+994501234567'\nlabel = 'Pager'", func(all []backend.Channel) []backend.Channel {
		all[0].Enabled = false
		return all
	}), "Switch channel 1 (ada@byron.example) on")
}

func TestUsername(t *testing.T) {
	p, channels := ada()
	d, err := declared.Parse([]byte("username = 'ada@lovelace.example'"))
	if err != nil {
		t.Fatal(err)
	}
	wantPlan(t, declared.Compare(p, channels, d, now), "Change the username to ada@lovelace.example")
	p.Pending = &backend.PendingUsername{Email: "ada@lovelace.example"}
	wantPlan(t, declared.Compare(p, channels, d, now), "Confirm the username ada@lovelace.example with its code")
	p.Customer.Email, p.Pending = "Ada@Lovelace.example", nil
	wantPlan(t, declared.Compare(p, channels, d, now))
}

// TestWrongFiles are refused with what is wrong and where.
func TestWrongFiles(t *testing.T) {
	for file, want := range map[string]string{
		"x = 1":                    `row 1: there is no setting "x"`,
		"name = 'Ada'\nsurname = ": "row 2, column",
		"name = 3":                 "row 1: name is a text in quotes",
		"name = 'a'\nname = 'b'":   "row 2: name is there twice",
		"[[channel]]\nvalue = 'a@b.example'\nvalue = 'c@d.example'": "row 3: value is there twice",
		"":                                  "it declares nothing",
		"{}":                                "it declares nothing",
		"name = ''":                         "name: ",
		"channel = []":                      "its list of channels is empty",
		`{"channels": []}`:                  "its list of channels is empty",
		"channel = 'a@b.example'":           "row 1: channel is a list: begin each one with [[channel]]",
		"[[channel]]\nenabled = 'yes'":      "row 2: enabled is true or false",
		`{"channels": [{"enabled": "no"}]}`: "row 1: enabled is true or false, without quotes, and not a string",
		"[[channel]]\nlabel = 'Home'":       "channel 1: it has no value",
		"[[channel]]\nvalue = 'nowhere'":    "channel 1: ",
		"[[channel]]\ntype = 'fax'":         "channel 1: ",
		"username = 'nowhere'":              "username: ",
		"name = \"\\u0000\"":                "name: ",
		"hidden = 'masked'":                 "its values are hidden (masked)",
		`{"name": 3}`:                       "row 1: name is a text in quotes, and not a number",
		"{\n\"name\": \"Ada\",\n\"x\": 1}":  `row 3: there is no setting "x"; there are name, surname, username and channels`,
		"{\n\"name\": \"Ada\"":              "the object has no end",
		`{} {}`:                             "more after the end",
		"[[channel]]\nvalue = 'a@b.example'\n[[channel]]\nvalue = 'A@B.example'": "channel 2 has the value of channel 1",
	} {
		if _, err := declared.Parse([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is read with %v, want %q", file, err, want)
		}
	}
}

// TestPseudonyms: the same for the same value in any spelling, another for another, and with another key.
func TestPseudonyms(t *testing.T) {
	one, other := declared.Pseudonyms{Key: []byte("one")}, declared.Pseudonyms{Key: []byte("other")}
	value := one.Value(backend.TypeEmail, "ada@byron.example")
	if value != one.Value(backend.TypeEmail, "Ada@BYRON.example") || value == one.Value(backend.TypeEmail, "a@byron.example") || value == other.Value(backend.TypeEmail, "ada@byron.example") {
		t.Errorf("%s", value)
	}
	for kind, value := range map[backend.ChannelType]string{backend.TypeEmail: "ada@byron.example", backend.TypeSMS: "+994501234567", backend.TypeWebhook: "https://hooks.example.org/a"} {
		if got := one.Value(kind, value); backend.InferType(got) != kind || strings.Contains(got, value) {
			t.Errorf("%s becomes %s", value, got)
		}
	}
	if one.Text("") != "" || one.Text("Home") == one.Text("Pager") {
		t.Error("texts cannot be told apart")
	}
}
