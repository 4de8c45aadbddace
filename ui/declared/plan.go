package declared

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Action is what a step does.
type Action string

// The actions, in the order in which a plan has them.
const (
	Rename          Action = "rename"           // the person
	ChangeUsername  Action = "change-username"  // a code is sent to the new one
	ConfirmUsername Action = "confirm-username" // with that code
	Add             Action = "add"              // a channel; a code is sent to it
	Edit            Action = "edit"             // the value of a channel; a code is sent to the new one
	Label           Action = "label"            // a channel
	Verify          Action = "verify"           // a channel, with its code
	Enable          Action = "enable"           // a channel
	Reorder         Action = "reorder"          // all channels
	Disable         Action = "disable"          // a channel
	Delete          Action = "delete"           // a channel
)

// Step is one change of an account.
type Step struct {
	Action Action `json:"action"`
	// Channel is the priority of the channel now, 0 for none; Was is the value that it has.
	Channel int    `json:"channel,omitempty"`
	Was     string `json:"was,omitempty"`
	// Declared is the channel as it should be, for Add, Edit and Label.
	Declared Channel `json:"-"`
	Name     *string `json:"-"`
	Surname  *string `json:"-"`
	Username string  `json:"-"`
	Order    []int   `json:"order,omitempty"` // the priorities of now, in the order that they should have
	Says     string  `json:"says"`            // a sentence without its point
	// SendsTo is where a code is sent, "" for nowhere.
	SendsTo string `json:"sends_to,omitempty"`
	// Waits says for what this step has to wait, "" for nothing. A step that takes a code waits for a person.
	Waits string `json:"waits,omitempty"`
}

// NeedsCode reports whether a person has to type a code for the step.
func (s Step) NeedsCode() bool { return s.Action == Verify || s.Action == ConfirmUsername }

// Plan is what has to be done for an account to be as it is declared.
type Plan struct {
	Steps []Step `json:"steps"`
	// Before and After are the values that messages go to, the most important first.
	Before []string `json:"reached_before"`
	After  []string `json:"reached_after"`
}

// comparison is the work of Compare.
type comparison struct {
	wanted   Document
	now      []backend.Channel
	limit    int   // of channels, 0 for none that is known
	partner  []int // of each declared channel, its index in now, or -1
	isKept   []bool
	steps    []Step
	unproved []string // declared channels that are to be on and wait for their codes
}

// Compare finds the steps. Adding and proving come before what takes a way to the person away, and that
// waits until all channels that are declared to be on are proved.
func Compare(p backend.Profile, channels []backend.Channel, wanted Document) Plan {
	c := &comparison{wanted: wanted, now: channels}
	for _, l := range p.Limits {
		if l.Key == backend.LimitChannels {
			c.limit = l.Value
		}
	}
	c.person(p)
	plan := Plan{Before: reached(channels)}
	plan.After = plan.Before
	if len(wanted.Channels) > 0 {
		c.match()
		c.add()
		c.keep()
		c.order()
		c.remove()
		plan.After = plan.After[:0:0]
		for _, d := range wanted.Channels {
			if d.IsOn() {
				plan.After = append(plan.After, d.text())
			}
		}
	}
	plan.Steps = c.steps
	return plan
}

func reached(channels []backend.Channel) []string {
	list := []string{}
	for _, ch := range channels {
		if ch.Reachable() {
			list = append(list, backend.ReadableValue(ch.Type, ch.ActiveValue))
		}
	}
	return list
}

func (c *Channel) text() string { return backend.ReadableValue(c.Type, c.Value) }

// person compares name and username.
func (c *comparison) person(p backend.Profile) {
	rename := Step{Action: Rename}
	if c.wanted.Name != "" && c.wanted.Name != p.Customer.Name {
		rename.Name = &c.wanted.Name
	}
	if c.wanted.Surname != "" && c.wanted.Surname != p.Customer.Surname {
		rename.Surname = &c.wanted.Surname
	}
	if rename.Name != nil || rename.Surname != nil {
		rename.Says = fmt.Sprintf("Change the name to %s", strings.TrimSpace(cmp.Or(c.wanted.Name, p.Customer.Name)+" "+cmp.Or(c.wanted.Surname, p.Customer.Surname)))
		c.steps = append(c.steps, rename)
	}
	username := c.wanted.Username
	if username == "" || backend.FoldEmail(username) == backend.FoldEmail(p.Customer.Email) {
		return
	}
	shown := backend.ReadableEmail(username)
	if p.Pending == nil || backend.FoldEmail(p.Pending.Email) != backend.FoldEmail(username) {
		c.steps = append(c.steps, Step{Action: ChangeUsername, Username: username, SendsTo: shown, Says: "Change the username to " + shown})
		return
	}
	c.steps = append(c.steps, Step{Action: ConfirmUsername, Username: username, Says: "Confirm the username " + shown + " with its code"})
}

