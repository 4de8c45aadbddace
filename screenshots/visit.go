package main

import (
	"fmt"
	"regexp"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/ui/drive"
)

// step is a part of a visit: a key that is pressed or a text that is typed, what is
// on the screen then, and how long a person looks at it.
type step struct {
	key  string
	text string
	sees string // a regular expression, in which ^ and $ match at lines
	rest time.Duration
}

// visit is what the console is for: find the channel that fails, see for oneself
// that it works again, and add another one.
var visit = []step{
	{sees: `\[1 Profile\]`, rest: 1500 * time.Millisecond},
	{key: "2", sees: `✗ failing for 3h`, rest: 2200 * time.Millisecond},
	{key: "p", sees: `▌ +2 +✆`, rest: 1200 * time.Millisecond},
	{key: "t", sees: `Channel 2.*held`, rest: 2200 * time.Millisecond},
	{key: "w", sees: `─ Test of channel 2 .*─`, rest: 1500 * time.Millisecond},
	{key: "ctrl+o", sees: `Word +[a-z]+ +c `, rest: 2400 * time.Millisecond},
	{key: "c", sees: `│ +Word  [a-z]+ +│`, rest: 1300 * time.Millisecond},
	{key: "enter", sees: `✓ Channel 2.*seen`, rest: 1800 * time.Millisecond},
	{key: "2", sees: `▌ +2 +✆ .* on +just now`, rest: 1600 * time.Millisecond},
	{key: "a", sees: `─ Add channel ─`, rest: 900 * time.Millisecond},
	{text: "smith.home@mail.example", sees: `Value  smith\.home@mail\.example`, rest: 600 * time.Millisecond},
	{key: "tab", sees: `Label  `, rest: 500 * time.Millisecond},
	{text: "family", sees: `Label  family`, rest: time.Second},
	{key: "ctrl+s", sees: `─ Verify channel 6 .*─`, rest: 1800 * time.Millisecond},
	{key: "ctrl+o", sees: `Code +\d{6} +c `, rest: 2400 * time.Millisecond},
	{key: "c", sees: `│ \d ││ \d ││ \d │ │ \d ││ \d ││ \d │`, rest: 1500 * time.Millisecond},
	{key: "enter", sees: `✓ Channel 6 .*verified`, rest: 1800 * time.Millisecond},
	{key: "2", sees: `▌ +6 +@ family .* on +just now`, rest: 3 * time.Second},
}

// typing is the time between the keys of a text, again and again.
var typing = []time.Duration{
	110 * time.Millisecond, 80 * time.Millisecond, 140 * time.Millisecond, 90 * time.Millisecond, 70 * time.Millisecond, 120 * time.Millisecond,
}

// makeVisit goes through steps and fails where one does not show what it is to
// show. After every key it calls look with the key, "" while text is typed, and the
// time until the next one.
func makeVisit(d *drive.Driver, steps []step, look func(key string, rest time.Duration) error) error {
	for i, s := range steps {
		if s.key != "" {
			d.Press(s.key)
		}
		for j, char := range []rune(s.text) {
			d.Type(string(char))
			if err := look("", typing[j%len(typing)]); err != nil {
				return err
			}
		}
		if screen := ansi.Strip(d.Screen()); !regexp.MustCompile(`(?m)` + s.sees).MatchString(screen) {
			return fmt.Errorf("step %d of the visit does not show %q:\n%s", i+1, s.sees, screen)
		}
		if err := look(s.key, s.rest); err != nil {
			return err
		}
	}
	return nil
}
