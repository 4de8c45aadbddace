package declared

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// has reports whether a value of a channel, "" for none, is the declared one in any spelling.
func (c *Channel) has(ch backend.Channel, value string) bool {
	return value != "" && ch.Type == c.Type && backend.CanonicalValue(c.Type, value) == backend.CanonicalValue(c.Type, c.Value)
}

// isInForceOf reports whether the declared value is in force while another one waits for its code.
func (c *Channel) isInForceOf(ch backend.Channel) bool {
	return c.has(ch, ch.ActiveValue) && !c.has(ch, ch.Value)
}

// match finds the channel that each declared one is: the one with its value in force, or waiting for its code, or else
// the only one of its type with its label.
func (c *comparison) match() {
	c.partner, c.isKept = make([]int, len(c.wanted.Channels)), make([]bool, len(c.now))
	for i := range c.partner {
		c.partner[i] = -1
	}
	c.pair(func(d Channel, ch backend.Channel) bool { return d.has(ch, ch.ActiveValue) })
	c.pair(func(d Channel, ch backend.Channel) bool { return d.has(ch, ch.Value) })
	c.pair(func(d Channel, ch backend.Channel) bool {
		is := func(other backend.Channel) bool {
			return d.Label != nil && other.Type == d.Type && other.Label == *d.Label
		}
		return is(ch) && ch.Label != "" && slices.IndexFunc(c.now, is) == lastIndex(c.now, is)
	})
}

// pair finds a channel for each declared one that has none.
func (c *comparison) pair(isOne func(Channel, backend.Channel) bool) {
	for i, d := range c.wanted.Channels {
		for j, ch := range c.now {
			if c.partner[i] < 0 && !c.isKept[j] && isOne(d, ch) {
				c.partner[i], c.isKept[j] = j, true
			}
		}
	}
}

func lastIndex(list []backend.Channel, is func(backend.Channel) bool) int {
	for i := range slices.Backward(list) {
		if is(list[i]) {
			return i
		}
	}
	return -1
}

// giveUp gives up new values that wait for their codes where the value in force is declared.
func (c *comparison) giveUp() {
	for i, d := range c.wanted.Channels {
		if c.partner[i] < 0 {
			continue
		}
		if ch := c.now[c.partner[i]]; d.isInForceOf(ch) {
			step := Step{Action: Edit, Channel: ch.Priority, Was: ch.Value, Type: ch.Type, Value: ch.ActiveValue, Label: d.Label}
			step.Says = fmt.Sprintf("Give up %s for channel %d, which keeps %s", backend.ReadableValue(ch.Type, ch.Value), ch.Priority, d.text())
			c.steps = append(c.steps, step)
		}
	}
}