// match finds the channel that each declared one is: the one with its value, or else the only one of its type
// with its label.
func (c *comparison) match() {
	c.partner, c.isKept = make([]int, len(c.wanted.Channels)), make([]bool, len(c.now))
	for i, d := range c.wanted.Channels {
		c.partner[i] = slices.IndexFunc(c.now, func(ch backend.Channel) bool {
			return ch.Type == d.Type && backend.CanonicalValue(ch.Type, ch.Value) == backend.CanonicalValue(d.Type, d.Value)
		})
		if c.partner[i] >= 0 {
			c.isKept[c.partner[i]] = true
		}
	}
	for i, d := range c.wanted.Channels {
		if c.partner[i] >= 0 || d.Label == "" {
			continue
		}
		is := func(ch backend.Channel) bool { return ch.Type == d.Type && ch.Label == d.Label }
		j := slices.IndexFunc(c.now, is)
		if j < 0 || c.isKept[j] || slices.ContainsFunc(c.now[j+1:], is) {
			continue
		}
		c.partner[i], c.isKept[j] = j, true
	}
}

// add adds what is missing. Where the plan has no room left, what reaches nothing is removed before.
func (c *comparison) add() {
	room := len(c.now)
	for i, d := range c.wanted.Channels {
		if c.partner[i] >= 0 {
			continue
		}
		step := Step{Action: Add, Declared: d, SendsTo: d.text(), Says: fmt.Sprintf("Add the channel %s (%s)%s", d.text(), d.Type, labelled(d.Label))}
		if room++; c.limit > 0 && room > c.limit {
			step.Waits = fmt.Sprintf("the plan allows %d channels; remove one that is not declared", c.limit)
			if j := c.firstSpare(); j >= 0 {
				c.isKept[j] = true // it is not removed twice
				c.steps = append(c.steps, c.deletion(j))
				room, step.Waits = room-1, ""
			}
		}
		c.steps = append(c.steps, step)
		if d.IsOn() {
			c.unproved = append(c.unproved, d.text())
		}
	}
}

func labelled(label string) string {
	if label == "" {
		return ""
	}
	return fmt.Sprintf(" as %q", label)
}

// firstSpare is a channel that is not declared, and to which no message goes; -1 for none.
func (c *comparison) firstSpare() int {
	for j, ch := range c.now {
		if !c.isKept[j] && !ch.Reachable() {
			return j
		}
	}
	return -1
}

// keep changes channels that are there.
func (c *comparison) keep() {
	for i, d := range c.wanted.Channels {
		if c.partner[i] < 0 {
			continue
		}
		ch := c.now[c.partner[i]]
		about := Step{Channel: ch.Priority, Was: ch.Value, Declared: d}
		isSame := backend.CanonicalValue(ch.Type, ch.Value) == backend.CanonicalValue(d.Type, d.Value)
		add := func(a Action, sendsTo, format string, args ...any) {
			step := about
			step.Action, step.SendsTo, step.Says = a, sendsTo, fmt.Sprintf(format, args...)
			c.steps = append(c.steps, step)
		}
		switch {
		case !isSame:
			add(Edit, d.text(), "Change channel %d from %s to %s", ch.Priority, backend.ReadableValue(ch.Type, ch.Value), d.text())
		case ch.Label != d.Label:
			add(Label, "", "Call channel %d (%s) %q", ch.Priority, d.text(), d.Label)
		}
		switch {
		case isSame && !ch.Verified && d.IsOn():
			add(Verify, "", "Verify channel %d (%s) with its code", ch.Priority, d.text())
		case ch.Verified && !ch.Enabled && d.IsOn() && isSame:
			add(Enable, "", "Switch channel %d (%s) on", ch.Priority, d.text())
		}
		if d.IsOn() && (!isSame || !ch.Verified) {
			c.unproved = append(c.unproved, d.text())
		}
	}
}

// order puts the channels into the order of the document, and others behind them. It waits for channels that
// are to be added.
func (c *comparison) order() {
	var wanted, present []int
	for _, j := range c.partner {
		if j < 0 {
			return // after they are there
		}
		wanted = append(wanted, c.now[j].Priority)
	}
	for j, ch := range c.now {
		present = append(present, ch.Priority)
		if !slices.Contains(c.partner, j) {
			wanted = append(wanted, ch.Priority)
		}
	}
	if !slices.Equal(wanted, present) {
		c.steps = append(c.steps, Step{Action: Reorder, Order: wanted, Says: "Put the channels into the order " + strings.Trim(strings.ReplaceAll(fmt.Sprint(wanted), " ", ", "), "[]")})
	}
}

// remove takes away what is not declared, or declared to be off, once the others are proved.
func (c *comparison) remove() {
	waits := ""
	if len(c.unproved) > 0 {
		waits = "until " + strings.Join(c.unproved, ", ") + " can be reached"
	}
	for i, d := range c.wanted.Channels {
		if j := c.partner[i]; j >= 0 && !d.IsOn() && c.now[j].Enabled {
			ch := c.now[j]
			c.steps = append(c.steps, Step{Action: Disable, Channel: ch.Priority, Was: ch.Value, Waits: waits,
				Says: fmt.Sprintf("Switch channel %d (%s) off", ch.Priority, backend.ReadableValue(ch.Type, ch.Value))})
		}
	}
	for j, ch := range c.now {
		if c.isKept[j] {
			continue
		}
		step := c.deletion(j)
		if ch.Reachable() {
			step.Waits = waits
		}
		c.steps = append(c.steps, step)
	}
}

func (c *comparison) deletion(j int) Step {
	ch := c.now[j]
	return Step{Action: Delete, Channel: ch.Priority, Was: ch.Value, Says: fmt.Sprintf("Delete channel %d (%s), which is not declared", ch.Priority, backend.ReadableValue(ch.Type, ch.Value))}
}
