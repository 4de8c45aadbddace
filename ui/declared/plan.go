package declared

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Action is what a step does.
type Action string

// The actions, in the order in which a plan has them.
const (
	ChangeUsername  Action = "change-username"  // a code is sent to the new one
	ConfirmUsername Action = "confirm-username" // with that code
	Rename          Action = "rename"           // the person
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

// IsSame reports whether two steps do the same to the same channel.
func (s Step) IsSame(other Step) bool { return s.Says == other.Says && s.Channel == other.Channel }

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
// waits until all channels that are declared to be on are proved. A new value that is not declared, and waits for its
// code in the place of one that is, is given up first: no two channels have one value.
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
		c.giveUp()
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

// person compares username and name, in this order: a file of another account is refused by its username, which is taken,
// before anything is changed.
func (c *comparison) person(p backend.Profile) {
	c.username(p)
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
}

func (c *comparison) username(p backend.Profile) {
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