// add adds what is missing. Where the plan has no room left, a channel that is not declared is removed before.
func (c *comparison) add() {
	room := len(c.now)
	for i, d := range c.wanted.Channels {
		if c.partner[i] >= 0 {
			continue
		}
		step := Step{Action: Add, Type: d.Type, Value: d.Value, Label: d.Label, SendsTo: d.Value, Says: fmt.Sprintf("Add the channel %s (%s)%s", d.text(), d.Type, labelled(d.Label))}
		if room++; c.limit > 0 && room > c.limit {
			step.Waits = fmt.Sprintf("for room among the %d channels that are possible: delete one that is not declared", c.limit)
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

func labelled(label *string) string {
	if label == nil || *label == "" {
		return ""
	}
	return fmt.Sprintf(" as %q", *label)
}

// firstSpare is a channel that is not declared and can be done without: one to which no message goes, or else the least
// important one, where messages go to a declared one; -1 for none.
func (c *comparison) firstSpare() int {
	spare := -1
	for j, ch := range c.now {
		switch {
		case c.isKept[j]:
		case !ch.Reachable():
			return j
		case c.isReached():
			spare = j
		}
	}
	return spare
}

// isReached reports whether messages go to a channel that is declared to be on.
func (c *comparison) isReached() bool {
	for i, d := range c.wanted.Channels {
		if j := c.partner[i]; j >= 0 && d.IsOn() && c.now[j].Reachable() && d.has(c.now[j], c.now[j].ActiveValue) {
			return true
		}
	}
	return false
}

// keep changes channels that are there.
func (c *comparison) keep() {
	for i, d := range c.wanted.Channels {
		if c.partner[i] < 0 || d.isInForceOf(c.now[c.partner[i]]) {
			continue
		}
		ch := c.now[c.partner[i]]
		isSame := d.has(ch, ch.Value)
		add := func(s Step, format string, args ...any) {
			s.Channel, s.Type, s.Was, s.Says = ch.Priority, ch.Type, ch.Value, fmt.Sprintf(format, args...)
			if s.Value == "" {
				s.Value = ch.Value
			}
			c.steps = append(c.steps, s)
		}
		switch {
		case !isSame:
			add(Step{Action: Edit, Value: d.Value, Label: d.Label, SendsTo: d.Value}, "Change channel %d from %s to %s", ch.Priority, backend.ReadableValue(ch.Type, ch.Value), d.text())
		case d.Label != nil && ch.Label != *d.Label:
			add(Step{Action: Label, Label: d.Label}, "Call channel %d (%s) %q", ch.Priority, d.text(), *d.Label)
		}
		switch {
		case isSame && !ch.Verified && d.IsOn():
			add(Step{Action: Verify, IsCodeOver: ch.Code != nil && isOver(*ch.Code, c.at)}, "Verify channel %d (%s) with its code", ch.Priority, d.text())
		case ch.Verified && !ch.Enabled && d.IsOn() && isSame:
			isOn := true
			add(Step{Action: Enable, Enabled: &isOn}, "Switch channel %d (%s) on", ch.Priority, d.text())
		}
		if d.IsOn() && (!isSame || !ch.Verified) {
			c.unproved = append(c.unproved, d.text())
		}
	}
}

// order puts the channels into the order of the document, and others behind them. It waits for channels that
// are to be added, which come behind those that are there.
func (c *comparison) order() {
	var wanted, present []int // indices in now, and behind those the channels that are to be added
	all := len(c.now)
	for _, j := range c.partner {
		if j < 0 {
			j = all
			all++
		}
		wanted = append(wanted, j)
	}
	for j := range all {
		isDeclared := slices.Contains(wanted, j)
		if isDeclared || !c.isKept[j] { // else it is removed to make room
			present = append(present, j)
		}
		if !isDeclared && !c.isKept[j] {
			wanted = append(wanted, j)
		}
	}
	if slices.Equal(wanted, present) {
		return
	}
	if all > len(c.now) {
		c.steps = append(c.steps, Step{Action: Reorder, Says: "Put the channels into the declared order", Waits: "until all are added"})
		return
	}
	order := make([]int, len(wanted))
	for i, j := range wanted {
		order[i] = c.now[j].Priority
	}
	c.steps = append(c.steps, Step{Action: Reorder, Order: order, Says: "Put the channels into the order " + strings.Trim(strings.ReplaceAll(fmt.Sprint(order), " ", ", "), "[]")})
}

// remove takes away what is not declared, or declared to be off, once the others are proved.
func (c *comparison) remove() {
	const mostNamed = 2
	waits := ""
	switch n := len(c.unproved); {
	case n > mostNamed:
		waits = fmt.Sprintf("until all %d channels that are to be proved can be reached", n)
	case n > 0:
		waits = "until " + strings.Join(c.unproved, ", ") + " can be reached"
	case slices.ContainsFunc(c.wanted.Channels, func(d Channel) bool { return d.IsOn() }) && !c.isReached():
		waits = "until a declared channel is on"
	}
	isOff := false
	for i, d := range c.wanted.Channels {
		if j := c.partner[i]; j >= 0 && !d.IsOn() && c.now[j].Enabled {
			ch := c.now[j]
			c.steps = append(c.steps, Step{Action: Disable, Channel: ch.Priority, Was: ch.Value, Type: ch.Type, Value: ch.Value, Enabled: &isOff, Waits: waits,
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
	return Step{Action: Delete, Channel: ch.Priority, Was: ch.Value, Type: ch.Type, Says: fmt.Sprintf("Delete channel %d (%s), which is not declared", ch.Priority, backend.ReadableValue(ch.Type, ch.Value))}
}
