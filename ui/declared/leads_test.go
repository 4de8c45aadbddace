package declared_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestWhatAPlanLeadsTo: its steps, their codes and their order, but no change of what another program has made since.
func TestWhatAPlanLeadsTo(t *testing.T) {
	const file = "[[channel]]\nvalue = 'countess@byron.example'\n[[channel]]\nvalue = '+994501234567'"
	plan := planFor(t, file, nil)
	later := func(change func([]backend.Channel) []backend.Channel) (led, other []string) {
		for _, s := range planFor(t, file, change).Steps {
			if plan.Leads(s) {
				led = append(led, s.Says)
			} else {
				other = append(other, s.Says)
			}
		}
		return led, other
	}
	countess := backend.Channel{Type: backend.TypeEmail, Value: "countess@byron.example", Priority: 5}
	if led, other := later(func(all []backend.Channel) []backend.Channel { return append(all, countess) }); len(led) != 3 || other != nil {
		t.Errorf("%q, and not %q", led, other)
	}
	led, other := later(func(all []backend.Channel) []backend.Channel {
		all[0].Priority, all[1].Enabled = 9, false
		return append(all, countess, secondPager(all))
	})
	if want := "Switch channel 4 (+994 50 123 45 67) on; Delete channel 7 (+994 50 111 22 33), which is not declared"; strings.Join(other, "; ") != want || len(led) != 3 {
		t.Errorf("%q, and not %q", led, other)
	}
}

// TestACodeThatIsOver is told apart from one that can be entered.
func TestACodeThatIsOver(t *testing.T) {
	const file = "[[channel]]\nvalue = 'ada@byron.example'\n[[channel]]\nvalue = '+994501234567'"
	for _, c := range []struct {
		code   *backend.CodeState
		isOver bool
	}{
		{nil, false},
		{&backend.CodeState{ExpiresAt: now.Add(time.Minute), AttemptsLeft: 1}, false},
		{&backend.CodeState{ExpiresAt: now.Add(time.Minute)}, true},
		{&backend.CodeState{ExpiresAt: now, AttemptsLeft: 5}, true},
	} {
		plan := planFor(t, file, func(all []backend.Channel) []backend.Channel {
			all[0].Verified, all[0].Enabled, all[0].ActiveValue, all[0].Code = false, false, "", c.code
			return all
		})
		if len(plan.Steps) != 1 || plan.Steps[0].IsCodeOver != c.isOver || !plan.NeedsOnlyCodes() {
			t.Errorf("%+v: %+v", c.code, plan.Steps)
		}
	}
}

// TestAPlanAsJSON has values as the API has them, and a list also where it is empty.
func TestAPlanAsJSON(t *testing.T) {
	for file, want := range map[string]string{
		"name = 'Ada'": `{"steps":[],"reached_before":["ada@byron.example","+994501234567"],"reached_after":["ada@byron.example","+994501234567"]}`,
		"[[channel]]\nvalue = 'ada@byron.example'\n[[channel]]\nvalue = '+994 55 765 43 21'\nlabel = 'Pager'": `"channel":4,"was":"+994501234567","type":"sms","value":"+994557654321","label":"Pager",` +
			`"says":"Change channel 4 from +994 50 123 45 67 to +994 55 765 43 21","sends_to":"+994557654321"}`,
		"[[channel]]\nvalue = 'ada@byron.example'\n[[channel]]\nvalue = '+994501234567'\nenabled = false": `"value":"+994501234567","enabled":false,`,
	} {
		text, err := json.Marshal(planFor(t, file, nil))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%v: %s", err, text)
		}
	}
}
